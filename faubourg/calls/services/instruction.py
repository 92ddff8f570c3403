"""Instruction: admissibility, the missing piece, each funder's own opinion."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.calls import letters
from faubourg.calls.enums import ApplicationState, CallState, PieceKind, Verdict
from faubourg.calls.models import Application, FundingLine, InformationRequest, Opinion, Proposal
from faubourg.calls.rules import may_give_opinion, may_run_calls, may_start
from faubourg.calls.services._moves import ROOM, allow, locked, step
from faubourg.calls.services.drafting import attach
from faubourg.core import clock, money
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal import services as journal
from faubourg.notifications import services as notifications
from faubourg.partners.models import Organisation

OFFICERS_ONLY = "Seule la chargée de mission instruit la recevabilité."


@transaction.atomic
def ask_for_piece(application: Application, *, text: str, due_on: date, by: User) -> InformationRequest:
    """Ask the association for what is missing; it is told by mail, with a day to answer by."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    text = _within(text, 2000, field="text")
    if not text:
        raise Refusal("Dites ce qui manque.", field="text")
    if due_on <= clock.today():
        raise Refusal("Laissez au moins un jour pour répondre.", field="due_on")
    application = locked(application)
    step(application, "ask_for_piece", by=by)
    request = InformationRequest.objects.create(
        application=application, text=text, due_on=due_on, asked_at=clock.now(), asked_by=by.code
    )
    for letter in letters.piece_asked_letters(application, request):
        notifications.post(letter, by=by)
    return request


@transaction.atomic
def answer_request(
    application: Application, *, answer: str, uploads: Iterable[UploadedFile] = (), by: User
) -> InformationRequest:
    """The association answers, with or without files; the officer is told."""
    application = locked(application)
    allow(may_start(by, application.organisation), "Seul l’organisme du dossier peut répondre.")
    request = application.requests.select_for_update().filter(answered_at__isnull=True).first()
    if request is None:
        raise Refusal("Aucune pièce n’est demandée pour ce dossier : vous avez peut-être déjà répondu.")
    answer, uploads = _within(answer, 5000, field="answer"), list(uploads)
    for upload in uploads:
        _attach_named(application, upload, by=by)
    if not answer and not uploads and not request.pieces.exists():
        raise Refusal("Écrivez une réponse ou joignez un fichier.", field="answer")
    request.answer = answer
    request.answered_at = clock.now()
    request.save(update_fields=["answer", "answered_at"])
    step(application, "answer_request", by=by)
    for letter in letters.piece_given_letters(application, request):
        notifications.post(letter, by=by)
    return request


def _attach_named(application: Application, upload: UploadedFile, *, by: User) -> None:
    """Of several files, the refusal says which one."""
    try:
        attach(application, upload, PieceKind.OTHER, by=by)
    except NotAllowed:
        raise
    except Refusal as refusal:
        raise Refusal(f"« {upload.name} » : {refusal.message}", field="file") from refusal


@transaction.atomic
def admit(application: Application, *, by: User) -> Application:
    """The application is complete and fits the rules: funders may write their opinion."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    return step(locked(application), "admit", by=by)


@transaction.atomic
def reject(application: Application, *, reason: str, by: User) -> Application:
    """The application does not fit the rules; the reason is told (R-INS-06)."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    reason = _within(reason, 500, field="reason")
    if not reason:
        raise Refusal("Dites pourquoi : le motif est écrit à l’association.", field="reason")
    application = step(locked(application), "reject", by=by, inadmissible_reason=reason)
    for letter in letters.rejected_letters(application):
        notifications.post(letter, by=by)
    return application


@transaction.atomic
def write_opinion(
    application: Application,
    funder: Organisation,
    *,
    verdict: str,
    reason: str,
    amounts: Mapping[str, int],
    by: User,
) -> Opinion:
    """One funder's opinion and the amounts it proposes, cents by envelope code (R-INS-01, R-INS-02)."""
    allow(may_give_opinion(by, funder), "Vous n’écrivez pas l’avis de ce financeur.")
    application = locked(application)
    _check_time_for_opinions(application)
    if verdict not in Verdict.values:
        raise Refusal("Choisissez un avis.", field="verdict")
    reason = _within(reason, 2000, field="reason")
    if verdict != Verdict.FAVOURABLE and not reason:
        raise Refusal("Un avis réservé ou défavorable dit pourquoi.", field="reason")
    lines = {
        line.envelope.code: line
        for line in FundingLine.objects.filter(application=application, envelope__funder=funder).select_related(
            "envelope"
        )
    }
    if not lines:
        raise Refusal("Ce dossier ne demande rien à ce financeur.")
    opinion, _ = Opinion.objects.update_or_create(
        application=application,
        funder=funder,
        defaults={"verdict": verdict, "reason": reason, "author": by.code, "written_at": clock.now()},
    )
    for code, line in lines.items():
        _propose(opinion, line, amounts.get(code, 0))
    journal.record("write_opinion", application.code, room=ROOM, after=application.state, by=by)
    return opinion


def _propose(opinion: Opinion, line: FundingLine, cents: int) -> None:
    if cents > line.asked_cents:
        raise Refusal(
            f"Vous proposez plus que les {money.format_amount(line.asked_cents)} demandés.",
            field=f"proposed-{line.envelope.code}",
        )
    Proposal.objects.update_or_create(line=line, defaults={"opinion": opinion, "proposed_cents": cents})


def _within(text: str, limit: int, *, field: str) -> str:
    """The text without its edges, or how much too long it is: what is typed stays in its field."""
    text = text.strip()
    if len(text) > limit:
        raise Refusal(f"{len(text)} signes, c’est trop : {limit} au plus. Raccourcissez ce texte.", field=field)
    return text


def _check_time_for_opinions(application: Application) -> None:
    if application.state != ApplicationState.ADMISSIBLE:
        raise Refusal(f"Un avis s’écrit sur un dossier recevable ; celui-ci est « {application.get_state_display()} ».")
    if application.call.state not in (CallState.PUBLISHED, CallState.COMMITTEE):
        raise Refusal("Les résultats de cet appel sont publiés : les avis ne changent plus.")
