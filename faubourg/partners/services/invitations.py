"""A role offered to an address by e-mail.

The link tells which invitation it is and nothing more: it lets nobody in. Only who is signed in with the very address
that was invited may accept, so an invitation that was forwarded gives its reader nothing.
"""

import secrets
from datetime import date, timedelta

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.accounts.selectors import user_by_code
from faubourg.accounts.services import LinkRefusal, clean_email
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.notifications import services as post_room
from faubourg.partners import letters
from faubourg.partners.enums import InvitationState, Role
from faubourg.partners.models import Invitation, Membership, Organisation
from faubourg.partners.rules import may_manage, roles_to_give
from faubourg.partners.selectors import digest_of, live_memberships, read_again, waiting_invitations
from faubourg.partners.services.memberships import ROOM, one_line, place
from faubourg.partners.workflow import INVITATION

VALID = timedelta(days=14)
BEFORE_AGAIN = timedelta(hours=1)
MOST_WAITING = 30  # of one organisation: nobody makes a mailing of it


def invite(
    organisation: Organisation, *, email: str, role: str, title: str = "", ends_on: date | None = None, by: User
) -> Invitation:
    """Offer a role to an address. The mail leaves at once; when it cannot, nothing is left of the invitation.

    Refusals: ``role`` (not this person's to give), ``email`` (no address, one's own, already there, already
    invited, the mail cannot leave), ``ends_on`` (past).
    """
    email = clean_email(email)
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        read_again(by)
        _check(organisation, email, role, ends_on, by)
        now = clock.now()
        row = Invitation.objects.create(
            organisation=organisation, email=email, role=role, title=one_line(title), ends_on=ends_on,
            invited_by=by.code, digest=digest_of(token), made_at=now, sent_at=now, expires_at=now + VALID,
        )  # fmt: skip
        journal.record("invite", row.code, room=ROOM, after=row.state, by=by)
    try:
        post_room.hand_over(letters.invitation(row, token, by))
    except Refusal:
        _withdraw(row, None)
        raise
    return row


def _check(organisation: Organisation, email: str, role: str, ends_on: date | None, by: User) -> None:
    if not may_manage(by, organisation):
        raise NotAllowed("Seuls un signataire de l’organisme et le chargé de mission invitent quelqu’un.")
    if role not in roles_to_give(by, organisation):
        raise Refusal("Vous ne pouvez pas donner ce rôle. Choisissez-en un de la liste.", field="role")
    if email == by.email:
        raise Refusal("C’est votre adresse : personne ne s’invite soi-même.", field="email")
    if ends_on is not None and ends_on < clock.today():
        raise Refusal("Cette date est passée. Choisissez un jour à venir, ou laissez vide.", field="ends_on")
    enough = {role, Role.SIGNER} if role == Role.MEMBER else {role}
    if live_memberships().filter(organisation=organisation, user__email__iexact=email, role__in=enough).exists():
        raise Refusal(f"Cette personne a déjà ce rôle pour {organisation}. Rien n’est parti.", field="email")
    waiting = waiting_invitations(organisation)
    waiting.filter(expires_at__lte=clock.now()).delete()
    if waiting.filter(email=email, role=role).exists():
        raise Refusal(
            "Cette adresse est déjà invitée à ce rôle. Rien n’est parti ; vous pouvez envoyer de nouveau "
            "cette invitation depuis la page de l’organisme.",
            field="email",
        )
    if waiting.count() >= MOST_WAITING:
        raise Refusal(f"{MOST_WAITING} invitations attendent déjà une réponse. Retirez-en une d’abord.")


