"""Everything that writes in the accounts' room: people and the links that let them in."""

from faubourg.accounts.services.links import (
    LinkRefusal,
    mint_link,
    peek,
    post_now,
    send_link,
    sweep_links,
    use_link,
)
from faubourg.accounts.services.people import (
    BY_LINK,
    SENT_TO,
    clean_email,
    erase,
    note_entry,
    person_for,
    rename,
    set_password,
    sweep_sessions,
)

__all__ = [
    "BY_LINK", "SENT_TO", "LinkRefusal", "clean_email", "erase", "mint_link", "note_entry", "peek", "person_for",
    "post_now", "rename", "send_link", "set_password", "sweep_links", "sweep_sessions", "use_link",
]  # fmt: skip
