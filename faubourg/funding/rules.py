"""Who may do what with the money. Who decides on a commitment is the higher room's rule: it knows of what."""

from faubourg.accounts.models import User
from faubourg.partners.rules import is_officer


def may_keep_envelopes(user: User | None) -> bool:
    """Opens and resizes envelopes: the officer, or the machine itself (None)."""
    return user is None or is_officer(user)
