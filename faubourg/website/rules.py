"""Who may write the site."""

from typing import Any

from faubourg.partners.rules import is_editor, is_officer


def may_edit_site(user: Any) -> bool:
    """The officer, and whoever the town names for it. Asked at every page of the editors' desk."""
    return is_officer(user) or is_editor(user)