def invite_again(invitation: Invitation, *, by: User) -> Invitation:
    """A new link for fourteen days; the former one is worth nothing any more. At most once an hour."""
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        row = _locked(invitation, by)
        row.state = INVITATION.step("invite_again", row.state)
        if row.ends_on is not None and row.ends_on < clock.today():
            raise Refusal("Le dernier jour de ce rôle est passé. Retirez cette invitation et faites-en une autre.")
        if clock.now() < row.sent_at + BEFORE_AGAIN:
            raise Refusal("Cette invitation est partie il y a moins d’une heure. Laissez-lui le temps d’arriver.")
        former = {"digest": row.digest, "sent_at": row.sent_at, "expires_at": row.expires_at}
        row.digest, row.sent_at, row.expires_at = digest_of(token), clock.now(), clock.now() + VALID
        row.save()
        journal.record("invite_again", row.code, room=ROOM, before=row.state, after=row.state, by=by)
    try:
        post_room.hand_over(letters.invitation(row, token, by))
    except Refusal:
        Invitation.objects.filter(pk=row.pk, digest=row.digest).update(**former)
        raise
    return row


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Its link is worth nothing from now on."""
    return _withdraw(_locked(invitation, by), by)


@transaction.atomic
def _withdraw(row: Invitation, by: User | None) -> Invitation:
    before = row.state
    row.state = INVITATION.step("withdraw_invitation", before)
    row.save(update_fields=["state"])
    journal.record("withdraw_invitation", row.code, room=ROOM, before=before, after=row.state, by=by)
    return row


def _locked(invitation: Invitation, by: User) -> Invitation:
    """The row as it is now, for who may keep the invitations of its organisation."""
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    row = Invitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    read_again(by)
    if not may_manage(by, row.organisation) or row.role not in roles_to_give(by, row.organisation):
        raise NotAllowed("Cette invitation est tenue par un signataire de l’organisme ou le chargé de mission.")
    return row


# ------------------------------------------------------------------------------------------------- answering
@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Take the role that was offered: by who is signed in with the very address, once, in time."""
    Organisation.objects.select_for_update().get(pk=invitation.organisation_id)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    row = check_invitation(rows.filter(pk=invitation.pk).first(), by=by)
    before, row.state = row.state, INVITATION.step("accept_invitation", row.state)
    row.save(update_fields=["state"])
    membership, _ = place(
        by, row.organisation, row.role, title=row.title, given_by=row.invited_by, ends_on=row.ends_on
    )  # fmt: skip
    inviter = user_by_code(row.invited_by)
    if inviter is not None:
        post_room.post(letters.invitation_accepted(membership, inviter), by=by)
    thing = f"{row.code}:{membership.code}"
    journal.record("accept_invitation", thing, room=ROOM, before=before, after=row.state, by=by)
    return membership


def check_invitation(row: Invitation | None, *, by: User | None) -> Invitation:
    """The invitation, if this person (or somebody not yet known) could take it; else why not, as a page of its own.

    Uses nothing: mail scanners open links too.
    """
    if row is None:
        raise LinkRefusal(
            "Cette invitation n’existe plus",
            "Elle est trop ancienne, ou son adresse a été coupée. Demandez-en une autre à qui vous l’a envoyée.",
            status=404,
        )
    if by is not None and by.email.lower() != row.email:
        raise LinkRefusal(
            "Cette invitation est pour une autre personne",
            "Elle ne vaut que pour l’adresse à laquelle elle a été envoyée, et vous êtes entré avec une autre. Rien "
            "n’est changé. Si les deux adresses sont à vous, sortez, puis ouvrez de nouveau le lien.",
            status=403,
        )
    if row.state == InvitationState.ACCEPTED:
        raise LinkRefusal("Cette invitation a déjà servi", "Une invitation ne sert qu’une fois.", status=410)
    if row.state == InvitationState.WITHDRAWN or not _still_given(row):
        raise LinkRefusal(
            "Cette invitation a été retirée",
            f"Elle ne vaut plus. Si vous pensez que c’est une erreur, demandez à {row.organisation} de vous inviter "
            "de nouveau.",
            status=410,
        )
    if row.is_over or (row.ends_on is not None and row.ends_on < clock.today()):
        raise LinkRefusal(
            "Cette invitation a expiré",
            f"Elle valait jusqu’à une date qui est passée. Demandez à {row.organisation} de vous en envoyer une autre.",
            status=410,
        )
    return row


def _still_given(row: Invitation) -> bool:
    """Who has no right any more to give a role gives none by an old mail; nor does a double, which sleeps."""
    if row.organisation.merged_into_id:
        return False
    inviter = user_by_code(row.invited_by)
    return inviter is not None and row.role in roles_to_give(inviter, row.organisation)


# ------------------------------------------------------------------------------------------------- daily
def forget_invitations() -> int:
    """Daily: an address that was invited is not kept once the invitation is answered, withdrawn or over."""
    waiting = Invitation.objects.filter(state=InvitationState.WAITING, expires_at__gt=clock.now())
    return Invitation.objects.exclude(pk__in=waiting.values("pk")).delete()[0]
