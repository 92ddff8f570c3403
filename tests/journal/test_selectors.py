"""What deeds alone move is counted once until the next one, never wrongly."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db import transaction

from faubourg.journal.selectors import until_next_deed
from faubourg.journal.services import record
from tests.factories.journal import Actor


class Counter:
    """Says how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    caches["process"].clear()
    yield
    caches["process"].clear()


@pytest.mark.django_db(transaction=True)
def test_counts_again_after_each_deed_and_not_before(django_assert_num_queries):
    count = Counter()
    with django_assert_num_queries(3):
        assert [until_next_deed("files", count) for _ in range(3)] == [1, 1, 1]
    record("admit", "D-7FK3M9QX", room="calls", by=Actor())
    assert [until_next_deed("files", count) for _ in range(2)] == [2, 2]


@pytest.mark.django_db(transaction=True)
def test_each_name_is_counted_apart():
    one, other = Counter(), Counter()
    until_next_deed("one", one)
    until_next_deed("other", other)
    assert (one.asked, other.asked) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_keeps_nothing_that_a_transaction_may_still_undo():
    count = Counter()
    with transaction.atomic():
        record("admit", "D-7FK3M9QX", room="calls", by=Actor())
        assert [until_next_deed("files", count) for _ in range(2)] == [1, 2]
        transaction.set_rollback(True)
    assert until_next_deed("files", count) == 3
