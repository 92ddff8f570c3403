"""The door of the example world: enter as one of its people. It exists only where `faubourg demo` runs."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from faubourg.demo.services import link_for


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Give a fresh sign-in link to whoever asks: here nobody is real."""
    token = link_for(request.POST.get("email", "")) if settings.DEMO else None
    if token is None:
        raise Http404
    return redirect("accounts:link", token)
