"""Reading people and their links."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet

from faubourg.accounts.models import SignInLink, User


def user_by_email(email: str) -> User | None:
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist:
        return None


def user_by_code(code: str) -> User | None:
    return User.objects.filter(code=code).first()


def names_by_code(codes: set[str]) -> dict[str, str]:
    """The names behind codes, for the people who may read them. One query."""
    return {user.code: user.name for user in User.objects.filter(code__in=codes)}


def links_asked(since: datetime) -> QuerySet[SignInLink]:
    """The links that somebody asked for by typing an address (not the ones that the house made itself)."""
    return SignInLink.objects.filter(made_at__gt=since).exclude(origin="")


def identities(user: User) -> QuerySet[SocialAccount]:
    """By whom else this person is known: one identity per provider."""
    return SocialAccount.objects.filter(user=user).order_by("provider")


def identity(provider: str, sub: str) -> SocialAccount | None:
    return SocialAccount.objects.filter(provider=provider, uid=sub).first()
