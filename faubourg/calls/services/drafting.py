"""The draft: it saves itself field by field, keeps what cannot be read, and never overwrites another window."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.calls import selectors
from faubourg.calls.enums import ApplicationState, PieceKind
from faubourg.calls.models import Application, Call, FundingLine, Piece
from faubourg.calls.rules import is_open, may_edit, may_start
from faubourg.calls.services._moves import ROOM, allow, locked
from faubourg.core import clock, money
from faubourg.core.errors import Conflict, Refusal
from faubourg.documents import services as documents
from faubourg.funding import services as funding
from faubourg.funding.selectors import text_on
from faubourg.journal import services as journal
from faubourg.partners.models import Organisation
from faubourg.projects.models import Project
from faubourg.questions import services as questions

Value = str | Sequence[str]


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
    application = Application.objects.create(
        call=call,
        organisation=organisation,
        project=project,
        title=project.title if project else "",
        answers=questions.open_sheet(call.questionnaire),
        budget=funding.open_budget(),
        made_by=by.code,
    )
    journal.record("start", application.code, room=ROOM, after=application.state, by=by)
    return application


def closed_words(call: Call) -> str:
    """Why the call takes nothing at this second."""
    if clock.now() < call.opens_at:
        return "Cet appel n’est pas encore ouvert."
    return (
        "L’appel est clos : ce dossier n’a pas pu être déposé. Votre brouillon est gardé, "
        f"écrivez à {call.contact_email} si vous pensez à une erreur."
    )


@transaction.atomic
def save_field(application: Application, name: str, value: Value, *, by: User, seen: Value | None = None) -> Saved:
    """Save one field as it was typed. ``seen`` is what the window had loaded: if the field has moved since, the
    other window's value stays and both are shown (a Conflict)."""
    application = locked(application)
    _check_may_edit(application, by)
    if seen is not None:
        current = shown(application, name)
        if _same(current) not in (_same(seen), _same(value)):
            raise Conflict(
                "Ce champ a changé dans une autre fenêtre. Rien n’a été écrasé : choisissez la bonne réponse.",
                field=name,
                current=_plain(current),
            )
    problem = _write(application, name, value)
    return _touch(application, name, problem)


@transaction.atomic
def save_fields(
    application: Application, values: Mapping[str, Value], *, by: User, version: int | None = None
) -> list[Saved]:
    """Save a whole page at once (the way without script). ``version`` is the one that the page had loaded."""
    application = locked(application)
    _check_may_edit(application, by)
    if version is not None and version != application.version:
        moved = [name for name, value in values.items() if _same(shown(application, name)) != _same(value)]
        if moved:
            raise Conflict(
                "Ce dossier a été changé dans une autre fenêtre depuis que vous avez ouvert cette page. "
                "Rien n’a été écrasé, votre saisie est gardée ci-dessous : relisez, puis enregistrez de nouveau.",
                field=moved[0],
            )
    saved = [Saved(name, _write(application, name, value), 0) for name, value in values.items()]
    version = _touch(application, "", "").version
    return [Saved(item.name, item.problem, version) for item in saved]


@transaction.atomic
def attach(application: Application, upload: UploadedFile, kind: str, *, by: User) -> Piece:
    """Add a file to a draft, or to the answer to a request. What the file is, its content says."""
    application = locked(application)
    may = application.state in (ApplicationState.DRAFT, ApplicationState.INFO_REQUESTED)
    allow(may and may_start(by, application.organisation), "Ce dossier ne reçoit plus de fichier.")
    if kind not in PieceKind.values:
        raise Refusal("Dites de quelle pièce il s’agit.", field="kind")
    stored = documents.store(upload, name=upload.name or "", access=f"calls.application:{application.code}", by=by)
    request = application.requests.filter(answered_at__isnull=True).first()
    piece = Piece.objects.create(application=application, kind=kind, file=stored, request=request)
    journal.record(
        "attach", application.code, room=ROOM, after=application.state, amounts={"bytes": stored.size}, by=by
    )
    return piece


@transaction.atomic
def detach(piece: Piece, *, by: User) -> None:
    """Take a file out of a draft."""
    application = locked(piece.application)
    _check_may_edit(application, by)
    piece.delete()
    journal.record("detach", application.code, room=ROOM, after=application.state, by=by)


