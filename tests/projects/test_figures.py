"""Sums over projects: the parts add up to the whole, to the cent; released money counts nowhere."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.core import clock
from faubourg.funding.enums import MoneyKind
from faubourg.funding.services import release
from faubourg.projects import figures
from faubourg.projects.models import ProjectYear
from faubourg.projects.selectors import public_years, with_everything
from tests.factories.funding import CommitmentFactory, EnvelopeFactory
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory
from tests.factories.projects import GrantFactory, ProjectYearFactory, ResultFactory
from tests.factories.territory import NeighbourhoodFactory

pytestmark = pytest.mark.django_db


def year_of(*amounts: int, envelope=None, **values) -> ProjectYear:
    """A public year with these cents on one envelope."""
    envelope = envelope or EnvelopeFactory.create()
    year = ProjectYearFactory.create(announced_at=clock.now(), **values)
    for cents in amounts:
        GrantFactory.create(
            project_year=year, commitment=CommitmentFactory.create(envelope=envelope, amount_cents=cents)
        )
    return year


def read() -> list[ProjectYear]:
    return list(public_years())


def test_by_funder_largest_first_with_both_kinds_of_money():
    state, caf = OrganisationFactory.create(name="État"), OrganisationFactory.create(name="CAF")
    earmarked = EnvelopeFactory.create(funder=state)
    ordinary = EnvelopeFactory.create(funder=state, kind=MoneyKind.ORDINARY)
    year = year_of(4_000_00, 500_00, envelope=earmarked)
    GrantFactory.create(project_year=year, commitment=CommitmentFactory.create(envelope=ordinary, amount_cents=1_00))
    year_of(2_000_00, envelope=EnvelopeFactory.create(funder=caf))
    year_of(700_00, envelope=earmarked)
    assert [
        (row.thing, row.cents, row.earmarked_cents, row.ordinary_cents, row.projects)
        for row in figures.by_funder(read())
    ] == [(state, 5_201_00, 5_200_00, 1_00, 2), (caf, 2_000_00, 2_000_00, 0, 1)]
    assert figures.total_cents(read()) == 7_201_00


def test_by_funder_same_amount_by_name():
    for name in ("Ville", "CAF"):
        year_of(1_00, envelope=EnvelopeFactory.create(funder=OrganisationFactory.create(name=name)))
    assert [row.thing.name for row in figures.by_funder(read())] == ["CAF", "Ville"]


def test_released_money_counts_nowhere_even_when_still_tied():
    year = year_of(4_000_00, 500_00)
    release(year.grants.order_by("pk").first().commitment, by=None)
    assert figures.total_cents(read()) == 500_00
    assert figures.total_cents(ProjectYear.objects.all()) == 500_00
    assert [row.cents for row in figures.by_funder(read())] == [500_00]


def test_by_objective_equal_shares_to_the_cent_in_the_order_of_the_contract():
    contract = ContractFactory.create()
    a, b, c = (ObjectiveFactory.create(contract=contract, path=path) for path in ("001", "002", "003"))
    year_of(100, objectives=[c, a, b])
    year_of(50, objectives=[b])
    year_of(7)
    assert [(row.thing, row.cents, row.projects) for row in figures.by_objective(read())] == [
        (a, 34, 1), (b, 83, 2), (c, 33, 1), (None, 7, 1),
    ]  # fmt: skip


def test_by_objective_gathered_on_the_pillars_even_empty():
    contract = ContractFactory.create()
    first, second, third = (ObjectiveFactory.create(contract=contract, path=path) for path in ("001", "002", "0011"))
    below = ObjectiveFactory.create(contract=contract, path="001.001")
    beside = ObjectiveFactory.create(contract=contract, path="001.002")
    elsewhere = ObjectiveFactory.create(path="002")
    year_of(100, objectives=[below, beside])
    year_of(30, objectives=[below, third])
    year_of(4, objectives=[third])
    year_of(9, objectives=[elsewhere])
    rows = figures.by_objective(read(), among=[first, second, third])
    assert [(row.thing, row.cents, row.projects) for row in rows] == [
        (first, 115, 2), (third, 19, 2), (second, 0, 0), (None, 9, 1),
    ]  # fmt: skip


def test_by_neighbourhood_equal_shares_and_the_whole_town_last():
    a, b = NeighbourhoodFactory.create(code="QN04001M"), NeighbourhoodFactory.create(code="QN04002I")
    c = NeighbourhoodFactory.create(code="QN04003I")
    year_of(101, neighbourhoods=[b, a])
    year_of(5)
    rows = figures.by_neighbourhood(read(), among=[a, b, c])
    assert [(row.thing, row.cents, row.projects) for row in rows] == [
        (a, 51, 1), (b, 50, 1), (c, 0, 0), (None, 5, 1),
    ]  # fmt: skip
    assert figures.by_neighbourhood([]) == []


def test_year_without_money_counts_as_a_project():
    place = NeighbourhoodFactory.create()
    year_of(neighbourhoods=[place])
    assert [(row.cents, row.projects) for row in figures.by_neighbourhood(read())] == [(0, 1)]
    assert figures.by_funder(read()) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(1, 10**7), st.sets(st.integers(0, 3)), st.sets(st.integers(0, 2))), max_size=4)
)
def test_parts_always_add_up_to_the_whole(rows, db):
    ProjectYear.objects.all().delete()
    contract = ContractFactory.create()
    objectives = [ObjectiveFactory.create(contract=contract) for _ in range(4)]
    places = [NeighbourhoodFactory.create() for _ in range(3)]
    envelope = EnvelopeFactory.create(amount_cents=10**9)
    for cents, tops, wheres in rows:
        year_of(
            cents, envelope=envelope,
            objectives=[objectives[i] for i in tops], neighbourhoods=[places[i] for i in wheres],
        )  # fmt: skip
    years = read()
    total = sum(cents for cents, _, _ in rows)
    assert figures.total_cents(years) == total
    for shares in (figures.by_funder(years), figures.by_objective(years), figures.by_neighbourhood(years)):
        assert sum(share.cents for share in shares) == total


@pytest.mark.parametrize("count", [1, 3])
def test_figures_no_query_beyond_those_of_the_years(django_assert_num_queries, count):
    for _ in range(count):
        year_of(10, 20, objectives=[ObjectiveFactory.create()], neighbourhoods=[NeighbourhoodFactory.create()])
    with django_assert_num_queries(5):
        years = list(with_everything(ProjectYear.objects.order_by("pk")))
        assert figures.total_cents(years) == 30 * count
        assert [row.thing.name for row in figures.by_funder(years)]
        assert len(figures.by_objective(years)) == len(figures.by_neighbourhood(years)) == count
        assert [year.project.organisation.name for year in years]


def test_headline_results_public_ones_latest_first_in_one_query(django_assert_num_queries):
    old = ResultFactory.create(
        is_headline=True, project_year=ProjectYearFactory.create(year=2018, announced_at=clock.now())
    )
    new = ResultFactory.create(
        is_headline=True, project_year=ProjectYearFactory.create(year=2019, announced_at=clock.now())
    )
    ResultFactory.create(is_headline=True)
    ResultFactory.create(project_year=old.project_year)
    with django_assert_num_queries(1):
        found = figures.headline_results()
        assert [str(row.project_year.project.organisation)[:11] for row in found] == ["Association"] * 2
    assert found == [new, old]
    assert figures.headline_results(limit=1) == [new]
