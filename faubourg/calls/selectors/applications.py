"""Reads: applications, already limited to what the asker may see, with their joins."""

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from faubourg.calls.enums import ApplicationState
from faubourg.calls.models import Application, Call, FundingLine
from faubourg.calls.selectors.calls import NEVER_SENT
from faubourg.core.text import fold
from faubourg.journal.models import Entry
from faubourg.journal.selectors import entries_about


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
            Exists(Application.objectives.through.objects.filter(application=OuterRef("pk"), objective__code=objective))
        )
    if envelope:
        rows = rows.filter(
            Exists(FundingLine.objects.filter(application=OuterRef("pk"), envelope__code=envelope, asked_cents__gt=0))
        )
    if text:
        bare = fold(text)
        rows = rows.filter(
            Q(folded__contains=bare) | Q(reference__icontains=text) | Q(organisation__folded__contains=bare)
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
        Prefetch(
            "lines",
            FundingLine.objects.select_related("envelope__funder").order_by("envelope__call_link__position"),
        ),
        Prefetch("requests"),
    )


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


def deeds_of(application: Application) -> QuerySet[Entry]:
    """What was done on an application and on each of its lines, oldest first."""
    lines = [f"{application.code}:{line.envelope.code}" for line in application.lines.select_related("envelope")]
    return entries_about(application.code, *lines)
