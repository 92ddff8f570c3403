"""How allauth speaks and writes here: its mails are our letters, its secrets are sealed, its deeds are journalled."""

import base64
import hashlib
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from faubourg.accounts import letters, rules, services
from faubourg.core import clock
from faubourg.core.http import client_ip

NAMES = {0: "Clé principale", 1: "Clé de secours"}


# The library's short words, in ours; "" says nothing.
SAID = {
    "account/messages/logged_in.txt": "",
    "account/messages/logged_out.txt": "Vous êtes sorti. À bientôt.",
    "account/messages/password_changed.txt": "Votre mot de passe est changé.",
    "account/messages/password_set.txt": "Votre mot de passe est choisi.",
    "mfa/messages/totp_activated.txt": "L’application protège maintenant votre compte.",
    "mfa/messages/totp_deactivated.txt": "L’application ne protège plus votre compte.",
    "mfa/messages/webauthn_added.txt": "La clé est ajoutée.",
    "mfa/messages/webauthn_removed.txt": "La clé est retirée.",
    "mfa/messages/recovery_codes_generated.txt": "Vos nouveaux codes de secours remplacent les anciens.",
    "usersessions/messages/sessions_logged_out.txt": "Vos autres sessions sont terminées.",
}


class AccountAdapter(DefaultAccountAdapter):
    """An account is born of a link, never of a form; the rest of the door is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_ip(request)

    def is_safe_url(self, url: str) -> bool:
        return bool(rules.safe_next(url))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:me")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the town's own address, never on the one that the request claims to have asked."""
        uid, _, rest = key.partition("-")
        return f"{settings.BASE_URL}{reverse('account_reset_password_from_key', kwargs={'uidb36': uid, 'key': rest})}"

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        said = message if message_template is None else SAID[message_template]
        if said:
            messages.add_message(request, level, said, extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through our own frame; a mail that cannot leave is a refusal in words, never an error page."""
        services.post_now(letters.door_letter(template_prefix, email, context))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """To the one address of the person; neither place nor machine is told in a mail."""
        self.send_mail(template_prefix, email or user.email, context or {})

    def set_password(self, user: Any, password: str) -> None:
        services.set_password(user, password)

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who came in or confirmed a moment ago is not asked again; who has neither password nor second proof comes
        in by a link once more."""
        request = context.request
        records = get_authentication_records(request, request.user)
        if records and clock.now().timestamp() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        if get_reauthentication_flows(request.user):
            return True
        asked = urlencode({"next": request.get_full_path() if request.method == "GET" else reverse("accounts:me")})
        raise ImmediateHttpResponse(redirect(f"{reverse('accounts:again')}?{asked}"))

    def login(self, request: HttpRequest, user: Any) -> None:
        ways = [record["method"] for record in get_authentication_records(request, user)]
        super().login(request, user)
        services.note_entry(user, ways)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes and keys, their secrets sealed by the installation's key."""

    def get_totp_issuer(self) -> str:
        return f"Contrat de ville, {settings.TOWN['name']}"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return NAMES.get(count, f"Clé n° {count + 1}")


def _seal() -> Fernet:
    digest = hashlib.sha256(f"faubourg.accounts.second_factor {settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def home() -> str:
    """Where people go once they are in; a town may have closed the desk."""
    try:
        return reverse(settings.LOGIN_REDIRECT_URL)
    except NoReverseMatch:
        return reverse("accounts:me")
