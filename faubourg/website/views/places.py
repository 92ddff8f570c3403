"""Where and with whom: the neighbourhoods, the contracts."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.core import clock
from faubourg.partners.selectors import contracts, tree
from faubourg.territory.enums import Indicator
from faubourg.territory.selectors import current_geography, drawing, figures_of, neighbourhoods
from faubourg.website.models import NeighbourhoodPage
from faubourg.website.neighbourhoods import comparisons
from faubourg.website.selectors import page_of_place, shown_years
from faubourg.website.words import at_place

SHOWN = 12


@require_safe
def neighbourhood_list(request: HttpRequest) -> HttpResponse:
    geography = current_geography()
    places = list(neighbourhoods(geography))
    figures = figures_of(places)
    people = {code: found.get(Indicator.POPULATION) for code, found in figures.items()}
    return render(
        request, "website/neighbourhood_list.html", {"geography": geography, "places": places, "people_of": people}
    )


@require_safe
def neighbourhood(request: HttpRequest, slug: str, page: NeighbourhoodPage | None = None) -> HttpResponse:
    """A preview brings its own page; else the published one stands here, if there is one."""
    geography = current_geography()
    places = list(neighbourhoods(geography))
    place = next((row for row in places if row.slug == slug), None)
    if place is None:
        raise Http404("neighbourhood")
    prefetch_related_objects([place], "previous")
    rows = shown_years(place=slug)
    context = {
        "page": page or page_of_place(place),
        "place": place,
        "place_at": at_place(place.name),
        "geography": geography,
        "rank": places.index(place) + 1,
        "others": [row for row in places if row.pk != place.pk],
        "drawing": drawing([place], 384, margin=8, max_height=420),
        "comparisons": comparisons(place, places, figures_of(places)),
        "years": list(rows[:SHOWN]),
        "count": rows.count(),
    }
    return render(request, "website/neighbourhood.html", context)


@require_safe
def contract(request: HttpRequest) -> HttpResponse:
    """Every contract, the one that binds today first, with its tree."""
    rows = list(contracts())
    prefetch_related_objects(rows, "objectives")
    today = clock.today()
    rows.sort(key=lambda row: not row.starts_on <= today <= row.ends_on)
    shown = [(row, row.starts_on <= today <= row.ends_on, tree(row.objectives.all())) for row in rows]
    return render(request, "website/contract.html", {"contracts": shown})
