"""The territory as its keeper enters it: communes, versions of the geography, neighbourhoods, their figures.

These pages stand here and not in their room: it is under the one that knows who may change it.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from faubourg.accounts.models import User
from faubourg.core.errors import Refusal
from faubourg.core.forms import ServiceForm
from faubourg.core.http import page_for
from faubourg.core.templatetags.faubourg import plural
from faubourg.desk.forms.territory import (
    FigureForm,
    GeographyForm,
    MunicipalitiesForm,
    MunicipalityForm,
    NeighbourhoodForm,
)
from faubourg.desk.rules import may_keep_territory
from faubourg.territory import selectors, services
from faubourg.territory.models import Geography, Municipality, Neighbourhood

Row = TypeVar("Row", bound=Model)
page_and_post = require_http_methods(["GET", "HEAD", "POST"])
SIGN, WIDE = 48, 420  # the sides of a small outline in a list and of the one on its page


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def _or_404(found: Row | None) -> Row:
    if found is None:
        raise Http404
    return found


def _there(place: str) -> str:
    return f"{reverse('desk:territory')}#{place}"


def _served(
    request: HttpRequest, form: ServiceForm, page: str, done: Callable[[Any], tuple[str, str]], **more: Any
) -> HttpResponse:
    """Write what was sent and go on (``done`` gives words and an address), or show the form, with its faults."""
    if form.is_bound and form.save(by=_by(request)):
        words, address = done(form.result)
        messages.success(request, words)
        return redirect(address)
    return render(request, f"desk/territory/{page}.html", {"form": form, **more}, status=422 if form.errors else 200)


def _refused(row: Any, request: HttpRequest) -> Refusal | None:
    """Remove it, or give the service's no, to be said on its page."""
    try:
        services.remove(row, by=_by(request))
    except Refusal as refusal:
        return refusal
    messages.success(request, f"« {row} » : c’est retiré.")
    return None


def _removed(request: HttpRequest, row: Any, place: str, page: str, form: ServiceForm) -> HttpResponse:
    """Back to the list that it is gone from; or its own page, which says why it stays."""
    refusal = _refused(row, request)
    if refusal is None:
        return redirect(_there(place))
    context = {"form": form, page: row, "refusal": refusal}
    return render(request, f"desk/territory/{page}.html", context, status=422)


@require_safe
@page_for(may_keep_territory)
def territory(request: HttpRequest) -> HttpResponse:
    places = [
        (place, selectors.drawing([place], SIGN, margin=2, max_height=SIGN)) for place in selectors.all_neighbourhoods()
    ]
    context = {"municipalities": selectors.municipalities(), "geographies": selectors.geographies(), "places": places}
    return render(request, "desk/territory/home.html", context)


# ------------------------------------------------------------------------------------------------- communes
@page_and_post
@page_for(may_keep_territory)
def municipality_new(request: HttpRequest) -> HttpResponse:
    form = MunicipalityForm(*_sent(request))
    return _served(request, form, "municipality_new", lambda row: (f"{row} est ajoutée.", _there("communes")))


@page_and_post
@page_for(may_keep_territory)
def municipalities_load(request: HttpRequest) -> HttpResponse:
    return _served(request, MunicipalitiesForm(*_sent(request)), "municipalities_load", _told)


def _told(loaded: services.Loaded) -> tuple[str, str]:
    new, changed = (
        plural(loaded.new, "commune ajoutée,communes ajoutées"),
        plural(loaded.changed, "mise à jour,mises à jour"),
    )
    return f"{new}, {changed}, {loaded.same} déjà comme dans le tableau.", _there("communes")


@page_and_post
@page_for(may_keep_territory)
def municipality(request: HttpRequest, insee: str) -> HttpResponse:
    found = _or_404(selectors.municipality_by_insee(insee))
    form = MunicipalityForm(*_sent(request), municipality=found)
    done = f"{found} est enregistrée."
    return _served(request, form, "municipality", lambda row: (done, _there("communes")), municipality=found)


