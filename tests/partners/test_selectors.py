from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from faubourg.partners import selectors
from faubourg.partners.enums import MembershipState, Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import (
    ContractFactory,
    MembershipFactory,
    ObjectiveFactory,
    OrganisationFactory,
    member,
    officer,
    siret,
)
from tests.factories.territory import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_memberships_of_one_query_for_all_rules(django_assert_num_queries):
    user = UserFactory.create()
    for role in (Role.SIGNER, Role.FUNDER, Role.MEMBER):
        MembershipFactory.create(user=user, role=role)
    with django_assert_num_queries(1):
        assert selectors.roles_of(user) == {Role.SIGNER, Role.FUNDER, Role.MEMBER}
        assert len(selectors.organisations_of(user)) == 3
        assert len(selectors.speaks_for(user)) == 2
        assert [row.organisation.name for row in selectors.memberships_of(user)]


def test_memberships_of_anonymous_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert selectors.memberships_of(AnonymousUser()) == []


def test_memberships_of_answer_cannot_be_changed_from_outside():
    user = member()
    selectors.memberships_of(user).clear()
    assert len(selectors.memberships_of(user)) == 1


def test_memberships_of_read_again_after_a_write_or_on_demand(django_assert_num_queries):
    user = UserFactory.create()
    assert selectors.memberships_of(user) == []
    row = MembershipFactory.create(user=user)
    assert selectors.memberships_of(user) == [row]
    selectors.read_again(user)
    selectors.read_again(user)
    with django_assert_num_queries(1):
        selectors.memberships_of(user)


def test_organisations_of_by_role_and_each_once():
    user = UserFactory.create()
    b, a = OrganisationFactory.create(name="B"), OrganisationFactory.create(name="A")
    MembershipFactory.create(user=user, organisation=b, role=Role.SIGNER)
    MembershipFactory.create(user=user, organisation=b, role=Role.FUNDER)
    MembershipFactory.create(user=user, organisation=a, role=Role.MEMBER)
    assert selectors.organisations_of(user) == [a, b]
    assert selectors.organisations_of(user, Role.FUNDER) == [b]
    assert selectors.speaks_for(user) == [a, b]


def test_people_of_living_people_each_once():
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    MembershipFactory.create(user=signer, organisation=organisation, role=Role.MEMBER)
    colleague = member(Role.MEMBER, organisation)
    member(Role.MEMBER, organisation, state=MembershipState.CLAIMED)
    member(Role.SIGNER)
    assert selectors.people_of(organisation) == [signer, colleague]
    assert selectors.people_of(organisation, Role.SIGNER) == [signer]


def test_claims_waiting_for_signer_and_officer_each_their_own():
    led, orphan = OrganisationFactory.create(), OrganisationFactory.create()
    signer, boss = member(Role.SIGNER, led), officer()
    to_signer = MembershipFactory.create(organisation=led, state=MembershipState.CLAIMED)
    to_officer = MembershipFactory.create(organisation=orphan, state=MembershipState.CLAIMED)
    MembershipFactory.create(organisation=orphan, user=boss, state=MembershipState.CLAIMED)
    assert list(selectors.claims_waiting_for(signer)) == [to_signer]
    assert list(selectors.claims_waiting_for(boss)) == [to_officer]
    assert list(selectors.claims_waiting_for(to_officer.user)) == []


def test_claims_waiting_for_anonymous_none():
    MembershipFactory.create(state=MembershipState.CLAIMED)
    assert list(selectors.claims_waiting_for(AnonymousUser())) == []


def test_teams_of_two_queries_whatever_their_number(django_assert_num_queries):
    user = UserFactory.create()
    rows = [MembershipFactory.create(user=user) for _ in range(3)]
    other = MembershipFactory.create(organisation=rows[0].organisation, role=Role.SIGNER)
    with django_assert_num_queries(2):
        teams = selectors.teams_of(user)
        people = {one.pk: [row.user for row in team] for one, team in teams}
    assert people == {
        rows[0].organisation_id: [other.user, user],
        rows[1].organisation_id: [user],
        rows[2].organisation_id: [user],
    }


NUMBER = siret(777)


