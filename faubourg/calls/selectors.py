"""Reads of the calls' room, already limited to what the asker may see, with their joins."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Sum

from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Application, Call, FundingLine, Opinion, Piece
from faubourg.core import clock
from faubourg.funding.models import Envelope
from faubourg.journal.models import Entry
from faubourg.journal.selectors import entries_about
from faubourg.partners.enums import Role
from faubourg.partners.models import Organisation
from faubourg.partners.rules import is_officer
from faubourg.partners.selectors import organisations_of

NEVER_SENT = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
IN_PROGRAMME = (ApplicationState.ADMISSIBLE, ApplicationState.DECIDED, ApplicationState.NOTIFIED)


# ---------------------------------------------------------------------------------------------- calls
def public_calls() -> QuerySet[Call]:
    """Calls that anybody may read, the newest first."""
    return Call.objects.exclude(state=CallState.DRAFT).select_related("contract", "geography")


def open_calls() -> QuerySet[Call]:
    """Calls that take applications at this very second, the first to close first."""
    now = clock.now()
    return (
        public_calls()
        .filter(state=CallState.PUBLISHED, opens_at__lte=now, closes_at__gt=now)
        .order_by("closes_at")
    )


def call_envelopes(call: Call) -> list[Envelope]:
    """The envelopes of a call in the order of its columns, each with its funder."""
    return list(
        Envelope.objects.filter(call_link__call=call)
        .select_related("funder")
        .order_by("call_link__position", "call_link__pk")
    )


def funders_of(call: Call) -> QuerySet[Organisation]:
    """The institutions that pay for the projects of a call, each once."""
    return Organisation.objects.filter(envelopes__call_link__call=call).distinct().order_by("name")


# ---------------------------------------------------------------------------------------------- applications
def applications_for(user: Any) -> QuerySet[Application]:
    """Every application that this person may open."""
    own = Q(organisation__in=organisations_of(user, Role.SIGNER, Role.MEMBER))
    rows = Application.objects.select_related("organisation", "call")
    if is_officer(user) or organisations_of(user, Role.FUNDER):
        return rows.filter(own | ~Q(state__in=NEVER_SENT))
    return rows.filter(own)


def own_applications(user: Any) -> QuerySet[Application]:
    """What the person's organisations have written, drafts first."""
    return (
        Application.objects.filter(organisation__in=organisations_of(user, Role.SIGNER, Role.MEMBER))
        .select_related("organisation", "call")
        .annotate(asked_cents=Sum("lines__asked_cents"))
        .order_by("submitted_at", "-pk")
    )


def received(call: Call) -> QuerySet[Application]:
    """What a call received, with what a line of the list shows: never a draft, never a withdrawn one."""
    return (
        Application.objects.filter(call=call)
        .exclude(state__in=NEVER_SENT)
        .select_related("organisation")
        .prefetch_related("neighbourhoods", "lines")
        .order_by("-submitted_at", "-pk")
    )


def filtered(
    rows: QuerySet[Application],
    *,
    state: str = "",
    neighbourhood: str = "",
    objective: str = "",
    envelope: str = "",
    text: str = "",
) -> QuerySet[Application]:
    """The list, narrowed by what stands in its address."""
    if state:
        rows = rows.filter(state=state)
    if neighbourhood:
        rows = rows.filter(
            Exists(
                Application.neighbourhoods.through.objects.filter(
                    application=OuterRef("pk"), neighbourhood__code=neighbourhood
                )
            )
        )
    if objective:
        rows = rows.filter(
            Exists(
                Application.objectives.through.objects.filter(
                    application=OuterRef("pk"), objective__code=objective
                )
            )
        )
    if envelope:
        rows = rows.filter(
            Exists(
                FundingLine.objects.filter(
                    application=OuterRef("pk"), envelope__code=envelope, asked_cents__gt=0
                )
            )
        )
    if text:
        rows = rows.filter(
            Q(title__icontains=text) | Q(reference__icontains=text) | Q(organisation__name__icontains=text)
        )
    return rows


def states_of(call: Call) -> dict[str, int]:
    """How many applications of the call stand in each state (drafts and withdrawn ones left out)."""
    rows = Application.objects.filter(call=call).exclude(state__in=NEVER_SENT)
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def with_everything(rows: QuerySet[Application]) -> QuerySet[Application]:
    """One application and all that its page shows, in a handful of queries."""
    return rows.select_related(
        "organisation__municipality", "call__geography", "call__questionnaire", "answers", "budget", "project"
    ).prefetch_related(
        "objectives",
        "neighbourhoods",
        Prefetch(
            "lines",
            FundingLine.objects.select_related("envelope__funder").order_by("envelope__call_link__position"),
        ),
        Prefetch("pieces", Piece.objects.select_related("file")),
        Prefetch("requests"),
    )


def asked_of(application: Application) -> list[tuple[str, int]]:
    """What is asked through this call, as rows of account 74 of the budget (R-BUD-06)."""
    lines = application.lines.all()
    return [
        (f"{line.envelope.short_name}, {line.envelope.get_kind_display()}", line.asked_cents)
        for line in lines
    ]


# ---------------------------------------------------------------------------------------------- opinions
def opinions_seen_by(user: Any, application: Application) -> list[Opinion]:
    """R-INS-01: one's own institution's opinion; all of them once they are shared."""
    rows = application.opinions.select_related("funder", "application__call").prefetch_related(
        "proposals__line"
    )
    if application.call.opinions_shared_at is None:
        rows = rows.filter(funder__in=organisations_of(user, Role.FUNDER))
    return list(rows.order_by("funder__name"))


