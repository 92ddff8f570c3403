"""Reads: the decision letters that wait, and who gets each of them if it leaves now."""

from collections.abc import Iterable
from dataclasses import dataclass

from faubourg.accounts.models import User
from faubourg.calls.enums import PaperKind
from faubourg.calls.models import Application, Call, Paper
from faubourg.calls.selectors.applications import decided_with_letter
from faubourg.notifications.enums import MailState
from faubourg.notifications.models import Mail
from faubourg.partners.selectors import signers_of


@dataclass(frozen=True, slots=True)
class Ready:
    """A letter that was made: it goes to those who bind the organisation when it leaves, not when it was made."""

    application: Application
    paper: Paper
    going: list[Mail]  # held for people who still speak
    stopped: list[Mail]  # held for people who do no longer
    joined: list[User]  # who speak by now and have no mail yet

    @property
    def has_nobody(self) -> bool:
        return not (self.going or self.joined)


def ready_letter(application: Application, paper: Paper, signers: Iterable[User]) -> Ready:
    """``paper`` with its mails; ``signers`` of its organisation."""
    held = [mail for mail in paper.mails.all() if mail.state == MailState.HELD]
    people = {person.email: person for person in signers}
    going = [mail for mail in held if mail.to in people]
    joined = [person for email, person in people.items() if email not in {mail.to for mail in going}]
    return Ready(application, paper, going, [mail for mail in held if mail.to not in people], joined)


def ready_letters(call: Call) -> list[Ready]:
    """All that wait in this call, by reference."""
    rows = list(decided_with_letter(call))
    signers = signers_of(row.organisation for row in rows)
    return [
        ready_letter(row, paper, signers.get(row.organisation_id, []))
        for row in rows
        for paper in row.papers.all()
        if paper.kind == PaperKind.DECISION
    ]
