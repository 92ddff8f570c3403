import re
from datetime import date

import pytest
from django.urls import reverse

from faubourg.core.typography import keep_together
from faubourg.partners import services as partners
from faubourg.territory.models import Neighbourhood
from faubourg.territory.selectors import figures_of
from faubourg.website.neighbourhoods import comparisons
from tests.factories.partners import ContractFactory, ObjectiveFactory, OrganisationFactory
from tests.factories.territory import KeyFigureFactory
from tests.website.town import ground, told

pytestmark = pytest.mark.django_db


def read(client, name, *args):
    response = client.get(reverse(f"website:{name}", args=args))
    assert response.status_code == 200
    return response.content.decode()


def test_the_list_stands_before_its_map(client):
    ground(3)
    text = read(client, "neighbourhood_list")
    assert text.index(">Le Gond</a>") < text.index('class="map"')
    assert "1\u202f202 hab." in text
    assert text.count('class="zone') == 3


def test_neighbourhoods_without_outline_have_no_map(client):
    ground(2)
    Neighbourhood.objects.update(outline=None)
    assert 'class="map"' not in read(client, "neighbourhood_list")
    assert 'class="place-hero"' in read(client, "neighbourhood", "cuyes")


def test_figures_are_compared_within_one_edition_and_one_outline():
    made = ground(3)
    here = made.places[1]
    KeyFigureFactory.create(neighbourhood=made.places[2], edition=2024, value=9, outline_of=made.geography)
    found = comparisons(here, made.places, figures_of(made.places))
    assert [(one.number, one.words, one.source) for one in found] == [
        ("1\u202f201", "habitants", "Insee, édition 2022, contours de 2024"),
        ("34,3\u202f%", "vivent sous le seuil de pauvreté", "Insee, édition 2022, contours de 2024"),
    ]
    assert found[0].rows == (("Cuyès", "1\u202f201", 1201.0, True), ("Le Sablar", "1\u202f200", 1200.0, False))


def test_a_neighbourhood_shows_its_outline_figures_and_projects(client):
    made = ground(3)
    told(made, "Jardin")
    text = read(client, "neighbourhood", "le-sablar")
    assert keep_together("Contour du quartier : Le Sablar") in text
    assert "Quartier prioritaire de Dax, 25,5 hectares." in text
    assert "Proposer un projet au Sablar" in text
    assert "Comparé aux autres quartiers." in text
    assert ">Jardin</a>" in text
    assert "Aucun projet public" in read(client, "neighbourhood", "cuyes")
    assert client.get(reverse("website:neighbourhood", args=["mars"])).status_code == 404


def test_without_geography_the_pages_still_answer(client):
    assert "Aucun quartier n’est encore décrit" in read(client, "neighbourhood_list")
    assert "Aucun contrat n’est encore publié" in read(client, "contract")


@pytest.mark.parametrize("count", [1, 3])
def test_neighbourhood_reads_ten_times(client, django_assert_num_queries, count):
    made = ground(count)
    for i in range(count):
        told(made, f"Projet {i}")
    with django_assert_num_queries(10):
        read(client, "neighbourhood", "le-sablar")


def test_contracts_keep_the_names_of_their_time(client):
    old = ContractFactory.create(
        code="contrat-2015",
        title="Contrat 2015",
        starts_on=date(2015, 1, 1),
        ends_on=date(2020, 12, 31),
        source="Page de 2019",
    )
    ContractFactory.create(code="contrat-2024", title="Contrat 2024", is_example=True)
    partners.sign(old, OrganisationFactory.create(name="France Travail"), name_then="Pôle emploi", by=None)
    partners.amend(old, title="Prolongation", signed_on=date(2019, 7, 1), new_end=date(2023, 12, 31), by=None)
    ObjectiveFactory.create(contract=old, title="Cohésion sociale", slug="cohesion")
    text = read(client, "contract")
    assert text.index("Contrat 2024") < text.index("Contrat 2015")
    assert "Pôle emploi<small>aujourd’hui France Travail</small>" in text
    assert "Le contrat court jusqu’au dimanche 31 décembre 2023." in text
    assert "Ce contrat est inventé" in text
    assert keep_together("Source : Page de 2019.") in text
    assert reverse("website:theme", args=["cohesion"]) in text


@pytest.mark.parametrize("count", [1, 3])
def test_contracts_are_read_in_four_times(client, django_assert_num_queries, count):
    for i in range(count):
        contract = ContractFactory.create(code=f"c-{i}")
        partners.sign(contract, OrganisationFactory.create(), by=None)
        ObjectiveFactory.create(contract=contract)
    with django_assert_num_queries(4):
        read(client, "contract")


def test_a_contract_just_entered_has_no_empty_list(client):
    ContractFactory.create(title="Contrat à venir", starts_on=date(2031, 1, 1), ends_on=date(2036, 12, 31))
    text = client.get(reverse("website:contract")).content.decode()
    assert ("À venir" in text, "Terminé" in text, "Ils seront nommés ici." in text) == (True, False, True)
    assert not re.search(r"<ul[^>]*></ul>", text)
