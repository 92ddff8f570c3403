"""Letting people in by what a provider (ProConnect, FranceConnect) says of them."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.crypto import salted_hmac

from faubourg.accounts import letters, rules, selectors
from faubourg.accounts.models import User
from faubourg.accounts.services.links import LinkRefusal, closed, post_now
from faubourg.accounts.services.people import ROOM, clean_email, clean_names, person_for
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal


class IdentityRefusal(LinkRefusal):
    """What a provider says of somebody lets nobody in. ``email`` is where a link may be sent instead."""

    def __init__(self, title: str, message: str, *, status: int, email: str = "") -> None:
        super().__init__(title, message, status=status)
        self.email = email


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider says of somebody: ``sub`` is its own name for them, the only one that never changes."""

    provider: str
    label: str
    sub: str
    email: str = ""
    proved: bool = False  # the provider says that it checked the address, and the town believes this provider
    first_name: str = ""
    last_name: str = ""


@transaction.atomic
def admit(claims: Claims) -> SocialAccount:
    """Whom a provider names for the first time: linked to the person of a proved address, made if nobody has it.

    An address that is not proved links nothing and makes nobody: its mailbox answers first. Nor does one whose
    person this provider already knows by another name: the mailbox may have changed hands.
    """
    try:
        email = clean_email(claims.email)
    except Refusal:
        raise IdentityRefusal(
            "Il manque votre adresse",
            f"{claims.label} ne nous a pas donné d’adresse électronique, et sans elle nous ne pouvons pas vous écrire. "
            f"Aucun compte n’a été créé. Ajoutez votre adresse chez {claims.label}, ou entrez par un lien.",
            status=422,
        ) from None
    known = selectors.user_by_email(email)
    if not claims.proved or (known and selectors.identities(known).filter(provider=claims.provider).exists()):
        raise IdentityRefusal(
            "Encore une étape",
            f"{claims.label} vous a reconnu, mais ne nous prouve pas que l’adresse {email} est la vôtre. Recevez un "
            f"lien à cette adresse et suivez-le, puis choisissez « Relier {claims.label} » dans votre compte : "
            "une seule fois suffit.",
            status=403,
            email=email,
        )
    if known and not known.is_active:
        raise closed()
    try:
        names = clean_names(claims.first_name, claims.last_name)
    except Refusal:  # a name of theirs that would not be one here: the person writes it later
        names = ("", "")
    person = person_for(email, first_name=names[0], last_name=names[1])
    return _link(person, claims, told=known is not None)


@transaction.atomic
def link_identity(user: User, claims: Claims, *, by: User) -> None:
    """From now on this identity lets in. It takes the place of the one that this provider had given before."""
    if not rules.may_link(by, user):
        raise NotAllowed("Chaque personne relie ses propres identités.")
    if selectors.identities(user).filter(provider=claims.provider, uid=claims.sub).exists():
        return
    selectors.identities(user).filter(provider=claims.provider).delete()
    _link(user, claims, told=True)


def _link(user: User, claims: Claims, *, told: bool) -> SocialAccount:
    account, made = SocialAccount.objects.get_or_create(
        provider=claims.provider, uid=claims.sub, defaults={"user": user, "extra_data": seen(claims.email)}
    )
    if account.user_id != user.pk:
        raise IdentityRefusal(
            "Cette identité ouvre un autre compte",
            f"L’identité {claims.label} que vous venez de montrer est déjà reliée à un autre compte. Rien n’a changé. "
            "Entrez dans ce compte-là et retirez-la, puis recommencez.",
            status=409,
        )
    if made:
        journal.record("link-identity", user.code, room=ROOM, by=user)
    if made and told:
        letter = letters.door_letter("identity_linked", user.email, {})
        transaction.on_commit(lambda: post_now(letter), robust=True)
    return account


@transaction.atomic
def unlink_identity(user: User, provider: str, *, by: User) -> None:
    """This provider lets in no more; the link by e-mail always does."""
    if not rules.may_link(by, user):
        raise NotAllowed("Chaque personne retire ses propres identités.")
    if selectors.identities(user).filter(provider=provider).delete()[0]:
        journal.record("unlink-identity", user.code, room=ROOM, by=by)
        letter = letters.door_letter("identity_unlinked", user.email, {})
        transaction.on_commit(lambda: post_now(letter), robust=True)


def seen(email: str) -> dict[str, str]:
    """All that is kept of an address given by a provider: enough to notice that it changed, not to read it."""
    return {"email": salted_hmac("faubourg.accounts.identity", email.lower(), algorithm="sha256").hexdigest()}
