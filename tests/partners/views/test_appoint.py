"""Naming a person for an organisation."""

import pytest
from django.urls import reverse

from faubourg.partners.enums import Role
from faubourg.partners.models import Membership
from tests.factories.partners import OrganisationFactory, officer
from tests.partners.views.ground import errors

pytestmark = pytest.mark.django_db


def test_appoint_by_the_officer(client):
    organisation = OrganisationFactory.create(kind="social_body")
    client.force_login(officer())
    url = reverse("partners:appoint", args=[organisation.code])
    assert client.get(url).status_code == 200
    response = client.post(url, {"email": "nadia@caf.exemple.fr", "role": "funder"}, follow=True)
    assert response.redirect_chain == [(reverse("partners:organisation", args=[organisation.code]), 302)]
    assert Membership.objects.get(organisation=organisation).role == Role.FUNDER
    assert list(errors(client.post(url, {"email": "nadia", "role": "king"}))) == ["email", "role"]


def test_appoint_gives_no_role_by_itself(client):
    """The first role of the list may do most: nobody gets it because a list was left as it was."""
    organisation = OrganisationFactory.create(kind="social_body")
    client.force_login(officer())
    url = reverse("partners:appoint", args=[organisation.code])
    assert '<option value="" selected>Choisissez un rôle</option>' in client.get(url).content.decode()
    assert errors(client.post(url, {"email": "nadia@caf.exemple.fr", "role": ""})) == {
        "role": ["Choisissez le rôle de la personne."]
    }
