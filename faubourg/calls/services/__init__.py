"""Everything that writes in the calls' room. One move of the workflow = one service of the same name."""

from faubourg.calls.services.awarding import announce, notify, prepare_letters
from faubourg.calls.services.calling import (
    add_envelope,
    change_call,
    open_call,
    open_committee,
    publish,
    remove_envelope,
    share_opinions,
)
from faubourg.calls.services.committee import close_decision, decide, reopen_decision
from faubourg.calls.services.drafting import attach, detach, save_field, save_fields, start
from faubourg.calls.services.instruction import admit, answer_request, ask_for_piece, reject, write_opinion
from faubourg.calls.services.merging import rehome
from faubourg.calls.services.submission import problems, send_receipt, submit, withdraw

__all__ = [
    "add_envelope",
    "admit",
    "announce",
    "answer_request",
    "ask_for_piece",
    "attach",
    "change_call",
    "close_decision",
    "decide",
    "detach",
    "notify",
    "open_call",
    "open_committee",
    "prepare_letters",
    "problems",
    "publish",
    "rehome",
    "reject",
    "remove_envelope",
    "reopen_decision",
    "save_field",
    "save_fields",
    "send_receipt",
    "share_opinions",
    "start",
    "submit",
    "withdraw",
    "write_opinion",
]
