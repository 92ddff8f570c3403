"""Letting people in by a link of their mailbox."""

import hashlib
import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.crypto import salted_hmac

from faubourg.accounts import letters, rules, selectors
from faubourg.accounts.models import SignInLink, User
from faubourg.accounts.services.people import ROOM, clean_email, person_for
from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.journal import services as journal

HOUR = timedelta(hours=1)
KEPT_AFTER_EXPIRY = timedelta(days=7)  # so that « ce lien a expiré » can still be said
PEOPLE_AT_ONE_PLACE = 6  # a town hall behind one IP address asks more often than one person

logger = logging.getLogger(__name__)


class LinkRefusal(Refusal):
    """A link that lets nobody in. ``title`` heads its page, ``status`` is that page's; ``next`` is kept."""

    def __init__(self, title: str, message: str, *, status: int, next: str = "") -> None:
        super().__init__(message)
        self.title = title
        self.status = status
        self.next = next


def send_link(email: str, *, next: str = "", ip: str = "") -> None:
    """Send a way in to this address. The answer is the same whether somebody is known there or not.

    Raises a Refusal (field ``email``) when the address cannot be one, when too many links were asked for this
    hour, or when the mail cannot leave: then no link is kept.
    """
    email = clean_email(email)
    origin = salted_hmac("faubourg.accounts.origin", ip, algorithm="sha256").hexdigest()
    with transaction.atomic():
        _check_limits(email, origin)
        user = selectors.user_by_email(email)
        link, token = _make_link(user, email, next=next, origin=origin)
    closed = user is not None and not user.is_active
    try:
        post_now(letters.closed_letter(email) if closed else letters.link_letter(email, token))
    except Refusal:
        link.delete()
        raise


def mint_link(user: User, *, next: str = "", minutes: int | None = None) -> str:
    """A way in that the house makes by itself; gives the token, which is kept nowhere."""
    return _make_link(user, user.email, next=next, minutes=minutes)[1]


def _make_link(
    user: User | None,
    email: str,
    *,
    next: str,
    minutes: int | None = None,
    origin: str = "",
) -> tuple[SignInLink, str]:
    secret = secrets.token_urlsafe(24)
    now = clock.now()
    link = SignInLink.objects.create(
        user=user,
        email=email,
        origin=origin,
        digest=_digest(secret),
        made_at=now,
        expires_at=now + timedelta(minutes=minutes or settings.SIGN_IN_LINK_MINUTES),
        next=rules.safe_next(next),
    )
    return link, _signer().sign(secret)


def _check_limits(email: str, origin: str) -> None:
    asked = selectors.links_asked(clock.now() - HOUR)
    limit = settings.SIGN_IN_LINKS_PER_HOUR
    if asked.filter(email=email).count() >= limit:
        raise Refusal(
            f"Nous avons déjà envoyé {limit} liens à cette adresse depuis une heure. Ouvrez le plus récent "
            "(regardez aussi les indésirables), ou réessayez dans une heure.",
            field="email",
        )
    if asked.filter(origin=origin).count() >= limit * PEOPLE_AT_ONE_PLACE:
        raise Refusal(
            "Trop de liens ont été demandés depuis cette connexion. Aucun lien n’est parti : réessayez dans une heure.",
            field="email",
        )


def post_now(mail: EmailMultiAlternatives) -> None:
    """Let the mail leave now: who asks for a link waits for it."""
    try:
        mail.send()
    except (OSError, SMTPException) as problem:
        logger.error("a sign-in mail could not leave: %s", problem)
        raise Refusal(
            "Le courriel n’a pas pu partir : la messagerie ne répond pas. Aucun lien n’a été créé. "
            f"Réessayez dans quelques minutes ou écrivez à {settings.TOWN['contact']}.",
            field="email",
        ) from problem


def peek(token: str) -> SignInLink:
    """The link behind the token, if it would let in. Uses nothing: mail scanners open links too."""
    link = SignInLink.objects.filter(digest=_digest(_secret_of(token))).select_related("user").first()
    return _checked(link)


@transaction.atomic
def use_link(token: str) -> SignInLink:
    """Use the link, once: of two at the same time, one wins. The account is made here at its first use."""
    links = SignInLink.objects.select_for_update()
    link = _checked(links.filter(digest=_digest(_secret_of(token))).first())
    link.user = link.user or person_for(link.email)
    if not link.user.is_active:
        raise closed()
    link.used_at = clock.now()
    link.save(update_fields=["used_at", "user"])
    journal.record("sign-in", link.user.code, room=ROOM, by=link.user)
    return link


def _secret_of(token: str) -> str:
    try:
        return _signer().unsign(token)
    except BadSignature:
        raise LinkRefusal(
            "Ce lien est incomplet",
            "L’adresse de ce lien est incomplète ou a été modifiée. Ouvrez-le depuis le courriel reçu, "
            "ou demandez un nouveau lien.",
            status=404,
        ) from None


def _checked(link: SignInLink | None) -> SignInLink:
    if link is None:
        raise LinkRefusal(
            "Ce lien n’existe plus",
            "Ce lien n’est pas connu ici : il est trop ancien ou a été retiré. Demandez un nouveau lien.",
            status=404,
        )
    if link.used_at:
        raise LinkRefusal(
            "Ce lien a déjà servi",
            "Par sécurité, un lien ne sert qu’une fois, et celui-ci a déjà servi. Demandez un nouveau lien.",
            status=410,
            next=link.next,
        )
    if link.expires_at <= clock.now():
        raise LinkRefusal(
            "Ce lien a expiré",
            "La durée de ce lien est passée. Rien n’est perdu : demandez un nouveau lien.",
            status=410,
            next=link.next,
        )
    if link.user and not link.user.is_active:
        raise closed()
    return link


def closed() -> LinkRefusal:
    return LinkRefusal(
        "Votre accès est fermé",
        f"Ce compte a été fermé. Pour le rouvrir, écrivez à {settings.TOWN['contact']}.",
        status=403,
    )


def _signer() -> Signer:
    """Tokens are signed, so that a truncated address is told from an old one without asking the database."""
    return Signer(salt="faubourg.accounts.link", sep=".")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def sweep_links() -> int:
    """Forget the links that expired a week ago."""
    return SignInLink.objects.filter(expires_at__lt=clock.now() - KEPT_AFTER_EXPIRY).delete()[0]
