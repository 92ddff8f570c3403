"""To a provider of identities and back; what one's account keeps of it."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from faubourg.accounts import rules, services
from faubourg.accounts.identities import LINK, Answer, Callback, Provider, out_of_reach, refused
from faubourg.accounts.models import User
from faubourg.core.cards import stopped_at_a_door
from faubourg.core.http import signed_in

# What a provider's answer makes of a program that expected another one.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, OAuth2Error, RequestException)


def with_provider(view: Callable[[HttpRequest, Provider], HttpResponse]) -> Callable[..., HttpResponse]:
    """The provider of the address; whatever it answers, a page of ours."""

    @wraps(view)
    def answered(request: HttpRequest, provider: str) -> HttpResponse:
        try:
            found = get_adapter().get_provider(request, provider)
        except SocialApp.DoesNotExist:
            raise Http404 from None
        try:
            return view(request, found)
        except UNREADABLE as fault:
            return refused(request, out_of_reach(found, fault))

    return answered


@never_cache
@require_POST
@with_provider
def identity_ask(request: HttpRequest, provider: Provider) -> HttpResponse:
    """To the provider's page: to come in, or, for who is in already, to link it to the account."""
    if not request.user.is_authenticated:
        return provider.redirect(request, "login", rules.safe_next(request.POST.get("next", "")))
    if stop := stopped_at_a_door(request):
        return stop
    raise_if_reauthentication_required(request, app="allauth.socialaccount")
    return provider.redirect(request, LINK)


@never_cache
@require_safe
@with_provider
def identity_answer(request: HttpRequest, provider: Provider) -> HttpResponse:
    """Back from the provider."""
    return Callback.adapter_view(Answer(request, provider.sub_id))(request)


@never_cache
@require_POST
@signed_in
def identity_unlink(request: HttpRequest, provider: str) -> HttpResponse:
    """« Retirer »: this provider lets in no more."""
    user = cast(User, request.user)
    services.unlink_identity(user, provider, by=user)
    messages.success(request, "L’identité est retirée. Le lien par courriel ouvre toujours votre compte.")
    return redirect("accounts:me")
