from datetime import UTC, date, datetime

import pytest

from faubourg.core.templatetags import faubourg as filters


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (123_450, "1 234,50 €"), (0, "0 €")])
def test_euros(value, shown):
    assert filters.euros(value) == shown.replace(" ", "\u202f")


@pytest.mark.parametrize(("value", "shown"), [(None, ""), (123_450, "1 234,50")])
def test_amount(value, shown):
    assert filters.amount(value) == shown.replace(" ", "\u202f")


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), ("", ""), (1234, "1 234"), ("12.50", "12,5"), (12.0, "12"), (0, "0")]
)
def test_number(value, shown):
    assert filters.number(value) == shown.replace(" ", "\u202f")


@pytest.mark.parametrize(
    ("value", "days", "words"),
    [
        (None, None, ""),
        (date(2026, 11, 23), 0, "aujourd’hui"),
        (date(2026, 11, 24), 1, "demain"),
        (date(2026, 11, 22), -1, "hier"),
        (datetime(2026, 12, 4, 23, 30, tzinfo=UTC), 12, "dans 12 jours"),
        (date(2026, 11, 20), -3, "il y a 3 jours"),
    ],
)
def test_days_until(value, days, words):
    assert (filters.days_until(value), filters.in_days(value)) == (days, words)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (date(2027, 3, 12), "vendredi 12 mars 2027"),
        (date(2027, 1, 1), "vendredi 1ᵉʳ janvier 2027"),
        (datetime(2027, 3, 11, 23, 30, tzinfo=UTC), "vendredi 12 mars 2027"),
    ],
)
def test_long_date(value, words):
    assert filters.long_date(value) == words


def test_at_hour():
    assert filters.at_hour(None) == ""
    assert filters.at_hour(datetime(2027, 1, 15, 16, 0, tzinfo=UTC)).replace("\u00a0", " ").replace("\u202f", " ") == (
        "vendredi 15 janvier 2027 à 17 h 00"
    )


@pytest.mark.parametrize(("count", "shown"), [(0, "0 projet"), (1, "1 projet"), (2, "2 projets")])
def test_plural(count, shown):
    assert filters.plural(count, "projet,projets") == shown


def test_lookup():
    assert (filters.lookup({3: "a"}, 3), filters.lookup({3: "a"}, 4)) == ("a", None)
