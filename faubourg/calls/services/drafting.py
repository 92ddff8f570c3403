"""The draft: it saves itself field by field, keeps what cannot be read, and never overwrites another window."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum

from faubourg.accounts.models import User
from faubourg.calls import selectors
from faubourg.calls.draft import (
    CHOICES,
    LATE,
    PERIOD,
    READERS,
    Value,
    mark,
    read_day,
    same,
    shown,
    tidied,
    trouble,
)
from faubourg.calls.enums import ApplicationState, PieceKind
from faubourg.calls.models import Application, Call, FundingLine, Piece
from faubourg.calls.rules import MAX_PIECES, is_open, may_edit, may_start, most_bytes_of_pieces
from faubourg.calls.services._moves import ROOM, allow, find_again, locked
from faubourg.core import clock
from faubourg.core.errors import Conflict, NotAllowed, Refusal, Refusals
from faubourg.documents import services as documents
from faubourg.documents.rules import check_size, in_megabytes
from faubourg.funding import services as funding
from faubourg.funding.figures import place_of, read_amount
from faubourg.journal import services as journal
from faubourg.partners.models import Organisation
from faubourg.projects.models import Project
from faubourg.questions import services as questions


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of one field: ``problem`` in French, ``""`` when all is well. The text is kept either way."""

    name: str
    problem: str
    version: int


@transaction.atomic
def start(call: Call, organisation: Organisation, *, by: User, project: Project | None = None) -> Application:
    """Begin an application. ``project`` continues one that already lives (renewal keeps its identity)."""
    allow(may_start(by, organisation), "Vous n’écrivez pas pour cet organisme. Demandez d’abord à le rejoindre.")
    if not is_open(call):
        raise Refusal(closed_words(call))
    if project and project.organisation_id != organisation.pk:
        raise NotAllowed("Ce projet est celui d’un autre organisme. Rien n’a été commencé.")
    application = _begun(call, organisation, project, by)
    if application.title:
        find_again(application)
    journal.record("start", application.code, room=ROOM, after=application.state, by=by)
    return application


def _begun(call: Call, organisation: Organisation, project: Project | None, by: User) -> Application:
    """An empty draft, or what is known of its project; the database lets a call hold a project once."""
    try:
        with transaction.atomic():
            return Application.objects.create(
                call=call,
                organisation=organisation,
                project=project,
                title=project.title if project else "",
                summary=project.summary if project else "",
                answers=questions.open_sheet(call.questionnaire),
                budget=funding.open_budget(),
                made_by=by.code,
            )
    except IntegrityError as error:
        if project is None:
            raise
        raise Refusal("Ce projet a déjà un dossier dans cet appel : ouvrez-le sous « Nos demandes ».") from error


def closed_words(call: Call) -> str:
    """Why the call takes nothing at this second."""
    if clock.now() < call.opens_at:
        return "Cet appel n’est pas encore ouvert."
    return (
        "L’appel est clos : ce dossier n’a pas pu être déposé. Votre brouillon est gardé, "
        f"écrivez à {call.contact_email} si vous pensez à une erreur."
    )


@transaction.atomic
def save_field(
    application: Application | str,
    name: str,
    value: Value,
    *,
    by: User,
    seen: Value | None = None,
    version: int | None = None,
) -> Saved:
    """Save one field as it was typed. The application may be named by its code: this is called at each keystroke.

    ``seen`` is what the window had loaded: if the field has moved since, the other window's value stays and both
    are shown (a Conflict). A window whose ``version`` is still the draft's need not be compared; one that is
    behind stays behind, so that its whole page will be.
    """
    application = locked(application, also=("answers", "budget"))
    _check_may_edit(application, by)
    fresh = version == application.version
    if seen is not None and not fresh:
        current = shown(application, [name])[name]
        if same(name, current) not in (same(name, seen), same(name, value)):
            raise _conflict(name, current)
    problems = _write(application, {name: value})
    _touch(application, {name})
    return Saved(name, problems.get(name, ""), application.version if fresh or version is None else version)


