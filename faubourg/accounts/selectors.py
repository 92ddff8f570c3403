"""Reading people and their links."""

from datetime import datetime

from django.db.models import QuerySet

from faubourg.accounts.models import SignInLink, User


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


def links_asked(since: datetime) -> QuerySet[SignInLink]:
    """The links that somebody asked for by typing an address (not the ones that the house made itself)."""
    return SignInLink.objects.filter(made_at__gt=since).exclude(origin="")
