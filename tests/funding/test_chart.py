import pytest

from faubourg.funding import chart
from faubourg.funding.chart import ACCOUNTS, Account
from faubourg.funding.enums import Side


def test_chart_has_the_63_lines_of_the_grid():
    assert len(ACCOUNTS) == 63
    assert [code for code, account in ACCOUNTS.items() if account.side == Side.EXPENSE] == [
        "60",
        "601",
        "604",
        "60x",
        "61",
        "613",
        "615",
        "616",
        "618",
        "62",
        "622",
        "623",
        "625",
        "62b",
        "63",
        "631",
        "635",
        "64",
        "641",
        "645",
        "647",
        "65",
        "66",
        "67",
        "68",
        "69",
        "IND1",
        "IND2",
        "IND3",
        "EXC",
        "86",
        "860",
        "861",
        "862",
        "864",
    ]
    assert [code for code, account in ACCOUNTS.items() if account.side == Side.INCOME] == [
        "70",
        "73",
        "74",
        "74etat",
        "74region",
        "74dep",
        "74epci",
        "74com",
        "74orgasoc",
        "74eu",
        "74asp",
        "74autpub",
        "74priv",
        "75",
        "756",
        "758",
        "750",
        "76",
        "77",
        "78",
        "789",
        "79",
        "OWN",
        "INS",
        "87",
        "870",
        "871",
        "875",
    ]


def test_an_account_knows_its_place():
    assert ACCOUNTS["613"] == Account("613", "61", "Locations", Side.EXPENSE, "direct", usual=True)
    assert [(code, ACCOUNTS[code].number) for code in ("613", "60x", "74etat", "OWN")] == [
        ("613", "613"),
        ("60x", ""),
        ("74etat", ""),
        ("OWN", ""),
    ]


def test_every_parent_stands_on_the_same_side():
    for account in ACCOUNTS.values():
        if account.parent not in ("", "IND"):
            assert ACCOUNTS[account.parent].side == account.side


def test_children_of_a_pseudo_parent():
    assert [account.code for account in chart.children("IND")] == ["IND1", "IND2", "IND3"]


@pytest.mark.parametrize(
    ("code", "answer"), [("601", True), ("60", True), ("74", False), ("74priv", True), ("IND", False), ("", False)]
)
def test_may_be_typed(code, answer):
    assert chart.may_be_typed(code) is answer


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("b-613", ("613", 1)),
        ("b-60x", ("60x", 1)),
        ("b-74priv", ("74priv", 1)),
        ("b-74priv-2", ("74priv", 2)),
        ("b-74priv-2-name", ("74priv", 2)),
        ("b-74priv-state", ("74priv", 1)),
        ("b-613-2", None),  # one place only on an account that is no co-funder's
        ("b-74priv-0", None),
        ("b-74priv-100", None),
        ("b-74", None),
        ("b-999", None),
        ("b-indirect-rule", None),
        ("asked-601", None),
        ("xb-601", None),
    ],
)
def test_place_of_a_field(field, place):
    assert chart.place_of(field) == place


def test_field_of_a_place():
    assert [chart.field_of("613"), chart.field_of("74priv", 2)] == ["b-613", "b-74priv-2"]
