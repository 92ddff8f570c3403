"""Reads: opinions, limited to what the asker may see (R-INS-01)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Value

from faubourg.calls.models import Application, Call, CallEnvelope, FundingLine, Opinion
from faubourg.calls.selectors.calls import IN_PROGRAMME
from faubourg.partners.enums import Role
from faubourg.partners.selectors import organisations_of


def opinions_seen_by(user: Any, application: Application) -> list[Opinion]:
    """R-INS-01: one's own institution's opinion; all of them once they are shared. The others are not even read."""
    rows = application.opinions.select_related("funder", "application__call")
    if application.call.opinions_shared_at is None:
        rows = rows.filter(funder__in=organisations_of(user, Role.FUNDER))
    return list(rows.order_by("funder__name"))


@dataclass(frozen=True, slots=True)
class Reading:
    """How far one institution has read what asks it for money. Counts only, never what was written (R-INS-01)."""

    funder: str
    written: int
    expected: int


def readings_of(calls: Sequence[Call]) -> dict[int, list[Reading]]:
    """By call, the progress of each institution that is asked for money, in the order of their names.

    Three queries whatever the number of calls, a fourth when an institution brings two envelopes to one call: its
    applications are then counted once each. Counting by key first is three times as fast as by name.
    """
    lines = FundingLine.objects.filter(application__call__in=calls, application__state__in=IN_PROGRAMME).order_by()
    asked = dict(lines.values_list("envelope").annotate(count=Count("*")))
    written = {(call, funder): count for call, funder, count in _written(calls)}
    links = CallEnvelope.objects.filter(envelope__in=asked).order_by("envelope__funder__name", "pk")
    sides: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for call, funder, name, envelope in links.values_list(
        "call", "envelope__funder", "envelope__funder__name", "envelope"
    ):
        sides[call, funder, name].append(envelope)
    doubled = [envelope for envelopes in sides.values() if len(envelopes) > 1 for envelope in envelopes]
    once = _counted_once(lines.filter(envelope__in=doubled)) if doubled else {}
    found: dict[int, list[Reading]] = defaultdict(list)
    for (call, funder, name), envelopes in sides.items():
        expected = once[call, funder] if len(envelopes) > 1 else asked[envelopes[0]]
        found[call].append(Reading(name, written.get((call, funder), 0), expected))
    return found


def _written(calls: Sequence[Call]) -> Iterable[tuple[int, int, int]]:
    """(call, funder, how many opinions): one query; a call is grouped by the funder alone, a short key sorts fast."""
    opinions = Opinion.objects.filter(application__state__in=IN_PROGRAMME).order_by()
    one, *others = (
        opinions.filter(application__call=call)
        .annotate(of=Value(call.pk))
        .values_list("of", "funder")
        .annotate(count=Count("*"))
        for call in calls
    )
    return one.union(*others, all=True) if others else one


def _counted_once(lines: QuerySet[FundingLine]) -> dict[tuple[int, int], int]:
    """By call and funder: how many applications these lines belong to."""
    rows = lines.values_list("application__call", "envelope__funder").annotate(Count("application", distinct=True))
    return {(call, funder): count for call, funder, count in rows}
