import re
from datetime import date

import pytest
from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.core.typography import keep_together
from faubourg.partners import services as partners
from faubourg.partners.models import Contract
from faubourg.website.home import Shown, door_of
from tests.factories.accounts import UserFactory
from tests.factories.calls import CallFactory, envelope_of
from tests.factories.partners import OrganisationFactory
from tests.website.town import ground, result, told

pytestmark = pytest.mark.django_db
OPEN_CALL = {"code": "2027", "title": "Appel à projets 2027"}


def page(client):
    response = client.get(reverse("website:home"))
    assert response.status_code == 200
    return response.content.decode()


def full_town():
    made = ground()
    first = told(made, "Thé ou Café", theme="droits", icon="bulle")
    result(first, "190", "personnes", "conseillées")
    result(told(made, "Pacte", theme="entreprises", icon="vitrine"), "45", "entreprises", "signataires")
    result(told(made, "Route", theme="mobilite", icon="velo"), "50", "emplois", "facilités")
    told(made, "Sans nom", theme="droits", is_example=True)
    call = CallFactory.create(with_objective=False, geography=made.geography, contract=made.contract, **OPEN_CALL)
    envelope_of(call, "État")
    envelope_of(call, "Agglomération")
    envelope_of(call, "CAF", euros=30_000, kind="ordinary")
    partners.sign(made.contract, OrganisationFactory.create(name="XL Habitat"), by=None)
    return made, call


def test_an_empty_house_says_what_it_will_be(client):
    text = page(client)
    assert "Ce site se prépare" in text
    assert "Grand Dax Agglomération y publiera bientôt son contrat de ville et ses appels à projets." in text
    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", text.partition("<footer")[0])
    assert headings == [
        "Ce site se prépare", "Ce que vous y trouverez", "Les appels à projets", "Les quartiers",
        "Les projets soutenus", "Le contrat de ville",
    ]  # fmt: skip


def test_a_house_that_has_begun_has_its_doors(client):
    partners.open_contract(
        code="c", title="Contrat 2024", starts_on=date(2024, 1, 1), ends_on=date(2030, 12, 31), by=None
    )
    text = page(client)
    assert "Ce site se prépare" not in text
    assert "Aucun appel à projets n’est encore publié" in text
    assert "Des chiffres" not in text
    assert "Aucune date n’est fixée" in text


def test_neighbourhoods_without_outline_leave_no_hole(client):
    """In the home and in their own list: names in their column, no empty map, no credit for what is not drawn."""
    made = ground()
    for place in made.places:
        place.outline = None
        place.save()
    for name in ("home", "neighbourhood_list"):
        text = client.get(reverse(f"website:{name}")).content.decode()
        assert "<li><span></span><h3><a" in text
        assert ("mapbox" in text, "Contours\u00a0: " in text) == (False, False)
    assert client.get(reverse("website:neighbourhood", args=["le-sablar"])).status_code == 200


def test_everything_counted_comes_from_the_rooms(client):
    full_town()
    text = page(client)
    assert "agissent ensemble au Sablar et à Cuyès." in text
    assert "<b>21 jours</b>" in text
    assert "Clôture le lundi 14 décembre 2026 à 17\u202fh\u202f00" in text
    assert "2\u202f401" in text  # 1 200 + 1 201 inhabitants
    assert text.count('href="#p-person"') == 24
    assert "170\u202f000\u202f€" in text
    assert text.count("<ellipse") >= 17
    assert text.count('href="#p-door"') == 4
    assert "1 n’y sont pas nommés, leur fiche est un exemple" in text
    assert text.count('href="#p-shop"') == 45
    assert "Trois chantiers, trois résultats" in text
    assert "XL Habitat" in text
    assert "Insee, édition 2022, contours de 2024" in text


def test_stories_are_results_whose_theme_has_a_picture():
    full_town()
    assert [str(one.result.project_year.project) for one in Shown().stories] == ["Thé ou Café"]


def test_a_sum_with_a_hole_is_not_shown(client):
    made, _ = full_town()
    made.places[0].figures.all().delete()
    text = page(client)
    assert "habitants dans" not in text


def test_the_first_door_follows_the_calls(client):
    _, call = full_town()
    later = Call(code="2028", title="Appel 2028", state="published", opens_at=clock.paris(2027, 11, 1),
                 closes_at=clock.paris(2027, 12, 1))  # fmt: skip
    assert door_of([later, call]).call == call
    with clock.at(clock.paris(2026, 12, 20)):
        assert (door_of([later, call]).call, door_of([later, call]).is_open) == (later, False)
        assert "Le dépôt s’est terminé" in page(client)
    with clock.at(clock.paris(2026, 10, 20)):
        assert "avant l’ouverture" in page(client)


def test_no_door_leads_nowhere(client):
    full_town()
    links = set(re.findall(r'href="(/[^"#?]*)', page(client)))
    for link in sorted(links):
        if not link.startswith("/static/"):
            assert client.get(link).status_code in (200, 302), link


@pytest.mark.parametrize("more", [0, 2])
def test_home_reads_ten_times_whatever_it_shows(client, django_assert_num_queries, more):
    made, _ = full_town()
    for i in range(more):
        result(told(made, f"Projet {i}", theme=f"theme-{i}"), "3", "ateliers", "ouverts")
        CallFactory.create(with_objective=False, geography=made.geography, contract=made.contract, code=f"c-{i}")
    with django_assert_num_queries(10):
        page(client)


def test_home_costs_no_more_to_somebody_who_is_signed_in(client, django_assert_max_num_queries):
    full_town()
    client.force_login(UserFactory.create())
    with django_assert_max_num_queries(12):
        page(client)


def test_an_invented_call_and_an_invented_result_say_so(client):
    made, _ = full_town()
    result(told(made, "Inventé", theme="neuf", icon="outil", is_example=True), "9", "diplômés", "en un an")
    Contract.objects.filter(pk=made.contract.pk).update(is_example=True)
    text = page(client)
    assert keep_together("Exemple : cet appel est inventé.") in text
    assert "Montants inventés pour l’exemple." in text
    assert "en un an, 2018 (exemple)" in text
    assert "Exemple inventé." in text
    assert "ses signatures sont inventées" in text
