"""The door's pages: how one comes in and goes out, one's own account, its second factor."""

from faubourg.accounts.views.entry import again, link, me, sent, sign_in, sign_out
from faubourg.accounts.views.factors import activate_totp, add_passkey

__all__ = ["activate_totp", "add_passkey", "again", "link", "me", "sent", "sign_in", "sign_out"]
