"""Who may do what with projects."""

from typing import Any

from faubourg.partners.models import Organisation
from faubourg.partners.rules import is_officer, may_work_for


def may_open(user: Any, organisation: Organisation) -> bool:
    """The organisation's own people, and the officer."""
    return is_officer(user) or may_work_for(user, organisation)


def may_run(user: Any) -> bool:
    """Open a year, tie money to it, make it public, write its results."""
    return is_officer(user)
