"""What a new installation still needs before its first call: steps in order, each a link; nothing once all stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Exists, Subquery
from django.urls import reverse

from faubourg.calls.enums import CallState
from faubourg.calls.models import Call
from faubourg.calls.selectors import public_calls
from faubourg.desk.items import spelled
from faubourg.journal.selectors import until_next_deed
from faubourg.partners.enums import Role
from faubourg.partners.selectors import contracts, live_memberships
from faubourg.territory.selectors import all_neighbourhoods, geographies, municipalities


@dataclass(frozen=True, slots=True)
class Foundations:
    """What stands of an installation. ``contract``: the newest one's code; ``objectives``: has it any?"""

    communes: bool
    geography: bool
    places: bool
    objectives: bool
    funders: bool
    published: bool
    contract: str


@dataclass(frozen=True, slots=True)
class Step:
    """``is_next``: the first one that is not done."""

    label: str
    words: str
    url: str
    is_done: bool
    is_next: bool = False


def foundations(user: Any) -> Foundations:
    """One query, at most one until the next deed."""
    return until_next_deed("desk.foundations", partial(_looked_at, user))


def _looked_at(user: Any) -> Foundations:
    """All at once, hung on the asker's own place."""
    newest = contracts().order_by("-starts_on", "pk")
    asked = {
        "communes": Exists(municipalities()),
        "geography": Exists(geographies()),
        "places": Exists(all_neighbourhoods()),
        "objectives": Subquery(newest.annotate(count=Count("objectives")).values("count")[:1]),
        "funders": Exists(live_memberships().filter(role=Role.FUNDER)),
        "published": Exists(public_calls()),
        "contract": Subquery(newest.values("code")[:1]),
    }
    found: dict[str, Any] = dict(live_memberships().filter(user=user).order_by("pk").values(**asked)[:1].get())
    return Foundations(**{**found, "objectives": bool(found["objectives"]), "contract": found["contract"] or ""})


def steps(found: Foundations, calls: Sequence[Call]) -> list[Step]:
    """Those of this installation, the ones already made among them; none when nothing is missing."""
    rows = [_communes(found), _places(found), _contract(found), _funders(found), _call(found, calls)]
    missing = [place for place, row in enumerate(rows) if not row[0]]
    if not missing:
        return []
    return [
        Step(label, words, url, done, is_next=place == missing[0])
        for place, (done, label, words, url) in enumerate(rows)
    ]


def headline(rows: Sequence[Step]) -> str:
    """« Encore quatre étapes avant votre premier appel. »"""
    left = sum(not row.is_done for row in rows)
    return f"Encore {spelled(left)} étape{'s' if left > 1 else ''} avant votre premier appel."


_Row = tuple[bool, str, str, str]


def _communes(found: Foundations) -> _Row:
    words = "Celles de l’agglomération, une à une ou d’un tableau que vous collez."
    return found.communes, "Entrer les communes", words, f"{reverse('desk:territory')}#communes"


def _places(found: Foundations) -> _Row:
    """The list first, then what stands in it; a neighbourhood is in a commune."""
    url = f"{reverse('desk:territory')}#quartiers"
    if not found.geography:
        url = reverse("desk:geography_new")
    elif found.communes and not found.places:
        url = reverse("desk:neighbourhood_new")
    words = "La liste en vigueur, puis chaque quartier et son contour."
    return found.places, "Entrer les quartiers", words, url


def _contract(found: Foundations) -> _Row:
    code = found.contract
    url = reverse("partners:contract", args=[code]) if code else reverse("partners:contract_new")
    words = "Ses années, ses signataires et ses objectifs."
    return bool(code) and found.objectives, "Entrer le contrat de ville", words, url


def _funders(found: Foundations) -> _Row:
    """A person who gives the opinion of her institution."""
    url = reverse("partners:find")
    if found.contract:
        url = f"{reverse('partners:contract', args=[found.contract])}#signataires"
    words = "Pour chaque institution qui paie, la personne qui donnera son avis sur les dossiers."
    return found.funders, "Nommer les financeurs", words, url


def _call(found: Foundations, calls: Sequence[Call]) -> _Row:
    draft = next((call for call in calls if call.state == CallState.DRAFT), None)
    url = reverse("calls:call_edit", args=[draft.code]) if draft else reverse("calls:call_new")
    words = "Ses dates, ses enveloppes, son règlement. Rien n’est public avant que vous le publiiez."
    return found.published, "Ouvrir le premier appel", words, url
