"""Where a call stands for somebody who passes by, and the dates that it puts in everybody's diary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from faubourg.calls.enums import CallState
from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.core.templatetags.faubourg import at_hour, long_date
from faubourg.website.words import first_up


@dataclass(frozen=True, slots=True)
class Standing:
    """``key``: soon, open, closed, committee or announced; ``kind`` and ``words`` make its sign."""

    key: str
    kind: str
    words: str
    sentence: str


def standing(call: Call) -> Standing:
    """What anybody may know: a call opens and closes by its hours, then waits for its committee."""
    now = clock.now()
    if call.state == CallState.ANNOUNCED:
        return Standing("announced", "info", "Résultats publiés", f"Résultats publiés {_on(call.announced_at)}.")
    if call.state == CallState.COMMITTEE:
        return Standing("committee", "warn", "Fermé, au comité", _decision(call))
    if now < call.opens_at:
        return Standing(
            "soon", "info", "Ouvre bientôt", f"Les dossiers se déposent à partir du {at_hour(call.opens_at)}."
        )
    if now < call.closes_at:
        return Standing("open", "ok", "Ouvert", f"Les dossiers se déposent jusqu’au {at_hour(call.closes_at)}.")
    return Standing("closed", "warn", "Fermé, à l’étude", _decision(call))


def _decision(call: Call) -> str:
    closed = f"Le dépôt s’est terminé le {at_hour(call.closes_at)}."
    if call.committee_on and call.committee_on >= clock.today():
        return f"{closed} Le comité décide le {long_date(call.committee_on)}."
    return f"{closed} Chaque organisme reçoit sa réponse avant la publication des résultats."


def _on(when: datetime | None) -> str:
    return f"le {long_date(when)}" if when else ""


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the diary."""

    day: date
    title: str
    words: str
    call: Call


def next_days(calls: Iterable[Call]) -> list[Day]:
    """What comes, the nearest first: openings, closings, committees."""
    now, today = clock.now(), clock.today()
    found = []
    for call in calls:
        if call.opens_at > now:
            found.append(_day(call.opens_at, f"Ouverture : {call.title}", call))
        if call.state == CallState.PUBLISHED and call.closes_at > now:
            found.append(_day(call.closes_at, f"Clôture : {call.title}", call))
        if call.state != CallState.ANNOUNCED and call.committee_on and call.committee_on >= today:
            title = f"Comité de pilotage : {call.title}"
            found.append(Day(call.committee_on, title, "Les financeurs décident ensemble. Réunion non publique.", call))
    return sorted(found, key=lambda one: (one.day, one.title))


def _day(instant: datetime, title: str, call: Call) -> Day:
    said = at_hour(instant)
    local = instant.astimezone(clock.PARIS)
    return Day(local.date(), title, f"{first_up(said)}, en ligne", call)


def path_of(call: Call) -> list[tuple[str, str, str]]:
    """Opening, closing, committee, results: (done, now or todo, title, words) for the page's timeline."""
    now, said = clock.now(), standing(call)
    opened, closed = call.opens_at <= now, call.closes_at <= now
    decided = call.state == CallState.ANNOUNCED
    day = first_up(long_date(call.committee_on)) if call.committee_on else "Le jour n’est pas encore fixé"
    results = first_up(long_date(call.announced_at)) if call.announced_at else "Après le comité et les lettres"
    return [
        ("done" if opened else "todo", "Ouverture", first_up(at_hour(call.opens_at))),
        ("done" if closed else "now" if opened else "todo", "Clôture", first_up(at_hour(call.closes_at))),
        ("done" if decided else "now" if said.key in ("closed", "committee") else "todo", "Comité de pilotage", day),
        ("done" if decided else "todo", "Résultats publics", results),
    ]
