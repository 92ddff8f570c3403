"""The door's pages: how one comes in and goes out, one's own account, its second factor, other identities."""

from faubourg.accounts.views.entry import again, link, me, sent, sign_in, sign_out
from faubourg.accounts.views.factors import activate_totp, add_passkey
from faubourg.accounts.views.identities import identity_answer, identity_ask, identity_unlink

__all__ = [
    "activate_totp", "add_passkey", "again", "identity_answer", "identity_ask", "identity_unlink", "link", "me", "sent",
    "sign_in", "sign_out",
]  # fmt: skip
