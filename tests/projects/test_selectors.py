import pytest

from faubourg.core import clock
from faubourg.funding.services import release
from faubourg.projects import selectors
from faubourg.projects.models import Project, ProjectYear
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory
from tests.factories.projects import GrantFactory, ProjectFactory, ProjectYearFactory, ResultFactory
from tests.factories.territory import NeighbourhoodFactory

pytestmark = pytest.mark.django_db


def public(**values) -> ProjectYear:
    return ProjectYearFactory.create(announced_at=clock.now(), **values)


def test_public_years_announced_only_newest_first_then_by_title():
    b = public(project=ProjectFactory.create(title="B"))
    a = public(project=ProjectFactory.create(title="A"))
    old = public(year=2018)
    ProjectYearFactory.create()
    assert list(selectors.public_years()) == [a, b, old]
    assert list(selectors.public_years(year=2018)) == [old]
    assert selectors.announced_years() == [2027, 2018]


def test_public_years_by_objective_with_what_stands_under_it_each_once():
    contract = ContractFactory.create()
    pillar = ObjectiveFactory.create(contract=contract, path="001")
    first = ObjectiveFactory.create(contract=contract, path="001.001")
    second = ObjectiveFactory.create(contract=contract, path="001.002")
    near = ObjectiveFactory.create(contract=contract, path="0011")
    other = ObjectiveFactory.create(path="001.001")
    year = public(objectives=[first, second, pillar])
    public(objectives=[near])
    public(objectives=[other])
    assert list(selectors.public_years(objective=pillar)) == [year]
    assert list(selectors.public_years(objective=first)) == [year]
    assert selectors.public_years(objective=pillar).count() == 1


def test_public_years_by_neighbourhood():
    place = NeighbourhoodFactory.create()
    year = public(neighbourhoods=[place, NeighbourhoodFactory.create()])
    public()
    assert list(selectors.public_years(neighbourhood=place)) == [year]
    assert [len(found.neighbourhoods.all()) for found in selectors.public_years(neighbourhood=place)] == [2]


@pytest.mark.parametrize("count", [1, 3])
def test_public_years_query_count(django_assert_num_queries, count):
    for _ in range(count):
        year = public(objectives=[ObjectiveFactory.create()], neighbourhoods=[NeighbourhoodFactory.create()])
        GrantFactory.create(project_year=year)
        ResultFactory.create(project_year=year)
    with django_assert_num_queries(5):
        read = [
            (
                year.project.organisation.name,
                [one.title for one in year.objectives.all()],
                [one.name for one in year.neighbourhoods.all()],
                [grant.commitment.envelope.funder.name for grant in year.grants.all()],
                [result.text for result in year.results.all()],
            )
            for year in selectors.public_years()
        ]
    assert len(read) == count
    assert all(all(parts) for parts in read)


def test_live_grants_leave_released_money_out():
    live, gone = GrantFactory.create(), GrantFactory.create()
    release(gone.commitment, by=None)
    assert list(selectors.live_grants()) == [live]


def test_public_years_of_a_project():
    year = public()
    ProjectYearFactory.create(project=year.project, year=2028)
    public()
    assert list(selectors.public_years_of(year.project)) == [year]


def test_project_by_code_and_of_an_organisation():
    b, a = ProjectFactory.create(title="B"), ProjectFactory.create(title="A")
    a.organisation = OrganisationFactory.create()
    a.save()
    assert selectors.project_by_code(b.code) == b
    assert selectors.project_by_code("P-22222222") is None
    assert list(selectors.projects_of(b.organisation)) == [b]
    assert list(selectors.projects_of(a.organisation, b.organisation)) == [a, b]


@pytest.mark.parametrize("count", [1, 3])
def test_projects_know_their_public_years(count, django_assert_num_queries):
    for _ in range(count):
        project = ProjectFactory.create()
        for year, announced in ((2025, True), (2024, True), (2026, False)):
            at = clock.now() if announced else None
            ProjectYearFactory.create(project=project, year=year, announced_at=at)
    with django_assert_num_queries(2):
        rows = list(selectors.with_public_years(Project.objects.order_by("pk")))
    assert [[year.year for year in row.shown_years] for row in rows] == [[2024, 2025]] * count


def test_names():
    grant = GrantFactory.create(project_year__project__title="Jardin")
    year = grant.project_year
    assert [str(year.project), str(year), str(grant)] == [
        "Jardin", "Jardin, 2027", f"{year.pk}/{grant.commitment_id}",
    ]  # fmt: skip
