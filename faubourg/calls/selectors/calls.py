"""Reads: calls and their envelopes."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from faubourg.calls.enums import ApplicationState, CallState
from faubourg.calls.models import Application, Call
from faubourg.core import clock
from faubourg.funding.models import Envelope
from faubourg.partners.enums import OrganisationKind
from faubourg.partners.models import Contract, Objective, Organisation
from faubourg.partners.rules import is_officer
from faubourg.projects.models import ProjectYear
from faubourg.territory.models import Geography

NEVER_SENT = (ApplicationState.DRAFT, ApplicationState.WITHDRAWN)
IN_PROGRAMME = (ApplicationState.ADMISSIBLE, ApplicationState.DECIDED, ApplicationState.NOTIFIED)
NO_INSTITUTION = (
    OrganisationKind.ASSOCIATION,
    OrganisationKind.COMPANY,
    OrganisationKind.COUNCIL,
    OrganisationKind.SCHOOL,
)


def public_calls() -> QuerySet[Call]:
    """Calls that anybody may read, the newest first."""
    return Call.objects.exclude(state=CallState.DRAFT).select_related("contract", "geography")


def open_calls() -> QuerySet[Call]:
    """Calls that take applications at this very second, the first to close first."""
    now = clock.now()
    return public_calls().filter(state=CallState.PUBLISHED, opens_at__lte=now, closes_at__gt=now).order_by("closes_at")


def calls_seen_by(user: Any) -> QuerySet[Call]:
    """The calls of the desk: the officer sees those in preparation too. One query with the map's and tree's owners."""
    rows = Call.objects.select_related("contract", "geography")
    return rows if is_officer(user) else rows.exclude(state=CallState.DRAFT)


def with_counts(rows: QuerySet[Call]) -> QuerySet[Call]:
    """How many applications each call received, and how much money its envelopes hold (cents)."""
    received = Application.objects.filter(call=OuterRef("pk")).exclude(state__in=NEVER_SENT).order_by()
    money = Envelope.objects.filter(call_link__call=OuterRef("pk")).order_by()
    return rows.annotate(
        received_count=Subquery(received.values("call").annotate(count=Count("pk")).values("count")),
        money_cents=Subquery(money.values("call_link__call").annotate(cents=Sum("amount_cents")).values("cents")),
    )


def call_envelopes(call: Call) -> list[Envelope]:
    """The envelopes of a call in the order of its columns, each with its funder."""
    return list(
        Envelope.objects.filter(call_link__call=call)
        .select_related("funder")
        .order_by("call_link__position", "call_link__pk")
    )


def possible_funders() -> QuerySet[Organisation]:
    """The institutions that may pay for the projects of a call."""
    return Organisation.objects.exclude(kind__in=NO_INSTITUTION).order_by("name", "pk")


def living_contracts() -> QuerySet[Contract]:
    """The contracts under which a call may be opened, with their trees."""
    return Contract.objects.filter(ends_on__gte=clock.today()).prefetch_related("objectives").order_by("-starts_on")


def living_objectives() -> QuerySet[Objective]:
    """The objectives that a call may choose from, in the order of their trees."""
    return Objective.objects.filter(contract__ends_on__gte=clock.today()).order_by("contract", "path")


def funded_years(call: Call) -> QuerySet[ProjectYear]:
    """The years of projects to which this call gave money."""
    live = ProjectYear.objects.filter(grants__isnull=False, grants__commitment__released_at__isnull=True)
    return live.filter(year=call.year, project__applications__call=call).order_by("pk").distinct()


def living_geographies() -> QuerySet[Geography]:
    """The versions of the priority geography that bind today or later, the newest first."""
    living = Q(valid_until__isnull=True) | Q(valid_until__gte=clock.today())
    return Geography.objects.filter(living).order_by("-valid_from")
