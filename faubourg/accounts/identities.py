"""Coming in by ProConnect, FranceConnect or another OpenID Connect provider (docs/decisions/0008).

allauth leads to the provider and back (state, PKCE, one answer per question); what stands here says how an answer is
verified, who it lets in, and what is said when it lets in nobody.
"""

import logging
from functools import cached_property
from typing import Any, cast

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.datakit import parse_bool_safely
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare, get_random_string
from requests import ConnectionError as NoConnection
from requests import Timeout

from faubourg.accounts import selectors, services
from faubourg.accounts.forms import SignInForm
from faubourg.accounts.models import User
from faubourg.accounts.services import Claims, IdentityRefusal

LINK = "connect"  # allauth's word for what somebody who is already in asks of a provider
RANDOM = 43  # signs of a state and of a nonce: 256 bits; FranceConnect wants no less than 22
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]  # never a secret
SECONDS_APART = 60  # by which two clocks may differ

logger = logging.getLogger(__name__)


# ------------------------------------------------------------------------------------------------- the answer
class Answer(OpenIDConnectOAuth2Adapter):
    """One provider's answer, verified before anything of it is believed."""

    nonce = ""  # the one that was sent with the question

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """On the town's own address, never on the one that the request claims to have asked."""
        return f"{settings.BASE_URL}{reverse('accounts:identity_answer', args=[self.provider_id])}"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **given: Any) -> SocialLogin:
        proof = self._verified(given["response"]["id_token"], app, require=["exp", "iat"])
        if not self.nonce or not constant_time_compare(proof["nonce"], self.nonce):
            raise OAuth2Error("the answer is not to this question")
        told = self._fetch_user_info(token.token)
        if told["sub"] != proof["sub"]:
            raise OAuth2Error("the answer speaks of two people")
        provider = self.get_provider()
        login = provider.sociallogin_from_response(request, {**proof, **told})
        login.claims = provider.claims({**proof, **told})
        known = selectors.identity(provider.sub_id, login.account.uid)
        login.was_seen = known.extra_data if known else {}  # allauth writes the new ones before it asks us
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """JSON, or the same signed: so do ProConnect and FranceConnect."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
        answer.raise_for_status()
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() == "application/jwt":
            return self._verified(answer.text, self.get_provider().app)
        return answer.json()

    def _verified(self, token: str, app: Any, require: list[str] | None = None) -> dict[str, Any]:
        """What a signed token says, when this provider signed it, for us, and it has not expired."""
        try:
            name = jwt.get_unverified_header(token).get("kid")
            keys = [key for key in self._keys if name in (None, key.key_id)]
            if len(keys) != 1:  # a provider with one key need not name it
                raise OAuth2Error("signed by a key that the provider does not publish")
            return jwt.decode(
                token,
                keys[0],
                algorithms=SIGNED_BY,
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                leeway=SECONDS_APART,
                options={"require": ["iss", "aud", "sub", *(require or [])]},
            )
        except jwt.PyJWTError as fault:
            raise OAuth2Error(f"a token is not valid: {fault}") from fault

    @cached_property
    def _keys(self) -> list[jwt.PyJWK]:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        return [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use != "enc"]


class Provider(OpenIDConnectProvider):
    """One provider of the settings. Of what it says only a digest is kept."""

    oauth2_adapter_class = Answer
    pkce_enabled_default = True

    def redirect(self, request: HttpRequest, process: str, next_url: str = "", **more: Any) -> HttpResponse:
        nonce = get_random_string(RANDOM)
        asked = {**self.get_auth_params(), "nonce": nonce}
        return super().redirect(request, process, next_url, nonce=nonce, auth_params=asked)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        return services.seen(data.get("email") or "")

    def claims(self, data: dict[str, Any]) -> Claims:
        return Claims(
            provider=self.sub_id,
            label=self.name,
            sub=str(data["sub"]),
            email=str(data.get("email") or ""),
            proved=self.app.settings["trust_email"] and parse_bool_safely(data.get("email_verified")),
            first_name=str(data.get("given_name") or ""),
            last_name=str(data.get("usual_name") or data.get("family_name") or ""),
        )


class Callback(OAuth2CallbackView):
    """Gives the answer the nonce of its question, which a session holds for one answer alone."""

    def _get_state(self, request: HttpRequest, provider: Provider) -> Any:
        state, refused = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, refused


# ------------------------------------------------------------------------------------------------- who it lets in
class IdentityAdapter(DefaultSocialAccountAdapter):
    """The rules of this house; allauth does the rest, the second proof included."""

    def generate_state_param(self, state: dict[str, Any]) -> str:
        return get_random_string(RANDOM)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        claims: Claims = sociallogin.claims
        try:
            if sociallogin.state["process"] == LINK:
                user = cast(User, request.user)  # who has gone out meanwhile is refused by the rule
                services.link_identity(user, claims, by=user)
                messages.success(request, f"{claims.label} ouvre maintenant votre compte.")
                raise ImmediateHttpResponse(redirect("accounts:me"))
            if sociallogin.is_existing:
                _say_what_changed(request, sociallogin)
            else:
                sociallogin.account = services.admit(claims)
                sociallogin.user = sociallogin.account.user
        except services.LinkRefusal as refusal:
            raise ImmediateHttpResponse(refused(request, refusal)) from refusal

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        raise ImmediateHttpResponse(refused(request, _told(request, provider, exception)))


def _say_what_changed(request: HttpRequest, login: SocialLogin) -> None:
    """The address here is not changed behind one's back; that it changed elsewhere is said once."""
    claims: Claims = login.claims
    changed = login.was_seen != login.account.extra_data
    if claims.email and changed and claims.email.lower() != login.user.email:
        messages.info(
            request,
            f"Chez {claims.label}, votre adresse est maintenant {claims.email}. Ici, vous gardez {login.user.email} : "
            f"pour en changer, écrivez à {settings.TOWN['contact']}.",
        )


