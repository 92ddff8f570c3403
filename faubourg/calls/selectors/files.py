"""Reads: the desk's list of the applications received, and one of them with all that its page shows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat

from faubourg.accounts.models import User
from faubourg.calls.models import Application, Call, FundingLine, Opinion, Proposal
from faubourg.calls.selectors.applications import filtered
from faubourg.calls.selectors.calls import IN_PROGRAMME, NEVER_SENT
from faubourg.documents.models import StoredFile
from faubourg.journal.models import Entry
from faubourg.journal.selectors import entries_about
from faubourg.partners.enums import Role
from faubourg.partners.models import Objective
from faubourg.partners.rules import is_officer
from faubourg.partners.selectors import organisations_of
from faubourg.territory.models import Neighbourhood

DEFAULT_SORT = "-date"
# A reference is given in the order of submission: both sort by the hour.
SORTS = {"reference": "submitted_at", "date": "submitted_at", "demande": "asked_cents"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the address of the list: filters and order."""

    state: str = ""
    neighbourhood: str = ""
    objective: str = ""
    envelope: str = ""
    text: str = ""
    sort: str = DEFAULT_SORT

    @property
    def key(self) -> str:
        return SORTS[self.sort.removeprefix("-")]

    @property
    def is_downward(self) -> bool:
        return self.sort.startswith("-")

    @property
    def is_everything(self) -> bool:
        """Nothing narrows the list (the order does not)."""
        return not any((self.state, self.neighbourhood, self.objective, self.envelope, self.text))


def written() -> Coalesce:
    """How many opinions are written on an application, as a column: a count, never what they say (R-INS-01)."""
    rows = Opinion.objects.filter(application=OuterRef("pk")).order_by()
    return Coalesce(Subquery(rows.values("application").annotate(count=Count("pk")).values("count")), 0)


def expected() -> Coalesce:
    """How many institutions have an opinion to give on it, as a column: those that are asked for money."""
    rows = FundingLine.objects.filter(application=OuterRef("pk")).order_by()
    funders = Count("envelope__funder", distinct=True)
    return Coalesce(Subquery(rows.values("application").annotate(count=funders).values("count")), 0)


def _narrowed(rows: QuerySet[Application], wanted: Wanted) -> QuerySet[Application]:
    return filtered(
        rows.exclude(state__in=NEVER_SENT),
        state=wanted.state,
        neighbourhood=wanted.neighbourhood,
        objective=wanted.objective,
        envelope=wanted.envelope,
        text=wanted.text,
    )


def _keys_of(call: Call, wanted: Wanted) -> QuerySet[Any, Any]:
    """The list as keys alone, narrowed and ordered as the address wants: an index walks to any page of it."""
    sign = "-" if wanted.is_downward else ""
    rows = _narrowed(Application.objects.filter(call=call), wanted)
    return rows.order_by(f"{sign}{wanted.key}", f"{sign}pk").values("pk")


def files_of(call: Call, wanted: Wanted, keys: Any = None) -> QuerySet[Application]:
    """What a call received, narrowed and ordered as the address wants, with what a line of the list shows.

    ``keys``, a slice of those of ``found_in``, makes it one page: what a line shows is read for these lines alone.
    """
    sign = "-" if wanted.is_downward else ""
    rows = Application.objects.filter(call=call)
    rows = _narrowed(rows, wanted) if keys is None else rows.filter(pk__in=keys)
    return (
        rows.select_related("organisation__municipality")
        .prefetch_related(Prefetch("neighbourhoods", Neighbourhood.objects.order_by("code")))
        .annotate(written=written(), expected=expected())
        .order_by(f"{sign}{wanted.key}", f"{sign}pk")
    )


def found_in(call: Call, wanted: Wanted) -> tuple[int, int, "QuerySet[Any, Any] | list[int]"]:
    """(how many applications, cents asked in all, their keys in order) of what the list shows over all its pages.

    One query. No index helps to find a word inside a text: its rows are read once, for the sums and for the keys.
    """
    keys = _keys_of(call, wanted)
    if wanted.text:
        rows = list(keys.values_list("pk", "asked_cents"))
        return len(rows), sum(cents for _, cents in rows), [key for key, _ in rows]
    sums = keys.order_by().aggregate(count=Count("pk"), cents=Sum("asked_cents"))
    return sums["count"], sums["cents"] or 0, keys


