from fractions import Fraction

import pytest

from faubourg.funding.enums import CoFunding
from faubourg.funding.figures import (
    Asked,
    asked_share,
    flags,
    grid,
    meant,
    own_share,
    percent,
    problems,
    public_share,
    read_amount,
)
from faubourg.funding.models import Budget
from tests.factories.funding import BudgetFactory, BudgetLineFactory, balanced_budget, budget_of

pytestmark = pytest.mark.django_db
S = "\u202f"


def found(budget: Budget, asked=()):
    """``(field, words)`` of each problem, narrow spaces as plain ones."""
    return [(refusal.field, refusal.message.replace(S, " ")) for refusal in problems(budget, asked)]


@pytest.mark.parametrize(
    ("text", "cents", "problem"),
    [
        ("1 234 €", 1_234_00, ""),
        ("1 200,00", 1_200_00, ""),
        ("0", 0, ""),
        ("3OO", 0, "Ce montant contient la lettre O, il n’est pas compté. Vouliez-vous écrire 300 ?"),
        ("l2O", 0, "Ce montant contient des lettres, il n’est pas compté. Vouliez-vous écrire 120 ?"),
        ("12x", 0, "Ce montant contient la lettre x, il n’est pas compté. Écrivez seulement des chiffres."),
        ("-3", 0, "Un montant ne peut pas être négatif."),
        ("12,50", 0, "Le budget s’écrit en euros entiers, sans centimes : cette ligne n’est pas comptée."),
        ("", 0, "Écrivez un montant, par exemple 1 200."),
        ("9" * 30, 0, "Ce montant est trop grand."),
    ],
)
def test_reading_an_amount(text, cents, problem):
    assert (read_amount(text)[0], read_amount(text)[1].replace(S, " ")) == (cents, problem)


@pytest.mark.parametrize(
    ("text", "said"),
    [("3OO", "300"), ("l 2OO €", "1 200"), ("12x", ""), ("300", ""), ("-3OO", ""), ("3OO,5O", ""), ("", "")],
)
def test_what_was_meant_by_a_letter(text, said):
    assert meant(text).replace(S, " ") == said


def test_a_balanced_budget_has_no_problem():
    assert found(balanced_budget(2_000_00), [("État", 2_000_00)]) == []


def test_an_empty_budget_is_not_balanced():
    assert found(BudgetFactory.create()) == [
        ("b-balance", "Le budget est vide : écrivez au moins une charge et un produit.")
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"_601": 1000, "_70": 500}, "Les charges dépassent les produits de 500 €."),
        ({"_601": 500, "_70": 1000}, "Les produits dépassent les charges de 500 €."),
    ],
)
def test_an_unbalanced_budget_is_refused_with_the_sum(lines, words):
    assert found(budget_of(**lines)) == [("b-balance", words)]


def test_a_difference_of_one_euro_is_a_difference():
    assert found(budget_of(_601=1000, _70=999)) == [("b-balance", "Les charges dépassent les produits de 1 €.")]


def test_unreadable_lines_are_named():
    budget = balanced_budget()
    budget.typed = {"b-613": "3OO"}
    BudgetLineFactory.create(budget=budget, account="613", amount_cents=0)
    assert found(budget) == [
        (
            "b-613",
            "613 Locations : ce montant contient la lettre O, il n’est pas compté. Vouliez-vous écrire 300 ?",
        )
    ]


def test_a_parent_beside_its_lines_is_named():
    budget = balanced_budget()
    BudgetLineFactory.create(budget=budget, account="60", amount_cents=5_00)
    assert [field for field, _ in found(budget)] == ["b-60"]


def test_an_unreadable_asked_amount_is_named():
    assert found(balanced_budget(), [Asked("CAF", 0, text="x", problem="Illisible.")]) == [
        ("b-balance", "CAF : illisible.")
    ]


def test_in_kind_blocks_must_be_equal():
    budget = balanced_budget()
    BudgetLineFactory.create(budget=budget, account="861", amount_cents=300_00)
    assert found(budget) == [
        (
            "b-870",
            (
                "Contributions en nature, bénévolat à part : 300 € en charges (86) et 0 € en produits (87). "
                "Les deux totaux doivent être égaux."
            ),
        )
    ]


