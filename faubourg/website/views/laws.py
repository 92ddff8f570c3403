"""What the law asks of a public site."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from faubourg.calls.selectors import public_calls
from faubourg.core.cards import cards
from faubourg.territory.selectors import current_geography, neighbourhoods
from faubourg.website import laws
from faubourg.website.selectors import written_pages


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"told": settings.ACCESSIBILITY, "site": settings.BASE_URL}
    return render(request, "website/accessibility.html", context)


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    return render(request, "website/legal.html", {"flaws": laws.security_contact()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The register of personal data, read on the cards of the rooms that are open."""
    rooms = [(card, card.personal_data) for card in cards() if card.personal_data]
    return render(request, "website/privacy.html", {"rooms": rooms})


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    return render(request, "website/cookies.html", {"cookies": laws.cookies()})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Where a flaw is told, for those who look for them (RFC 9116)."""
    lines = (
        f"Contact: {laws.security_contact()}",
        f"Expires: {laws.security_expires():%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.BASE_URL}{request.path}",
        f"Policy: {settings.BASE_URL}{reverse('website:legal')}#faille",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    context = {
        "calls": public_calls(),
        "places": neighbourhoods(current_geography()),
        "written": written_pages(),
    }
    return render(request, "website/sitemap.html", context)
