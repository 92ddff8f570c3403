"""What the desk's views share: the call, the application and the file that an address names."""

from typing import Any, cast

from django.http import Http404, HttpRequest

from faubourg.accounts.models import User
from faubourg.calls import selectors
from faubourg.calls.models import Application, Call
from faubourg.calls.selectors import Wanted
from faubourg.funding.models import Envelope


def person(request: HttpRequest) -> User:
    """Who asks: behind a door, somebody is signed in."""
    return cast(User, request.user)


def call_or_404(user: Any, code: str) -> Call:
    """A call that this person may see: those in preparation are the officer's."""
    call = selectors.calls_seen_by(user).filter(code=code).first()
    if call is None:
        raise Http404("call")
    return call


def envelope_or_404(call: Call, code: str) -> Envelope:
    """An envelope of this very call."""
    for envelope in selectors.call_envelopes(call):
        if envelope.code == code:
            return envelope
    raise Http404("envelope")


def file_or_404(user: Any, code: str, wanted: Wanted) -> Application:
    application = selectors.file_for(user, code, wanted)
    if application is None:
        raise Http404("application")
    return application


def error_status(has_errors: object) -> int:
    return 422 if has_errors else 200
