"""Writing in the journal, and reading whether it was tampered with."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.db import transaction

from faubourg.core import clock
from faubourg.journal import rules
from faubourg.journal.figures import digest_of
from faubourg.journal.models import GENESIS, Entry, Head

READ = ("number", "at", "actor", "room", "verb", "thing", "before", "after", "amounts", "previous", "digest")


class HasCode(Protocol):
    """Whoever acts: the journal knows a code, nothing more."""

    @property
    def code(self) -> str: ...


def record(
    verb: str,
    thing: str,
    *,
    room: str,
    before: str = "",
    after: str = "",
    amounts: Mapping[str, int] | None = None,
    by: HasCode | None,
) -> Entry:
    """Add one deed at the end of the chain. ``by=None`` is the machine itself.

    Called LAST by a service: the head's row is locked until the transaction ends, so a service that had still
    to lock rows of its own could meet another one the other way round.
    """
    actor = by.code if by else ""
    words = {"actor": actor, "room": room, "verb": verb, "thing": thing, "before": before, "after": after}
    rules.check_words(words)
    rules.check_amounts(amounts or {})
    return _append(Entry(**words, at=clock.now(), amounts=dict(amounts or {})))


@transaction.atomic(savepoint=False)  # a part of the service's transaction: if this fails, all of it is undone
def _append(entry: Entry) -> Entry:
    head = _locked_head()
    entry.number, entry.previous = head.number + 1, head.digest
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save(update_fields=["number", "digest"])
    return entry


def _locked_head() -> Head:
    """The end of the chain, ours until the transaction ends. The very first writer makes it."""
    locked = Head.objects.select_for_update()
    head = locked.filter(pk=1).first()
    if head is None:
        Head.objects.get_or_create(pk=1, defaults={"number": 0, "digest": GENESIS})
        head = locked.get(pk=1)
    return head


def verify() -> list[str]:
    """Read the whole chain again: one French line for each thing altered, nothing when all is whole."""
    return list(_faults())


def _faults() -> Iterator[str]:
    number, digest = 0, GENESIS
    rows: Any = Entry.objects.order_by("number").values_list(*READ, named=True)  # as models they cost twice as much
    for entry in rows.iterator(chunk_size=2000):
        yield from _missing(number + 1, entry.number - 1)
        if digest_of(entry) != entry.digest:
            yield f"Journal, ligne {entry.number} : son contenu a été changé après coup."
        if entry.number == number + 1 and entry.previous != digest:
            yield f"Journal, ligne {entry.number} : elle ne suit pas la ligne d’avant, la chaîne est rompue."
        number, digest = entry.number, entry.digest
    yield from _faults_at_the_end(number, digest)


def _missing(first: int, last: int) -> Iterator[str]:
    if first == last:
        yield f"Journal, ligne {first} : elle a été retirée."
    elif first < last:
        yield f"Journal, lignes {first} à {last} : elles ont été retirées."


def _faults_at_the_end(number: int, digest: str) -> Iterator[str]:
    head = Head.objects.filter(pk=1).first()
    if head is None:
        if number:
            yield "Journal : sa dernière empreinte a été retirée, rien ne dit plus où il finit."
        return
    yield from _missing(number + 1, head.number)
    if head.number < number:
        yield f"Journal : des lignes ont été ajoutées après la {head.number}, sans passer par l’application."
    elif head.number == number and head.digest != digest:
        yield f"Journal, ligne {number} : elle n’est pas celle qui a été écrite en dernier."
