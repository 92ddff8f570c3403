"""Reading the journal."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import caches
from django.db import connection
from django.db.models import QuerySet

from faubourg.journal.models import GENESIS, Entry, Head

Counted = TypeVar("Counted")


def entries_about(*things: str) -> QuerySet[Entry]:
    """The deeds done on these codes, oldest first."""
    return Entry.objects.filter(thing__in=things)


def head() -> tuple[int, str]:
    """How many deeds were done, and the fingerprint that seals them all: to be written down elsewhere."""
    found = Head.objects.filter(pk=1).values_list("number", "digest").first()
    return found or (0, GENESIS)


def until_next_deed(name: str, count: Callable[[], Counted]) -> Counted:
    """What deeds alone move, counted once by each process until the next deed: one query when nothing was done.

    ``name`` says what is counted and of what, for whom. The head's fingerprint is the stamp: a deed that comes
    between the stamp and the count makes the count newer than its stamp, never older. Inside a transaction, whose
    end may undo what it sees, it is always counted anew.
    """
    if connection.in_atomic_block:
        return count()
    stamp = head()
    cache = caches["process"]
    kept = cache.get(name)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    counted = count()
    cache.set(name, (stamp, counted))
    return counted
