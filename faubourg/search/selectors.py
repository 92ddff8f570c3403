"""Reads: what somebody finds, limited in the database to what may be found; what the index has wrong."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import groupby
from operator import add, and_, attrgetter, or_
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.urls import NoReverseMatch, reverse

from faubourg.core.cards import Listed, Searched, load, searched
from faubourg.search.models import Listing, Word
from faubourg.search.words import MOST_SIGNS, TITLE, WHOLE, Term, after, digest_of, is_near, terms_of

OF_A_KIND, PER_PAGE = 5, 20
BEST = (F("score").desc(), F("position").desc(), F("digest").asc())  # the same on every database


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind: the best ones, and how many in all."""

    kind: str
    label: str
    count: int
    hits: list[Hit]


@dataclass(slots=True)
class Found:
    """The answer to a question. ``page`` and its ``hits`` when it is all of one kind, ``groups`` else.

    ``near``: what was typed, and the known words it was taken for. ``missing``: what was left aside. ``is_loose``:
    no thing has all the words, these have some.
    """

    text: str
    terms: Sequence[Term] = ()
    total: int = 0
    groups: list[Group] = field(default_factory=list)
    page: Page | None = None
    hits: list[Hit] = field(default_factory=list)  # of the page
    kinds: list[tuple[str, str, int]] = field(default_factory=list)  # kind, label, how many
    kind: str = ""
    missing: list[str] = field(default_factory=list)
    is_loose: bool = False

    @property
    def near(self) -> list[tuple[str, list[str]]]:
        return [(term.typed, list(term.near)) for term in self.terms if term.near]


Reach = list[tuple[Searched, Collection[str] | None]]


def reach_of(user: Any = None) -> Reach:
    """The kinds that this person may find, each with its scopes (None: all of it). Without user: what is public."""
    asked = [(one, _scopes(one, user)) for one in searched()]
    return [(one, scopes) for one, scopes in asked if scopes is None or scopes]


def _scopes(one: Searched, user: Any) -> Collection[str] | None:
    if not one.reach:
        return None
    return () if user is None else load(one.reach)(user)


def find(text: str, user: Any = None, *, kind: str = "", page: Any = 1) -> Found:
    """What these words find for this person: two or three queries, seven at the worst."""
    terms, reach = terms_of(text), reach_of(user)
    found = Found(" ".join(text.split())[:MOST_SIGNS], terms)
    if not (terms and reach):
        return found
    rows, counts = _answer(found, reach)
    labels = {one.kind: one.label for one, _ in reach}
    found.kinds = [(key, label, counts[key]) for key, label in labels.items() if key in counts]
    found.total = sum(counts.values())
    found.kind = kind if kind in counts else next(iter(counts)) if len(counts) == 1 else ""
    names = {one.kind: one.url_name for one, _ in reach}
    if found.kind:
        found.page = Paginator(_ranked(rows.filter(kind=found.kind), found.terms), PER_PAGE).get_page(page)
        found.hits = list(_hits(found.page, names))
    elif counts:
        hits = _best(rows, found.terms, names)
        found.groups = [Group(key, label, count, hits.get(key, [])) for key, label, count in found.kinds]
    return found


# ------------------------------------------------------------------------------------------------- the question
def _answer(found: Found, reach: Reach) -> tuple[QuerySet[Listing], dict[str, int]]:
    """The listings with all the words; else with all that are known, or nearly; else with any of them."""
    here = Listing.objects.filter(_within(reach))
    rows = here.filter(_having(found.terms, and_))
    counts = _counts(rows)
    if counts:
        return rows, counts
    mended = _mended(found.terms, reach)
    found.missing = [term.typed for term in found.terms if term.word not in {one.word for one in mended}]
    if mended and list(mended) != list(found.terms):
        rows = here.filter(_having(mended, and_))
        counts = _counts(rows)
    found.terms = mended or found.terms
    if not counts and len(mended) > 1:
        rows = here.filter(_having(mended, or_))
        counts, found.is_loose = _counts(rows), True
    return rows, counts


def _within(reach: Reach, there: str = "") -> Q:
    """The listings of these kinds and scopes; ``there``: seen from another table."""
    return reduce(
        or_,
        (
            Q(**{f"{there}kind": one.kind}, **({} if scopes is None else {f"{there}scope__in": list(scopes)}))
            for one, scopes in reach
        ),
    )


def _meets(term: Term) -> Q:
    """The words that this term means: its stem, what begins like it; or those it was taken for."""
    if term.near:
        return Q(form__in=term.near)
    stem, end = Q(form=term.stem), after(term.word)
    if not term.is_prefix:
        return stem
    return stem | (Q(form__gte=term.word, form__lt=end) if end else Q(form__gte=term.word))


def _having(terms: Iterable[Term], both: Any) -> Q:
    return reduce(both, (Q(pk__in=Word.objects.filter(_meets(term)).values("listing")) for term in terms))


