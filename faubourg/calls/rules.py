"""Who may do what with a call and its applications."""

from typing import Any

from faubourg.calls.enums import ApplicationState, CallState, PaperKind
from faubourg.calls.models import Application, Call, Paper
from faubourg.core import clock
from faubourg.documents.rules import most_bytes
from faubourg.partners.enums import Role
from faubourg.partners.models import Organisation
from faubourg.partners.rules import is_elected, is_funder, is_officer, may_sign_for, may_work_for
from faubourg.partners.selectors import organisations_of, speaks_for

INSTRUCTED = (
    ApplicationState.SUBMITTED,
    ApplicationState.INFO_REQUESTED,
    ApplicationState.INADMISSIBLE,
    ApplicationState.ADMISSIBLE,
    ApplicationState.DECIDED,
    ApplicationState.NOTIFIED,
)


MAX_PIECES = 20  # files of one draft; each answer to a request has as much room of its own


def most_bytes_of_pieces() -> int:
    """What the files of one draft may weigh together: six of the heaviest."""
    return 6 * most_bytes()


def is_open(call: Call) -> bool:
    """Open from its first second to the last one before closing (R-AAP-01)."""
    return call.state == CallState.PUBLISHED and call.opens_at <= clock.now() < call.closes_at


def may_run_calls(user: Any) -> bool:
    """Write a call, publish it, judge admissibility, run the committee, send letters."""
    return is_officer(user)


def may_see_files(user: Any) -> bool:
    """See the list of the applications received."""
    return is_officer(user) or is_funder(user)


def may_see_table(user: Any) -> bool:
    """See the committee's table: those who run it, those who pay, those who are elected."""
    return is_officer(user) or is_funder(user) or is_elected(user)


def finds_received(user: Any) -> tuple[str, ...] | None:
    """The search leads to every application received (None), or to none."""
    return None if may_see_files(user) else ()


def finds_own(user: Any) -> list[str]:
    """The organisations whose applications, drafts too, the search leads to."""
    return [one.code for one in speaks_for(user)]


def finds_calls(user: Any) -> tuple[str, ...] | None:
    """Calls on the desk: those in preparation too for who prepares them."""
    return None if may_run_calls(user) else ("",) if may_see_table(user) else ()


def may_start(user: Any, organisation: Organisation) -> bool:
    return may_work_for(user, organisation)


def may_read(user: Any, application: Application) -> bool:
    """The applicant's own people always; officers and funders once it is submitted."""
    if may_work_for(user, application.organisation):
        return True
    return application.state in INSTRUCTED and may_see_files(user)


def may_edit(user: Any, application: Application) -> bool:
    return application.state == ApplicationState.DRAFT and may_work_for(user, application.organisation)


def may_submit(user: Any, application: Application) -> bool:
    """Only a signer binds the organisation."""
    return may_sign_for(user, application.organisation)


def may_withdraw(user: Any, application: Application) -> bool:
    """A draft by whoever may write it; a submitted application by a signer. The workflow says until when."""
    if application.reference:
        return may_submit(user, application)
    return may_start(user, application.organisation)


def may_read_paper(user: Any, paper: Paper) -> bool:
    """A decision letter is the officer's until it has been sent (R-INS-06); then whoever reads the application."""
    if paper.kind == PaperKind.DECISION and paper.application.state != ApplicationState.NOTIFIED:
        return is_officer(user)
    return may_read(user, paper.application)


def may_give_opinion(user: Any, funder: Organisation) -> bool:
    """R-INS-01: each funder writes its own."""
    return funder in organisations_of(user, Role.FUNDER)
