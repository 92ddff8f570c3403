"""French addresses for allauth's pages: it asks for them by names of its own, without a room's."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from faubourg.accounts import views


def refusing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What a form refuses is a 422, an address that has served a 410: the library answers 200 to both."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        response = view(request, *args, **options)
        shown = getattr(response, "context_data", None) or {}
        if shown.get("token_fail"):
            response.status_code = 410
        elif request.method == "POST" and response.status_code == 200 and _is_refused(shown.values()):
            response.status_code = 422
        return response

    return answered


def _is_refused(shown: Iterable[Any]) -> bool:
    """A page may show two forms: a code, or a key."""
    return any(isinstance(one, BaseForm) and one.is_bound and one.errors for one in shown)


class Base36(StringConverter):
    """A person's number as the library writes it in an address."""

    regex = "[0-9A-Za-z]+"


register_converter(Base36, "base36")
urlpatterns = [
    path("entrer/compte/", RedirectView.as_view(pattern_name="accounts:sign_in"), name="account_signup"),
    path("entrer/mot-de-passe/", refusing(account.login), name="account_login"),
    path("entrer/code/", refusing(mfa.authenticate), name="mfa_authenticate"),
    path("entrer/cle/", refusing(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path("entrer/mot-de-passe/oublie/", refusing(account.password_reset), name="account_reset_password"),
    path(
        "entrer/mot-de-passe/oublie/envoye/", refusing(account.password_reset_done), name="account_reset_password_done"
    ),
    path(
        "entrer/mot-de-passe/nouveau/<base36:uidb36>-<str:key>/",
        refusing(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "entrer/mot-de-passe/nouveau/fait/",
        refusing(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("entrer/ferme/", refusing(account.account_inactive), name="account_inactive"),
    path("sortir/maintenant/", refusing(account.logout), name="account_logout"),
    path("mon-compte/mot-de-passe/", refusing(account.password_change), name="account_change_password"),
    path("mon-compte/mot-de-passe/choisir/", refusing(account.password_set), name="account_set_password"),
    path("mon-compte/confirmer/", refusing(account.reauthenticate), name="account_reauthenticate"),
    path("mon-compte/confirmer/code/", refusing(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("mon-compte/confirmer/cle/", refusing(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("mon-compte/securite/", refusing(mfa.index), name="mfa_index"),
    path("mon-compte/securite/application/", refusing(views.activate_totp), name="mfa_activate_totp"),
    path("mon-compte/securite/application/retirer/", refusing(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("mon-compte/securite/secours/", refusing(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "mon-compte/securite/secours/nouveaux/",
        refusing(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mon-compte/securite/secours/codes.txt",
        refusing(recovery.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("mon-compte/securite/cles/", refusing(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("mon-compte/securite/cles/ajouter/", refusing(views.add_passkey), name="mfa_add_webauthn"),
    path("mon-compte/securite/cles/<int:pk>/", refusing(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("mon-compte/securite/cles/<int:pk>/retirer/", refusing(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("mon-compte/sessions/", refusing(sessions.list_usersessions), name="usersessions_list"),
]
