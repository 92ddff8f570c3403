"""The database itself refuses to change or to delete what was done."""

import pytest
from django.db import IntegrityError, connection, transaction

from faubourg.journal.models import Entry, Head
from faubourg.journal.services import record, verify

pytestmark = pytest.mark.django_db

ORM = {
    "update an entry": lambda: Entry.objects.update(verb="other"),
    "save an entry": lambda: Entry.objects.get().save(),
    "delete an entry": lambda: Entry.objects.get().delete(),
    "delete all entries": lambda: Entry.objects.all().delete(),
    "take the head back": lambda: Head.objects.update(number=0),
    "change the head in place": lambda: Head.objects.update(digest="f00"),
    "delete the head": lambda: Head.objects.all().delete(),
    "make a second head": lambda: Head.objects.create(pk=2, number=0, digest="x"),
}
SQL = [
    "UPDATE journal_entry SET verb = 'other'",
    "UPDATE journal_entry SET digest = 'f00' WHERE number = 1",
    "DELETE FROM journal_entry",
    "DELETE FROM journal_head",
    "UPDATE journal_head SET number = 0",
]


@pytest.mark.parametrize("attempt", ORM)
def test_change_by_the_orm_is_refused(attempt):
    record("open", "C-1", room="calls", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        ORM[attempt]()
    assert Entry.objects.count() == 1
    assert verify() == []


@pytest.mark.parametrize("statement", SQL)
def test_change_by_raw_sql_is_refused(statement):
    record("open", "C-1", room="calls", by=None)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify() == []


@pytest.mark.parametrize("table", ["journal_entry", "journal_head"])
def test_truncate_is_refused(table):
    """On PostgreSQL it passes beside row triggers; on SQLite, DELETE without condition is its truncate."""
    empty = "TRUNCATE" if connection.vendor == "postgresql" else "DELETE FROM"
    record("open", "C-1", room="calls", by=None)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{empty} {table}")
    assert verify() == []


def test_same_number_cannot_be_written_twice():
    entry = record("open", "C-1", room="calls", by=None)
    twin = Entry(number=1, at=entry.at, room="calls", verb="open", thing="C-2", previous="a", digest="b")
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()
