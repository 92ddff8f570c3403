"""Who may do what with an account, and where a link may lead."""

from typing import Any

from django.utils.http import url_has_allowed_host_and_scheme

from faubourg.core.cards import cards, load

LONGEST_NEXT = 300


def may_rename(by: Any, user: Any) -> bool:
    """Each person writes their own name."""
    return bool(by.is_authenticated and by.pk == user.pk)


def may_link(by: Any, user: Any) -> bool:
    """Each person says by whom else they are known."""
    return bool(by.is_authenticated and by.pk == user.pk)


def needs_second_factor(user: Any) -> bool:
    """Some rooms say of some people that they may do too much for one proof alone."""
    return any(load(card.strong)(user) for card in cards() if card.strong)


def safe_next(path: str) -> str:
    """The path if it stays in this house, else nothing: a link must never lead elsewhere (open redirect)."""
    local = path.startswith("/") and path.isprintable() and len(path) <= LONGEST_NEXT
    return path if local and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
