"""Everything that writes in the accounts' room: people, the links that let them in, the identities that do."""

from faubourg.accounts.services.identities import (
    Claims,
    IdentityRefusal,
    admit,
    link_identity,
    seen,
    unlink_identity,
)
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
    "BY_LINK", "SENT_TO", "Claims", "IdentityRefusal", "LinkRefusal", "admit", "clean_email", "erase", "link_identity",
    "mint_link", "note_entry", "peek", "person_for", "post_now", "rename", "seen", "send_link", "set_password",
    "sweep_links", "sweep_sessions", "unlink_identity", "use_link",
]  # fmt: skip
