"""All that a home counts in the calls, counted once until the next deed: their size is not the reader's business."""

from dataclasses import dataclass, field
from functools import partial

from faubourg.calls.enums import CallState
from faubourg.calls.models import Call
from faubourg.calls.selectors import Reading, readings_of
from faubourg.desk import panel, selectors
from faubourg.desk.panel import Purse
from faubourg.desk.selectors import Numbers
from faubourg.journal.selectors import until_next_deed
from faubourg.partners.models import Organisation


@dataclass(slots=True)
class Work:
    """What stands open, by call; and the purses of the call at work, as this person may see them."""

    numbers: dict[int, Numbers] = field(default_factory=dict)
    first: dict[int, list[str]] = field(default_factory=dict)  # whose applications wait for their check
    readings: dict[int, list[Reading]] = field(default_factory=dict)  # until the opinions are shared
    cells: dict[int, int] = field(default_factory=dict)  # still to decide, in committee
    to_write: dict[int, tuple[int, list[str]]] = field(default_factory=dict)  # opinions: how many, on whose
    purses: list[Purse] = field(default_factory=list)


def work_on(calls: list[Call], at_work: Call | None, *, runs: bool, funders: list[Organisation]) -> Work:
    """At most eight queries whatever the number of calls, one when nothing was done since the last look."""
    keys = [sorted(row.pk for row in rows) for rows in (calls, funders)]
    name = f"desk.work {keys} {at_work and at_work.pk} {runs}"
    return until_next_deed(name.replace(" ", ""), partial(_counted, calls, at_work, runs, funders))


def _counted(calls: list[Call], at_work: Call | None, runs: bool, funders: list[Organisation]) -> Work:
    work = Work(numbers=dict(selectors.numbers_of(calls)))
    if runs:
        _count_for_officer(calls, work)
    if funders:
        work.to_write = selectors.opinions_to_write(calls, funders)
    if at_work is not None:
        work.purses = panel.purses(at_work, funders)
    return work


def _count_for_officer(calls: list[Call], work: Work) -> None:
    """Only what the moment of each call asks for: it is checked, it is read, it is in committee."""
    numbers = {call: work.numbers.get(call.pk, Numbers()) for call in calls}
    checked = [call for call, own in numbers.items() if own.to_check]
    read = [call for call, own in numbers.items() if own.admissible and call.opinions_shared_at is None]
    in_committee = [call for call in calls if call.state == CallState.COMMITTEE]
    work.first = selectors.first_to_check(checked) if checked else {}
    work.readings = readings_of(read) if read else {}
    work.cells = selectors.cells_open(in_committee) if in_committee else {}
