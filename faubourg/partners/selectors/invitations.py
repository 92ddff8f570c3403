"""Invitations, as who keeps them, who is invited and who holds the link read them."""

import hashlib
from typing import Any

from django.db.models import QuerySet

from faubourg.accounts.selectors import names_by_code
from faubourg.core import clock
from faubourg.partners.enums import InvitationState
from faubourg.partners.models import Invitation, Organisation


def waiting_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Sent and not answered, oldest first; those that are over until the daily run forgets them."""
    return Invitation.objects.filter(organisation=organisation, state=InvitationState.WAITING).order_by("made_at", "pk")


def invitations_to(user: Any) -> QuerySet[Invitation]:
    """What is offered to the address with which this person is signed in."""
    waiting = Invitation.objects.filter(state=InvitationState.WAITING, expires_at__gt=clock.now(), email=user.email)
    waiting = waiting.filter(organisation__merged_into=None)
    return waiting.select_related("organisation").order_by("made_at", "pk")


def invitation_by_code(code: str) -> Invitation | None:
    return Invitation.objects.select_related("organisation").filter(code=code).first()


def invitation_of(token: str) -> Invitation | None:
    """The one whose link holds this token."""
    return Invitation.objects.select_related("organisation").filter(digest=digest_of(token)).first()


def inviter_of(invitation: Invitation) -> str:
    """The name of who invites; nobody is invited by a code."""
    return names_by_code({invitation.invited_by}).get(invitation.invited_by, str(invitation.organisation))


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
