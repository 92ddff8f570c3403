"""The moves of a membership and of an invitation, as tables. Each move is a service of the same name."""

from faubourg.core.workflow import Workflow, moves
from faubourg.partners.enums import InvitationState as I
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

INVITATION = Workflow(
    "invitation",
    dict(I.choices),
    I.WAITING,
    moves(
        ("invite_again", I.WAITING, I.WAITING, "envoyer de nouveau cette invitation"),
        ("accept_invitation", I.WAITING, I.ACCEPTED, "accepter cette invitation"),
        ("withdraw_invitation", I.WAITING, I.WITHDRAWN, "retirer cette invitation"),
    ),
)