@transaction.atomic
def save_fields(
    application: Application,
    values: Mapping[str, Value],
    *,
    by: User,
    seen: Mapping[str, str] | None = None,
    version: int | None = None,
) -> list[Saved]:
    """Save a whole page at once (the way without script).

    ``seen`` holds the marks of what the page had loaded (``draft.mark``): a field that this window did not change
    is left alone, one that both changed is refused, each with what stands there now; then nothing is written.
    A page whose ``version`` is still the draft's need not be compared.
    """
    application = locked(application, also=("answers", "budget"))
    _check_may_edit(application, by)
    current = shown(application, values)
    values = {name: value for name, value in values.items() if same(name, value) != same(name, current[name])}
    if seen is not None and version != application.version:
        values = {name: value for name, value in values.items() if seen.get(name) != mark(name, value)}
        moved = [name for name in values if mark(name, current[name]) != seen.get(name, mark(name, ""))]
        if moved:
            raise Refusals([_conflict(name, current[name]) for name in moved])
    problems = _write(application, values)
    if values:
        _touch(application, values)
    return [Saved(name, problems.get(name, ""), application.version) for name in values]


@transaction.atomic
def attach(application: Application, upload: UploadedFile, kind: str, *, by: User) -> Piece:
    """Add a file to a draft, or to the answer to a request. What the file is, its content says."""
    application = locked(application)
    may = application.state in (ApplicationState.DRAFT, ApplicationState.INFO_REQUESTED)
    allow(may and may_start(by, application.organisation), "Ce dossier ne reçoit plus de fichier.")
    if kind not in PieceKind.values:
        raise Refusal("Dites de quelle pièce il s’agit.", field="kind")
    request = application.requests.filter(answered_at__isnull=True).first()
    _check_room_left(application.pieces.filter(request=request), upload.size or 0)
    stored = documents.store(upload, name=upload.name or "", access=f"calls.application:{application.code}", by=by)
    piece = Piece.objects.create(application=application, kind=kind, file=stored, request=request)
    journal.record(
        "attach", application.code, room=ROOM, after=application.state, amounts={"bytes": stored.size}, by=by
    )
    return piece


def _check_room_left(pieces: QuerySet[Piece], size: int) -> None:
    """What is wrong with the file itself is told before the room that it does not find."""
    check_size(size)
    if pieces.count() >= MAX_PIECES:
        raise Refusal(
            f"{MAX_PIECES} fichiers au plus, et ils y sont déjà. Retirez-en un, ou réunissez plusieurs documents dans "
            "un seul PDF. Rien n’a été ajouté.",
            field="file",
        )
    weight, most = size + (pieces.aggregate(all=Sum("file__size"))["all"] or 0), most_bytes_of_pieces()
    if weight > most:
        raise Refusal(
            f"Avec ce fichier, les pièces pèseraient {in_megabytes(weight)}, pour {in_megabytes(most)} au plus en "
            "tout. Allégez ce fichier, ou retirez une autre pièce. Rien n’a été ajouté.",
            field="file",
        )


@transaction.atomic
def detach(piece: Piece, *, by: User) -> None:
    """Take a file out of a draft: nobody can reach it any more, so it is not kept."""
    application, stored = locked(piece.application), piece.file
    _check_may_edit(application, by)
    piece.delete()
    documents.remove(stored, by=by)
    journal.record("detach", application.code, room=ROOM, after=application.state, by=by)


# ---------------------------------------------------------------------------------------------- fields
def _write(application: Application, values: Mapping[str, Value]) -> dict[str, str]:
    """Write fields as they were typed; gives the problems. An unknown field is a forged page."""
    problems: dict[str, str] = {}
    values = {name: tidied(value) for name, value in values.items()}
    for name, value in values.items():
        if name.startswith("q-"):
            problems[name] = questions.save_answer(application.answers, name[2:], _lines(value))
        elif name in CHOICES:
            _write_choices(application, name, value)
        elif name in READERS:
            _write_plain(application, name, _lines(value))
        elif not (name.startswith("asked-") or place_of(name) or name == "b-indirect-rule"):
            raise Refusal("Ce champ n’existe pas dans ce dossier. Rien n’a été changé.", field=name)
    asked = {name: _lines(value) for name, value in values.items() if name.startswith("asked-")}
    if asked:
        _write_asked(application, asked)
    budget = {name: _lines(value) for name, value in values.items() if name.startswith("b-")}
    if budget:
        problems |= funding.save_fields(application.budget, budget)
    _settle_period(application, late="starts_on" if [*values] == ["starts_on"] else "ends_on")
    return problems | {name: found for name in values if (found := trouble(application, name))}


