"""Are the envelopes' sums true? Read by ``faubourg check``."""

from collections.abc import Iterator

from faubourg.core.money import format_amount
from faubourg.funding.selectors import false_balances


def balance_faults() -> Iterator[str]:
    """One line for each envelope whose committed figure is not the sum of its live commitments."""
    for envelope in false_balances().order_by("year", "pk"):
        yield (
            f"Enveloppe {envelope.code} ({envelope}) : {format_amount(envelope.committed_cents)} engagés sont "
            "écrits, ce n’est pas la somme de ses engagements. Les gardiens de la base ont été coupés : "
            "relancez les migrations ou restaurez une sauvegarde."
        )
