"""Who sees what of the pages that cross rooms."""

from typing import Any

from faubourg.partners.rules import is_officer


def is_inside(user: Any) -> bool:
    """Whoever is signed in has a home, even when nothing waits."""
    return bool(getattr(user, "is_authenticated", False))


def may_read_post(user: Any) -> bool:
    """Read the outbox: mails hold names, addresses and decisions."""
    return is_officer(user)


def may_keep_territory(user: Any) -> bool:
    """Enter communes, lists of neighbourhoods, their outlines and figures."""
    return is_officer(user)


def may_read_journal(user: Any) -> bool:
    return is_officer(user)
