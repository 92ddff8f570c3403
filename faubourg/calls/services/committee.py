"""The committee decides, cell by cell. A decision is money taken out of an envelope in the same breath."""

from django.db import transaction

from faubourg.accounts.models import User
from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Application, FundingLine
from faubourg.calls.rules import may_run_calls
from faubourg.calls.services import awarding
from faubourg.calls.services._moves import ROOM, allow, locked, step
from faubourg.core import clock, money
from faubourg.core.errors import Conflict, Refusal
from faubourg.funding import services as funding
from faubourg.funding.models import Commitment
from faubourg.journal import services as journal
from faubourg.projects import services as projects

OFFICERS_ONLY = "Seule la chargée de mission écrit les décisions du comité."


@transaction.atomic
def decide(line: FundingLine, amount_cents: int | None, *, by: User, version: int | None = None) -> FundingLine:
    """Write the committee's amount on a line: cents, 0 for a refusal, None to leave it open again.

    The envelope is the judge: what it no longer holds is refused and nothing is half-written (R-INS-03).
    """
    allow(may_run_calls(by), OFFICERS_ONLY)
    application = locked(line.application)
    line = FundingLine.objects.select_for_update(of=("self",)).select_related("envelope", "commitment").get(pk=line.pk)
    line.application = application
    funding.lock([line.envelope])
    _check_cell(line, amount_cents, version)
    if line.decided_cents == amount_cents:
        return line
    before = line.decided_cents
    old, line.commitment = line.commitment, None
    line.decided_cents = amount_cents
    line.decided_at = None if amount_cents is None else clock.now()
    line.version += 1
    if old:
        _give_back(old, by=by)
    if amount_cents:
        line.commitment = _take(line, amount_cents, by=by)
    line.save(update_fields=["decided_cents", "decided_at", "commitment", "version"])
    journal.record(
        "decide",
        f"{application.code}:{line.envelope.code}",
        room=ROOM,
        before=application.state,
        after=application.state,
        amounts={"before": before or 0, "after": amount_cents or 0},
        by=by,
    )
    _settle(application, by=by)
    return line


@transaction.atomic
def close_decision(application: Application, *, by: User) -> Application:
    """All lines of the application are decided: so is the application."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    application = locked(application)
    lines = list(application.lines.all())
    if any(line.decided_cents is None for line in lines):
        raise Refusal("Il reste des cases à décider pour ce dossier.")
    total = sum(line.decided_cents or 0 for line in lines)
    return step(application, "close_decision", by=by, amounts={"decided": total}, decided_at=clock.now())


@transaction.atomic
def reopen_decision(application: Application, *, by: User) -> Application:
    """A cell is open again before anybody was told: the letter that waited is thrown away."""
    allow(may_run_calls(by), OFFICERS_ONLY)
    application = locked(application)
    awarding.drop_letters(application, by=by)
    return step(application, "reopen_decision", by=by, decided_at=None)


def reopen_lines(application: Application) -> None:
    """What the committee had begun to decide of an application that goes away: its money returns to the envelopes.

    Inside the withdrawal's transaction, by the machine: the applicant takes back a demand, not a decision.
    """
    lines = FundingLine.objects.select_for_update(of=("self",)).filter(
        application=application, decided_cents__isnull=False
    )
    decided = list(lines.select_related("envelope", "commitment").order_by("pk"))
    funding.lock([line.envelope for line in decided])
    for line in decided:
        old, line.commitment = line.commitment, None
        line.decided_cents = line.decided_at = None
        line.version += 1
        line.save(update_fields=["decided_cents", "decided_at", "commitment", "version"])
        if old:
            _give_back(old, by=None)


def _check_cell(line: FundingLine, amount_cents: int | None, version: int | None) -> None:
    application = line.application
    if application.call.state != CallState.COMMITTEE:
        raise Refusal("Le comité de cet appel n’est pas ouvert. Rien n’a été écrit.")
    if application.state not in (ApplicationState.ADMISSIBLE, ApplicationState.DECIDED):
        raise Refusal(
            f"Ce dossier est « {application.get_state_display()} » : sa décision ne change plus. Rien n’a été écrit."
        )
    if version is not None and version != line.version:
        stands = "ouverte" if line.decided_cents is None else money.format_amount(line.decided_cents)
        raise Conflict(
            f"Quelqu’un vient de changer cette case : elle est maintenant à « {stands} ». "
            "Rien n’a été écrit, votre saisie est gardée.",
            current="" if line.decided_cents is None else money.format_amount(line.decided_cents, unit=""),
        )
    if amount_cents is not None and amount_cents > line.asked_cents:
        raise Refusal(
            f"C’est plus que les {money.format_amount(line.asked_cents)} demandés. Rien n’a été écrit, "
            "votre saisie est gardée."
        )


def _take(line: FundingLine, amount_cents: int, *, by: User) -> Commitment:
    """Money out of the envelope, tied to the project's year."""
    application = line.application
    commitment = funding.commit(line.envelope, amount_cents, thing=application.code, by=by)
    if application.project is None:  # the database says so too: a submitted application has its project
        raise Refusal("Ce dossier n’a pas de projet.")
    year = projects.open_year(
        application.project,
        application.call.year,
        objectives=list(application.objectives.all()),
        neighbourhoods=list(application.neighbourhoods.all()),
        starts_on=application.starts_on,
        ends_on=application.ends_on,
        people_expected=application.people_expected,
        by=by,
    )
    projects.grant(year, commitment, by=by)
    return commitment


def _give_back(commitment: Commitment, *, by: User | None) -> None:
    projects.ungrant(commitment, by=by)
    funding.release(commitment, by=by)


def _settle(application: Application, *, by: User) -> None:
    """The application's state follows from its lines (rules.md 1.5)."""
    open_lines = application.lines.filter(decided_cents__isnull=True).exists()
    if open_lines and application.state == ApplicationState.DECIDED:
        reopen_decision(application, by=by)
    elif not open_lines and application.state == ApplicationState.ADMISSIBLE:
        close_decision(application, by=by)
    elif not open_lines:
        awarding.drop_letters(application, by=by)  # the amount moved: the letter that waits says another one
