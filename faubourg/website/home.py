"""What the home shows, counted from the rooms: nothing here but words is written by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import prefetch_related_objects

from faubourg.calls.models import Call
from faubourg.calls.selectors import call_envelopes, public_calls
from faubourg.core.money import format_amount
from faubourg.core.templatetags.faubourg import days_until, number
from faubourg.funding.enums import MoneyKind
from faubourg.funding.models import Envelope
from faubourg.partners.models import Contract, Objective, Organisation, Signature
from faubourg.partners.selectors import contract_on, signatures_on
from faubourg.projects.figures import headline_results
from faubourg.projects.models import ProjectYear, Result
from faubourg.territory.enums import Indicator
from faubourg.territory.models import Geography, KeyFigure, Neighbourhood
from faubourg.territory.selectors import current_neighbourhoods, figures_of
from faubourg.website.models import StoryPage
from faubourg.website.pictures import arch_of, story_of, token_of
from faubourg.website.selectors import contracts_with_projects, shown_years
from faubourg.website.standing import Day, Standing, next_days, standing
from faubourg.website.words import at_place, first_up, listed, spelled

COUNTED = ("entreprises", "emplois")  # units that have a drawing to count
MOST_DRAWN = 120
MOST_STORIES, MOST_PROJECTS = 2, 6
HUNDRED = 100  # inhabitants to a silhouette
PAINTS = ("var(--lit-terra)", "var(--lit-ochre)", "var(--lit-adour)")  # on the deep block, day and night


@dataclass(frozen=True, slots=True)
class Door:
    """The call behind the first door: the one that is open, else the one that people ask about."""

    call: Call
    standing: Standing
    days_left: int
    share_gone: int  # of the time to apply, in hundredths

    @property
    def is_open(self) -> bool:
        return self.standing.key == "open"


@dataclass(frozen=True, slots=True)
class Crowd:
    """The inhabitants of one neighbourhood, a silhouette to a hundred."""

    place: Neighbourhood
    people: int
    figures: int
    paint: str


@dataclass(frozen=True, slots=True)
class Population:
    total: int
    crowds: tuple[Crowd, ...]
    source: str

    @property
    def widest(self) -> int:
        return max(crowd.figures for crowd in self.crowds)


@dataclass(frozen=True, slots=True)
class Pot:
    """The common money of a call, as tokens that can be counted."""

    call: Call
    cents: int
    funders: str
    tokens: int
    token_cents: int


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """One objective and one result of it."""

    theme: Objective
    arch: str
    tone: str
    result: Result


@dataclass(frozen=True, slots=True)
class Story:
    """A result told in words beside its picture."""

    theme: Objective
    picture: str
    result: Result


# What each live block of a page is drawn with: its template, and what the template wants of ``Shown``.
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "door": ("website/_home_doors.html", ("is_new", "door")),
    "figures": ("website/_home_figures.html", ("places", "population", "pot", "history", "counted")),
    "places": ("website/_home_places.html", ("places", "places_count", "people_of", "geography")),
    "themes": ("website/_home_themes.html", ("themes", "themes_count")),
    "stories": ("website/_home_stories.html", ("told", "stories")),
    "dates": ("website/_home_dates.html", ("is_new", "days")),
    "projects": ("website/_home_projects.html", ("years",)),
    "partners": ("website/_home_partners.html", ("contract", "partners")),
}


class Shown:
    """What the blocks of a page show, each asked once and only when a block wants it; ten queries for all of it."""

    @cached_property
    def calls(self) -> list[Call]:
        return list(public_calls())

    @cached_property
    def door(self) -> Door | None:
        return door_of(self.calls)

    @cached_property
    def days(self) -> list[Day]:
        return next_days(self.calls)[:5]

    @cached_property
    def pot(self) -> Pot | None:
        return pot_of(self.door.call, call_envelopes(self.door.call)) if self.door else None

    @cached_property
    def places(self) -> list[Neighbourhood]:
        return list(current_neighbourhoods())

    @property
    def geography(self) -> Geography | None:
        """The version whose neighbourhoods these are."""
        return self.places[0].geography if self.places else None

    @property
    def places_said(self) -> str:
        return listed([at_place(place.name) for place in self.places])

    @property
    def places_count(self) -> str:
        return first_up(spelled(len(self.places)))

    @cached_property
    def figures(self) -> dict[str, dict[str, KeyFigure]]:
        return figures_of(self.places)

    @property
    def people_of(self) -> dict[str, KeyFigure | None]:
        return {code: found.get(Indicator.POPULATION) for code, found in self.figures.items()}

    @property
    def population(self) -> Population | None:
        return population_of(self.places, self.figures)

    @cached_property
    def history(self) -> Contract | None:
        return contracts_with_projects().first()

    @cached_property
    def results(self) -> list[Result]:
        return _results()

    @property
    def counted(self) -> list[Result]:
        return [row for row in self.results if row.unit in COUNTED and row.value <= MOST_DRAWN][:2]

    @cached_property
    def themes(self) -> list[ThemeCard]:
        return themes_of(self.results)

    @property
    def themes_count(self) -> str:
        return first_up(spelled(len(self.themes)))

    @cached_property
    def told(self) -> list[StoryPage]:
        return list(StoryPage.newest()[:MOST_STORIES])

    @property
    def stories(self) -> list[Story]:
        return [] if self.told else stories_of(self.results)[:MOST_STORIES]

    @cached_property
    def years(self) -> list[ProjectYear]:
        return list(shown_years()[:MOST_PROJECTS])

    @cached_property
    def signatures(self) -> list[Signature]:
        """Of the contract that binds today."""
        return list(signatures_on())

    @property
    def contract(self) -> Contract | None:
        return self.signatures[0].contract if self.signatures else None

    @property
    def partners(self) -> list[Organisation]:
        return [row.organisation for row in self.signatures]

    @cached_property
    def is_new(self) -> bool:
        return not (self.calls or self.places or self.results or self.signatures or contract_on())


def door_of(calls: Sequence[Call]) -> Door | None:
    """The open call that closes first; else one that opens soon, is at the committee, or was announced last."""
    found = [(standing(call), call) for call in calls]
    rank = {"open": 0, "soon": 1, "closed": 2, "committee": 3, "announced": 4}
    if not found:
        return None
    said, call = min(found, key=lambda pair: (rank[pair[0].key], _nearness(*pair)))
    whole = (call.closes_at - call.opens_at).total_seconds()
    left = days_until(call.closes_at) or 0
    gone = 100 - round(100 * max(left, 0) * 86_400 / whole)
    return Door(call, said, left, min(max(gone, 0), 100))


def _nearness(said: Standing, call: Call) -> float:
    """The first to close among those to come, the last closed among the others."""
    instant = call.closes_at.timestamp()
    return instant if said.key in ("open", "soon") else -instant


def population_of(places: Sequence[Neighbourhood], figures: dict[str, dict[str, KeyFigure]]) -> Population | None:
    """None until every neighbourhood has its figure: a sum with a hole would be false."""
    found = [figures[place.code].get(Indicator.POPULATION) for place in places]
    known = [figure for figure in found if figure is not None]
    if not known or len(known) < len(places):
        return None
    crowds = tuple(
        Crowd(place, int(figure.value), round(figure.value / HUNDRED), PAINTS[i % 3])
        for i, (place, figure) in enumerate(zip(places, known, strict=True))
    )
    sources = listed(sorted({f"{figure.source}, contours de {figure.outline_of.code}" for figure in known}))
    return Population(sum(crowd.people for crowd in crowds), crowds, sources)


def pot_of(call: Call, envelopes: Iterable[Envelope]) -> Pot | None:
    """The earmarked money of a call: what the funders put in common for the contract."""
    common = [row for row in envelopes if row.kind == MoneyKind.EARMARKED and row.amount_cents]
    if not common:
        return None
    cents = sum(row.amount_cents for row in common)
    token = token_of(cents)
    return Pot(call, cents, listed([row.short_name for row in common]), round(cents / token), token)


def _results() -> list[Result]:
    """The results put forward with the objectives of their years: two queries."""
    results = headline_results()
    prefetch_related_objects(results, "project_year__objectives")
    return results


def _theme(result: Result) -> Objective | None:
    rows = sorted(result.project_year.objectives.all(), key=lambda row: row.path)
    return rows[0] if rows else None


def themes_of(results: Iterable[Result]) -> list[ThemeCard]:
    """One result per objective, in the order of the contract."""
    found: dict[int, tuple[Objective, Result]] = {}
    for result in results:
        theme = _theme(result)
        if theme is not None:
            found.setdefault(theme.pk, (theme, result))
    ordered = sorted(found.values(), key=lambda pair: (-pair[0].contract_id, pair[0].path))
    return [ThemeCard(theme, arch_of(theme.icon), f"c{i % 4 + 1}", result) for i, (theme, result) in enumerate(ordered)]


def stories_of(results: Iterable[Result]) -> list[Story]:
    """The results whose theme has a picture, one per picture."""
    found: dict[str, Story] = {}
    for result in results:
        theme = _theme(result)
        picture = story_of(theme.icon) if theme is not None else ""
        if theme is not None and picture:
            found.setdefault(picture, Story(theme, picture, result))
    return list(found.values())


def said_value(result: Result) -> str:
    """« 30 enfants », « 10 % », « 20 000 € »."""
    if result.unit == "euros":
        return format_amount(int(result.value * 100))
    value = result.value if result.value % 1 else Decimal(int(result.value))
    return f"{number(value)}\u00a0{result.unit}"