@pytest.fixture
def theatre():
    dax = MunicipalityFactory.create(name="Dax")
    OrganisationFactory.create(name="Les Jardins du Sablar")
    return OrganisationFactory.create(name="Théâtre d’à Cœur, l’Été", siret=NUMBER, rna="W401001234", municipality=dax)


@pytest.mark.parametrize(
    "text",
    [
        "theatre",
        "THÉÂTRE",
        "coeur",
        "cœur ete",
        "été théâtre",
        "l'été",
        "l’ete",
        NUMBER,
        f"{NUMBER[:3]} {NUMBER[3:6]} {NUMBER[6:9]} {NUMBER[9:]}",
        f"{NUMBER[:3]}\u202f{NUMBER[3:6]}\u00a0{NUMBER[6:9]}",
        "w401001234",
        "W 401 001 234",
    ],
)
def test_search_organisations_finds_without_accents_case_or_spaces(theatre, text):
    assert selectors.search_organisations(text) == [theatre]


@pytest.mark.parametrize("text", ["", " ", "t", "cirque", "theatre cirque", NUMBER[:8], "W40100123", "%", "%%", "__"])
def test_search_organisations_finds_nothing(theatre, text):
    assert selectors.search_organisations(text) == []


def test_search_organisations_in_alphabetical_order_up_to_a_limit(django_assert_num_queries):
    for name in ("École b", "ecole A", "Ecole c"):
        OrganisationFactory.create(name=name)
    with django_assert_num_queries(1):
        names = [(one.name, one.municipality) for one in selectors.search_organisations("école", limit=2)]
    assert names == [("ecole A", None), ("École b", None)]


def test_organisation_folded_follows_its_name_even_in_a_partial_save():
    one = OrganisationFactory.create(name="Été")
    one.name = "Hiver à Dax"
    one.save(update_fields=["name"])
    one.refresh_from_db()
    assert one.folded == "hiver a dax"


def test_contracts_with_signatories_in_three_queries(django_assert_num_queries):
    old = ContractFactory.create(starts_on=date(2015, 7, 10), ends_on=date(2023, 12, 31))
    new = ContractFactory.create()
    for contract in (old, new):
        contract.amendments.create(signed_on=date(2019, 7, 1), title="Protocole")
        contract.signatures.create(organisation=OrganisationFactory.create(name="CAF"))
    with django_assert_num_queries(3):
        read = [
            (c, [str(a) for a in c.amendments.all()], [str(s) for s in c.signatures.all()])
            for c in selectors.contracts()
        ]
    assert read == [(new, ["Protocole"], ["CAF"]), (old, ["Protocole"], ["CAF"])]


def test_contract_on_the_day():
    old = ContractFactory.create(starts_on=date(2015, 7, 10), ends_on=date(2023, 12, 31))
    new = ContractFactory.create()
    assert selectors.contract_on() == new
    assert selectors.contract_on(date(2023, 12, 31)) == old
    assert selectors.contract_on(date(2014, 1, 1)) is None


def test_objectives_of_in_reading_order():
    contract = ContractFactory.create()
    ObjectiveFactory.create()
    paths = ["002", "001.002", "001", "001.001"]
    for path in paths:
        ObjectiveFactory.create(contract=contract, path=path)
    found = list(selectors.objectives_of(contract))
    assert [one.path for one in found] == sorted(paths)
    assert [one.depth for one in found] == [0, 1, 1, 0]


@pytest.mark.parametrize(
    ("number", "shown"), [("", ""), ("80000010100017", "800\u202f000\u202f101\u202f00017"), ("8000", "800\u202f0")]
)
def test_organisation_siret_as_it_is_read_aloud(number, shown):
    assert OrganisationFactory.build(siret=number).siret_shown == shown


def test_names():
    row = MembershipFactory.create()
    contract = ContractFactory.create(title="Contrat 2024")
    objective = ObjectiveFactory.create(contract=contract, title="Emploi")
    amendment = contract.amendments.create(signed_on=date(2027, 1, 1), title="Annexe")
    assert [str(one) for one in (row, contract, objective, amendment)] == [row.code, "Contrat 2024", "Emploi", "Annexe"]
