"""Who may do what. Rights come only from confirmed, living memberships; a claim gives none (R-AAP-02)."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from faubourg.accounts.models import User
from faubourg.partners.enums import OPENABLE_KINDS, MembershipState, OrganisationKind, Role
from faubourg.partners.models import Delegation, Membership, Organisation
from faubourg.partners.selectors import (
    claims_waiting_for,
    live_memberships,
    live_signers,
    memberships_of,
    organisations_of,
    principal_of,
    roles_of,
)


def is_officer(user: Any) -> bool:
    """The person who runs the contract (*chargé de mission*)."""
    return Role.OFFICER in roles_of(user)


def is_funder(user: Any) -> bool:
    return Role.FUNDER in roles_of(user)


def is_elected(user: Any) -> bool:
    return Role.ELECTED in roles_of(user)


def is_council(user: Any) -> bool:
    return Role.COUNCIL in roles_of(user)


def is_company(user: Any) -> bool:
    return Role.COMPANY in roles_of(user)


def is_editor(user: Any) -> bool:
    """Writes the pages of the public site, and nothing else."""
    return Role.EDITOR in roles_of(user)


def is_applicant(user: Any) -> bool:
    """Signer or member of an organisation: may write its applications."""
    return bool(roles_of(user) & {Role.SIGNER, Role.MEMBER})


def is_partner(user: Any) -> bool:
    """Any confirmed living membership."""
    return bool(roles_of(user))


def _holds(user: Any, organisation: Organisation, *roles: Role) -> bool:
    return any(m.organisation_id == organisation.pk and m.role in roles for m in memberships_of(user))


def may_work_for(user: Any, organisation: Organisation) -> bool:
    """May write in this organisation's name: its signers and members."""
    return _holds(user, organisation, Role.SIGNER, Role.MEMBER)


def is_signer_of(user: Any, organisation: Organisation) -> bool:
    """Keeps its people and hands the pen on: its signers themselves, never by delegation."""
    return _holds(user, organisation, Role.SIGNER)


def may_sign_for(user: Any, organisation: Organisation) -> bool:
    """May bind this organisation: its signers, and who signs by delegation of one of them."""
    return is_signer_of(user, organisation) or bool(principal_of(user, organisation))


def needs_officer(organisation: Organisation) -> bool:
    """No living signer: a claim needs a document and the officer confirms it."""
    return not live_signers(organisation).exists()


def may_confirm(user: Any, membership: Membership) -> bool:
    """A signer of the organisation; the officer only when no living signer is left. Never one's own claim."""
    if membership.state != MembershipState.CLAIMED or membership.user_id == getattr(user, "pk", None):
        return False
    if is_signer_of(user, membership.organisation):
        return True
    return is_officer(user) and needs_officer(membership.organisation)


def may_see_claim(user: Any, membership: Membership) -> bool:
    """Who may confirm it; afterwards, and for the claims that are a signer's, the officer and the signers."""
    if membership.user_id == getattr(user, "pk", None):
        return False
    return is_officer(user) or is_signer_of(user, membership.organisation)


def needs_second_factor(user: Any) -> bool:
    """Officers see and decide everything, funders give public money: a mailbox alone is too little."""
    return is_officer(user) or is_funder(user)


def may_end(user: Any, membership: Membership) -> bool:
    """Oneself always; the officer anybody; a signer the members of the organisation, not the other signers.

    A claim that waits is confirmed or refused; only who made it takes it back.
    """
    if not getattr(user, "is_authenticated", False):
        return False
    if membership.user_id == user.pk:
        return True
    if membership.state == MembershipState.CLAIMED:
        return False
    if is_officer(user):
        return True
    return membership.role == Role.MEMBER and is_signer_of(user, membership.organisation)


def is_last_officer(membership: Membership, ends_on: date | None = None) -> bool:
    """Nobody else runs the contract (after ``ends_on``): whoever holds this place names a successor before it ends."""
    return _is_last(membership, Role.OFFICER, live_memberships(), ends_on)


