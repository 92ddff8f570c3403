"""Where an application stands, in the words that its applicant may read.

Nothing of the committee's work is told before the letter: a decided application is still « au comité », and no
opinion is shown (R-INS-01, R-INS-06).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from faubourg.calls.draft import Contents
from faubourg.calls.enums import ApplicationState, CallState, Outcome
from faubourg.calls.figures import decided_total, outcome
from faubourg.calls.models import Application, Piece
from faubourg.calls.rules import is_open
from faubourg.calls.selectors import aims_of
from faubourg.core import clock, money
from faubourg.core.templatetags.faubourg import at_hour, long_date, number
from faubourg.funding.figures import Grid, asked_share, grid, percent
from faubourg.journal.models import Entry
from faubourg.questions.selectors import Filled

WORDS: dict[str, tuple[str, str]] = {  # state -> kind of the sign, words
    ApplicationState.DRAFT: ("warn", "Brouillon"),
    ApplicationState.SUBMITTED: ("info", "Déposé"),
    ApplicationState.INFO_REQUESTED: ("bad", "Une pièce vous est demandée"),
    ApplicationState.INADMISSIBLE: ("bad", "Non recevable"),
    ApplicationState.ADMISSIBLE: ("info", "Recevable, à l’étude"),
    ApplicationState.DECIDED: ("info", "Au comité"),
    ApplicationState.WITHDRAWN: ("none", "Retiré"),
}
OUTCOMES = {
    Outcome.GRANTED: ("ok", "Soutenu"),
    Outcome.PARTLY: ("ok", "Soutenu en partie"),
    Outcome.REFUSED: ("bad", "Non retenu"),
}
_PAST = {ApplicationState.ADMISSIBLE, ApplicationState.DECIDED, ApplicationState.NOTIFIED}


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of « Nos demandes »: the application and what its applicant may know of it."""

    application: Application
    kind: str
    words: str
    waits_for_us: bool


def standing(application: Application) -> Standing:
    """Reads the lines only of a notified application (prefetch them)."""
    kind, words = WORDS.get(application.state) or OUTCOMES[outcome(application.lines.all())]
    is_draft = application.state == ApplicationState.DRAFT
    if is_draft and not is_open(application.call):
        kind, words = "none", "Brouillon non déposé"
    ours = application.state == ApplicationState.INFO_REQUESTED or (is_draft and is_open(application.call))
    return Standing(application, kind, words, ours)


def timeline(application: Application, deeds: list[Entry]) -> list[tuple[str, str, str]]:
    """(state, title, words) of each station from the submission to the decision: done, now, todo or stop."""
    rows = [
        ("done", "Déposé", at_hour(application.submitted_at) if application.submitted_at else ""),
        _admissibility(application, deeds),
        _opinions(application),
        _committee(application),
        _decision(application, deeds),
    ]
    if application.state == ApplicationState.WITHDRAWN:
        done = [row for row in rows[:2] if row[0] == "done"]
        return [*done, ("stop", "Retiré", f"Par votre organisme, {_last(deeds, 'withdraw')}.")]
    stopped = next((place for place, row in enumerate(rows) if row[0] == "stop"), len(rows) - 1)
    return rows[: stopped + 1]


def _admissibility(application: Application, deeds: list[Entry]) -> tuple[str, str, str]:
    title = "Recevabilité"
    if application.state == ApplicationState.INADMISSIBLE:
        return "stop", "Non recevable", application.inadmissible_reason
    if application.state in _PAST:
        return "done", "Recevable", f"Dossier complet, {_last(deeds, 'admit')}."
    if application.state == ApplicationState.INFO_REQUESTED:
        return "now", title, "Il manque une pièce : à vous de répondre."
    return "now", title, "Nous vérifions que le dossier est complet."


def _opinions(application: Application) -> tuple[str, str, str]:
    title, call = "Avis des financeurs", application.call
    if application.state not in _PAST:
        return "todo", title, "Chaque financeur lit le dossier."
    if application.state == ApplicationState.ADMISSIBLE and call.state == CallState.PUBLISHED:
        return "now", title, "Chaque financeur lit le dossier."
    return "done", title, "Chaque financeur a lu le dossier."


def _committee(application: Application) -> tuple[str, str, str]:
    title, call = "Comité de pilotage", application.call
    day = call.committee_on
    when = f"Prévu {long_date(day)}." if day and day >= clock.today() else "Les financeurs décident ensemble."
    if application.state == ApplicationState.NOTIFIED:
        return "done", title, long_date(day).capitalize() if day else ""
    under_way = application.state in _PAST and call.state != CallState.PUBLISHED
    return ("now" if under_way or application.state == ApplicationState.DECIDED else "todo"), title, when


def _decision(application: Application, deeds: list[Entry]) -> tuple[str, str, str]:
    if application.state != ApplicationState.NOTIFIED:
        return "todo", "Décision", "Par courriel, avec la lettre, dès que le comité a décidé."
    lines = list(application.lines.all())
    told = _last(deeds, "notify")
    if outcome(lines) == Outcome.REFUSED:
        return "stop", "Non retenu", f"Lettre envoyée {told}."
    return "done", "Soutenu", f"{money.format_amount(decided_total(lines))} accordés, lettre envoyée {told}."


def _last(deeds: list[Entry], verb: str) -> str:
    """« le mardi 3 mars 2027 », the day on which this was last done; « à une date inconnue » never happens."""
    days: list[datetime] = [deed.at for deed in deeds if deed.verb == verb]
    return f"le {long_date(days[-1])}" if days else ""


# ---------------------------------------------------------------------------------------------- read again
@dataclass
class Summary:
    """The whole application as it is read: by its applicant before the signature, then as long as it lives."""

    application: Application
    contents: Contents

    @cached_property
    def aims(self) -> dict[str, list[str]]:
        return aims_of(self.application)

    @property
    def facts(self) -> list[tuple[str, str]]:
        row = self.application
        return [
            ("En une phrase", row.summary or "à écrire"),
            ("Objectifs", ", ".join(self.aims["objectives"]) or "à choisir"),
            ("Public", row.public or "à écrire"),
            ("Personnes attendues", number(row.people_expected) or "à écrire"),
            ("Dont habitants des quartiers", number(row.people_qpv) or "à écrire"),
            ("Quartiers", ", ".join(self.aims["neighbourhoods"]) or "à choisir"),
            ("Dates", self.period),
        ]

    @property
    def period(self) -> str:
        row = self.application
        if row.starts_on is None or row.ends_on is None:
            return "à écrire"
        return f"du {row.starts_on:%d/%m/%Y} au {row.ends_on:%d/%m/%Y}"

    @property
    def answers(self) -> list[Filled]:
        return self.contents.answers

    @cached_property
    def grid(self) -> Grid:
        """The budget as it is read: no row of a funder that is not asked."""
        return grid(self.application.budget, [row for row in self.contents.asked if row.cents])

    @property
    def shares(self) -> list[tuple[str, int, str]]:
        """(funder, cents asked, share of the charges) of each funder asked (R-BUD-07: computed, never typed)."""
        return [(row.label, row.cents, percent(asked_share(self.grid, row.cents))) for row in self.grid.asked]

    @property
    def pieces(self) -> list[Piece]:
        return self.contents.pieces

    @property
    def asked_cents(self) -> int:
        return self.application.asked_cents
