from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal.models import Entry
from faubourg.partners.enums import Role
from faubourg.projects import services
from faubourg.projects.models import Grant, ProjectYear, Result
from tests.factories.accounts import UserFactory
from tests.factories.funding import CommitmentFactory
from tests.factories.partners import ObjectiveFactory, OrganisationFactory, member, officer
from tests.factories.projects import GrantFactory, ProjectFactory, ProjectYearFactory
from tests.factories.territory import NeighbourhoodFactory

pytestmark = pytest.mark.django_db


def deeds() -> list[tuple[str, str, str]]:
    return list(Entry.objects.order_by("number").values_list("verb", "thing", "actor"))


# ------------------------------------------------------------------------------------------------- project
def test_open_project_by_its_own_people_the_officer_or_the_machine():
    organisation = OrganisationFactory.create()
    people = [member(Role.SIGNER, organisation), member(Role.MEMBER, organisation), officer(), None]
    made = [
        services.open_project(title=" Jardin ", organisation=organisation, summary=" Un jardin ", by=user)
        for user in people
    ]
    assert {(one.title, one.summary, one.organisation, one.is_example) for one in made} == {
        ("Jardin", "Un jardin", organisation, False)
    }
    assert deeds() == [
        ("open_project", one.code, user.code if user else "") for one, user in zip(made, people, strict=True)
    ]


def test_open_project_by_anybody_else_is_refused():
    organisation = OrganisationFactory.create()
    for user in (UserFactory.create(), member(Role.SIGNER), member(Role.FUNDER)):
        with pytest.raises(NotAllowed):
            services.open_project(title="Jardin", organisation=organisation, by=user)
    assert not organisation.projects.exists()


def test_open_project_without_title():
    with pytest.raises(Refusal) as no:
        services.open_project(title=" ", organisation=OrganisationFactory.create(), by=None)
    assert no.value.field == "title"


# ------------------------------------------------------------------------------------------------- year
def test_open_year_made_then_brought_up_to_date_once():
    boss, project = officer(), ProjectFactory.create()
    theme, other, place = ObjectiveFactory.create(), ObjectiveFactory.create(), NeighbourhoodFactory.create()

    def open_year(**values):
        asked = {"objectives": [theme], "neighbourhoods": [place], "people_expected": 40, "by": boss}
        return services.open_year(project, 2027, **{**asked, **values})

    year = open_year()
    assert open_year() == year
    assert deeds() == [("open_year", f"{project.code}:2027", boss.code)]
    open_year(objectives=[other], neighbourhoods=[], ends_on=date(2027, 12, 31))
    year = ProjectYear.objects.get()
    assert (year.people_expected, year.ends_on, list(year.objectives.all()), list(year.neighbourhoods.all())) == (
        40, date(2027, 12, 31), [other], [],
    )  # fmt: skip
    assert deeds()[1:] == [("change_year", f"{project.code}:2027", boss.code)]


def test_open_year_that_ends_before_it_begins():
    with pytest.raises(Refusal) as no:
        services.open_year(
            ProjectFactory.create(), 2027, objectives=[], neighbourhoods=[],
            starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 1), by=None,
        )  # fmt: skip
    assert no.value.field == "ends_on"


def test_year_promises_of_the_database():
    year = ProjectYearFactory.create()
    for broken in (
        lambda: ProjectYearFactory.create(project=year.project, year=year.year),
        lambda: ProjectYearFactory.create(starts_on=date(2027, 2, 1), ends_on=date(2027, 1, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()


# ------------------------------------------------------------------------------------------------- grant
def test_grant_once_and_ungrant_once():
    boss, year, commitment = officer(), ProjectYearFactory.create(), CommitmentFactory.create(amount_cents=4_000_00)
    given = services.grant(year, commitment, by=boss)
    assert services.grant(year, commitment, by=boss) == given
    thing = f"{year.project.code}:{year.year}:{commitment.code}"
    assert deeds() == [("grant", thing, boss.code)]
    assert Entry.objects.get().amounts == {"granted": 4_000_00}
    services.ungrant(commitment, by=boss)
    services.ungrant(commitment, by=boss)
    assert not Grant.objects.exists()
    assert deeds() == [("grant", thing, boss.code), ("ungrant", thing, boss.code)]


def test_grant_one_commitment_never_pays_twice():
    given = GrantFactory.create()
    with pytest.raises(Refusal, match="paie déjà un autre projet"):
        services.grant(ProjectYearFactory.create(), given.commitment, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        GrantFactory.create(commitment=given.commitment)


def test_grant_released_money_is_refused():
    commitment = CommitmentFactory.create(released_at=clock.now())
    with pytest.raises(Refusal, match="libéré"):
        services.grant(ProjectYearFactory.create(), commitment, by=None)


# ------------------------------------------------------------------------------------------------- announce
def test_announce_each_year_once():
    boss = officer()
    first, second = ProjectYearFactory.create(), ProjectYearFactory.create()
    assert services.announce([first], by=boss) == 1
    with clock.at(clock.paris(2027, 1, 1)):
        assert services.announce([first, second], by=boss) == 1
    first.refresh_from_db()
    assert first.announced_at == clock.now()
    assert deeds() == [("announce", f"{year.project.code}:2027", boss.code) for year in (first, second)]
    assert services.announce([], by=boss) == 0


# ------------------------------------------------------------------------------------------------- results
RESULT = {"value": 68, "unit": "enfants", "text": "68 enfants suivis", "measured": "2018", "source": "Bilan 2018"}


def test_add_result():
    year = ProjectYearFactory.create()
    made = services.add_result(year, **RESULT, is_headline=True, by=officer())
    assert (made.value, made.unit, made.is_headline, str(made)) == (Decimal("68.0"), "enfants", True, "68.0 enfants")
    assert deeds()[0][:2] == ("add_result", f"{year.project.code}:2027")


@pytest.mark.parametrize("field", ["value", "unit", "text", "measured", "source"])
def test_add_result_never_without_its_date_and_source(field):
    with pytest.raises(Refusal) as no:
        services.add_result(ProjectYearFactory.create(), **{**RESULT, field: " "}, by=None)
    assert no.value.field == field
    assert not Result.objects.exists()


# ------------------------------------------------------------------------------------------------- rules
def test_officer_only():
    year, commitment = ProjectYearFactory.create(), CommitmentFactory.create()
    for user in (UserFactory.create(), member(Role.SIGNER, year.project.organisation), member(Role.FUNDER)):
        for attempt in (
            lambda by: services.open_year(year.project, 2028, objectives=[], neighbourhoods=[], by=by),
            lambda by: services.grant(year, commitment, by=by),
            lambda by: services.ungrant(commitment, by=by),
            lambda by: services.announce([year], by=by),
            lambda by: services.add_result(year, **RESULT, by=by),
        ):
            with pytest.raises(NotAllowed):
                attempt(user)
    assert not Entry.objects.exists()
