"""The letters of this room: a claim was made, confirmed, refused; an invitation; a membership ended."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from faubourg.accounts.models import User
from faubourg.notifications.services import Letter, write
from faubourg.partners.models import Delegation, Invitation, Membership


def _letter(name: str, to: str, subject: str, membership: Membership, **more: Any) -> Letter:
    context = {
        "membership": membership,
        "organisation": membership.organisation,
        "person": membership.user,
        "town": settings.TOWN,
        **more,
    }
    template = f"partners/letters/{name}.txt"
    return write(template, kind=f"partners.{name}", to=to, subject=subject[:200], context=context)


def _address(view: str, *args: str) -> str:
    return f"{settings.BASE_URL}{reverse(view, args=args)}"


def claim_received(membership: Membership, judge: User) -> Letter:
    """To each person who can confirm it."""
    subject = f"{membership.organisation} : une demande à confirmer"
    url = _address("partners:decide", membership.code)
    return _letter("claim_received", judge.email, subject, membership, judge=judge, url=url)


def claim_confirmed(membership: Membership) -> Letter:
    subject = f"Vous parlez maintenant pour {membership.organisation}"
    url = _address("partners:mine")
    return _letter("claim_confirmed", membership.user.email, subject, membership, url=url)


def claim_refused(membership: Membership) -> Letter:
    subject = f"Votre demande pour {membership.organisation} n’est pas acceptée"
    url = _address("partners:find")
    return _letter("claim_refused", membership.user.email, subject, membership, url=url)


def membership_ended(membership: Membership) -> Letter:
    subject = f"Vous ne parlez plus pour {membership.organisation}"
    return _letter("membership_ended", membership.user.email, subject, membership)


def membership_changed(membership: Membership) -> Letter:
    subject = f"Votre rôle pour {membership.organisation} a changé"
    url = _address("partners:organisation", membership.organisation.code)
    return _letter("membership_changed", membership.user.email, subject, membership, url=url)


def membership_ending(membership: Membership, reader: User) -> Letter:
    """To the person, and to who may prolong it."""
    subject = f"{membership.organisation} : un rôle se termine bientôt"
    url = _address("partners:organisation", membership.organisation.code)
    return _letter("membership_ending", reader.email, subject, membership, reader=reader, url=url)


def appointed(membership: Membership) -> Letter:
    subject = f"Vous êtes {membership.get_role_display()} pour {membership.organisation}"
    url = _address("accounts:sign_in")
    return _letter("appointed", membership.user.email, subject, membership, url=url)


def invitation(row: Invitation, token: str, inviter: User) -> Letter:
    """To the address that is invited; it holds a key, so it is never kept in the outbox."""
    return write(
        "partners/letters/invitation.txt",
        kind="partners.invitation",
        to=row.email,
        subject=f"{inviter.name} vous invite : {row.organisation}",
        context={"invitation": row, "inviter": inviter, "url": _address("partners:invitation", token)},
    )


def invitation_accepted(membership: Membership, inviter: User) -> Letter:
    subject = f"{membership.organisation} : votre invitation est acceptée"
    url = _address("partners:organisation", membership.organisation.code)
    return _letter("invitation_accepted", inviter.email, subject, membership, inviter=inviter, url=url)


def delegation_given(row: Delegation) -> Letter:
    subject = f"{row.giver.organisation} : vous pouvez signer du {row.starts_on:%d/%m/%Y} au {row.ends_on:%d/%m/%Y}"
    url = _address("partners:organisation", row.giver.organisation.code)
    return _letter("delegation_given", row.receiver.user.email, subject, row.receiver, delegation=row, url=url)


def delegation_withdrawn(row: Delegation) -> Letter:
    subject = f"{row.giver.organisation} : votre délégation de signature est retirée"
    return _letter("delegation_withdrawn", row.receiver.user.email, subject, row.receiver, delegation=row)
