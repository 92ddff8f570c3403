"""A new installation's officer is led from nothing to the first call; then nothing is said of it any more."""

import pytest
from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.desk.home import home_of
from faubourg.partners import services as partners
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.territory.services import add_municipality
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory
from tests.factories.partners import ContractFactory, OrganisationFactory, member, officer
from tests.factories.territory import GeographyFactory, MunicipalityFactory, NeighbourhoodFactory

pytestmark = pytest.mark.django_db
COMMUNES, PLACES, CONTRACT, FUNDERS, CALL = (
    "Entrer les communes", "Entrer les quartiers", "Entrer le contrat de ville", "Nommer les financeurs",
    "Ouvrir le premier appel",
)  # fmt: skip


def at(name, *args, place=""):
    return reverse(name, args=args) + place


def left(person) -> dict[str, str]:
    """What is not done yet, and where it leads."""
    person = type(person).objects.get(pk=person.pk)
    return {step.label: step.url for step in home_of(person)["steps"] if not step.is_done}


def test_an_empty_installation_has_five_steps_in_order():
    boss = officer()
    assert left(boss) == {
        COMMUNES: at("desk:territory", place="#communes"),
        PLACES: at("desk:geography_new"),
        CONTRACT: at("partners:contract_new"),
        FUNDERS: at("partners:find"),
        CALL: at("calls:call_new"),
    }
    found = home_of(boss)
    assert found["headline"] == "Encore cinq étapes avant votre premier appel."
    assert [step.is_next for step in found["steps"]] == [True, False, False, False, False]


def test_each_step_leads_to_the_exact_place_and_goes_when_it_is_done():
    boss = officer()
    city = MunicipalityFactory.create()
    assert COMMUNES not in left(boss)
    geography = GeographyFactory.create()
    assert left(boss)[PLACES] == at("desk:neighbourhood_new")
    NeighbourhoodFactory.create(geography=geography, municipality=city)
    assert PLACES not in left(boss)
    contract = ContractFactory.create(code="contrat-2024")
    assert left(boss)[CONTRACT] == at("partners:contract", "contrat-2024")
    assert left(boss)[FUNDERS] == at("partners:contract", "contrat-2024", place="#signataires")
    partners.add_objective(contract, title="Grandir", by=boss)
    state = OrganisationFactory.create(kind=OrganisationKind.STATE)
    member(Role.FUNDER, state)
    assert list(left(boss)) == [CALL]
    assert home_of(boss)["headline"] == "Encore une étape avant votre premier appel."
    call = CallFactory.create(
        contract=contract, geography=geography, with_objective=False, code="2027", state="draft",
        opens_at=clock.paris(2026, 12, 1, 9),
    )  # fmt: skip
    assert left(boss) == {CALL: at("calls:call_edit", "2027")}
    Call.objects.filter(pk=call.pk).update(state="published")
    assert home_of(boss)["steps"] == []
    assert home_of(boss)["headline"] == "Rien ne vous attend."


def test_a_list_before_any_commune_leads_to_the_territory():
    boss = officer()
    GeographyFactory.create()
    assert left(boss)[PLACES] == at("desk:territory", place="#quartiers")


def test_an_old_contract_with_objectives_does_not_stand_for_the_new_one():
    boss = officer()
    old = ContractFactory.create(code="vieux", starts_on="2015-01-01", ends_on="2023-12-31")
    partners.add_objective(old, title="Grandir", by=boss)
    assert CONTRACT not in left(boss)
    ContractFactory.create(code="neuf")
    assert left(boss)[CONTRACT] == at("partners:contract", "neuf")


def test_steps_are_shown_as_links_and_said_when_done(client):
    boss = officer()
    client.force_login(boss)
    MunicipalityFactory.create()
    text = client.get(at("desk:home")).content.decode()
    assert "Préparer votre site" in text
    assert text.count("Fait.") == 1
    for url in left(boss).values():
        assert f'href="{url}"' in text
        assert client.get(url.partition("#")[0]).status_code == 200


def test_nobody_else_is_asked_to_prepare_anything(client):
    for person in (member(Role.FUNDER), member(Role.SIGNER), UserFactory.create()):
        assert home_of(person)["steps"] == []
        client.force_login(person)
        assert "Préparer votre site" not in client.get(at("desk:home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_missing_is_seen_again_after_each_deed():
    """What is known between two deeds is kept; outside a test's own transaction, as in life."""
    boss = officer()
    values = {"insee": "40088", "name": "Dax", "siren": "214000887", "population": 1}
    assert [COMMUNES in left(boss) for _ in range(2)] == [True, True]
    add_municipality(**values, by=boss)
    assert [COMMUNES in left(boss) for _ in range(2)] == [False, False]
