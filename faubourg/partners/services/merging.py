"""Doubles are made one, and two again within a month: everything that hangs on one hangs on the other.

No room above is imported: each says on its card what hangs on an organisation (``belongings``) and how it moves
(``rehome``). What a room cannot move stops the merge, in words (docs/decisions/0007).
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.cards import cards, load
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.partners.enums import InvitationState, MembershipState
from faubourg.partners.listed import listed_organisation
from faubourg.partners.models import Contact, Invitation, Membership, Merge, Organisation, Signature
from faubourg.partners.rules import may_merge
from faubourg.partners.selectors.merges import REVERSIBLE, Things, all_belongings
from faubourg.partners.services.memberships import ROOM
from faubourg.search import services as search

MERGED = "merged"
NUMBERS = {"SIRET": "siret", "RNA": "rna"}


@transaction.atomic
def merge_organisations(source: Organisation, target: Organisation, *, by: User) -> Merge:
    """All that hangs on ``source`` goes to ``target``; the source sleeps and leads there. Reversible for 30 days."""
    if not may_merge(by):
        raise NotAllowed("Seul le chargé de mission fusionne deux organismes.")
    source, target = _both(source, target)
    _check(source, target)
    moved = _move(all_belongings(source), source, target)
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    merge = Merge.objects.create(source=source, target=target, moved=moved)
    Membership.written += 1
    search.drop(source.code)
    search.put(listed_organisation(target))  # it has the other's numbers now
    journal.record("merge", f"{source.code}:{target.code}", room=ROOM, after=MERGED, by=by)
    return merge


def _both(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Both rows as they are now, always locked in the same order."""
    rows = Organisation.objects.select_for_update().filter(pk__in=[one.pk, other.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[one.pk], found[other.pk]


def _check(source: Organisation, target: Organisation) -> None:
    if source.pk == target.pk:
        raise Refusal("Un organisme ne se fusionne pas avec lui-même.")
    if source.merged_into_id or target.merged_into_id:
        raise Refusal("L’un des deux est déjà fusionné avec un autre. Rien n’a été changé.")
    if source.doubles.exists():
        raise Refusal(f"{source} a lui-même reçu un double. Fusionnez dans l’autre sens ; rien n’a été changé.")
    for one, other, number in (
        (source.siret[:9], target.siret[:9], "SIREN"),
        (source.rna, target.rna, "numéros RNA"),
    ):
        if one and other and one != other:
            raise Refusal(f"Leurs {number} sont différents : ce sont deux organismes. Rien n’a été changé.")
    both = set(source.signatures.values_list("contract__title", flat=True))
    both &= set(target.signatures.values_list("contract__title", flat=True))
    if both:
        words = ", ".join(sorted(both))
        raise Refusal(f"Les deux ont signé : {words}. Retirez d’abord une des deux signatures ; rien n’a été changé.")


def _move(things: Things, source: Organisation, target: Organisation) -> Things:
    """Room by room, ground floor first; says what went over. One that cannot be moved stops all of it."""
    moved: Things = {}
    for card in cards():
        held = things.get(card.label, {})
        if held and not card.rehome:
            kinds = ", ".join(f"{kind} : {len(codes)}" for kind, codes in held.items())
            raise Refusal(
                f"{source} apporte de l’argent ({kinds}), qui ne change pas de financeur. Fusionnez dans l’autre "
                "sens ; rien n’a été changé."
            )
        if card.rehome:
            gone = load(card.rehome)(held, source, target)
            moved[card.label] = {kind: codes for kind, codes in gone.items() if codes}
    return {room: kinds for room, kinds in moved.items() if kinds}


@transaction.atomic
def undo_merge(merge: Merge, *, by: User) -> Merge:
    """Within 30 days: what went over comes back, no more and no less; what was made since stays where it is."""
    if not may_merge(by):
        raise NotAllowed("Seul le chargé de mission défait une fusion.")
    source, target = _both(merge.source, merge.target)
    row = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if row.undone_at is not None:
        raise Refusal("Cette fusion est déjà défaite.")
    if clock.now() >= row.made_at + REVERSIBLE:
        raise Refusal("Cette fusion a plus de 30 jours : elle est définitive.")
    source.merged_into = None
    source.save(update_fields=["merged_into"])
    _move(row.moved, target, source)
    row.undone_at = clock.now()
    row.save(update_fields=["undone_at"])
    Membership.written += 1
    search.put(listed_organisation(source), listed_organisation(target))
    journal.record("undo_merge", f"{source.code}:{target.code}", room=ROOM, before=MERGED, by=by)
    return row


@transaction.atomic
def rehome(things: dict[str, list[str]], source: Organisation, target: Organisation) -> dict[str, list[str]]:
    """What hangs here. What the target has already stays behind, asleep: somebody's place, a number, an invitation."""
    waiting = target.invitations.filter(state=InvitationState.WAITING)
    contacts = Contact.objects.filter(code__in=things.get("contacts", []), organisation=source)
    invitations = Invitation.objects.filter(code__in=things.get("invitations", []), organisation=source)
    signatures = Signature.objects.filter(contract__code__in=things.get("signatures", []), organisation=source)
    return {
        **_rehome_numbers(things, source, target),
        "personnes": _given(_places_to_move(things, source, target), target, "code"),
        "contacts": _given(contacts, target, "code"),
        "invitations": _given(invitations.exclude(email__in=waiting.values("email")), target, "code"),
        "signatures": _given(
            signatures.exclude(contract__in=target.signatures.values("contract")), target, "contract__code"
        ),
    }


def _places_to_move(things: dict[str, list[str]], source: Organisation, target: Organisation) -> QuerySet[Membership]:
    alive = [MembershipState.CLAIMED, MembershipState.CONFIRMED]
    held = target.memberships.filter(state__in=alive, user=OuterRef("user"), role=OuterRef("role"))
    rows = Membership.objects.filter(code__in=things.get("personnes", []), organisation=source)
    return rows.exclude(Q(state__in=alive) & Exists(held))


def _given(rows: QuerySet, target: Organisation, said: str) -> list[str]:
    """These rows are the target's now; what each is called."""
    found = list(rows.order_by("pk").values_list("pk", said))
    rows.model.objects.filter(pk__in=[pk for pk, _ in found]).update(organisation=target)
    return [code for _, code in found]


def _rehome_numbers(things: dict[str, list[str]], source: Organisation, target: Organisation) -> dict[str, list[str]]:
    """A number that the target lacks: the one with the SIRET and the one with the RNA become one with both."""
    gone = {}
    for kind, field in NUMBERS.items():
        number = getattr(source, field)
        if number and number in things.get(kind, []) and not getattr(target, field):
            for row, value in ((source, ""), (target, number)):
                setattr(row, field, value)
                row.save(update_fields=[field])
            gone[kind] = [number]
    return gone


# ------------------------------------------------------------------------------------------------- daily
@transaction.atomic
def settle_merges() -> int:
    """Daily: after 30 days a merge is final."""
    over = Merge.objects.select_for_update().filter(
        undone_at__isnull=True, settled_at__isnull=True, made_at__lte=clock.now() - REVERSIBLE
    )
    rows = list(over.select_related("source", "target").order_by("pk"))
    for row in rows:
        row.settled_at = clock.now()
        row.save(update_fields=["settled_at"])
    for row in rows:
        journal.record("settle_merge", f"{row.source.code}:{row.target.code}", room=ROOM, after=MERGED, by=None)
    return len(rows)
