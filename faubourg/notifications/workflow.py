"""The moves of a mail. Each is a service of the same name."""

from faubourg.core.workflow import Workflow, moves
from faubourg.notifications.enums import MailState as M

MAIL = Workflow(
    "courrier",
    dict(M.choices),
    M.QUEUED,
    moves(
        ("release", M.HELD, M.QUEUED, "envoyer ce courrier"),
        ("deliver", M.QUEUED, M.SENT, "remettre ce courrier"),
        ("give_up", M.QUEUED, M.FAILED, "renoncer à ce courrier"),
        ("retry", M.FAILED, M.QUEUED, "renvoyer ce courrier"),
        ("drop", (M.HELD, M.QUEUED, M.FAILED), M.DROPPED, "abandonner ce courrier"),
    ),
    also_initial=frozenset([M.HELD]),
)
