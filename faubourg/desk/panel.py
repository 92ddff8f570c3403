"""Beside what waits: where the call stands that keeps this person busy, and its money as this person may see it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Call, CallEnvelope
from faubourg.calls.selectors import Reading
from faubourg.core import clock
from faubourg.core.templatetags.faubourg import at_hour, in_days, long_date, plural
from faubourg.desk.selectors import Numbers

_RANK = {CallState.COMMITTEE: 0, CallState.PUBLISHED: 1, CallState.DRAFT: 3}


@dataclass(frozen=True, slots=True)
class Purse:
    """One envelope as the component draws it (cents)."""

    name: str
    total: int
    decided: int
    proposed: int


def call_at_work(calls: Sequence[Call]) -> Call | None:
    """The one in committee, else one that is closed, else one that is open, else one that is being written."""
    now = clock.now()

    def rank(call: Call) -> int:
        is_collecting = call.state == CallState.PUBLISHED and call.closes_at > now
        return 2 if is_collecting else _RANK[CallState(call.state)]

    return min(calls, key=rank) if calls else None


def desk_path(call: Call, own: Numbers, readings: Sequence[Reading]) -> list[tuple[str, str, str]]:
    """The call's timeline with its counts. ``readings`` for the officer alone, until the opinions are shared."""
    is_closed, has_begun = call.closes_at <= clock.now(), call.opens_at <= clock.now()
    is_shared, in_committee = call.opinions_shared_at is not None, call.state == CallState.COMMITTEE
    to_judge = own.states.get(ApplicationState.SUBMITTED, 0) + own.states.get(ApplicationState.INFO_REQUESTED, 0)
    received = plural(own.received, "dossier,dossiers")
    return [
        (_state(done=is_closed, now=has_begun), f"Dépôt, {received}", _closing(call, is_closed=is_closed)),
        (
            _state(done=is_closed and not to_judge, now=bool(own.received)),
            f"Recevabilité, {plural(own.admissible, 'recevable,recevables')}",
            f"{to_judge} à juger" if to_judge else "tout est jugé" if own.received else "à venir",
        ),
        (_state(done=is_shared, now=is_closed and bool(own.admissible)), *_reading(call, readings)),
        (
            _state(done=in_committee and not own.states.get(ApplicationState.ADMISSIBLE, 0), now=in_committee),
            "Comité de pilotage",
            f"{long_date(call.committee_on)}, {in_days(call.committee_on)}" if call.committee_on else "jour à fixer",
        ),
        (_state(done=False, now=in_committee and not own.states.get(ApplicationState.ADMISSIBLE, 0)), *_letters(own)),
    ]


def _state(*, done: bool, now: bool) -> str:
    return "done" if done else "now" if now else "todo"


def _closing(call: Call, *, is_closed: bool) -> str:
    if is_closed:
        return f"clos le {at_hour(call.closes_at)}"
    return f"jusqu’au {at_hour(call.closes_at)}, {in_days(call.closes_at)}"


def _reading(call: Call, readings: Sequence[Reading]) -> tuple[str, str]:
    said = f"partagés le {long_date(call.opinions_shared_at)}" if call.opinions_shared_at else "pas encore partagés"
    if not readings:
        return "Avis des financeurs", said
    written, expected = sum(row.written for row in readings), sum(row.expected for row in readings)
    return f"Avis des financeurs, {written} sur {expected}", said


def _letters(own: Numbers) -> tuple[str, str]:
    told = own.states.get(ApplicationState.NOTIFIED, 0)
    return "Lettres et résultats", plural(told, "lettre partie,lettres parties") if told else "après le comité"


# ------------------------------------------------------------------------------------------------- the money
def purses(links: Iterable[CallEnvelope], proposed: Mapping[int, int]) -> list[Purse]:
    """Each envelope with what is proposed on it, by its key; what is decided, the bank itself counts (funding)."""
    rows = [link.envelope for link in links]
    return [Purse(row.short_name, row.amount_cents, row.committed_cents, proposed.get(row.pk, 0)) for row in rows]


def places_of(call: Call, *, reads_files: bool) -> list[tuple[str, str]]:
    """(label, address) of the call's pages that this person may open."""
    rows = [("Les dossiers", reverse("calls:desk_list", args=[call.code]))] if reads_files else []
    return [*rows, ("La table du comité", reverse("calls:committee", args=[call.code]))]


def public_path(call: Any) -> list[tuple[str, str, str]]:
    """What everybody knows of an open call."""
    committee = long_date(call.committee_on) if call.committee_on else "jour à fixer"
    return [
        ("done", "Ouverture", at_hour(call.opens_at)),
        ("now", "Clôture", f"{at_hour(call.closes_at)}, {in_days(call.closes_at)}"),
        ("todo", "Comité de pilotage", committee),
        ("todo", "Réponse à chacun", "par courriel, avec la lettre"),
    ]
