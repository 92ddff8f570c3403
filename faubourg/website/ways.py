"""The editors' desk, whole, behind the house's own door: no address of its library is reached otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as desk
from wagtail.utils.urlpatterns import decorate_urlpatterns

from faubourg.core.errors import NotAllowed
from faubourg.core.http import signed_in
from faubourg.website.editing import so_far
from faubourg.website.services import admit_editor, lay_out_site, note

View = Callable[..., Any]
# What the library writes in its pages; the photo that is being sent, as a browser shows it.
LOOSER = {"style-src": [UNSAFE_INLINE], "script-src": [UNSAFE_INLINE], "img-src": ["blob:"]}


def for_editors(view: View) -> View:
    """Asked at each address, at each moment: the rule, then the second factor's door. What is sent is done whole."""

    @csp_update(LOOSER)
    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not admit_editor(request.user):  # type: ignore[arg-type]  # of somebody who is signed in
            raise NotAllowed("Cette page est réservée à d’autres rôles que le vôtre.")
        lay_out_site(by=request.user)  # type: ignore[arg-type]
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        try:
            with transaction.atomic():
                mark = so_far()
                answer = view(request, *args, **kwargs)
                note(mark, by=request.user)  # type: ignore[arg-type]
        except ValidationError as refusal:  # of a copy or an alias, whose forms do not ask the page itself
            messages.error(request, " ".join(refusal.messages))
            return redirect(request.get_full_path())
        return answer

    return guarded


def lost(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What the library has and nobody needs here: reports that name people, pages of its own tests."""
    raise Http404("of the library")


# A name, an address, a password are changed at the door, for all of the house, and one leaves by it.
OWN = [
    path("account/", RedirectView.as_view(pattern_name="accounts:me"), name="editors_account"),
    path("logout/", RedirectView.as_view(pattern_name="accounts:sign_out"), name="editors_logout"),
    re_path(r"^(?:reports|test404|failwhale)/", for_editors(lost), name="editors_lost"),
]
urlpatterns = [path("redaction/", include([*OWN, *decorate_urlpatterns(desk.urlpatterns, for_editors)]))]
