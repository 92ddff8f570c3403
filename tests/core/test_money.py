import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.core import money


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("0", 0),
        ("1200", 120_000),
        ("1 200", 120_000),
        ("1 200,5", 120_050),
        ("1\u202f200,50 €", 120_050),
        ("1\u00a0200.50€", 120_050),
        ("  7 ", 700),
        ("1'200", 120_000),
        ("0,01", 1),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, cents):
    assert money.parse_amount(typed) == cents


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Écrivez un montant"),
        ("€", "Écrivez un montant"),
        ("7OO", "contient une lettre"),
        ("12,345", "n’est pas lisible"),
        ("1,2,3", "n’est pas lisible"),
        ("12%", "n’est pas lisible"),
        ("-5", "ne peut pas être négatif"),
        ("−5", "ne peut pas être négatif"),
        ("1" + "0" * 13, "trop grand"),
        ("9" * 400, "trop grand"),
    ],
)
def test_amounts_that_cannot_be_read_say_why(typed, words):
    with pytest.raises(money.AmountError, match=words):
        money.parse_amount(typed)


@pytest.mark.parametrize(
    ("cents", "shown"),
    [(0, "0 €"), (5, "0,05 €"), (123_450, "1 234,50 €"), (100_000_000, "1 000 000 €"), (-250, "−2,50 €")],
)
def test_amounts_are_shown_the_french_way(cents, shown):
    assert money.format_amount(cents) == shown.replace(" ", "\u202f")


def test_amounts_without_the_sign():
    assert money.format_amount(1_234_56, unit="") == "1\u202f234,56"


@given(st.integers(0, 10**13))
def test_what_is_shown_is_read_back(cents):
    assert money.parse_amount(money.format_amount(cents)) == cents


@given(st.integers(0, 10**12), st.integers(1, 40))
def test_shares_lose_no_cent_and_differ_by_one_at_most(cents, parts):
    shares = money.split_evenly(cents, parts)
    assert (sum(shares), len(shares), max(shares) - min(shares) <= 1) == (cents, parts, True)


def test_shares_give_the_rest_to_the_first():
    assert money.split_evenly(100, 3) == [34, 33, 33]
