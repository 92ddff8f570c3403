"""Reads that join rooms for the public pages: only what was announced, only calls that were published."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from wagtail.models import Page

from faubourg.calls.models import Call
from faubourg.calls.selectors import public_calls
from faubourg.partners.models import Contract, Objective
from faubourg.projects.models import Grant, ProjectYear
from faubourg.projects.selectors import live_grants, public_years
from faubourg.territory.models import Neighbourhood
from faubourg.website.models import FreePage, HomePage, NeighbourhoodPage, StoryListPage, StoryPage, ThemePage
from faubourg.website.models.pages import path_of

MENU, MENU_SECONDS = "website.menu", 60
FUNDED_BY = "grants__commitment__line__application__call"


def public_call(code: str) -> Call | None:
    """A call that anybody may read; those in preparation do not exist for the public."""
    return public_calls().filter(code=code).first()


def funded_years(call: Call) -> QuerySet[ProjectYear]:
    """The years of projects that this call paid for, each with the grants of this call alone. Four queries."""
    own = live_grants().filter(commitment__line__application__call=call)
    return (
        ProjectYear.objects.filter(announced_at__isnull=False)
        .filter(Exists(Grant.objects.filter(project_year=OuterRef("pk"), pk__in=own.order_by().values("pk"))))
        .select_related("project__organisation")
        .prefetch_related(
            Prefetch("objectives", Objective.objects.order_by("path", "pk")),
            Prefetch("neighbourhoods", Neighbourhood.objects.order_by("code")),
            Prefetch("grants", own),
        )
        .order_by("project__title", "pk")
    )


def shown_years(*, year: int | None = None, theme: str = "", place: str = "") -> QuerySet[ProjectYear]:
    """The public list narrowed by what stands in its address. Themes and places are meant by the names that they
    have in addresses, whatever the contract and the version of the geography."""
    rows = public_years(year)
    if theme:
        rows = rows.filter(pk__in=_years_under(theme))
    if place:
        there = Neighbourhood.objects.filter(slug=place)
        rows = rows.filter(pk__in=ProjectYear.objects.filter(neighbourhoods__in=there).values("pk"))
    return rows


def _years_under(theme: str) -> Any:
    """The keys of the years tied to an objective of this name or to what stands under it."""
    under = Q(pk__in=[])
    for contract, path in objectives_named(theme).values_list("contract", "path"):
        under |= Q(contract=contract) & (Q(path=path) | Q(path__startswith=f"{path}."))
    return ProjectYear.objects.filter(objectives__in=Objective.objects.filter(under)).values("pk")


def objectives_named(slug: str) -> QuerySet[Objective]:
    """The objectives of this name over the contracts, the newest contract's first."""
    return Objective.objects.filter(slug=slug).select_related("contract").order_by("-contract__starts_on", "path")


def themes_in_use() -> QuerySet[Objective]:
    """Every objective to which something public is tied."""
    tied = ProjectYear.objects.filter(objectives=OuterRef("pk"), announced_at__isnull=False)
    return (
        Objective.objects.filter(Exists(tied))
        .select_related("contract")
        .order_by("-contract__starts_on", "contract_id", "path")
    )


def contracts_with_projects() -> QuerySet[Contract]:
    """Contracts with how many public projects they bore (``borne``), and how many of these are invented
    (``invented``); the real ones first, then the newest."""
    tied = Q(objectives__project_years__announced_at__isnull=False)
    project = "objectives__project_years__project"
    example = Q(objectives__project_years__project__is_example=True)
    return (
        Contract.objects.annotate(
            borne=Count(project, filter=tied, distinct=True),
            invented=Count(project, filter=tied & example, distinct=True),
        )
        .filter(borne__gt=0)
        .order_by("is_example", "-starts_on")
    )


# ------------------------------------------------------------------------------------------------- what editors wrote
def home_page() -> HomePage | None:
    return HomePage.objects.live().order_by("pk").first()


def story_list() -> StoryListPage | None:
    return StoryListPage.objects.order_by("pk").first()


def written_pages() -> list[tuple[str, str]]:
    """(address, title) of the free pages and of the stories' list, for the map of the site."""
    kinds = ContentType.objects.get_for_models(FreePage, StoryListPage).values()
    rows = Page.objects.live().filter(content_type__in=[kind.pk for kind in kinds]).order_by("path")
    return [(path_of(row), row.title) for row in rows]


def page_of_theme(slug: str) -> ThemePage | None:
    """What editors say of the objectives of this name, the newest contract's first."""
    rows = ThemePage.objects.live().filter(objective__slug=slug)
    return rows.order_by("-objective__contract__starts_on", "pk").first()


def page_of_place(place: Neighbourhood) -> NeighbourhoodPage | None:
    """What editors say of the neighbourhoods of this name, the newest geography's first."""
    rows = NeighbourhoodPage.objects.live().filter(neighbourhood__slug=place.slug)
    return rows.order_by("-neighbourhood__geography__valid_from", "pk").first()


def stories_about(slug: str) -> QuerySet[StoryPage]:
    return StoryPage.newest().filter(objective__slug=slug)


def menu() -> list[tuple[str, str]]:
    """(address, title) of the pages that editors put in the menu. Each process asks once a minute, and at once
    when it publishes itself."""
    return caches["process"].get_or_set(MENU, _menu, MENU_SECONDS) or []


def _menu() -> list[tuple[str, str]]:
    rows = Page.objects.live().in_menu().order_by("path")  # no other form offers it than theirs
    return [(path_of(row), row.title) for row in rows]
