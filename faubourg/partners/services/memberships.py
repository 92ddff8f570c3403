"""A person's place in an organisation: asked for, confirmed by somebody else, ended.

SIRETs are public, so typing one gives nothing: a claim has no right at all until it is confirmed.
"""

from datetime import date, timedelta

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet

from faubourg.accounts import services as accounts
from faubourg.accounts.models import User
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.documents import services as documents
from faubourg.documents.models import StoredFile
from faubourg.journal import services as journal
from faubourg.notifications import services as post_room
from faubourg.partners import letters
from faubourg.partners.enums import CLAIMABLE_ROLES, MembershipState, Role
from faubourg.partners.models import Contact, Invitation, Membership, Organisation
from faubourg.partners.rules import (
    is_last_officer,
    is_last_signer,
    is_officer,
    may_appoint,
    may_confirm,
    may_end,
    needs_officer,
)
from faubourg.partners.selectors import officers, people_of, read_again
from faubourg.partners.workflow import MEMBERSHIP

ROOM = "partners"
MAX_WAITING = 5  # claims of one person that may wait at the same time


def one_line(title: str) -> str:
    """A person's function as it is kept. Mails quote it: on one line, nobody writes a letter of his own into ours."""
    return " ".join(title.split())[:80]


@transaction.atomic
def claim(
    organisation: Organisation, *, role: str, title: str = "", proof: UploadedFile | None = None, by: User
) -> Membership:
    """Ask to speak for an organisation. Gives no right until somebody else has confirmed it.

    Refusals: ``role`` (only signer or member), ``proof`` (missing while no signer lives, or a bad file).
    """
    if role not in CLAIMABLE_ROLES:
        raise Refusal("Ce rôle ne se demande pas ici. Choisissez « signataire » ou « membre ».", field="role")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    by_officer = needs_officer(organisation)
    _close(Membership.objects.filter(user=by, organisation=organisation))
    _refuse_second_claim(organisation, role, by)
    if by_officer and proof is None:
        raise Refusal(
            "Joignez un justificatif : personne ne peut encore confirmer votre demande de l’intérieur.",
            field="proof",
        )
    membership = Membership(
        user=by, organisation=organisation, role=role, title=one_line(title), starts_on=clock.today()
    )
    if proof is not None:
        membership.proof = _store(proof, membership, by)
    membership.save()
    judges = officers() if by_officer else people_of(organisation, Role.SIGNER)
    for judge in judges:
        if judge.pk != by.pk:
            post_room.post(letters.claim_received(membership, judge), by=by)
    journal.record("claim", membership.code, room=ROOM, after=membership.state, by=by)
    return membership


def _refuse_second_claim(organisation: Organisation, role: str, by: User) -> None:
    waiting = Membership.objects.filter(user=by, state=MembershipState.CLAIMED)
    if waiting.filter(organisation=organisation).exists():
        raise Refusal(
            f"Vous avez déjà demandé à parler pour {organisation}."
            " Votre demande attend sa réponse, rien n’a été ajouté."
        )
    mine = Membership.objects.filter(user=by, organisation=organisation, state=MembershipState.CONFIRMED)
    held = set(mine.values_list("role", flat=True))
    if role in held or Role.SIGNER in held:
        raise Refusal(f"Vous parlez déjà pour {organisation}. Rien n’a été ajouté.")
    if waiting.count() >= MAX_WAITING:
        raise Refusal(f"{MAX_WAITING} de vos demandes attendent déjà une réponse. Attendez-la, ou retirez une demande.")


def _store(proof: UploadedFile, membership: Membership, by: User) -> StoredFile:
    try:
        access = f"partners.membership:{membership.code}"
        return documents.store(proof, name=proof.name or "justificatif", access=access, by=by)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="proof") from refusal


def locked(membership: Membership) -> Membership:
    """The row as it is now, with its organisation: two people deciding at once do so one after the other."""
    Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    return Membership.objects.select_for_update().get(pk=membership.pk)


