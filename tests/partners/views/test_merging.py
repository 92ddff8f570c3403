"""Doubles through the browser's door."""

import pytest
from django.urls import reverse

from faubourg.partners import services
from faubourg.partners.enums import Role
from faubourg.partners.models import Merge
from tests.factories.partners import OrganisationFactory, member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    user = officer()
    client.force_login(user)
    return user


def address(name: str, *codes: str) -> str:
    return reverse(f"partners:{name}", args=codes)


def test_merge_from_the_list_and_back(client, boss):
    kept, gone = OrganisationFactory.create(name="Roue libre"), OrganisationFactory.create(name="ROUE LIBRE", siret="")
    member(Role.SIGNER, gone)
    url = address("merge", kept.code, gone.code)
    assert url in client.get(address("doubles")).content.decode()
    page = client.get(url).content.decode()
    assert "Celui qui reste" in page
    assert address("merge", gone.code, kept.code) in page  # the other way round
    page = client.post(url, follow=True).content.decode()
    assert "ROUE LIBRE est maintenant Roue libre." in page
    assert "Personnes : A-" in page.replace("\u202f", " ").replace("\u00a0", " ")
    assert client.get(address("organisation", gone.code)).context["organisation"] == kept
    page = client.post(address("merge_undo", Merge.objects.get().code), follow=True).content.decode()
    assert "ROUE LIBRE est de nouveau un organisme à part" in page
    response = client.post(address("merge_undo", Merge.objects.get().code))
    assert (response.status_code, "déjà défaite" in response.content.decode()) == (422, True)


def test_merge_refused_is_said_on_its_page(client, boss):
    one, other = OrganisationFactory.create(), OrganisationFactory.create()
    response = client.post(address("merge", one.code, other.code))
    assert (response.status_code, "SIREN sont différents" in response.content.decode()) == (422, True)


def test_find_the_other_one(client, boss):
    kept, other = OrganisationFactory.create(name="Roue libre"), OrganisationFactory.create(name="Roue", siret="")
    url = address("double_of", kept.code)
    assert url in client.get(address("organisation", kept.code)).content.decode()
    page = client.get(url, {"q": "roue"}).content.decode()
    assert address("merge", kept.code, other.code) in page
    assert address("merge", kept.code, kept.code) not in page
    assert "Aucun autre organisme trouvé" in client.get(url, {"q": "cirque"}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_doubles_query_count(client, boss, django_assert_num_queries, count):
    for number in range(count):
        name, kept = f"École {number}", OrganisationFactory.create()
        OrganisationFactory.create(name=name), OrganisationFactory.create(name=name)
        services.merge_organisations(OrganisationFactory.create(siret=""), kept, by=boss)
    with django_assert_num_queries(5):  # session, person, roles, organisations, merges
        page = client.get(address("doubles")).content.decode()
    assert (page.count("Comparer"), page.count("Défaire")) == (count, count)
