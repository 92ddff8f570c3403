"""What a call paid for: who pays, for which objective, in which neighbourhood."""

from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.partners.selectors import objectives_of, tops_of
from faubourg.projects.figures import by_funder, by_neighbourhood, by_objective, total_cents
from faubourg.territory.models import Neighbourhood
from faubourg.territory.selectors import neighbourhoods
from faubourg.website.bars import Bars, bars
from faubourg.website.selectors import funded_years


def results_of(call: Call) -> dict[str, object]:
    """The page of results in seven queries, whatever the number of projects."""
    years = list(funded_years(call))
    places = list(neighbourhoods(call.geography))
    objectives = list(objectives_of(call.contract))
    tops = tops_of(objectives)
    by_place = by_neighbourhood(years, places)
    drawings = (
        bars("financeurs", "Qui finance", "Financeur", by_funder(years)),
        bars("objectifs", "Pour quels objectifs", "Objectif", by_objective(years, tops), _themes(tops)),
        bars("quartiers", "Dans quels quartiers", "Quartier", by_place, _pages(places), "Tout le territoire"),
    )
    return {
        "years": years,
        "total_cents": total_cents(years),
        "carriers": len({year.project.organisation_id for year in years}),
        "places": places,
        "drawings": drawings,
        "notes": _notes(drawings[2], places),
    }


def _themes(objectives: list) -> dict[str, str]:
    return {row.title: reverse("website:theme", args=[row.slug]) for row in objectives}


def _pages(places: list[Neighbourhood]) -> dict[str, str]:
    return {row.name: reverse("website:neighbourhood", args=[row.slug]) for row in places}


def _notes(drawing: Bars, places: list[Neighbourhood]) -> dict[str, str]:
    """What stands under each name of the map: how many projects."""
    words = {row.name: row.words for row in drawing.rows}
    return {place.code: words.get(place.name, "") for place in places}