def _write_plain(application: Application, name: str, text: str) -> None:
    application.typed.pop(name, None)
    try:
        setattr(application, name, READERS[name](text))
    except ValueError:
        setattr(application, name, READERS[name](""))
        application.typed[name] = text


def _settle_period(application: Application, *, late: str) -> None:
    """A period that ends before it begins keeps one of its days as typed only, until the other one moves."""
    days = {name: getattr(application, name) for name in PERIOD}
    for name in PERIOD:
        if trouble(application, name) == LATE:
            days[name] = read_day(application.typed.pop(name))
    if all(days.values()) and days["ends_on"] < days["starts_on"]:
        application.typed[late] = days[late].isoformat()
        days[late] = None
    for name, day in days.items():
        setattr(application, name, day)


def _write_asked(application: Application, texts: Mapping[str, str]) -> None:
    """What is asked of the funders, by ``asked-<envelope code>``; unreadable amounts count for nothing."""
    envelopes = {f"asked-{envelope.code}": envelope for envelope in selectors.call_envelopes(application.call)}
    lines = {line.envelope_id: line for line in application.lines.all()}
    for name, text in texts.items():
        envelope = envelopes.get(name)
        if envelope is None:
            raise Refusal("Cette enveloppe n’est pas de cet appel. Rien n’a été changé.", field=name)
        application.typed.pop(name, None)
        cents, problem = read_amount(text) if text.strip() else (0, "")
        if problem:
            application.typed[name] = text[:80]
        line = lines.get(envelope.pk)
        if line is None and cents:
            FundingLine.objects.create(application=application, envelope=envelope, asked_cents=cents)
        elif line is not None and not cents:
            line.delete()
        elif line is not None and line.asked_cents != cents:
            line.asked_cents = cents
            line.save(update_fields=["asked_cents"])


def _write_choices(application: Application, name: str, value: Value) -> None:
    codes = {value} if isinstance(value, str) else set(value)
    call = application.call
    choices = call.objectives.all() if name == "objectives" else call.geography.neighbourhoods.all()
    chosen = [row for row in choices if row.code in codes]
    if len(chosen) != len(codes - {""}):
        raise Refusal("Ce choix n’est pas proposé par cet appel. Rien n’a été changé.", field=name)
    getattr(application, name).set(chosen)


def _touch(application: Application, written: Collection[str]) -> None:
    """A draft's keystrokes are no deeds: they move its version, the journal hears of the submission."""
    application.version += 1
    application.saved_at = clock.now()
    application.save(update_fields=[*READERS, "typed", "version", "saved_at"])
    if "title" in written:
        find_again(application)


def _check_may_edit(application: Application, by: User) -> None:
    if application.state != ApplicationState.DRAFT and may_start(by, application.organisation):
        is_gone = application.state == ApplicationState.WITHDRAWN
        what = "est retiré" if is_gone else "est déjà déposé"
        raise Refusal(f"Ce dossier {what} : il ne change plus. Rien n’a été changé.")
    allow(may_edit(by, application), "Vous ne pouvez pas écrire dans ce dossier.")


def _conflict(name: str, current: Value) -> Conflict:
    return Conflict(
        "Ce champ a changé dans une autre fenêtre. Rien n’a été écrasé : choisissez la bonne réponse.",
        field=name,
        current=_lines(current),
    )


def _lines(value: Value) -> str:
    return value if isinstance(value, str) else "\n".join(value)