# ------------------------------------------------------------------------------------------------- what is said
def refused(request: HttpRequest, refusal: services.LinkRefusal) -> HttpResponse:
    """A page that says what happened, and the other ways in."""
    form = SignInForm(initial={"email": getattr(refusal, "email", ""), "next": reverse("accounts:me")})
    return render(request, "accounts/identity_refused.html", {"refusal": refusal, "form": form}, status=refusal.status)


def out_of_reach(provider: Provider, fault: Exception) -> IdentityRefusal:
    """The provider does not answer (503), or not as it should (502)."""
    logger.warning("the identity provider « %s » failed: %.300r", provider.sub_id, fault)
    if isinstance(fault, NoConnection | Timeout):
        return IdentityRefusal(
            f"{provider.name} ne répond pas",
            f"Nous n’avons pas pu joindre {provider.name}. Rien n’a changé ici. Réessayez dans quelques minutes, ou "
            "entrez sans attendre par un lien.",
            status=503,
        )
    return IdentityRefusal(
        f"La réponse de {provider.name} n’est pas valable",
        f"Nous n’avons pas pu vérifier ce que {provider.name} nous a répondu, et rien n’a été ouvert. Recommencez ; si "
        f"cela se répète, entrez par un lien et prévenez {settings.TOWN['contact']}.",
        status=502,
    )


def _told(request: HttpRequest, provider: Provider, fault: Exception | None) -> IdentityRefusal:
    if fault is not None:
        return out_of_reach(provider, fault)
    said = request.GET.get("error", "")
    if said == "access_denied":
        return IdentityRefusal(
            "Vous n’êtes pas entré",
            f"{provider.name} n’a pas confirmé qui vous êtes, ou vous avez renoncé. Rien n’a changé ici.",
            status=403,
        )
    if said in ("temporarily_unavailable", "server_error"):
        return out_of_reach(provider, Timeout(said))
    return IdentityRefusal(
        "Cette réponse ne sert pas",
        f"Une réponse de {provider.name} ne sert qu’une fois, dans les dix minutes, et dans le navigateur qui l’a "
        "demandée. Rien n’a été ouvert : recommencez.",
        status=400,
    )


def ways() -> list[dict[str, str]]:
    """The providers of the settings, as a page shows them."""
    return [
        {"id": app["provider_id"], "label": app["name"], "note": app["settings"]["note"]}
        for app in cast(dict[str, Any], settings.SOCIALACCOUNT_PROVIDERS)["openid_connect"]["APPS"]
    ]


def standing(user: User) -> list[dict[str, Any]]:
    """Each provider, and since when it knows this person; one that left the settings is shown to who can leave it."""
    linked = {one.provider: one for one in selectors.identities(user)}
    known = ways()
    gone = [
        {"id": provider, "label": provider, "note": ""}
        for provider in linked
        if provider not in {one["id"] for one in known}
    ]
    return [{**one, "linked": linked.get(one["id"]), "open": one in known} for one in [*known, *gone]]
