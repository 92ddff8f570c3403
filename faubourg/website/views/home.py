"""The public home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from faubourg.website.home import Shown
from faubourg.website.models import HomePage
from faubourg.website.models.blocks import HOME
from faubourg.website.selectors import home_page
from faubourg.website.views.kept import same_for_all


@require_safe
@same_for_all
def home(request: HttpRequest, page: HomePage | None = None) -> HttpResponse:
    """A preview brings its own page; until an editor has laid the first one, the usual blocks stand here."""
    shown = Shown()
    request.shown = shown  # type: ignore[attr-defined]  # asked by {% rooms %}
    context = {"page": page or home_page(), "shown": shown, "usual": HOME}
    return render(request, "website/home.html", context)
