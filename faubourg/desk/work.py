"""All that a home counts in the calls, counted once until the next deed: their size is not the reader's business."""

from dataclasses import dataclass, field
from functools import partial

from faubourg.calls.enums import CallState
from faubourg.calls.models import Call, CallEnvelope
from faubourg.calls.selectors import Reading, readings_of
from faubourg.desk import panel, selectors
from faubourg.desk.panel import Purse
from faubourg.desk.selectors import Numbers
from faubourg.journal.selectors import until_next_deed
from faubourg.partners.models import Organisation

Cells = dict[int, tuple[int, int]]  # by envelope: how many cells are open, cents proposed on them


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
    """At most eight queries for one role, whatever the number of calls; one when nothing was done since."""
    keys = [sorted(row.pk for row in rows) for rows in (calls, funders)]
    name = f"desk.work {keys} {at_work and at_work.pk} {runs}"
    return until_next_deed(name.replace(" ", ""), partial(_counted, calls, at_work, runs, funders))


def _counted(calls: list[Call], at_work: Call | None, runs: bool, funders: list[Organisation]) -> Work:
    work = Work(numbers=dict(selectors.numbers_of(calls, runs=runs)))
    shared = [call for call in calls if call.opinions_shared_at is not None and (runs or call == at_work)]
    links = selectors.links_of(calls) if shared or funders else []
    own = [link for link in links if link.envelope.funder_id in {funder.pk for funder in funders}]
    cells = selectors.cells_open(shared) if shared else {}
    if runs:
        _count_for_officer(calls, work)
        work.cells = _cells_by_call(calls, links, cells)
    if own:
        published = {call.pk for call in calls if call.state == CallState.PUBLISHED}
        work.to_write = selectors.opinions_to_write([link for link in own if link.call_id in published])
    if at_work is not None:
        work.purses = _purses(at_work, links, own, cells)
    return work


def _cells_by_call(calls: list[Call], links: list[CallEnvelope], cells: Cells) -> dict[int, int]:
    """In committee only: before, no cell can be decided."""
    in_committee = {call.pk: 0 for call in calls if call.state == CallState.COMMITTEE}
    for link in links:
        if link.call_id in in_committee:
            in_committee[link.call_id] += cells.get(link.envelope_id, (0, 0))[0]
    return in_committee


def _purses(call: Call, links: list[CallEnvelope], own: list[CallEnvelope], cells: Cells) -> list[Purse]:
    """All envelopes once opinions are shared; before, a funder's own with its own proposals (R-INS-01)."""
    if call.opinions_shared_at is not None:
        pending = {envelope: cents for envelope, (_, cents) in cells.items()}
        return panel.purses([link for link in links if link.call_id == call.pk], pending)
    paid = [link for link in own if link.call_id == call.pk]
    return panel.purses(paid, selectors.own_proposals(paid)) if paid else []


def _count_for_officer(calls: list[Call], work: Work) -> None:
    """Only what the moment of each call asks for: it is checked, it is read, it is in committee."""
    numbers = {call: work.numbers.get(call.pk, Numbers()) for call in calls}
    checked = [call for call, own in numbers.items() if own.to_check]
    read = [call for call, own in numbers.items() if own.admissible and call.opinions_shared_at is None]
    work.first = selectors.first_to_check(checked) if checked else {}
    work.readings = readings_of(read) if read else {}
