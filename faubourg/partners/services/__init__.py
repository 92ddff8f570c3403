"""Writes: organisations, the people who speak for them, contracts and their objectives."""

from faubourg.partners.services.contacts import add_contact, change_contact, forget_contacts, remove_contact
from faubourg.partners.services.contracts import amend, change_contract, open_contract, sign, sign_as_new, unsign
from faubourg.partners.services.delegations import delegate, withdraw_delegation
from faubourg.partners.services.invitations import (
    accept_invitation,
    check_invitation,
    forget_invitations,
    invite,
    invite_again,
    withdraw_invitation,
)
from faubourg.partners.services.logos import remove_logo, set_logo
from faubourg.partners.services.memberships import (
    appoint,
    appoint_address,
    claim,
    close_ended,
    confirm,
    drop_proofs,
    end,
    forget_person,
    refuse,
)
from faubourg.partners.services.merging import merge_organisations, rehome, settle_merges, undo_merge
from faubourg.partners.services.names import correct_name, rename_organisation
from faubourg.partners.services.objectives import add_objective, change_objective, move_objective, remove_objective
from faubourg.partners.services.organisations import (
    faults_of_numbers,
    looks_like_number,
    open_and_claim,
    open_organisation,
)
from faubourg.partners.services.terms import change_membership, remind_ending

__all__ = [
    "accept_invitation",
    "add_contact",
    "add_objective",
    "amend",
    "appoint",
    "appoint_address",
    "change_contact",
    "change_contract",
    "change_membership",
    "change_objective",
    "check_invitation",
    "claim",
    "close_ended",
    "confirm",
    "correct_name",
    "delegate",
    "drop_proofs",
    "end",
    "faults_of_numbers",
    "forget_contacts",
    "forget_invitations",
    "forget_person",
    "invite",
    "invite_again",
    "looks_like_number",
    "merge_organisations",
    "move_objective",
    "open_and_claim",
    "open_contract",
    "open_organisation",
    "refuse",
    "rehome",
    "remind_ending",
    "remove_contact",
    "remove_logo",
    "remove_objective",
    "rename_organisation",
    "set_logo",
    "settle_merges",
    "sign",
    "sign_as_new",
    "undo_merge",
    "unsign",
    "withdraw_delegation",
    "withdraw_invitation",
]
