"""The pen handed to a member for some days: a holiday is no reason to miss a deadline."""

from datetime import date

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.notifications import services as post_room
from faubourg.partners import letters
from faubourg.partners.enums import Role
from faubourg.partners.models import Delegation, Membership, Organisation
from faubourg.partners.rules import may_withdraw_delegation
from faubourg.partners.selectors import lasting_delegations, live_members, live_memberships
from faubourg.partners.services.memberships import ROOM
from faubourg.partners.triggers import MOST_DAYS


@transaction.atomic
def delegate(
    organisation: Organisation, *, receiver: Membership | None, starts_on: date, ends_on: date, by: User
) -> Delegation:
    """Let a member of one's own organisation sign in one's stead, from one day to another, both included.

    Only a signer delegates: who signs by delegation cannot hand it on. What is signed so says it in the journal.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    giver = live_memberships().filter(user=by, organisation=organisation, role=Role.SIGNER).first()
    if giver is None:
        raise NotAllowed("Seule une personne signataire délègue sa signature ; une délégation ne se transmet pas.")
    if receiver is None or not live_members(organisation).filter(pk=receiver.pk).exclude(user=by).exists():
        raise Refusal("Choisissez un membre de cet organisme.", field="receiver")
    _check_days(starts_on, ends_on)
    known = lasting_delegations().filter(giver=giver, receiver=receiver)
    if known.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refusal("Cette personne a déjà votre délégation pour une partie de ces jours.", field="starts_on")
    row = Delegation.objects.create(giver=giver, receiver=receiver, starts_on=starts_on, ends_on=ends_on)
    post_room.post(letters.delegation_given(row), by=by)
    journal.record("delegate", row.code, room=ROOM, by=by)
    return row


def _check_days(starts_on: date, ends_on: date) -> None:
    if starts_on < clock.today():
        raise Refusal("Ce jour est passé : une délégation ne vaut pas pour hier.", field="starts_on")
    if ends_on < starts_on:
        raise Refusal("La délégation finit avant de commencer. Vérifiez les deux dates.", field="ends_on")
    days = (ends_on - starts_on).days + 1
    if days > MOST_DAYS:
        words = f"Une délégation dure {MOST_DAYS} jours au plus ; celle-ci en compte {days}."
        raise Refusal(words, field="ends_on")


@transaction.atomic
def withdraw_delegation(delegation: Delegation, *, by: User) -> None:
    """At any time, at once."""
    rows = Delegation.objects.select_for_update(of=("self",)).select_related("giver__organisation", "receiver__user")
    row = rows.get(pk=delegation.pk)
    if not may_withdraw_delegation(by, row):
        raise NotAllowed("Cette délégation est retirée par qui l’a donnée, qui l’a reçue, ou le chargé de mission.")
    if row.withdrawn_at is not None:
        raise Refusal("Cette délégation est déjà retirée.")
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    if row.receiver.user_id != by.pk:
        post_room.post(letters.delegation_withdrawn(row), by=by)
    journal.record("withdraw_delegation", row.code, room=ROOM, by=by)
