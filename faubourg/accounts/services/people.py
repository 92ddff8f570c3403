"""Who has an account: making people, what each changes of their own, forgetting them."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from faubourg.accounts import rules, selectors
from faubourg.accounts.models import SignInLink, User
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal

ROOM = "accounts"
LONGEST_NAME = 80
BY_LINK = "link"  # how somebody came in, among allauth's own words
SENT_TO = "link_sent_to"  # in a session: the address to which a link was just sent


@transaction.atomic
def person_for(email: str, *, first_name: str = "", last_name: str = "", by: journal.HasCode | None = None) -> User:
    """The person of this address, whatever its case; made when nobody has it. A blank name is filled in."""
    email = clean_email(email)
    user = selectors.user_by_email(email)
    if user is None:
        return _make_person(email, first_name, last_name, by)
    if not user.first_name and not user.last_name and (first_name or last_name):
        user.first_name, user.last_name = clean_names(first_name, last_name)
        user.save(update_fields=["first_name", "last_name"])
        journal.record("rename", user.code, room=ROOM, by=by)
    return user


def _make_person(email: str, first_name: str, last_name: str, by: journal.HasCode | None) -> User:
    first_name, last_name = clean_names(first_name, last_name)
    user = User(email=email, first_name=first_name, last_name=last_name)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:  # somebody made it between our look and our write
        return User.objects.get_by_natural_key(email)
    journal.record("join", user.code, room=ROOM, by=by)
    return user


def clean_email(email: str) -> str:
    """The address in the one form in which it is kept: lower case, no space around."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(
            "Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr.", field="email"
        ) from None
    return email


def clean_names(first_name: str, last_name: str) -> tuple[str, str]:
    names = {"first_name": " ".join(first_name.split()), "last_name": " ".join(last_name.split())}
    for field, name in names.items():
        if len(name) > LONGEST_NAME:
            raise Refusal(f"Ce nom est trop long : {LONGEST_NAME} signes au plus.", field=field)
        if not name.isprintable() or any(sign in name for sign in "<>@/\\"):
            raise Refusal("Ce nom contient un signe qui n’a pas sa place dans un nom.", field=field)
    return names["first_name"], names["last_name"]


@transaction.atomic
def rename(user: User, first_name: str, last_name: str, *, by: User) -> None:
    """Each person writes their own name. The journal says that it changed, never the name."""
    if not rules.may_rename(by, user):
        raise NotAllowed("Chaque personne écrit son propre nom.")
    user.first_name, user.last_name = clean_names(first_name, last_name)
    user.save(update_fields=["first_name", "last_name"])
    journal.record("rename", user.code, room=ROOM, by=by)


@transaction.atomic
def erase(user: User) -> None:
    """Forget this person: no name, no address, no way in. The code stays, it leads to nobody any more."""
    SignInLink.objects.filter(Q(user=user) | Q(email__iexact=user.email)).delete()
    for held in (Authenticator, EmailAddress, SocialAccount, UserSession):
        held.objects.filter(user=user).delete()
    _end_sessions(user)
    user.email = f"{user.code}@anonyme.invalid".lower()
    user.first_name = user.last_name = ""
    user.is_active = False
    user.last_login = None
    user.set_unusable_password()  # a new one ends every open session
    user.save()
    journal.record("erase", user.code, room=ROOM, by=None)


def _end_sessions(user: User) -> None:
    """A session holds whose it is, or the address to which a link was just sent."""
    for session in Session.objects.order_by("pk").iterator():
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) or str(held.get(SENT_TO, "")).lower() == user.email:
            session.delete()


def note_entry(user: User, ways: Sequence[str]) -> None:
    """Somebody came in otherwise than by a link, whose use is already told: by a password, a passkey (« mfa »)."""
    if BY_LINK not in ways:
        journal.record("enter", user.code, room=ROOM, by=user)


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """Each person's own; every other session of theirs ends by it. The journal says that it changed."""
    user.set_password(password)
    user.save(update_fields=["password"])
    journal.record("set-password", user.code, room=ROOM, by=user)


def sweep_sessions() -> int:
    """Forget the sessions that are over."""
    over = Session.objects.filter(expire_date__lt=timezone.now()).count()
    SessionStore.clear_expired()
    return over