def _decide(membership: Membership, move: str, reason: str, by: User) -> Membership:
    row = locked(membership)
    read_again(by)
    before = row.state
    after = MEMBERSHIP.step(move, before)
    if not may_confirm(by, row):
        raise NotAllowed(
            "Cette demande n’est pas à vous : elle est confirmée par un signataire de l’organisme ou,"
            " s’il n’y en a pas, par le chargé de mission. Personne ne confirme la sienne."
        )
    row.state, row.reason = after, reason
    row.decided_at, row.decided_by = clock.now(), by.code
    if move == "confirm":
        row.starts_on = clock.today()
    row.save()
    letter = letters.claim_confirmed(row) if move == "confirm" else letters.claim_refused(row)
    post_room.post(letter, by=by)
    journal.record(move, row.code, room=ROOM, before=before, after=after, by=by)
    return as_written(membership, row)


def as_written(membership: Membership, row: Membership) -> Membership:
    """The caller's own object shows what was written."""
    for field in ("role", "state", "reason", "decided_at", "decided_by", "starts_on", "ends_on", "title"):
        setattr(membership, field, getattr(row, field))
    return membership


@transaction.atomic
def confirm(membership: Membership, *, by: User) -> Membership:
    """Give the claimant the voice that he asked for."""
    return _decide(membership, "confirm", "", by)


@transaction.atomic
def refuse(membership: Membership, reason: str, *, by: User) -> Membership:
    """Answer no, and why; the claimant may ask again."""
    if not reason.strip():
        raise Refusal("Écrivez le motif : la personne le lira dans le courrier.", field="reason")
    return _decide(membership, "refuse", reason.strip()[:300], by)


@transaction.atomic
def end(membership: Membership, *, by: User) -> Membership:
    """Take back a voice, or a claim that still waits. Its rights stop at once."""
    row = locked(membership)
    read_again(by)
    before = row.state
    after = MEMBERSHIP.step("end", before)
    if not may_end(by, row):
        raise NotAllowed(
            "Seuls la personne elle-même, un signataire (pour un membre) et le chargé de mission le peuvent ;"
            " une demande qui attend n’est retirée que par qui l’a faite."
        )
    _keep_one_officer(row)
    keep_one_signer(row, by)
    _end(row)
    if row.user_id != by.pk:
        post_room.post(letters.membership_ended(row), by=by)
    journal.record("end", row.code, room=ROOM, before=before, after=after, by=by)
    return as_written(membership, row)


def _keep_one_officer(row: Membership) -> None:
    if is_last_officer(row):
        raise Refusal("C’est le dernier chargé de mission. Nommez d’abord son successeur ; rien n’a été changé.")


def keep_one_signer(row: Membership, by: User, ends_on: date | None = None) -> None:
    """An organisation is not left without a voice, but by the officer, who knows why."""
    if is_last_signer(row, ends_on) and not is_officer(by):
        raise Refusal(
            "C’est la dernière personne signataire de cet organisme. Faites d’abord entrer celle qui lui succède, ou "
            f"écrivez à {settings.TOWN['contact']} ; rien n’a été changé."
        )


def _end(row: Membership) -> None:
    row.state = MembershipState.ENDED
    row.ends_on = max(row.starts_on, min(row.ends_on or clock.today(), clock.today()))
    row.decided_at = row.decided_at or clock.now()
    row.save()


@transaction.atomic
def appoint(user: User, organisation: Organisation, role: str, *, title: str = "", by: User | None) -> Membership:
    """Give a role without a claim: the officer to the people of the institutions, or the machine (``by=None``).

    Idempotent: a living membership of the same role is given back, a waiting claim is confirmed.
    """
    if role not in Role:
        raise Refusal("Ce rôle n’existe pas.", field="role")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if by is not None and not may_appoint(by, user, organisation, role):
        raise NotAllowed(
            "Seul le chargé de mission nomme, et jamais lui-même ;"
            " les personnes d’un organisme qui a un signataire, c’est lui qui les confirme."
        )
    row, before = place(user, organisation, role, title=title, given_by=by.code if by is not None else "")
    if before != row.state:
        journal.record("appoint", row.code, room=ROOM, before=before, after=row.state, by=by)
    return row


