"""What a place says, and until when: changed by who manages the organisation, announced before it ends."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.notifications import services as post_room
from faubourg.partners import letters
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.models import Membership
from faubourg.partners.rules import is_last_officer, may_change
from faubourg.partners.selectors import SPEAKING_ROLES, live_memberships, officers, people_of, read_again
from faubourg.partners.services.memberships import ROOM, as_written, keep_one_signer, locked, one_line

TOLD_BEFORE = timedelta(days=14)


@transaction.atomic
def change_membership(
    membership: Membership, *, role: str, title: str = "", ends_on: date | None = None, by: User
) -> Membership:
    """Signer or member, under which function, until which day (included, until midnight in Paris).

    Nobody gives himself a role or more time. Refusals: ``role``, ``ends_on``, and the last officer or signer.
    """
    row = locked(membership)
    read_again(by)
    if not may_change(by, row):
        raise NotAllowed("Ce rôle est tenu par un signataire de l’organisme ou par le chargé de mission.")
    if not live_memberships().filter(pk=row.pk).exists():
        raise Refusal("Ce rôle n’est plus en cours. Rien n’a été changé.")
    _check_role(row, role, by)
    _check_end(row, ends_on, by)
    if role != row.role or ends_on not in (None, row.ends_on):
        keep_one_signer(row, by, ends_on if role == row.role else None)
    before, wanted = row.role, (role, one_line(title), ends_on)
    if wanted == (row.role, row.title, row.ends_on):
        return as_written(membership, row)
    row.role, row.title, row.ends_on = wanted
    row.save()
    if row.user_id != by.pk:
        post_room.post(letters.membership_changed(row), by=by)
    journal.record("change_membership", row.code, room=ROOM, before=before, after=row.role, by=by)
    return as_written(membership, row)


def _check_role(row: Membership, role: str, by: User) -> None:
    if role == row.role:
        return
    if row.role not in SPEAKING_ROLES or role not in SPEAKING_ROLES:
        raise Refusal("Un membre devient signataire, un signataire membre ; rien d’autre ne se change.", field="role")
    if row.user_id == by.pk and role == Role.SIGNER:
        raise Refusal("Personne ne se donne un rôle : demandez-le à une autre personne.", field="role")
    alive = [MembershipState.CLAIMED, MembershipState.CONFIRMED]
    theirs = Membership.objects.filter(user=row.user, organisation=row.organisation_id, role=role, state__in=alive)
    if theirs.exists():
        raise Refusal("Cette personne a déjà ce rôle ici, ou le demande. Mettez fin à celui-ci.", field="role")


def _check_end(row: Membership, ends_on: date | None, by: User) -> None:
    if ends_on == row.ends_on:
        return
    if ends_on is not None and ends_on < max(clock.today(), row.starts_on):
        raise Refusal("Cette date est passée. Pour arrêter ce rôle dès maintenant, mettez-y fin.", field="ends_on")
    if row.user_id == by.pk and row.ends_on is not None and (ends_on is None or ends_on > row.ends_on):
        raise Refusal("Personne ne prolonge son propre rôle : demandez-le à une autre personne.", field="ends_on")
    if ends_on is not None and is_last_officer(row, ends_on):
        raise Refusal(
            "Après cette date, plus personne ne conduirait le contrat de ville. Nommez d’abord qui lui succède.",
            field="ends_on",
        )


# ------------------------------------------------------------------------------------------------- daily
@transaction.atomic
def remind_ending() -> int:
    """Daily: two weeks before the last day, the person and who may prolong the role are told, once for each end."""
    soon = live_memberships().filter(ends_on__lte=clock.today() + TOLD_BEFORE).exclude(end_told=F("ends_on"))
    rows = list(soon.select_for_update(of=("self",)).select_related("user", "organisation").order_by("pk"))
    for row in rows:
        row.end_told = row.ends_on
        row.save(update_fields=["end_told"])
        for reader in _told_of(row):
            post_room.post(letters.membership_ending(row, reader), by=None)
    for row in rows:
        journal.record("tell_end", row.code, room=ROOM, before=row.state, after=row.state, by=None)
    return len(rows)


def _told_of(row: Membership) -> list[User]:
    """The person; the other signers of the organisation or, where there is none and for the other roles, officers."""
    signers = people_of(row.organisation, Role.SIGNER) if row.role in SPEAKING_ROLES else []
    keepers = [person for person in signers if person.pk != row.user_id] or officers()
    return list({person.pk: person for person in [row.user, *keepers]}.values())
