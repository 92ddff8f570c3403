"""Reads: opinions, limited to what the asker may see (R-INS-01)."""

from typing import Any

from django.db.models import Count, QuerySet

from faubourg.calls.enums import ApplicationState
from faubourg.calls.models import Application, Call, FundingLine, Opinion
from faubourg.calls.selectors.calls import IN_PROGRAMME
from faubourg.partners.enums import Role
from faubourg.partners.models import Organisation
from faubourg.partners.selectors import organisations_of


def opinions_seen_by(user: Any, application: Application) -> list[Opinion]:
    """R-INS-01: one's own institution's opinion; all of them once they are shared. The others are not even read."""
    rows = application.opinions.select_related("funder", "application__call")
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
        Application.objects.filter(call=call, state=ApplicationState.ADMISSIBLE, lines__envelope__funder=funder)
        .exclude(opinions__funder=funder)
        .select_related("organisation", "call")
        .distinct()
        .order_by("reference")
    )
