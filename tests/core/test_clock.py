from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from faubourg.core import clock
from tests.conftest import NOW


def test_the_clock_of_the_tests_stands(the_clock):
    assert clock.now() == the_clock == NOW == datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.clock(clock.paris(2027, 7, 14, 12))
def test_a_mark_sets_it():
    assert clock.now() == datetime(2027, 7, 14, 10, tzinfo=UTC)


@pytest.mark.clock(None)
def test_a_mark_lets_it_run():
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)


def test_the_day_is_the_one_of_paris():
    with clock.at(datetime(2027, 1, 14, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2027, 1, 15)


def test_blocks_nest_and_give_back():
    with clock.at(clock.paris(2027, 1, 1)):
        with clock.at(clock.paris(2028, 1, 1)):
            assert clock.today().year == 2028
        assert clock.today().year == 2027
    assert clock.now() == NOW


def test_naive_instants_are_refused():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2027, 1, 1)):  # noqa: DTZ001
        pass
