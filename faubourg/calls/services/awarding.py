"""Decision and notification are two acts: letters are made, read in the outbox, then sent; then all is public."""

from collections.abc import Iterable

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.calls import letters, selectors, workflow
from faubourg.calls.enums import ApplicationState, PaperKind
from faubourg.calls.models import Application, Call, Paper
from faubourg.calls.rules import may_run_calls
from faubourg.calls.services._moves import ROOM, all_locked, allow, locked_call, step
from faubourg.core import clock
from faubourg.core.errors import Refusal
from faubourg.documents import services as documents
from faubourg.journal import services as journal
from faubourg.notifications import services as notifications
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.partners.enums import Role
from faubourg.partners.selectors import people_of
from faubourg.projects import services as projects

# Whoever stands there has had no answer yet: neither a letter of decision nor one that says « non recevable ».
WAITING = (
    ApplicationState.SUBMITTED,
    ApplicationState.INFO_REQUESTED,
    ApplicationState.ADMISSIBLE,
    ApplicationState.DECIDED,
)
OFFICERS_ONLY = "Seule la chargée de mission prépare et envoie les lettres."


@transaction.atomic
def prepare_letters(call: Call, *, by: User) -> list[Paper]:
    """Make the letter of every decided application that has none. They wait in the outbox; nothing leaves."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    locked_call(call)
    all_locked(selectors.decided_without_letter(call))  # no amount moves while its letter is written
    rows = selectors.with_everything(selectors.decided_without_letter(call))
    return [_prepare(application, by=by) for application in rows]


@transaction.atomic
def notify(applications: Iterable[Application], *, by: User) -> int:
    """Send the letters that were read: from this moment the applicants know (R-INS-06).

    They go to those who bind the organisation now; without anybody, the letter stays and the refusal says whom to name.
    """
    allow(may_run_calls(by), OFFICERS_ONLY)
    sent = 0
    for row in all_locked(applications):
        paper = row.papers.filter(kind=PaperKind.DECISION).first()
        if paper is None:
            raise Refusal(f"La lettre du dossier {row.reference} n’est pas prête. Aucune n’est partie.")
        step(row, "notify", by=by)
        notifications.release(_addressed(row, paper, by=by), by=by)
        sent += 1
    return sent


def _addressed(row: Application, paper: Paper, *, by: User) -> list[Mail]:
    """The mails of a letter as it leaves: who went since it was made gets none, who came gets one."""
    ready = selectors.ready_letter(row, paper, people_of(row.organisation, Role.SIGNER))
    if ready.has_nobody:
        raise Refusal(
            f"{row.organisation} n’a plus de signataire : la lettre du dossier {row.reference} reste ici. Nommez-en un "
            "sur la page de l’organisme, puis envoyez-la. Aucune n’est partie."
        )
    for mail in ready.stopped:
        notifications.drop(mail, why="Cette personne ne parle plus pour l’organisme.", by=by)
    if not ready.joined:
        return ready.going
    joined, pdf = {person.email for person in ready.joined}, documents.read(paper.file)
    written = letters.decision_letters(row, pdf, paper.file.name)
    new = [notifications.post(letter, hold=True, by=by) for letter in written if letter.to in joined]
    paper.mails.add(*new)
    return ready.going + new


@transaction.atomic
def announce(call: Call, *, by: User) -> Call:
    """Publish the funded projects, once everybody concerned has had the letter."""
    allow(may_run_calls(by), "Seule la chargée de mission publie les résultats.")
    call = locked_call(call)
    waiting = call.applications.filter(state__in=WAITING).count()
    if waiting:
        raise Refusal(
            f"{waiting} dossier{'s' if waiting > 1 else ''} attend{'ent' if waiting > 1 else ''} encore une décision "
            "ou une lettre : les résultats se publient quand chacun a reçu la sienne."
        )
    before = call.state
    call.state = workflow.CALL.step("announce", before)
    call.announced_at = clock.now()
    call.save(update_fields=["state", "announced_at"])
    projects.announce(list(selectors.funded_years(call)), by=by)
    journal.record("announce", f"call:{call.code}", room=ROOM, before=before, after=call.state, by=by)
    return call


def drop_letters(application: Application, *, by: User) -> None:
    """Throw away a letter that has not left."""
    for paper in application.papers.filter(kind=PaperKind.DECISION):
        mails = list(paper.mails.filter(state=MailState.HELD))  # that of a person since erased is dropped already
        paper.delete()
        for mail in mails:
            notifications.drop(mail, by=by)


def _prepare(application: Application, *, by: User) -> Paper:
    pdf = letters.decision_pdf(application)
    name = f"decision-{application.reference}.pdf"
    stored = documents.store(pdf, name=name, access=f"calls.application:{application.code}", by=by)
    paper = Paper.objects.create(application=application, kind=PaperKind.DECISION, file=stored)
    held: list[Mail] = [
        notifications.post(letter, hold=True, by=by) for letter in letters.decision_letters(application, pdf, name)
    ]
    paper.mails.set(held)
    journal.record("prepare_letter", application.code, room=ROOM, after=application.state, by=by)
    return paper