def opinions_expected(call: Call) -> dict[str, tuple[int, int]]:
    """Progress of each institution, by its name: (written, expected). Counts only, never what was written."""
    expected = dict(
        FundingLine.objects.filter(application__call=call, application__state__in=IN_PROGRAMME)
        .order_by()
        .values_list("envelope__funder__name")
        .annotate(Count("application", distinct=True))
    )
    written = dict(
        Opinion.objects.filter(application__call=call, application__state__in=IN_PROGRAMME)
        .order_by()
        .values_list("funder__name")
        .annotate(Count("pk"))
    )
    return {name: (written.get(name, 0), count) for name, count in sorted(expected.items())}


def waiting_for_opinion(call: Call, funder: Organisation) -> QuerySet[Application]:
    """Admissible applications that ask this funder for money and have no opinion of it yet."""
    return (
        Application.objects.filter(
            call=call, state=ApplicationState.ADMISSIBLE, lines__envelope__funder=funder
        )
        .exclude(opinions__funder=funder)
        .select_related("organisation", "call")
        .distinct()
        .order_by("reference")
    )


# ---------------------------------------------------------------------------------------------- the committee
@dataclass(slots=True)
class Column:
    """An envelope at the head of its column: what it holds, what is left, what was asked of it (cents)."""

    envelope: Envelope
    asked_cents: int = 0
    proposed_cents: int = 0
    decided_cents: int = 0
    open_cells: int = 0

    @property
    def free_cents(self) -> int:
        return self.envelope.amount_cents - self.decided_cents

    @property
    def asked_percent(self) -> int:
        return round(100 * self.asked_cents / self.envelope.amount_cents) if self.envelope.amount_cents else 0


@dataclass(slots=True)
class Row:
    """One project of the table; ``cells`` by envelope id, None where nothing is asked."""

    application: Application
    cells: list[FundingLine | None]
    verdicts: list[Opinion]
    asked_cents: int
    proposed_cents: int
    decided_cents: int
    open_cells: int


@dataclass(slots=True)
class Table:
    """Who pays what: projects x envelopes (rules.md 1.8)."""

    call: Call
    columns: list[Column]
    rows: list[Row]
    shared: bool

    @property
    def amount_cents(self) -> int:
        return sum(column.envelope.amount_cents for column in self.columns)

    @property
    def asked_cents(self) -> int:
        return sum(column.asked_cents for column in self.columns)

    @property
    def proposed_cents(self) -> int:
        return sum(column.proposed_cents for column in self.columns)

    @property
    def decided_cents(self) -> int:
        return sum(column.decided_cents for column in self.columns)

    @property
    def free_cents(self) -> int:
        return self.amount_cents - self.decided_cents

    @property
    def open_cells(self) -> int:
        return sum(column.open_cells for column in self.columns)


def committee_table(call: Call, *, rows: QuerySet[Application] | None = None) -> Table:
    """The whole table in five queries whatever its size. Proposals appear only once opinions are shared."""
    columns = [Column(envelope) for envelope in call_envelopes(call)]
    place = {column.envelope.pk: i for i, column in enumerate(columns)}
    shared = call.opinions_shared_at is not None
    applications = Application.objects.filter(call=call, state__in=IN_PROGRAMME) if rows is None else rows
    applications = (
        applications.select_related("organisation")
        .prefetch_related("neighbourhoods", Prefetch("lines", FundingLine.objects.select_related("proposal")))
        .order_by("reference", "pk")
    )
    if shared:
        applications = applications.prefetch_related(
            Prefetch("opinions", Opinion.objects.select_related("funder"))
        )
    return Table(call, columns, [_row(a, columns, place, shared=shared) for a in applications], shared)


def _row(application: Application, columns: list[Column], place: dict[int, int], *, shared: bool) -> Row:
    cells: list[FundingLine | None] = [None] * len(columns)
    row = Row(application, cells, list(application.opinions.all()) if shared else [], 0, 0, 0, 0)
    for line in application.lines.all():
        cells[place[line.envelope_id]] = line
        column = columns[place[line.envelope_id]]
        proposed = proposed_on(line) if shared else None
        is_open = int(line.decided_cents is None)
        for sums in (row, column):
            sums.asked_cents += line.asked_cents
            sums.proposed_cents += proposed or 0
            sums.decided_cents += line.decided_cents or 0
            sums.open_cells += is_open
    return row


def proposed_on(line: FundingLine) -> int | None:
    """The amount proposed on a line, or None while nobody proposed."""
    proposal = getattr(line, "proposal", None)
    return None if proposal is None else proposal.proposed_cents


# ---------------------------------------------------------------------------------------------- letters
def decided_without_letter(call: Call) -> QuerySet[Application]:
    return (
        Application.objects.filter(call=call, state=ApplicationState.DECIDED)
        .exclude(papers__kind="decision")
        .order_by("reference")
    )


def decided_with_letter(call: Call) -> QuerySet[Application]:
    """Decisions whose letters are ready to be read, then sent."""
    return (
        Application.objects.filter(call=call, state=ApplicationState.DECIDED, papers__kind="decision")
        .select_related("organisation")
        .prefetch_related("papers__mails", "papers__file", "lines")
        .order_by("reference")
    )


# ---------------------------------------------------------------------------------------------- the journal
def deeds_of(application: Application) -> QuerySet[Entry]:
    """What was done on an application and on each of its lines, oldest first."""
    lines = [
        f"{application.code}:{line.envelope.code}" for line in application.lines.select_related("envelope")
    ]
    return entries_about(application.code, *lines)
