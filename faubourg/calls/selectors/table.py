"""Reads: the committee's table, who pays what (rules.md 1.8)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from faubourg.calls.models import Application, Call, FundingLine, Opinion
from faubourg.calls.selectors.calls import IN_PROGRAMME, call_envelopes
from faubourg.core.templatetags.faubourg import plural
from faubourg.funding.models import Envelope


@dataclass(slots=True)
class Column:
    """An envelope at the head of its column: what it holds, what is left, what was asked of it (cents).

    ``pending_cents`` is what is proposed on the cells that are still open: the hatched part of the bar.
    """

    envelope: Envelope
    asked_cents: int = 0
    proposed_cents: int = 0
    pending_cents: int = 0
    decided_cents: int = 0
    open_cells: int = 0

    @property
    def free_cents(self) -> int:
        return self.envelope.free_cents

    @property
    def asked_percent(self) -> int:
        return round(100 * self.asked_cents / self.envelope.amount_cents) if self.envelope.amount_cents else 0

    @property
    def is_low(self) -> bool:
        """Less than a sixth is left."""
        return self.free_cents * 6 < self.envelope.amount_cents


@dataclass(slots=True)
class Row:
    """One project of the table; ``cells`` in the order of the columns, None where nothing is asked."""

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
    def pending_cents(self) -> int:
        return sum(column.pending_cents for column in self.columns)

    @property
    def decided_cents(self) -> int:
        return sum(column.decided_cents for column in self.columns)

    @property
    def free_cents(self) -> int:
        return sum(column.free_cents for column in self.columns)

    @property
    def open_cells(self) -> int:
        return sum(column.open_cells for column in self.columns)

    @property
    def open_words(self) -> str:
        """« 8 cases à décider »."""
        return plural(self.open_cells, "case à décider,cases à décider")


def committee_table(call: Call, *, rows: QuerySet[Application] | None = None) -> Table:
    """The whole table in six queries whatever its size, its columns always of the whole call.

    Proposals and verdicts appear only once opinions are shared. ``rows`` narrows the projects shown.
    """
    columns = columns_of(call)
    place = {column.envelope.pk: i for i, column in enumerate(columns)}
    shared = call.opinions_shared_at is not None
    applications = Application.objects.filter(call=call, state__in=IN_PROGRAMME) if rows is None else rows
    lines = FundingLine.objects.select_related("proposal") if shared else FundingLine.objects.all()
    applications = (
        applications.select_related("organisation")
        .prefetch_related("neighbourhoods", Prefetch("lines", lines))
        .order_by("reference", "pk")
    )
    if shared:
        applications = applications.prefetch_related(Prefetch("opinions", Opinion.objects.select_related("funder")))
    return Table(call, columns, [_row(a, place, shared=shared) for a in applications], shared)


def columns_of(call: Call) -> list[Column]:
    """The heads of the columns with their sums over all projects of the programme: two queries."""
    is_open = Q(decided_cents__isnull=True)
    sums = {"asked": Sum("asked_cents"), "decided": Sum("decided_cents"), "open": Count("pk", filter=is_open)}
    if call.opinions_shared_at is not None:
        proposed = "proposal__proposed_cents"
        sums |= {"proposed": Sum(proposed), "pending": Sum(proposed, filter=is_open)}
    lines = FundingLine.objects.filter(application__call=call, application__state__in=IN_PROGRAMME).order_by()
    rows: Iterable[Any] = lines.values("envelope").annotate(**sums)
    found = {row["envelope"]: row for row in rows}
    return [_column(envelope, found.get(envelope.pk, {})) for envelope in call_envelopes(call)]


def _column(envelope: Envelope, sums: Mapping[str, int | None]) -> Column:
    return Column(
        envelope,
        asked_cents=sums.get("asked") or 0,
        proposed_cents=sums.get("proposed") or 0,
        pending_cents=sums.get("pending") or 0,
        decided_cents=sums.get("decided") or 0,
        open_cells=sums.get("open") or 0,
    )


def _row(application: Application, place: dict[int, int], *, shared: bool) -> Row:
    row = Row(application, [None] * len(place), list(application.opinions.all()) if shared else [], 0, 0, 0, 0)
    for line in application.lines.all():
        line.application = application  # a cell names its row
        row.cells[place[line.envelope_id]] = line
        row.asked_cents += line.asked_cents
        row.proposed_cents += (proposed_on(line) or 0) if shared else 0
        row.decided_cents += line.decided_cents or 0
        row.open_cells += line.decided_cents is None
    return row


def proposed_on(line: FundingLine) -> int | None:
    """The amount proposed on a line, or None while nobody proposed."""
    proposal = getattr(line, "proposal", None)
    return None if proposal is None else proposal.proposed_cents
