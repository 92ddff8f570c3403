"""What the law asks of a public site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.calls.selectors import public_calls
from faubourg.core.cards import cards
from faubourg.territory.selectors import current_geography, neighbourhoods


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "website/accessibility.html")


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "website/legal.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The register of personal data, read on the cards of the rooms that are open."""
    rooms = [(card, card.personal_data) for card in cards() if card.personal_data]
    return render(request, "website/privacy.html", {"rooms": rooms})


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {"calls": public_calls(), "places": neighbourhoods(current_geography())}
    return render(request, "website/sitemap.html", context)
