"""The database itself keeps what an application asks in all: the sum of its lines, whoever writes, whatever way.

Lists then sum and sort ten thousand applications by an index.
"""

from faubourg.core.triggers import KeptSum

ASKED_IS_THE_SUM = KeptSum(
    parent="calls_application",
    total="asked_cents",
    child="calls_fundingline",
    key="application_id",
    cents="asked_cents",
).trigger("calls_asked_is_the_sum")
TRIGGERS = (ASKED_IS_THE_SUM,)
