"""The moves of a membership, as a table. Each move is a service of the same name."""

from faubourg.core.workflow import Workflow, moves
from faubourg.partners.enums import MembershipState as M

MEMBERSHIP = Workflow(
    "appartenance",
    dict(M.choices),
    M.CLAIMED,
    moves(
        ("confirm", M.CLAIMED, M.CONFIRMED, "confirmer cette demande"),
        ("refuse", M.CLAIMED, M.REFUSED, "refuser cette demande"),
        ("end", (M.CLAIMED, M.CONFIRMED), M.ENDED, "mettre fin à cette appartenance"),
    ),
)