def is_last_signer(membership: Membership, ends_on: date | None = None) -> bool:
    """Nobody else binds the organisation (after ``ends_on``): who holds this place hands it on, or asks the officer."""
    here = live_memberships().filter(organisation=membership.organisation_id)
    return _is_last(membership, Role.SIGNER, here, ends_on)


def _is_last(membership: Membership, role: Role, among: QuerySet[Membership], ends_on: date | None) -> bool:
    if membership.role != role or membership.state != MembershipState.CONFIRMED:
        return False
    others = among.filter(role=role).exclude(pk=membership.pk)
    if ends_on is not None:
        others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on))
    return not others.exists()


def may_change(user: Any, membership: Membership) -> bool:
    """The role, the function and the last day: the officer anybody's, a signer those of the members and his own."""
    if is_officer(user):
        return True
    own = membership.user_id == getattr(user, "pk", None)
    return (own or membership.role == Role.MEMBER) and is_signer_of(user, membership.organisation)


def may_see_proof(user: Any, membership: Membership) -> bool:
    """Who gave it, the officer, and the signer who has to judge it, until he has."""
    if not getattr(user, "is_authenticated", False):
        return False
    return membership.user_id == user.pk or is_officer(user) or may_confirm(user, membership)


def may_see_team(user: Any, organisation: Organisation) -> bool:
    """The people of an organisation are known to its people and to the officer; a claimant sees nothing."""
    return is_officer(user) or _holds(user, organisation, *Role)


def finds_organisations(user: Any) -> list[str] | None:
    """Whose pages the search leads to, by their codes: what ``may_see_team`` opens; all of them for the officer."""
    return None if is_officer(user) else [one.code for one in organisations_of(user)]


def may_open(user: User, kind: str) -> bool:
    """Anybody signed in opens an association or another body; institutions are the officer's."""
    return kind in OPENABLE_KINDS or (kind in OrganisationKind and is_officer(user))


def may_appoint(user: User, person: User, organisation: Organisation, role: str) -> bool:
    """The officer, not himself; signers and members only where no living signer can confirm them."""
    if user.pk == person.pk or not is_officer(user):
        return False
    return role not in (Role.SIGNER, Role.MEMBER) or needs_officer(organisation)


def roles_to_give(user: Any, organisation: Organisation) -> list[Role]:
    """What this person may invite others to be here: the officer anything, a signer what speaks for his own."""
    if is_officer(user):
        return list(Role)
    return [Role.SIGNER, Role.MEMBER] if is_signer_of(user, organisation) else []


def may_manage(user: Any, organisation: Organisation) -> bool:
    """Invite, change and end the people of an organisation: its signers, and the officer."""
    return bool(roles_to_give(user, organisation))


def may_withdraw_delegation(user: Any, delegation: Delegation) -> bool:
    """Who gave it, who holds it, and the officer."""
    return getattr(user, "pk", None) in (delegation.giver.user_id, delegation.receiver.user_id) or is_officer(user)


def may_see_contacts(user: Any, organisation: Organisation) -> bool:
    """The organisation's own people, and who reads applications at the desk. Never the public."""
    return is_officer(user) or is_funder(user) or _holds(user, organisation, *Role)


def may_keep_contacts(user: Any, organisation: Organisation) -> bool:
    """Its own people, and the officer."""
    return is_officer(user) or _holds(user, organisation, *Role)


def may_merge(user: Any) -> bool:
    """Make one organisation of two, and two of one again."""
    return is_officer(user)


def may_keep_contract(user: Any) -> bool:
    """Enter the contract, who signed it, what it sets out to do."""
    return is_officer(user)


def sees_claims(user: Any) -> bool:
    """Has claims to confirm, now or later: the officer and the signers."""
    return bool(roles_of(user) & {Role.OFFICER, Role.SIGNER})


def has_claims_waiting(user: Any) -> bool:
    return sees_claims(user) and claims_waiting_for(user).exists()


def finds_own_organisation(user: Any) -> bool:
    """Applicants, and people who hold no role yet: they may be about to ask for one."""
    return bool(getattr(user, "is_authenticated", False)) and (is_applicant(user) or not is_partner(user))
