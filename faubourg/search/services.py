"""Writes: the rooms that make, change and withdraw things say so here, in the same transaction.

The index is no deed of anybody: the journal hears of the thing itself, from its room. Listings are written before the
journal's head is taken, like all rows. A room that is closed has no listing.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.text import Truncator
from django_tasks import task

from faubourg.core.cards import Listed, load, searched
from faubourg.search.models import Listing, Word
from faubourg.search.selectors import differences, sources
from faubourg.search.words import digest_of, forms_of

AT_ONCE, MOST_ROUNDS = 500, 3  # listings written together; comparisons of a rebuild
SHOWN = ("scope", "title", "note", "args", "position", "digest")


def put(*listed: Listed) -> None:
    """These things may be found, as they are now. Three queries, however many there are (up to ``AT_ONCE``)."""
    kinds = {one.kind for one in searched()}
    known = [one for one in listed if one.kind in kinds]
    for start in range(0, len(known), AT_ONCE):
        _write(known[start : start + AT_ONCE])


@transaction.atomic(savepoint=False)
def drop(thing: str) -> None:
    """This thing is found by nobody any more."""
    Listing.objects.filter(thing=thing).delete()


def settle(kinds: str | Sequence[str], listed: Iterable[Listed]) -> int:
    """All things of these kinds are these: what differs is written, what is no more goes. How many listings moved."""
    kinds = [kinds] if isinstance(kinds, str) else kinds
    changed, gone = differences(kinds, listed)
    put(*changed)
    for kind in kinds:
        lost = [thing for other, thing in gone if other == kind]
        if lost:
            Listing.objects.filter(kind=kind, thing__in=lost).delete()
    return len(changed) + len(gone)


def rebuild() -> int:
    """The whole index as the rooms tell it now; how many listings were missing, false or too many.

    It keeps nobody waiting: each batch is its own transaction, so that what a service moves meanwhile may be written
    as it was before. Whenever something was written all is compared once more, until nothing differs.
    """
    moved = 0
    for _ in range(MOST_ROUNDS):
        wrong = sum(settle(kinds, load(source)()) for source, kinds in sources().items())
        moved += wrong
        if not wrong:
            break
    lost = Listing.objects.exclude(kind__in=[one.kind for one in searched()])  # of rooms that were closed
    count = lost.count()
    if count:
        lost.delete()
    return moved + count


def rebuild_soon() -> None:
    """What others list by a name that has just changed follows within seconds, by the worker."""
    transaction.on_commit(rebuild_all.enqueue, robust=True)


@task()
def rebuild_all() -> int:
    return rebuild()


@transaction.atomic(savepoint=False)  # a part of the service's transaction, where there is one
def _write(listed: Sequence[Listed]) -> None:
    rows = Listing.objects.bulk_create(
        [
            Listing(
                kind=one.kind, thing=one.thing, scope=one.scope, title=one.title[:200],
                note=Truncator(one.note).chars(300), args=list(one.args), position=one.position, digest=digest_of(one),
            )
            for one in listed
        ],
        update_conflicts=True, unique_fields=["thing", "kind"], update_fields=SHOWN,
    )  # fmt: skip
    Word.objects.filter(listing__in=[row.pk for row in rows]).delete()
    Word.objects.bulk_create(
        Word(listing=row, form=form, weight=weight)
        for row, one in zip(rows, listed, strict=True)
        for form, weight in forms_of(one).items()
    )
