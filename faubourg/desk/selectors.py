"""Reads that cross rooms for one person's home, the outbox and the journal: counts first, a few names beside.

Everything is read for all calls at once, so that the number of queries does not follow the number of calls.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum, Value

from faubourg.calls.enums import ApplicationState, CallState, PaperKind
from faubourg.calls.models import (
    Application,
    Call,
    CallEnvelope,
    FundingLine,
    InformationRequest,
    Opinion,
    Paper,
    Proposal,
)
from faubourg.calls.selectors import IN_PROGRAMME, NEVER_SENT, applications_of, calls_seen_by
from faubourg.journal.models import Entry
from faubourg.notifications.models import Mail
from faubourg.partners.models import Organisation

NAMED = 3  # how many are called by their names beside a count


@dataclass(slots=True)
class Numbers:
    """What one call has in each state; ``answered``: submitted again after a piece was asked."""

    states: dict[str, int] = field(default_factory=dict)
    answered: int = 0
    letters_to_make: int = 0
    letters_to_send: int = 0

    @property
    def received(self) -> int:
        return sum(self.states.values())

    @property
    def to_check(self) -> int:
        return self.states.get(ApplicationState.SUBMITTED, 0) - self.answered

    @property
    def admissible(self) -> int:
        return sum(self.states.get(state, 0) for state in IN_PROGRAMME)

    @property
    def judged(self) -> int:
        """Declared admissible or not."""
        return self.admissible + self.states.get(ApplicationState.INADMISSIBLE, 0)

    @property
    def waiting(self) -> int:
        """Not at their end yet."""
        ends = (ApplicationState.INADMISSIBLE, ApplicationState.NOTIFIED)
        return self.received - sum(self.states.get(state, 0) for state in ends)


def living_calls(user: Any) -> list[Call]:
    """The calls that are not over, as this person may see them, the first committee first."""
    rows = calls_seen_by(user).exclude(state=CallState.ANNOUNCED)
    return sorted(rows, key=lambda call: (call.committee_on or call.closes_at.date(), call.pk))


def numbers_of(calls: Iterable[Call], *, runs: bool) -> dict[int, Numbers]:
    """By call: one query for all of them. Answers and letters are looked for for those who run calls alone, and only
    where a state may have them."""
    rows = (
        Application.objects.filter(call__in=[call.pk for call in calls])
        .exclude(state__in=NEVER_SENT)
        .order_by()
        .values_list("call", "state")
        .annotate(count=Count("*"), **(_to_follow_up() if runs else {"answered": Value(0), "lettered": Value(0)}))
    )
    found: dict[int, Numbers] = defaultdict(Numbers)
    for call, state, count, answered, lettered in rows.values_list("call", "state", "count", "answered", "lettered"):
        numbers = found[call]
        numbers.states[state] = count
        numbers.answered += answered
        numbers.letters_to_send += lettered
        numbers.letters_to_make += count - lettered if state == ApplicationState.DECIDED else 0
    return found


def _to_follow_up() -> dict[str, Count]:
    answer = InformationRequest.objects.filter(application=OuterRef("pk"), answered_at__isnull=False)
    letter = Paper.objects.filter(application=OuterRef("pk"), kind=PaperKind.DECISION)
    return {
        "answered": Count("pk", filter=Q(state=ApplicationState.SUBMITTED) & Q(Exists(answer))),
        "lettered": Count("pk", filter=Q(state=ApplicationState.DECIDED) & Q(Exists(letter))),
    }


def first_to_check(calls: Iterable[Call]) -> dict[int, list[str]]:
    """By call: whose applications wait for their check, the oldest first. One query."""
    rows = (
        Application.objects.filter(call__in=[call.pk for call in calls], state=ApplicationState.SUBMITTED)
        .order_by("submitted_at", "pk")
        .values_list("call", "organisation__name")[:60]
    )
    return _few(rows)


def _few(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for call, name in rows:
        if len(found[call]) < NAMED and name not in found[call]:
            found[call].append(name)
    return found


def links_of(calls: Iterable[Call]) -> list[CallEnvelope]:
    """The envelopes of these calls, in the order of each call's columns. One query."""
    rows = CallEnvelope.objects.filter(call__in=[call.pk for call in calls]).select_related("envelope")
    return list(rows.order_by("position", "pk"))


