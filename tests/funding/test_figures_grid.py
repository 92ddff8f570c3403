import pytest

from faubourg.funding.enums import CoFunding
from faubourg.funding.figures import Asked, Row, grid
from tests.factories.funding import BudgetFactory, BudgetLineFactory, budget_of

pytestmark = pytest.mark.django_db


def groups(column):
    """Group -> its total in euros, filled groups only."""
    return {group.key: group.total_cents // 100 for group in column.groups if group.is_filled}


def group(sheet, key):
    return next(found for column in sheet.columns for found in (*column.groups, column.in_kind) if found.key == key)


def test_an_empty_budget_shows_its_usual_lines():
    sheet = grid(BudgetFactory.create())
    assert [[row.account for row in found.rows] for found in sheet.expense.groups] == [
        ["601", "604"],
        ["613", "616"],
        ["622", "625"],
        [],
        ["641", "645"],
        [],
        [],
    ]
    assert [row.account for found in sheet.income.groups for row in found.rows] == ["70", "756", "OWN"]
    assert (sheet.is_empty, sheet.is_balanced, sheet.difference_cents) == (True, True, 0)
    assert sheet.balance_words == "Le budget est encore vide"


def test_every_account_that_may_be_typed_has_its_place():
    from faubourg.funding.chart import ACCOUNTS, may_be_typed

    sheet = grid(BudgetFactory.create())
    shown = [
        row.account
        for column in sheet.columns
        for found in (*column.groups, column.in_kind)
        for row in (*found.rows, *found.more)
    ]
    assert sorted(shown) == sorted(filter(may_be_typed, ACCOUNTS))


def test_parents_and_totals_are_computed():
    sheet = grid(
        budget_of(_601=4900, _604=1500, _641=10_800, _864=3000, _70=1500, OWN=500, _870=3000),
        [("État", 7_000_00), ("CAF", 8_200_00)],
    )
    assert groups(sheet.expense) == {"60": 6400, "64": 10_800}
    assert groups(sheet.income) == {"70": 1500, "asked": 15_200, "own": 500}
    assert (sheet.expense.total_cents, sheet.expense.grand_total_cents) == (17_200_00, 20_200_00)
    assert (sheet.income.total_cents, sheet.income.grand_total_cents) == (17_200_00, 20_200_00)
    assert sheet.balance_words == "Le budget est équilibré"
    assert sheet.cents_on("60", "64", "74", "86") == (6400 + 10_800 + 15_200 + 3000) * 100


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"_601": 500, "_70": 300}, "Il manque 200\u202f€ de produits"),
        ({"_601": 500, "_70": 1700}, "Il manque 1\u202f200\u202f€ de charges"),
    ],
)
def test_balance_is_said_in_words(lines, words):
    assert grid(budget_of(**lines)).balance_words == words


def test_a_parent_typed_alone_counts():
    sheet = grid(budget_of(_60=900))
    assert group(sheet, "60").rows[-1] == Row(
        "Achats, sans détail",
        "b-60",
        "60",
        "60",
        text="900",
        cents=900_00,
        is_lump=True,
        is_typed=True,
    )
    assert (sheet.cents_on("60"), sheet.expense.total_cents) == (900_00, 900_00)


def test_a_parent_typed_beside_its_lines_does_not_count():
    sheet = grid(budget_of(_60=900, _601=400))
    lump = group(sheet, "60").rows[-1]
    assert (lump.account, lump.text, lump.cents) == ("60", "900", 0)
    assert lump.problem == (
        "Ce montant n’est pas compté : le total de ce compte est fait de ses lignes. Effacez l’un ou l’autre."
    )
    assert (sheet.cents_on("60"), sheet.expense.total_cents) == (400_00, 400_00)


def test_unreadable_text_is_shown_and_not_counted():
    budget = BudgetFactory.create(typed={"b-613": "3OO"})
    BudgetLineFactory.create(budget=budget, account="613", amount_cents=0)
    sheet = grid(budget)
    row = next(row for row in group(sheet, "61").rows if row.account == "613")
    assert row == Row(
        "Locations",
        "b-613",
        "613",
        "613",
        text="3OO",
        cents=0,
        problem="Ce montant contient la lettre O, il n’est pas compté. Vouliez-vous écrire 300\u202f?",
        is_typed=True,
        is_usual=True,
    )
    assert sheet.expense.total_cents == 0


def test_co_funders_say_who_and_where_they_stand():
    budget = BudgetFactory.create()
    for slot, name in ((2, "Fondation B"), (1, "Fondation A")):
        BudgetLineFactory.create(
            budget=budget, account="74priv", slot=slot, label=name, co_funding=CoFunding.OBTAINED, amount_cents=100_00
        )
    found = group(grid(budget), "grants")
    assert [(row.field, row.name, row.state_label, row.is_grant) for row in found.rows] == [
        ("b-74priv", "Fondation A", "obtenue", True),
        ("b-74priv-2", "Fondation B", "obtenue", True),
    ]
    assert " ".join(row.field for row in found.more) == (
        "b-74etat b-74region b-74dep b-74epci b-74com b-74orgasoc b-74eu b-74asp b-74autpub b-74priv-3"
    )
    assert found.more[0].state_label == ""


def test_what_is_asked_may_be_typed_in_the_grid():
    asked = Asked("CAF", 0, field="asked-E-1", text="3OO", problem="illisible")
    assert group(grid(BudgetFactory.create(), [asked]), "asked").rows == [
        Row("CAF", "asked-E-1", text="3OO", problem="illisible", is_typed=True)
    ]


def test_grid_costs_one_query(django_assert_num_queries):
    budget = budget_of(_601=1, _60=2, _70=3)
    with django_assert_num_queries(1):
        grid(budget, [("État", 1)])


def test_grid_of_a_prefetched_budget_costs_nothing(django_assert_num_queries):
    from faubourg.funding.models import Budget

    pk = budget_of(_601=1).pk
    budget = Budget.objects.prefetch_related("lines").get(pk=pk)
    with django_assert_num_queries(0):
        assert grid(budget).expense.total_cents == 1_00
