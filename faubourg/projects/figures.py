"""Sums over projects. Only money that is still committed counts.

Method, to be said beside each drawing: a project that serves several objectives (or neighbourhoods) counts an
equal share of its amount for each of them, to the cent, so that the parts add up to the whole.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from faubourg.core.money import split_evenly
from faubourg.funding.enums import MoneyKind
from faubourg.partners.models import Objective, Organisation
from faubourg.projects.models import Grant, ProjectYear, Result
from faubourg.territory.models import Neighbourhood

METHOD = (
    "Un projet qui sert plusieurs objectifs, ou plusieurs quartiers, compte une part égale de son montant"
    " dans chacun : la somme des parts est le total."
)
Thing = TypeVar("Thing")


@dataclass(slots=True)
class Share(Generic[Thing]):
    """What goes to one thing: cents, and how many years of projects have a part in it.

    ``thing`` is None for what is tied to none (a project for the whole town).
    """

    thing: Thing | None
    cents: int = 0
    earmarked_cents: int = 0
    ordinary_cents: int = 0
    projects: int = 0
    _seen: set[int] = field(default_factory=set, repr=False)

    def add(self, year: ProjectYear, cents: int, kind: str = "") -> None:
        self.cents += cents
        if kind == MoneyKind.EARMARKED:
            self.earmarked_cents += cents
        elif kind == MoneyKind.ORDINARY:
            self.ordinary_cents += cents
        if year.pk not in self._seen:
            self._seen.add(year.pk)
            self.projects += 1


def grants_of(year: ProjectYear) -> list[Grant]:
    """The grants whose money is still committed; no query for years of ``with_everything``."""
    return [grant for grant in year.grants.all() if grant.commitment.released_at is None]


def granted_cents(year: ProjectYear) -> int:
    return sum(grant.commitment.amount_cents for grant in grants_of(year))


def total_cents(years: Iterable[ProjectYear]) -> int:
    return sum(granted_cents(year) for year in years)


def by_funder(years: Iterable[ProjectYear]) -> list[Share[Organisation]]:
    """One row per funder that pays for one of these years, the largest amount first."""
    rows: dict[int, Share[Organisation]] = {}
    for year in years:
        for grant in grants_of(year):
            envelope = grant.commitment.envelope
            row = rows.setdefault(envelope.funder_id, Share(envelope.funder))
            row.add(year, grant.commitment.amount_cents, envelope.kind)
    return sorted(rows.values(), key=lambda row: (-row.cents, row.thing.name if row.thing else ""))


def by_objective(years: Iterable[ProjectYear], among: Sequence[Objective] | None = None) -> list[Share[Objective]]:
    """One row per objective in the order of the contract; equal shares (``METHOD``).

    ``among``: count on these knots of the tree (the pillars), each with all that stands under it; every one of
    them has its row, even empty.
    """

    def knots(year: ProjectYear) -> list[Objective]:
        own = sorted(year.objectives.all(), key=lambda one: (one.path, one.pk))
        if among is None:
            return own
        return [knot for knot in among if any(_stands_under(one, knot) for one in own)]

    return _shared(years, knots, among or (), lambda one: (-one.contract_id, one.path))


def _stands_under(objective: Objective, knot: Objective) -> bool:
    return objective.contract_id == knot.contract_id and f"{objective.path}.".startswith(f"{knot.path}.")


def by_neighbourhood(
    years: Iterable[ProjectYear], among: Sequence[Neighbourhood] | None = None
) -> list[Share[Neighbourhood]]:
    """One row per neighbourhood in the order of codes; equal shares (``METHOD``).

    ``among``: every one of these has its row, even empty. What is tied to none comes last, with None.
    """

    def places(year: ProjectYear) -> list[Neighbourhood]:
        return sorted(year.neighbourhoods.all(), key=lambda one: one.code)

    return _shared(years, places, among or (), lambda one: (one.code,))


def _shared(
    years: Iterable[ProjectYear],
    things_of: Callable[[ProjectYear], Sequence[Thing]],
    always: Sequence[Thing],
    order: Callable[[Thing], tuple],
) -> list[Share[Thing]]:
    rows: dict[Thing, Share[Thing]] = {thing: Share(thing) for thing in always}
    nowhere: Share[Thing] = Share(None)
    for year in years:
        things = things_of(year)
        amount = granted_cents(year)
        for thing, cents in zip(things, split_evenly(amount, len(things) or 1), strict=False):
            rows.setdefault(thing, Share(thing)).add(year, cents)
        if not things:
            nowhere.add(year, amount)
    ordered = [rows[thing] for thing in sorted(rows, key=order)]
    return [*ordered, nowhere] if nowhere.projects else ordered


def headline_results(limit: int | None = None) -> list[Result]:
    """The results put forward, of public years alone, the latest year first. One query."""
    rows = (
        Result.objects.filter(is_headline=True, project_year__announced_at__isnull=False)
        .select_related("project_year__project__organisation")
        .order_by("-project_year__year", "pk")
    )
    return list(rows if limit is None else rows[:limit])