def cells_open(calls: Iterable[Call]) -> dict[int, tuple[int, int]]:
    """By envelope: how many cells of the committee's table are still to decide, and the cents proposed on them.

    One query, of calls whose opinions are shared (R-INS-01).
    """
    lines = FundingLine.objects.filter(
        application__call__in=[call.pk for call in calls if call.opinions_shared_at is not None],
        application__state__in=IN_PROGRAMME,
        decided_cents__isnull=True,
    )
    rows = lines.order_by().values_list("envelope").annotate(count=Count("*"), cents=Sum("proposal__proposed_cents"))
    return {envelope: (count, cents or 0) for envelope, count, cents in rows}


def mails_by_state() -> dict[str, int]:
    return dict(Mail.objects.order_by().values_list("state").annotate(Count("pk")))


# ------------------------------------------------------------------------------------------------- funders
def opinions_to_write(links: Sequence[CallEnvelope]) -> dict[int, tuple[int, list[str]]]:
    """By call: how many opinions the institutions behind these envelopes have still to write, and on whose
    applications. Two queries; an application is counted once for an institution, however many envelopes it brings."""
    written = Opinion.objects.filter(application=OuterRef("application"), funder=OuterRef("envelope__funder"))
    lines = FundingLine.objects.filter(
        ~Exists(written),
        application__call__in={link.call_id for link in links},
        application__state=ApplicationState.ADMISSIBLE,
        envelope__in=[link.envelope_id for link in links],
    )
    is_doubled = len({(link.call_id, link.envelope.funder_id) for link in links}) < len(links)
    counts = lines.order_by().values_list("application__call", "envelope__funder")
    found: dict[int, int] = defaultdict(int)
    for call, _, count in counts.annotate(Count("application", distinct=is_doubled)):
        found[call] += count
    first = lines.order_by("application__reference").values_list("application__call", "application__organisation__name")
    names = _few(first[:60]) if found else {}
    return {call: (count, names.get(call, [])) for call, count in found.items()}


def own_proposals(links: Sequence[CallEnvelope]) -> dict[int, int]:
    """By envelope: cents that its institution proposes in the programme of the call. One query, for the people of
    these envelopes alone (R-INS-01); from the envelopes on, a third faster than from the opinions."""
    rows = Proposal.objects.filter(
        line__envelope__in=[link.envelope_id for link in links],
        line__application__call__in={link.call_id for link in links},
        line__application__state__in=IN_PROGRAMME,
    )
    return dict(rows.order_by().values_list("line__envelope").annotate(Sum("proposed_cents")))


# ------------------------------------------------------------------------------------------------- applicants
def own_work(organisations: list[Organisation]) -> QuerySet[Application]:
    """What these organisations have under way: drafts, what was sent, what was decided; with the open requests."""
    rows = applications_of(organisations).exclude(state=ApplicationState.WITHDRAWN)
    return rows.prefetch_related("requests")


# ------------------------------------------------------------------------------------------------- the journal
def entries(*, thing: str = "", actor: str = "", room: str = "") -> QuerySet[Entry]:
    """The journal, the last deed first. A thing brings what hangs on it: the lines of an application."""
    rows = Entry.objects.order_by("-number")
    if thing:
        rows = rows.filter(Q(thing=thing) | Q(thing__startswith=f"{thing}:") | Q(thing__endswith=f":{thing}"))
    if actor:
        rows = rows.filter(actor=actor)
    return rows.filter(room=room) if room else rows


def never_sent(things: Iterable[str]) -> set[str]:
    """Of these codes, the drafts and withdrawn applications: they have no page on the desk."""
    rows = Application.objects.filter(code__in={thing.partition(":")[0] for thing in things}, state__in=NEVER_SENT)
    return set(rows.values_list("code", flat=True))
