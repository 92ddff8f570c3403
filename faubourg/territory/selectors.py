"""Reads: the geography in force, its neighbourhoods, their figures and their drawing."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from faubourg.core import clock
from faubourg.territory.drawing import Drawing, ScaleBar, Shape, drawing
from faubourg.territory.enums import Indicator
from faubourg.territory.models import Geography, KeyFigure, Municipality, Neighbourhood

__all__ = [
    "Drawing",
    "ScaleBar",
    "Shape",
    "all_neighbourhoods",
    "current_geography",
    "drawing",
    "figure_of",
    "figures_of",
    "geographies",
    "geography_by_code",
    "municipalities",
    "municipality_by_insee",
    "neighbourhood_by_code",
    "neighbourhood_by_slug",
    "neighbourhoods",
    "own_figures",
]


def municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.order_by("name")


def municipality_by_insee(insee: str) -> Municipality | None:
    return Municipality.objects.filter(insee=insee).first()


def geographies() -> QuerySet[Geography]:
    """All versions, the newest first."""
    return Geography.objects.order_by("-valid_from", "-pk")


def current_geography(on: date | None = None) -> Geography | None:
    """The version in force on this day (today by default); None when there is none."""
    return _in_force(on or clock.today()).first()


def _in_force(day: date) -> QuerySet[Geography]:
    in_force = Geography.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)
    return in_force.order_by("-valid_from", "-pk")


def current_neighbourhoods() -> QuerySet[Neighbourhood]:
    """Those of the version in force today, each with its version, in the order of their codes. One query."""
    rows = Neighbourhood.objects.filter(geography__in=_in_force(clock.today()).values("pk")[:1])
    return rows.select_related("municipality", "geography").order_by("code")


def geography_by_code(code: str) -> Geography | None:
    return Geography.objects.filter(code=code).first()


def neighbourhoods(geography: Geography | None) -> QuerySet[Neighbourhood]:
    """The priority neighbourhoods of one version, in the order of their codes."""
    rows = Neighbourhood.objects.filter(geography=geography) if geography else Neighbourhood.objects.none()
    return rows.select_related("municipality").order_by("code")


def neighbourhood_by_slug(geography: Geography, slug: str) -> Neighbourhood | None:
    rows = Neighbourhood.objects.select_related("municipality", "geography", "previous")
    return rows.filter(geography=geography, slug=slug).first()


def all_neighbourhoods() -> QuerySet[Neighbourhood]:
    """Those of every version, the newest first, with how many figures each one has."""
    rows = Neighbourhood.objects.select_related("municipality", "geography")
    return rows.annotate(figure_count=Count("figures")).order_by("-geography__valid_from", "code")


def neighbourhood_by_code(code: str) -> Neighbourhood | None:
    return Neighbourhood.objects.select_related("municipality", "geography", "previous").filter(code=code).first()


def own_figures(place: Neighbourhood) -> list[KeyFigure]:
    """All that is known of one neighbourhood, in the order of the indicators, the newest edition first."""
    rows = KeyFigure.objects.filter(neighbourhood=place).select_related("outline_of").order_by("-edition", "pk")
    order = list(Indicator)
    return sorted(rows, key=lambda row: order.index(Indicator(row.indicator)))


def figure_of(place: Neighbourhood, indicator: str, edition: int) -> KeyFigure | None:
    rows = KeyFigure.objects.filter(neighbourhood=place, indicator=indicator, edition=edition)
    return rows.select_related("neighbourhood").first()


def figures_of(places: Iterable[Neighbourhood], edition: int | None = None) -> dict[str, dict[str, KeyFigure]]:
    """By neighbourhood code, then by indicator: the figure of this edition, or each one's latest. One query.

    A neighbourhood without figures has an empty dict; each figure carries its edition, source and outline.
    """
    by_key = {place.pk: place.code for place in places}
    found: dict[str, dict[str, KeyFigure]] = {code: {} for code in by_key.values()}
    rows = KeyFigure.objects.filter(neighbourhood__in=by_key.keys()).select_related("outline_of")
    if edition is not None:
        rows = rows.filter(edition=edition)
    for figure in rows.order_by("edition", "pk"):
        found[by_key[figure.neighbourhood_id]][figure.indicator] = figure
    return found
