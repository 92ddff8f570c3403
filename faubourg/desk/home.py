"""The home of each role, put together: what waits, beside it the call at work, and what one can do."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.calls.selectors import open_calls
from faubourg.core import clock
from faubourg.core.cards import way_to
from faubourg.core.templatetags.faubourg import long_date
from faubourg.desk import beginning, panel, selectors, waiting
from faubourg.desk.beginning import Step
from faubourg.desk.items import Item, grouped, headline
from faubourg.desk.selectors import Numbers
from faubourg.desk.work import Work, work_on
from faubourg.partners.enums import Role
from faubourg.partners.rules import is_applicant, is_elected, is_funder, is_officer, sees_claims
from faubourg.partners.selectors import memberships_of, organisations_of, speaks_for


@dataclass
class Home:
    """What the page shows of one person's day."""

    items: list[Item] = field(default_factory=list)
    side: dict[str, Any] = field(default_factory=dict)
    ways: list[tuple[str, str, str]] = field(default_factory=list)  # (label, address, words)
    steps: list[Step] = field(default_factory=list)  # before the first call, for the officer


def home_of(user: Any) -> dict[str, Any]:
    """At most fifteen queries for one role, the session and the person among them."""
    home = Home()
    if sees_claims(user):
        home.items += waiting.claims(user)
    if is_officer(user) or is_funder(user) or is_elected(user):
        _work_on_calls(user, home)
    if is_applicant(user):
        home.items += waiting.for_applicant(list(selectors.own_work(speaks_for(user))))
    if not home.side and not home.steps:
        _look_at_open_calls(user, home)
    groups = grouped(home.items)
    return {
        "groups": groups,
        "headline": beginning.headline(home.steps) if home.steps and not groups else headline(groups),
        "steps": home.steps,
        "today": long_date(clock.today()),
        "person": role_words(user),
        "side": home.side,
        "ways": home.ways,
    }


def role_words(user: Any) -> str:
    """« chargée de mission », « financeur, élu »; nothing for a resident."""
    said = [membership.title or membership.get_role_display() for membership in memberships_of(user)]
    return ", ".join(dict.fromkeys(said))


def _work_on_calls(user: Any, home: Home) -> None:
    calls = selectors.living_calls(user)
    runs, funders = is_officer(user), organisations_of(user, Role.FUNDER)
    at_work = panel.call_at_work(calls)
    work = work_on(calls, at_work, runs=runs, funders=funders)
    if runs:
        home.steps = beginning.steps(beginning.foundations(user), calls)
        home.items += waiting.for_officer(calls, work)
    if funders:
        home.items += waiting.for_funder(calls, work)
    if not runs:
        home.items += waiting.table_to_read(calls, work)
    if at_work is not None:
        home.side = _side(at_work, work, reads_files=runs or bool(funders))


def _side(call: Call, work: Work, *, reads_files: bool) -> dict[str, Any]:
    shared, readings = call.opinions_shared_at is not None, work.readings.get(call.pk, [])
    return {
        "call": call,
        "path": panel.desk_path(call, work.numbers.get(call.pk, Numbers()), readings),
        "purses": work.purses,
        "purses_title": "Proposé et décidé" if shared else "Ce que vous proposez",
        "readers": readings,
        "places": panel.places_of(call, reads_files=reads_files),
    }


def _look_at_open_calls(user: Any, home: Home) -> None:
    """For those who do not run calls: the call that one may answer, and the ways that lead somewhere."""
    call = open_calls().first()
    if call is not None:
        home.side = {"call": call, "path": panel.public_path(call), "is_public": True}
    home.ways = list(_ways(user, call))


def _ways(user: Any, call: Call | None) -> list[tuple[str, str, str]]:
    found = []
    if call is not None and is_applicant(user):
        url = reverse("calls:apply_start", args=[call.code])
        found.append(("Déposer un projet", url, f"{call.title} : le brouillon s’enregistre tout seul."))
    elif call is not None:
        url = way_to("website:call", call.code)
        found.append(("Lire l’appel à projets", url, "Qui peut répondre, pour quoi, avec quel argent."))
    if not memberships_of(user):
        words = "Rejoignez votre association, ou inscrivez-la, pour déposer un projet en son nom."
        found.append(("Trouver mon organisme", reverse("partners:find"), words))
    if is_applicant(user):
        found.append(("Nos demandes", reverse("calls:mine"), "Toutes vos demandes, du brouillon à la décision."))
    projects = "Qui fait quoi dans les quartiers, avec quels résultats."
    found.append(("Voir les projets soutenus", way_to("website:project_list"), projects))
    return [way for way in found if way[1]]