@require_POST
@page_for(may_keep_territory)
def municipality_remove(request: HttpRequest, insee: str) -> HttpResponse:
    found: Municipality = _or_404(selectors.municipality_by_insee(insee))
    return _removed(request, found, "communes", "municipality", MunicipalityForm(municipality=found))


# ------------------------------------------------------------------------------------------------- geography
@page_and_post
@page_for(may_keep_territory)
def geography_new(request: HttpRequest) -> HttpResponse:
    form = GeographyForm(*_sent(request))
    return _served(request, form, "geography_new", lambda row: (f"« {row} » est ajoutée.", _there("quartiers")))


@page_and_post
@page_for(may_keep_territory)
def geography(request: HttpRequest, code: str) -> HttpResponse:
    found = _or_404(selectors.geography_by_code(code))
    form = GeographyForm(*_sent(request), geography=found)
    done = "La liste est enregistrée."
    return _served(request, form, "geography", lambda row: (done, _there("listes")), geography=found)


@require_POST
@page_for(may_keep_territory)
def geography_remove(request: HttpRequest, code: str) -> HttpResponse:
    found: Geography = _or_404(selectors.geography_by_code(code))
    return _removed(request, found, "listes", "geography", GeographyForm(geography=found))


# ------------------------------------------------------------------------------------------------- neighbourhoods
@page_and_post
@page_for(may_keep_territory)
def neighbourhood_new(request: HttpRequest) -> HttpResponse:
    form = NeighbourhoodForm(*_sent(request))

    def done(row: Neighbourhood) -> tuple[str, str]:
        return f"« {row} » est ajouté.", reverse("desk:neighbourhood", args=[row.code])

    return _served(request, form, "neighbourhood_new", done)


@page_and_post
@page_for(may_keep_territory)
def neighbourhood(request: HttpRequest, code: str) -> HttpResponse:
    """Its words and its outline, drawn; its figures."""
    found = _or_404(selectors.neighbourhood_by_code(code))
    if request.method != "POST":
        return _page(request, found)
    form = NeighbourhoodForm(*_sent(request), place=found)
    if not form.save(by=_by(request)):
        return _page(request, found, form=form)
    messages.success(request, f"« {form.result} » est enregistré.")
    return redirect("desk:neighbourhood", found.code)


def _page(request: HttpRequest, place: Neighbourhood, *, refusal: Refusal | None = None, **sent: Any) -> HttpResponse:
    figures = selectors.own_figures(place)
    last = max(figures, key=lambda row: row.pk, default=None)
    context = {
        "place": place,
        "drawing": selectors.drawing([place], WIDE, margin=8, max_height=WIDE),
        "figures": figures,
        "refusal": refusal,
        "form": sent.get("form") or NeighbourhoodForm(place=place),
        "figure_form": sent.get("figure_form") or FigureForm(place=place, last=last),
    }
    return render(request, "desk/territory/neighbourhood.html", context, status=422 if sent or refusal else 200)


@require_POST
@page_for(may_keep_territory)
def neighbourhood_remove(request: HttpRequest, code: str) -> HttpResponse:
    found = _or_404(selectors.neighbourhood_by_code(code))
    refusal = _refused(found, request)
    return _page(request, found, refusal=refusal) if refusal else redirect(_there("quartiers"))


# ------------------------------------------------------------------------------------------------- figures
@require_POST
@page_for(may_keep_territory)
def figure_add(request: HttpRequest, code: str) -> HttpResponse:
    place = _or_404(selectors.neighbourhood_by_code(code))
    form = FigureForm(request.POST, place=place)
    if not form.save(by=_by(request)):
        return _page(request, place, figure_form=form)
    messages.success(request, "Le chiffre est enregistré.")
    return redirect(f"{reverse('desk:neighbourhood', args=[place.code])}#chiffres")


@require_POST
@page_for(may_keep_territory)
def figure_remove(request: HttpRequest, code: str, indicator: str, edition: int) -> HttpResponse:
    place = _or_404(selectors.neighbourhood_by_code(code))
    services.remove(_or_404(selectors.figure_of(place, indicator, edition)), by=_by(request))
    messages.success(request, "Le chiffre est retiré.")
    return redirect(f"{reverse('desk:neighbourhood', args=[place.code])}#chiffres")