# ---------------------------------------------------------------------------------------------- one field
def shown(application: Application, name: str) -> Value:
    """What stands in a field now, as a person would type it."""
    if name in application.typed:
        return str(application.typed[name])
    if name.startswith("q-"):
        answer = application.answers.answers.filter(question__key=name[2:]).first()
        return answer.text if answer else ""
    if name.startswith("b-"):
        return text_on(application.budget, name)
    if name.startswith("asked-"):
        line = application.lines.filter(envelope__code=name[6:]).first()
        return money.format_amount(line.asked_cents, unit="") if line else ""
    if name in ("objectives", "neighbourhoods"):
        return sorted(getattr(application, name).values_list("code", flat=True))
    value = getattr(application, name)
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _write(application: Application, name: str, value: Value) -> str:
    """Write one field; gives the problem with it. An unknown field is a forged page."""
    if name.startswith("q-"):
        return questions.save_answer(application.answers, name[2:], _plain(value))
    if name.startswith("b-"):
        return funding.save_fields(application.budget, {name: _plain(value)}).get(name, "")
    if name.startswith("asked-"):
        return _write_asked(application, name, _plain(value))
    if name in ("objectives", "neighbourhoods"):
        return _write_choices(application, name, value)
    reader = READERS.get(name)
    if reader is None:
        raise Refusal("Ce champ n’existe pas dans ce dossier. Rien n’a été changé.", field=name)
    text = _plain(value)
    try:
        setattr(application, name, reader(text))
    except ValueError as problem:
        application.typed[name] = text
        return str(problem)
    application.typed.pop(name, None)
    return ""


def _write_asked(application: Application, name: str, text: str) -> str:
    code = name.removeprefix("asked-")
    envelope = next((e for e in selectors.call_envelopes(application.call) if e.code == code), None)
    if envelope is None:
        raise Refusal("Cette enveloppe n’est pas de cet appel. Rien n’a été changé.", field=name)
    line = FundingLine.objects.filter(application=application, envelope=envelope)
    application.typed.pop(name, None)
    if not text.strip():
        line.delete()
        return ""
    try:
        cents = money.parse_amount(text)
    except money.AmountError as problem:
        line.delete()
        application.typed[name] = text
        return str(problem)
    if cents:
        FundingLine.objects.update_or_create(
            application=application, envelope=envelope, defaults={"asked_cents": cents}
        )
    else:
        line.delete()
    return ""


def _write_choices(application: Application, name: str, value: Value) -> str:
    codes = [value] if isinstance(value, str) else list(value)
    codes = [code for code in codes if code]
    call = application.call
    choices = call.objectives.all() if name == "objectives" else call.geography.neighbourhoods.all()
    chosen = [row for row in choices if row.code in codes]
    if len(chosen) != len(set(codes)):
        raise Refusal("Ce choix n’est pas proposé par cet appel. Rien n’a été changé.", field=name)
    getattr(application, name).set(chosen)
    return ""


def _text(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        text = text.replace("\x00", "").strip()
        if len(text) > limit:
            raise ValueError(
                f"{len(text)} signes, c’est trop : {limit} au plus. Votre texte est gardé, raccourcissez-le."
            )
        return text

    return read


def _count(text: str) -> int | None:
    bare = "".join(text.split()).replace(money.NARROW_SPACE, "")
    if not bare:
        return None
    if not bare.isdecimal() or not bare.isascii():
        raise ValueError("Écrivez un nombre entier, par exemple 40.")
    if int(bare) > 1_000_000:
        raise ValueError("Ce nombre est trop grand.")
    return int(bare)


def _day(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise ValueError("Écrivez une date qui existe, par exemple 15/03/2027.")


READERS: dict[str, Callable[[str], Any]] = {
    "title": _text(160),
    "summary": _text(300),
    "public": _text(300),
    "people_expected": _count,
    "people_qpv": _count,
    "starts_on": _day,
    "ends_on": _day,
}


def _touch(application: Application, name: str, problem: str) -> Saved:
    """A draft's keystrokes are no deeds: they move its version, the journal hears of the submission."""
    if application.starts_on and application.ends_on and application.ends_on < application.starts_on:
        late = "ends_on" if name != "starts_on" else "starts_on"
        application.typed[late] = getattr(application, late).isoformat()
        setattr(application, late, None)
        problem = "La fin vient avant le début."
    application.version += 1
    application.saved_at = clock.now()
    application.save(update_fields=[*READERS, "typed", "version", "saved_at"])
    return Saved(name, problem, application.version)


def _check_may_edit(application: Application, by: User) -> None:
    if application.state != ApplicationState.DRAFT and may_start(by, application.organisation):
        raise Refusal("Ce dossier est déjà déposé : il ne change plus. Rien n’a été changé.")
    allow(may_edit(by, application), "Vous ne pouvez pas écrire dans ce dossier.")


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else ",".join(sorted(v for v in value if v))


def _same(value: Value) -> str:
    """For comparing two windows: « 1200 » and « 1 200 » say the same."""
    return "".join(_plain(value).split())
