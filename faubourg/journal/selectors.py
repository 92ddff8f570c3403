"""Reading the journal."""

from django.db.models import QuerySet

from faubourg.journal.models import GENESIS, Entry, Head


def entries_about(*things: str) -> QuerySet[Entry]:
    """The deeds done on these codes, oldest first."""
    return Entry.objects.filter(thing__in=things)


def head() -> tuple[int, str]:
    """How many deeds were done, and the fingerprint that seals them all: to be written down elsewhere."""
    found = Head.objects.filter(pk=1).values_list("number", "digest").first()
    return found or (0, GENESIS)
