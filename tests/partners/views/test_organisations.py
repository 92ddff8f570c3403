"""Names and contacts through the browser's door."""

import pytest
from django.urls import reverse

from faubourg.core import clock
from faubourg.partners import services
from faubourg.partners.enums import Role
from faubourg.partners.models import Contact
from tests.factories.partners import OrganisationFactory, member, officer
from tests.partners.views.ground import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory.create(name="Roue libre")


def address(name: str, code: str) -> str:
    return reverse(f"partners:{name}", args=[code])


def test_rename_and_find_by_the_former_name(client, house):
    client.force_login(member(Role.SIGNER, house))
    url = address("rename", house.code)
    sent = {"name": "Roue libre 40", "change": "rename", "valid_from": "01/09/2026"}
    page = client.post(url, sent, follow=True).content.decode()
    assert "Cet organisme s’appelle maintenant Roue libre 40." in page
    assert "depuis le 1ᵉʳ septembre 2026" in client.get(url).content.decode()
    services.rename_organisation(house, name="Vélo", valid_from=clock.today(), by=None)
    page = client.get(reverse("partners:find"), {"q": "roue libre"}).content.decode()
    assert "autrefois Roue libre 40" in page


def test_rename_faults_beside_their_field(client, house):
    client.force_login(officer())
    url = address("rename", house.code)
    assert list(errors(client.post(url, {}))) == ["name", "change"]
    assert list(errors(client.post(url, {"name": "Autre", "change": "rename"}))) == ["valid_from"]
    response = client.post(url, {"name": "Autre", "change": "rename", "valid_from": "01/01/2099"})
    assert list(errors(response)) == ["valid_from"]
    assert 'value="Autre"' in response.content.decode()
    client.post(url, {"name": "Roue libre 40", "change": "correct", "valid_from": ""})
    house.refresh_from_db()
    assert (house.name, house.names.count()) == ("Roue libre 40", 0)


def test_contacts_are_kept_by_the_organisation(client, house):
    client.force_login(member(Role.MEMBER, house))
    url = address("contacts", house.code)
    assert "Aucun contact encore" in client.get(url).content.decode()
    sent = {"title": "comptabilité", "email": "compta@exemple.fr", "phone": "05 58 56 80 00"}
    assert "Le contact est ajouté." in client.post(url, sent, follow=True).content.decode()
    row = Contact.objects.get()
    change = address("contact_change", row.code)
    assert 'value="compta@exemple.fr"' in client.get(change).content.decode()
    page = client.post(change, {**sent, "title": "trésorerie"}, follow=True).content.decode()
    assert "gardé trois ans de plus" in page
    assert "Trésorerie" in page
    assert "Le contact est retiré." in client.post(address("contact_remove", row.code), follow=True).content.decode()
    assert not Contact.objects.exists()
    response = client.post(url, {"title": "", "phone": "12"})
    assert list(errors(response)) == ["title"]
    assert 'value="12"' in response.content.decode()


def test_contacts_a_funder_reads_and_writes_not(client, house):
    services.add_contact(house, title="direction", email="direction@exemple.fr", by=officer())
    client.force_login(member(Role.FUNDER))
    url = address("contacts", house.code)
    page = client.get(url).content.decode()
    assert "direction@exemple.fr" in page
    assert "Ajouter un contact" not in page
    assert "Modifier" not in page
    assert client.post(url, {"title": "x", "email": "x@exemple.fr"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_contacts_query_count(client, house, django_assert_num_queries, count):
    for number in range(count):
        services.add_contact(house, title=f"fonction {number}", email="a@exemple.fr", by=officer())
    client.force_login(member(Role.SIGNER, house))
    with django_assert_num_queries(5):  # session, person, organisation, roles, contacts
        client.get(address("contacts", house.code))