def place(
    user: User, organisation: Organisation, role: str, *, title: str, given_by: str, ends_on: date | None = None
) -> tuple[Membership, str]:
    """This person's confirmed place, and the state in which it was found ("" when it was not).

    A part of other services, which ask the rule, lock the organisation before and write in the journal after.
    """
    _close(Membership.objects.filter(user=user, organisation=organisation))
    alive = [MembershipState.CLAIMED, MembershipState.CONFIRMED]
    row = (
        Membership.objects.select_for_update()
        .filter(user=user, organisation=organisation, role=role, state__in=alive)
        .first()
    )
    if row is not None and row.state == MembershipState.CONFIRMED:
        return row, row.state
    before = row.state if row is not None else ""
    row = row or Membership(user=user, organisation=organisation, role=role)
    row.title = one_line(title) or row.title
    row.state, row.starts_on, row.ends_on = MembershipState.CONFIRMED, clock.today(), ends_on
    row.decided_at, row.decided_by = clock.now(), given_by
    row.save()
    return row, before


@transaction.atomic
def appoint_address(
    *,
    email: str,
    first_name: str = "",
    last_name: str = "",
    organisation: Organisation,
    role: str,
    title: str = "",
    by: User,
) -> Membership:
    """Name somebody by an e-mail address; the account is made when there is none."""
    if not is_officer(by):
        raise NotAllowed("Seul le chargé de mission nomme quelqu’un.")
    person = accounts.person_for(email, first_name=first_name, last_name=last_name, by=by)
    membership = appoint(person, organisation, role, title=title, by=by)
    post_room.post(letters.appointed(membership), by=by)
    return membership


@transaction.atomic
def close_ended() -> int:
    """Daily: memberships whose last day is past are ended (their rights stopped on that day)."""
    return _close(Membership.objects.all())


def _close(rows: QuerySet[Membership]) -> int:
    over = rows.select_for_update().filter(state=MembershipState.CONFIRMED, ends_on__lt=clock.today())
    found = list(over.order_by("pk"))
    for row in found:
        _end(row)
    for row in found:
        before = MembershipState.CONFIRMED
        journal.record("end", row.code, room=ROOM, before=before, after=row.state, by=None)
    return len(found)


@transaction.atomic
def drop_proofs() -> int:
    """Daily: a proof has served once its claim is answered; it is kept ``PROOF_DAYS`` more, for whoever contests."""
    since = clock.now() - timedelta(days=settings.PROOF_DAYS)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("proof")
    rows = rows.filter(decided_at__lt=since, proof__isnull=False)
    found = [(row, row.proof) for row in rows.order_by("pk") if row.proof is not None]
    for row, stored in found:
        row.proof = None
        row.save(update_fields=["proof"])
        documents.remove(stored, by=None)
    for row, _ in found:
        journal.record("drop_proof", row.code, room=ROOM, before=row.state, after=row.state, by=None)
    return len(found)


@transaction.atomic
def forget_person(user: User) -> None:
    """Erasure: all memberships end, and what they say of the person goes with them.

    Refusal: the last officer names somebody else first, or nobody could run the house any more.
    """
    alive = {MembershipState.CLAIMED, MembershipState.CONFIRMED}
    mine = Membership.objects.select_for_update(of=("self",)).select_related("proof").filter(user=user)
    rows = list(mine.order_by("pk"))
    for row in rows:
        _keep_one_officer(row)
    proofs = [row.proof for row in rows if row.proof is not None]
    ended = {row.code: row.state for row in rows if row.state in alive}
    for row in rows:
        row.title, row.reason, row.proof = "", "", None
        if row.code in ended:
            _end(row)
        else:
            row.save()
    for stored in proofs:
        documents.remove(stored, by=None)
    Invitation.objects.filter(email__iexact=user.email).delete()
    Contact.objects.filter(email__iexact=user.email).delete()
    for code, before in ended.items():
        journal.record("end", code, room=ROOM, before=before, after=MembershipState.ENDED, by=None)