def file_for(user: Any, code: str, wanted: Wanted) -> Application | None:
    """One application received, with its neighbours in the list as the address wants it. Nine queries in all."""
    own = organisations_of(user, Role.FUNDER)
    rows = Application.objects.filter(code=code).exclude(state__in=NEVER_SENT)
    return (
        rows.select_related("organisation__municipality", "call__contract", "answers", "budget", "project")
        .prefetch_related(
            Prefetch("lines", _lines(own)),
            Prefetch("requests"),
        )
        .annotate(written=written(), **_neighbours(wanted))
        .first()
    )


def _neighbours(wanted: Wanted) -> dict[str, Subquery]:
    """The codes of the next and the previous application in the list."""
    same_call = _narrowed(Application.objects.filter(call=OuterRef("call")), wanted)
    key = wanted.key

    def beside(compare: str, sign: str) -> Subquery:
        same = Q(**{key: OuterRef(key), f"pk__{compare}": OuterRef("pk")})
        further = Q(**{f"{key}__{compare}": OuterRef(key)}) | same
        return Subquery(same_call.filter(further).order_by(f"{sign}{key}", f"{sign}pk").values("code")[:1])

    after, before = beside("gt", ""), beside("lt", "-")
    return {"next_code": before, "previous_code": after} if wanted.is_downward else {
        "next_code": after, "previous_code": before
    }  # fmt: skip


def _lines(own: list[Any]) -> QuerySet[FundingLine]:
    """The lines with the proposal that this person may see (R-INS-01: one's own institution's, all once shared), and
    all that one's own institution proposes on the envelope."""
    lines = FundingLine.objects.select_related("envelope__funder").order_by("envelope__call_link__position", "pk")
    mine = Q(opinion__funder__in=own)
    seen = Proposal.objects.filter(mine | Q(opinion__application__call__opinions_shared_at__isnull=False)).order_by()
    everywhere = (
        Proposal.objects.filter(mine)
        .order_by()
        .filter(line__envelope=OuterRef("envelope"), line__application__state__in=IN_PROGRAMME)
    )
    return lines.annotate(
        seen_cents=Subquery(seen.filter(line=OuterRef("pk")).values("proposed_cents")),
        own_total_cents=Coalesce(
            Subquery(everywhere.values("line__envelope").annotate(cents=Sum("proposed_cents")).values("cents")),
            0,
        ),
    )


def aims_of(application: Application) -> dict[str, list[str]]:
    """The titles of its objectives and the names of its neighbourhoods: one query for both."""
    objectives = Objective.objects.filter(applications=application).annotate(what=Value("objectives"), place=F("path"))
    places = Neighbourhood.objects.filter(applications=application).annotate(
        what=Value("neighbourhoods"), place=F("code")
    )
    rows = objectives.order_by().values_list("what", "place", "title")
    found: dict[str, list[str]] = {"objectives": [], "neighbourhoods": []}
    for what, _, name in sorted(rows.union(places.order_by().values_list("what", "place", "name"))):
        found[what].append(name)
    return found


def papers_of(application: Application) -> list[StoredFile]:
    """The files that hang on an application, pieces and papers alike, in their order: one query."""
    rows = StoredFile.objects.filter(access=f"calls.application:{application.code}").select_related("piece", "paper")
    return list(rows.exclude(piece__isnull=True, paper__isnull=True).order_by("made_at", "pk"))


def deeds_with_names(application: Application, user: Any) -> QuerySet[Entry]:
    """What was done on an application and its lines, oldest first; who did it by name, for the officer alone."""
    codes = [application.code, *(f"{application.code}:{line.envelope.code}" for line in application.lines.all())]
    rows = entries_about(*codes).order_by("number")
    if not is_officer(user):
        return rows.annotate(name=Value(""))
    people = User.objects.filter(code=OuterRef("actor")).order_by("pk")
    return rows.annotate(name=Subquery(people.values(full=Concat("first_name", Value(" "), "last_name"))[:1]))