def _counts(rows: QuerySet[Listing]) -> dict[str, int]:
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))


def _mended(terms: Sequence[Term], reach: Reach) -> list[Term]:
    """The terms that lead somewhere, those written nearly right with what they mean. Two queries at most."""
    here = Word.objects.filter(_within(reach, "listing__"))
    asked = Listing.objects.order_by("pk").values_list(*(Exists(here.filter(_meets(term))) for term in terms))
    known = next(iter(asked[:1]), None) or [False] * len(terms)
    lost = [term for term, is_known in zip(terms, known, strict=True) if not is_known]
    near = _near([term for term in lost if term.may_be_near], here)
    mended = (replace(term, near=near.get(term.word, ())) if term in lost else term for term in terms)
    return [term for term in mended if term.near or term not in lost]


def _near(terms: Sequence[Term], here: QuerySet[Word]) -> dict[str, tuple[str, ...]]:
    """The words of titles that look like these, their first letter being right: a few per mille of the index."""
    if not terms:
        return {}
    begins = reduce(or_, (Q(form__gte=first) & _before(after(first)) for first in {term.word[0] for term in terms}))
    forms = list(here.filter(begins, weight__in=(TITLE, WHOLE)).values_list("form", flat=True).distinct())
    found = {term.word: tuple(sorted(form for form in forms if is_near(form, term.word))) for term in terms}
    return {word: near for word, near in found.items() if near}


def _before(end: str) -> Q:
    return Q(form__lt=end) if end else Q()


# ------------------------------------------------------------------------------------------------- the answer
def _ranked(rows: QuerySet[Listing], terms: Iterable[Term]) -> Any:
    """The best first: for each term the heaviest word that it meets; a beginning of a word counts for little."""
    return rows.annotate(score=reduce(add, map(_points, terms))).order_by(*BEST)


def _points(term: Term) -> Any:
    exact = When(form=term.stem, then=F("weight") + 1)
    weighed = Case(exact, default=Value(TITLE if term.near else 1), output_field=IntegerField())
    words = Word.objects.filter(_meets(term), listing=OuterRef("pk")).annotate(points=weighed).order_by("-points")
    none = Value(0, output_field=IntegerField())
    return Coalesce(Subquery(words.values("points")[:1], output_field=IntegerField()), none)


def _best(rows: QuerySet[Listing], terms: Iterable[Term], names: dict[str, str]) -> dict[str, list[Hit]]:
    """The first ones of each kind: one query."""
    placed = _ranked(rows, terms).annotate(place=Window(RowNumber(), partition_by="kind", order_by=BEST))
    rows = placed.filter(place__lte=OF_A_KIND).order_by("kind", "place")
    return {kind: list(_hits(group, names)) for kind, group in groupby(rows, key=attrgetter("kind"))}


def _hits(rows: Iterable[Listing], names: dict[str, str]) -> Iterator[Hit]:
    """A page that is no more, and that no rebuild has missed yet, leads nowhere: it is passed over."""
    for row in rows:
        with suppress(NoReverseMatch):
            yield Hit(row.title, row.note, reverse(names[row.kind] or row.thing, args=row.args))


# ------------------------------------------------------------------------------------------------- is it true?
Key = tuple[str, str]  # kind, thing


def sources() -> dict[str, list[str]]:
    """Where the rooms tell what there is to find, each place once, with the kinds that it tells."""
    found: dict[str, list[str]] = {}
    for one in searched():
        found.setdefault(one.source, []).append(one.kind)
    return found


def differences(kinds: Sequence[str], listed: Iterable[Listed]) -> tuple[list[Listed], list[Key]]:
    """(what is missing in the index or false, what of these kinds is too many there). One query."""
    rows = Listing.objects.filter(kind__in=kinds).values_list("kind", "thing", "digest")
    # first what is known: a thing that is made meanwhile is seen with what there is, and is never too many
    known = {(kind, thing): digest for kind, thing, digest in rows.iterator(chunk_size=2000)}
    wanted = {(one.kind, one.thing): one for one in listed if one.kind in kinds}
    changed = [one for key, one in wanted.items() if known.get(key) != digest_of(one)]
    return changed, sorted(known.keys() - wanted.keys())


def is_filled() -> bool:
    return Listing.objects.exists()


def faults() -> Iterator[str]:
    """For `faubourg check`: an index that is missing, or that does not say what the pages say."""
    mend = "Lancez : faubourg manage search_rebuild"
    if not is_filled():
        yield f"L’index de recherche est vide : personne n’y trouve rien. {mend}"
        return
    compared = (differences(kinds, load(source)()) for source, kinds in sources().items())
    wrong = sum(len(changed) + len(gone) for changed, gone in compared)
    if wrong:
        said = "fiche fausse ou absente" if wrong == 1 else "fiches fausses ou absentes"
        yield f"L’index de recherche ne dit plus ce que disent les pages ({wrong} {said}). {mend}"
