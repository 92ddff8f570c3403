"""The chain: written once, never changed, never forked, and what was altered all the same is shown."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import pytest
from django.db import connection, transaction

from faubourg.core import clock
from faubourg.core.clock import paris
from faubourg.core.triggers import lifted
from faubourg.journal import selectors
from faubourg.journal.models import GENESIS, Entry, Head
from faubourg.journal.rules import LooksPersonalError
from faubourg.journal.services import record, verify
from tests.factories.journal import Actor

pytestmark = pytest.mark.django_db


def write(count: int) -> list[Entry]:
    return [record(f"step-{i}", "D-7FK3M9QX", room="calls", by=Actor()) for i in range(1, count + 1)]


# ------------------------------------------------------------------------------------------------- writing
def test_first_entry_holds_every_field_and_follows_the_genesis():
    with clock.at(paris(2027, 3, 12, 17)):
        entry = record(
            "submit", "D-7FK3M9QX", room="calls", before="draft", after="submitted", amounts={"asked": 500_000},
            by=Actor(),
        )  # fmt: skip
    entry.refresh_from_db()
    assert {name: getattr(entry, name) for name in ("number", "at", "actor", "room", "verb", "thing")} == {
        "number": 1,
        "at": paris(2027, 3, 12, 17).astimezone(UTC),
        "actor": "U-ACTOR222",
        "room": "calls",
        "verb": "submit",
        "thing": "D-7FK3M9QX",
    }
    assert (entry.before, entry.after, entry.amounts) == ("draft", "submitted", {"asked": 500_000})
    assert entry.previous == GENESIS
    assert selectors.head() == (1, entry.digest)
    assert str(entry) == "1 submit D-7FK3M9QX"


def test_machine_has_no_code():
    assert record("sweep", "F-7FK3M9QX", room="documents", by=None).actor == ""


def test_each_entry_follows_the_one_before():
    first, second, third = write(3)
    assert [(e.number, e.previous) for e in (first, second, third)] == [
        (1, GENESIS),
        (2, first.digest),
        (3, second.digest),
    ]
    assert len({first.digest, second.digest, third.digest}) == 3
    assert verify() == []


def test_digest_is_reproducible_by_hand():
    """Another program can check the chain: canonical JSON of all fields, sorted, without spaces."""
    import hashlib

    with clock.at(paris(2027, 3, 12, 17)):
        entry = record("submit", "D-1", room="calls", amounts={"b": 2, "a": 1}, by=Actor("U-2"))
    text = (
        '{"actor":"U-2","after":"","amounts":{"a":1,"b":2},"at":"2027-03-12T16:00:00.000000+00:00","before":"",'
        f'"number":1,"previous":"{GENESIS}","room":"calls","thing":"D-1","verb":"submit"}}'
    )
    assert entry.digest == hashlib.sha256(text.encode()).hexdigest()


def test_head_of_an_empty_journal_is_the_genesis():
    assert selectors.head() == (0, GENESIS)
    assert verify() == []


def test_entry_is_undone_with_its_transaction():
    write(1)

    def deed_that_fails() -> None:
        with transaction.atomic():
            write(2)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        deed_that_fails()
    assert selectors.head()[0] == 1
    assert write(1)[0].number == 2
    assert verify() == []


def test_entries_about_finds_by_things_oldest_first():
    a = record("open", "C-AAAA", room="calls", by=None)
    record("open", "C-BBBB", room="calls", by=None)
    b = record("close", "C-AAAA", room="calls", by=None)
    c = record("open", "C-CCCC", room="calls", by=None)
    assert list(selectors.entries_about("C-AAAA", "C-CCCC")) == [a, b, c]


def test_record_costs_three_queries(django_assert_num_queries):
    write(1)
    with django_assert_num_queries(3):
        write(1)


# ------------------------------------------------------------------------------------------------- personal values
@pytest.mark.parametrize(
    "words",
    [
        {"thing": "claire@exemple.fr"},
        {"thing": "Claire Dupont"},
        {"after": "Réussie"},
        {"thing": "x" * 49},
        {"after": "x" * 33},
        {"verb": "tel:0558901234"},
        {"thing": "+33558901234"},
        {"room": "x" * 25},
        {"thing": "line\nbreak"},
        {"thing": ""},
        {"verb": ""},
        {"room": ""},
    ],
)
def test_what_looks_personal_is_refused(words):
    fields = {"verb": "open", "thing": "D-1", "room": "calls", **words}
    with pytest.raises(LooksPersonalError):
        record(by=None, **fields)
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("amounts", [{"asked by Claire": 1}, {"asked": 10.5}, {"asked": "1"}, {"asked": True}])
def test_amounts_are_whole_cents_under_a_word(amounts):
    with pytest.raises(LooksPersonalError):
        record("open", "D-1", room="calls", amounts=amounts, by=None)


def test_siret_is_not_a_phone_number():
    assert record("open", "24400067500013", room="partners", by=None).number == 1


# ------------------------------------------------------------------------------------------- the chain never forks
@pytest.mark.clock(None)
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [True, False])
def test_concurrent_writers_do_not_fork_the_chain(begun):
    if begun:
        write(1)

    def writer(number: int) -> None:
        try:
            for i in range(5):
                with transaction.atomic():
                    record(f"step-{i}", f"D-{number}", room="calls", by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(writer, range(8)))
    expected = 40 + begun
    assert list(Entry.objects.values_list("number", flat=True)) == list(range(1, expected + 1))
    assert selectors.head()[0] == expected
    assert verify() == []


# ------------------------------------------------------------------------------------------- what was altered shows
def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE journal_entry SET verb = 'other' WHERE number = 2",
            ["Journal, ligne 2 : son contenu a été changé après coup."],
        ),
        (
            "UPDATE journal_entry SET amounts = '{\"asked\": 1}' WHERE number = 3",
            ["Journal, ligne 3 : son contenu a été changé après coup."],
        ),
        ("DELETE FROM journal_entry WHERE number = 4", ["Journal, ligne 4 : elle a été retirée."]),
        ("DELETE FROM journal_entry WHERE number = 1", ["Journal, ligne 1 : elle a été retirée."]),
        ("DELETE FROM journal_entry WHERE number IN (2, 3)", ["Journal, lignes 2 à 3 : elles ont été retirées."]),
        ("DELETE FROM journal_entry", ["Journal, lignes 1 à 4 : elles ont été retirées."]),
        (
            "DELETE FROM journal_head",
            ["Journal : sa dernière empreinte a été retirée, rien ne dit plus où il finit."],
        ),
        (
            "UPDATE journal_head SET number = 2",
            ["Journal : des lignes ont été ajoutées après la 2, sans passer par l’application."],
        ),
        (
            "UPDATE journal_head SET digest = 'f00'",
            ["Journal, ligne 4 : elle n’est pas celle qui a été écrite en dernier."],
        ),
        (
            "UPDATE journal_entry SET previous = 'f00' WHERE number = 3",
            [
                "Journal, ligne 3 : son contenu a été changé après coup.",
                "Journal, ligne 3 : elle ne suit pas la ligne d’avant, la chaîne est rompue.",
            ],
        ),
    ],
)
def test_verify_shows_what_was_altered(statement, said):
    write(4)
    with lifted(connection):
        sql(statement)
    assert verify() == said


def test_verify_shows_a_line_rewritten_with_its_digest():
    """Whoever changes a line and computes its digest again breaks the link to the next one."""
    from faubourg.journal.figures import digest_of

    write(3)
    with lifted(connection):
        entry = Entry.objects.get(number=2)
        entry.verb = "other"
        entry.digest = digest_of(entry)
        entry.save()
    assert verify() == ["Journal, ligne 3 : elle ne suit pas la ligne d’avant, la chaîne est rompue."]


def test_head_is_one_row():
    write(1)
    assert str(Head.objects.get()) == "1"
