"""Calls for projects as anybody reads them, and their results once they are announced."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.calls.enums import CallState
from faubourg.calls.models import Call
from faubourg.calls.selectors import call_envelopes, public_calls, with_counts
from faubourg.core import money
from faubourg.core.http import csv_stream
from faubourg.partners.selectors import objectives_of, tree
from faubourg.projects.figures import METHOD, grants_of
from faubourg.projects.models import ProjectYear
from faubourg.territory.selectors import neighbourhoods
from faubourg.website.results import results_of
from faubourg.website.selectors import funded_years, public_call
from faubourg.website.standing import path_of, standing

CSV_HEAD = [
    "projet",
    "porteur",
    "annee",
    "financeur",
    "enveloppe",
    "montant_euros",
    "quartiers",
    "objectifs",
    "exemple",
]


def _call_or_404(code: str) -> Call:
    found = public_call(code)
    if found is None:
        raise Http404("call")
    return found


def _announced_or_404(code: str) -> Call:
    """Results exist for nobody before they are announced (R-INS-06)."""
    found = _call_or_404(code)
    if found.state != CallState.ANNOUNCED:
        raise Http404("results")
    return found


@require_safe
def call_list(request: HttpRequest) -> HttpResponse:
    rows = [(row, standing(row)) for row in with_counts(public_calls())]
    order = {"open": 0, "soon": 1, "closed": 2, "committee": 2, "announced": 3}
    rows.sort(key=lambda pair: order[pair[1].key])
    return render(request, "website/call_list.html", {"rows": rows})


@require_safe
def call(request: HttpRequest, code: str) -> HttpResponse:
    found = _call_or_404(code)
    envelopes = call_envelopes(found)
    chosen = found.objectives.order_by("path").values_list("pk", flat=True)
    context = {
        "call": found,
        "standing": standing(found),
        "dates": path_of(found),
        "envelopes": envelopes,
        "total_cents": sum(row.amount_cents for row in envelopes),
        "tree": tree(objectives_of(found.contract), chosen),
        "places": neighbourhoods(found.geography),
    }
    return render(request, "website/call.html", context)


@require_safe
def results(request: HttpRequest, code: str) -> HttpResponse:
    found = _announced_or_404(code)
    context = {"call": found, "method": METHOD, **results_of(found)}
    return render(request, "website/results.html", context)


@require_safe
def results_csv(request: HttpRequest, code: str) -> StreamingHttpResponse:
    found = _announced_or_404(code)
    return csv_stream(f"resultats-{found.code}.csv", CSV_HEAD, _lines(found))


def _lines(found: Call) -> Iterator[list[Any]]:
    """One line per amount granted: who pays what for which project."""
    for year in funded_years(found):
        for grant in grants_of(year):
            yield _line(year, grant.commitment)


def _line(year: ProjectYear, commitment: Any) -> list[Any]:
    envelope = commitment.envelope
    return [
        year.project.title,
        year.project.organisation.name,
        year.year,
        envelope.funder.name,
        envelope.get_kind_display(),
        money.format_amount(commitment.amount_cents, unit="").replace(money.NARROW_SPACE, ""),
        ", ".join(place.name for place in year.neighbourhoods.all()),
        ", ".join(objective.title for objective in year.objectives.all()),
        "oui" if year.project.is_example else "non",
    ]