def test_volunteers_stand_on_both_sides_even_when_the_blocks_are_equal():
    budget = balanced_budget()
    BudgetLineFactory.create(budget=budget, account="864", amount_cents=300_00)
    BudgetLineFactory.create(budget=budget, account="871", amount_cents=300_00)
    assert [words.partition(".")[0] for _, words in found(budget)] == [
        "Bénévolat : 300 € en charges (864) et 0 € en produits (870)",
        "Contributions en nature, bénévolat à part : 0 € en charges (86) et 300 € en produits (87)",
    ]


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"_864": 100, "_870": 90}, "Bénévolat : 100 € en charges (864) et 90 € en produits (870)"),
        ({"_864": 90, "_870": 100}, "Bénévolat : 90 € en charges (864) et 100 € en produits (870)"),
        ({"_875": 5}, "Contributions en nature, bénévolat à part : 0 € en charges (86) et 5 € en produits (87)"),
    ],
)
def test_in_kind_blocks_are_held_from_both_sides(lines, words):
    refusals = found(budget_of(_601=10, _70=10, **lines))
    assert [(field, said.partition(".")[0]) for field, said in refusals] == [("b-870", words)]


def test_equal_volunteers_and_equal_gifts_pass():
    budget = balanced_budget()
    for account in ("864", "870", "860", "875"):
        BudgetLineFactory.create(budget=budget, account=account, amount_cents=300_00)
    assert (found(budget), flags(budget)) == ([], [])


def test_a_co_funder_must_say_where_it_stands():
    budget = budget_of(_601=5_000, _756=4_000)
    line = BudgetLineFactory.create(budget=budget, account="74region", label="Nouvelle-Aquitaine")
    assert found(budget) == [
        ("b-74region-state", "Région (Nouvelle-Aquitaine) : dites si cette aide est obtenue ou demandée.")
    ]
    line.co_funding = CoFunding.PENDING
    line.save()
    assert found(budget) == []


@pytest.mark.parametrize("rule", ["", "Au prorata des heures."])
def test_indirect_costs_need_their_rule(rule):
    budget = budget_of(_601=1_000, IND1=500, IND3=100, _70=1_600)
    budget.indirect_rule = rule
    expected = (
        []
        if rule
        else [("b-indirect-rule", "Charges indirectes : dites comment ces 600 € sont répartis entre vos projets.")]
    )
    assert found(budget) == expected


def test_nobody_is_asked_for_more_than_the_charges():
    asked = [("État", 6_000_00), Asked("CAF", 7_000_00, field="asked-E-2"), ("Ville", 5_000_00)]
    assert found(budget_of(_601=5_000), asked)[:2] == [
        ("b-balance", "État : les 6 000 € demandés dépassent le total des charges, 5 000 €."),
        ("asked-E-2", "CAF : les 7 000 € demandés dépassent le total des charges, 5 000 €."),
    ]
    assert len(found(budget_of(_601=5_000), asked)) == 3  # the third is the balance


def test_checking_costs_one_query(django_assert_num_queries):
    budget = balanced_budget()
    with django_assert_num_queries(1):
        problems(budget)


def test_a_forecast_result_is_flagged_not_refused():
    budget = budget_of(_601=1_000, EXC=200, _70=900, INS=300)
    assert found(budget) == []
    assert [words.replace(S, " ") for words in flags(budget)] == [
        "Le budget prévoit un excédent de 200 €.",
        "Le budget prévoit un déficit de 300 €.",
    ]


def test_unusual_pairs_in_kind_are_flagged():
    budget = budget_of(_601=1_000, _70=1_000, _861=100, _862=50, _875=150)
    assert found(budget) == []
    assert [words.replace(S, " ") for words in flags(budget)] == [
        "Prestations en nature : 150 € en 861 et 862, 0 € en 871. D’ordinaire les deux vont ensemble.",
        "Dons en nature : 0 € en 860, 150 € en 875. D’ordinaire les deux vont ensemble.",
    ]


def test_shares_are_exact_and_have_their_base():
    budget = budget_of(_601=26_000, _864=3_000, _74priv=2_000, _74region=1_000, _70=1_500, _756=1_000, OWN=500)
    sheet = grid(budget, [("État", 10_000_00), ("CAF", 7_000_00)])
    assert public_share(sheet) == Fraction(18, 26)
    assert public_share(sheet, with_in_kind=True) == Fraction(18, 29)
    assert own_share(sheet) == Fraction(3, 26)
    assert asked_share(sheet, 10_000_00) == Fraction(10, 26)


def test_shares_of_nothing_are_nothing():
    sheet = grid(BudgetFactory.create())
    assert (public_share(sheet), own_share(sheet), asked_share(sheet, 0)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (Fraction(9, 13), "69,23"),
        (Fraction(1, 3), "33,33"),
        (Fraction(2, 3), "66,67"),
        (Fraction(1), "100,00"),
        (Fraction(5, 100_000), "0,01"),
        (Fraction(0), "0,00"),
    ],
)
def test_percent_has_two_decimals(share, said):
    assert percent(share) == f"{said}{S}%"
