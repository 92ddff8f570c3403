"""Submission: everything is checked at once, sworn, given its reference, and acknowledged (R-INS-07)."""

from functools import partial

from django.db import transaction
from django.db.models import prefetch_related_objects
from django_tasks import task

from faubourg.accounts.models import User
from faubourg.calls import letters
from faubourg.calls.draft import READERS, Contents, trouble
from faubourg.calls.enums import PaperKind
from faubourg.calls.figures import asked_total
from faubourg.calls.models import Application, Paper
from faubourg.calls.rules import is_open, may_submit, may_withdraw
from faubourg.calls.services._moves import ROOM, allow, locked, step
from faubourg.calls.services.committee import reopen_lines
from faubourg.calls.services.drafting import closed_words
from faubourg.calls.workflow import APPLICATION
from faubourg.core import clock
from faubourg.core.errors import Refusal, Refusals
from faubourg.documents import services as documents
from faubourg.funding import figures as budget_figures
from faubourg.journal import services as journal
from faubourg.notifications import services as notifications
from faubourg.partners.selectors import principal_of
from faubourg.projects import services as projects
from faubourg.questions import services as questions


def problems(application: Application, contents: Contents | None = None) -> list[Refusal]:
    """All that stands between a draft and its submission, each beside its field. ``contents``: what is read of it."""
    contents = contents or Contents(application)
    has_objective, has_place, has_piece = contents.chosen
    faults = [Refusal(words, field=field) for field, words in _plain_faults(application)]
    if not has_objective:
        faults.append(Refusal("Choisissez au moins un objectif du contrat.", field="objectives"))
    if not has_place:
        faults.append(Refusal("Choisissez au moins un quartier.", field="neighbourhoods"))
    faults += questions.problems_of(contents.answers)
    if not any(row.cents for row in contents.asked):
        faults.append(Refusal("Demandez un montant à un financeur au moins.", field="asked"))
    faults += budget_figures.problems_of(contents.grid)
    if not has_piece:
        faults.append(Refusal("Joignez au moins une pièce, par exemple vos statuts.", field="file"))
    return faults


@transaction.atomic
def submit(application: Application | str, *, sworn: bool, by: User) -> Application:
    """Hand in the application (or the one of this code). The signer swears; the second after closing is too late
    (R-AAP-01)."""
    application = locked(application, also=("call", "answers", "budget"))
    allow(may_submit(by, application), "Seule une personne signataire de l’organisme peut déposer ce dossier.")
    if application.reference:
        raise Refusal(f"Ce dossier est déjà déposé, sous la référence {application.reference}.")
    prefetch_related_objects([application], "lines")
    call = application.call
    if not is_open(call):
        raise Refusal(closed_words(call))
    _check_complete(application, sworn=sworn)
    call.last_rank += 1
    call.save(update_fields=["last_rank"])
    project = application.project or projects.open_project(
        title=application.title,
        organisation=application.organisation,
        summary=application.summary,
        is_example=application.organisation.is_example,
        by=by,
    )
    now = clock.now()
    step(
        application,
        "submit",
        by=by,
        amounts={"asked": asked_total(application.lines.all())},
        reference=f"AAP-{call.year}-{call.last_rank:03d}",
        project=project,
        submitted_at=now,
        sworn_at=now,
        sworn_by=by.code,
    )
    _say_delegation(application, by)
    transaction.on_commit(partial(make_receipt.enqueue, application.code), robust=True)
    return application


def _say_delegation(application: Application, by: User) -> None:
    """In the journal: whose signature this was (« D-…:U-… »), when it was not the signer's own hand."""
    principal = principal_of(by, application.organisation)
    if principal:
        journal.record("sign_by_delegation", f"{application.code}:{principal}", room=ROOM, by=by)


def _check_complete(application: Application, *, sworn: bool) -> None:
    """All that is missing, said at once."""
    faults = problems(application)
    if not sworn:
        words = "Cochez l’attestation sur l’honneur : sans elle, le dossier ne peut pas partir."
        faults.append(Refusal(words, field="sworn"))
    if faults:
        raise Refusals(faults)


@task()
def make_receipt(code: str) -> None:
    """What the worker does after the commit; ``code`` is the application's."""
    send_receipt(Application.objects.get(code=code))


@transaction.atomic
def send_receipt(application: Application) -> Paper:
    """The receipt: PDF and mail, made by the worker once the submission is safe (R-INS-07)."""
    application = locked(application)
    known = application.papers.filter(kind=PaperKind.RECEIPT).first()
    if known:
        return known
    pdf = letters.receipt_pdf(application)
    name = f"accuse-de-reception-{application.reference}.pdf"
    stored = documents.store(pdf, name=name, access=f"calls.application:{application.code}", by=None)
    paper = Paper.objects.create(application=application, kind=PaperKind.RECEIPT, file=stored)
    for letter in letters.receipt_letters(application, pdf, name):
        paper.mails.add(notifications.post(letter, by=None))
    return paper


@transaction.atomic
def withdraw(application: Application, *, by: User) -> Application:
    """The applicant takes the application back."""
    application = locked(application)
    allow(may_withdraw(by, application), "Seul l’organisme qui a écrit ce dossier peut le retirer.")
    APPLICATION.step("withdraw", application.state)
    reopen_lines(application)
    step(application, "withdraw", by=by)
    if application.reference:
        _say_delegation(application, by)
    return application


def _plain_faults(application: Application) -> list[tuple[str, str]]:
    faults = [(name, trouble(application, name)) for name in READERS if name in application.typed]
    unreadable = {name for name, _ in faults}
    faults += [
        (name, words)
        for name, words in (
            ("title", "Donnez un titre au projet."),
            ("summary", "Dites le projet en une phrase."),
            ("public", "Dites à qui le projet s’adresse."),
            ("people_expected", "Combien de personnes attendez-vous ?"),
            ("people_qpv", "Combien habitent les quartiers prioritaires ?"),
            ("starts_on", "Quand le projet commence-t-il ?"),
            ("ends_on", "Quand le projet finit-il ?"),
        )
        if getattr(application, name) in ("", None) and name not in unreadable
    ]
    return faults + _period_faults(application) + _people_faults(application)


def _period_faults(application: Application) -> list[tuple[str, str]]:
    call = application.call
    return [
        (
            name,
            f"Cet appel finance des projets du {call.projects_from:%d/%m/%Y} au {call.projects_until:%d/%m/%Y}.",
        )
        for name in ("starts_on", "ends_on")
        if (day := getattr(application, name)) and not call.projects_from <= day <= call.projects_until
    ]


def _people_faults(application: Application) -> list[tuple[str, str]]:
    expected, qpv = application.people_expected, application.people_qpv
    if expected == 0:
        return [("people_expected", "Un projet attend au moins une personne.")]
    if expected is not None and qpv is not None and qpv > expected:
        return [("people_qpv", f"C’est plus que le nombre de personnes attendues ({expected}).")]
    return []
