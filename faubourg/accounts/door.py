"""The door behind the door: who may do much here shows a second proof before any page of the desk."""

from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from faubourg.accounts.rules import needs_second_factor

PROVED = "second_factor_of"  # in a session: whose second proof it has seen


def second_factor(request: HttpRequest) -> HttpResponse | None:
    """None to those who need none or have shown it; else the way to set it up, or to show it."""
    user = request.user
    if not settings.SECOND_FACTOR or request.session.get(PROVED) == user.pk or not needs_second_factor(user):
        return None
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
        request.session[PROVED] = user.pk
        return None
    name = "mfa_reauthenticate" if is_mfa_enabled(user) else "mfa_index"
    return redirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
