"""The mails of the door. This room stands under the post room, so it writes and sends its mails itself."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse


def link_letter(email: str, token: str) -> EmailMultiAlternatives:
    """The way in. Built on the town's own address, never on the one that the request claims to have asked."""
    url = f"{settings.BASE_URL}{reverse('accounts:link', args=[token])}"
    return _mail("link", email, "Votre lien pour entrer", url=url, minutes=settings.SIGN_IN_LINK_MINUTES)


def closed_letter(email: str) -> EmailMultiAlternatives:
    """The answer to an address whose access was closed; the page itself says the same to everybody."""
    return _mail("closed", email, "Votre accès est fermé")


# What allauth and this room ask to be told -> our template, its subject, its one sentence.
_DOOR = {
    "account/email/password_reset_key": ("reset", "Choisir un nouveau mot de passe", ""),
    "account/email/unknown_account": (
        "notice",
        "Pas de mot de passe à cette adresse",
        (
            "Quelqu’un a demandé à changer le mot de passe de cette adresse, mais aucun compte n’y est ouvert. Pour "
            "entrer, demandez simplement un lien sur la page « Entrer »."
        ),
    ),
    "account/email/password_changed": (
        "notice",
        "Votre mot de passe a changé",
        "Le mot de passe de votre compte vient de changer.",
    ),
    "account/email/password_set": (
        "notice",
        "Votre mot de passe est choisi",
        "Votre compte a maintenant un mot de passe.",
    ),
    "account/email/password_reset": (
        "notice",
        "Votre mot de passe a changé",
        "Le mot de passe de votre compte vient d’être remplacé.",
    ),
    "mfa/email/totp_activated": (
        "notice",
        "Une application protège votre compte",
        "Votre compte demande maintenant un code de votre application.",
    ),
    "mfa/email/totp_deactivated": (
        "notice",
        "L’application ne protège plus votre compte",
        "Votre compte ne demande plus de code d’application.",
    ),
    "mfa/email/webauthn_added": (
        "notice",
        "Une clé ouvre votre compte",
        "Une clé d’accès vient d’être ajoutée à votre compte.",
    ),
    "mfa/email/webauthn_removed": (
        "notice",
        "Une clé n’ouvre plus votre compte",
        "Une clé d’accès vient d’être retirée de votre compte.",
    ),
    "identity_linked": (
        "notice",
        "Une identité ouvre votre compte",
        "Une identité (ProConnect, FranceConnect ou autre) vient d’être reliée à votre compte.",
    ),
    "identity_unlinked": (
        "notice",
        "Une identité n’ouvre plus votre compte",
        "Une identité vient d’être retirée de votre compte.",
    ),
    "mfa/email/recovery_codes_generated": (
        "notice",
        "De nouveaux codes de secours",
        "De nouveaux codes de secours remplacent les anciens, qui ne servent plus.",
    ),
}


def door_letter(prefix: str, email: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """A mail of the library, in our words. One that has no words here is a fault of ours, told by its name."""
    name, subject, said = _DOOR[prefix]
    return _mail(name, email, subject, said=said, url=context.get("password_reset_url", ""))


def _mail(name: str, email: str, subject: str, **context: object) -> EmailMultiAlternatives:
    context |= {"town": settings.TOWN, "subject": subject}
    mail = EmailMultiAlternatives(
        subject=f"{subject} – contrat de ville {settings.TOWN['name']}",
        body=render_to_string(f"accounts/mails/{name}.txt", context).strip() + "\n",
        to=[email],
    )
    mail.attach_alternative(render_to_string(f"accounts/mails/{name}.html", context), "text/html")
    return mail
