"""Changing what a place says, through the browser's door."""

import pytest
from django.urls import reverse

from faubourg.partners.enums import MembershipState, Role
from tests.factories.partners import MembershipFactory, member, officer
from tests.partners.views.ground import errors

pytestmark = pytest.mark.django_db


def url_of(row) -> str:
    return reverse("partners:change", args=[row.code])


def test_change_a_member(client):
    row = MembershipFactory.create(title="bénévole")
    client.force_login(member(Role.SIGNER, row.organisation))
    team = reverse("partners:organisation", args=[row.organisation.code])
    assert url_of(row) in client.get(team).content.decode()
    assert 'value="bénévole"' in client.get(url_of(row)).content.decode()
    sent = {"role": "signer", "title": "trésorier", "ends_on": "30/06/2027"}
    response = client.post(url_of(row), sent, follow=True)
    assert response.redirect_chain == [(team, 302)]
    assert "30 juin 2027" in response.content.decode()


def test_change_faults_keep_what_was_typed(client):
    row = MembershipFactory.create()
    client.force_login(member(Role.SIGNER, row.organisation))
    response = client.post(url_of(row), {"role": "officer", "title": "chef", "ends_on": "01/01/2026"})
    assert list(errors(response)) == ["role"]
    assert 'value="chef"' in response.content.decode()
    response = client.post(url_of(row), {"role": "member", "ends_on": "01/01/2026"})
    assert list(errors(response)) == ["ends_on"]


def test_change_of_a_funder_shows_no_role(client):
    row = MembershipFactory.create(role=Role.FUNDER)
    client.force_login(officer())
    assert 'name="role"' not in client.get(url_of(row)).content.decode()
    client.post(url_of(row), {"role": "officer", "title": "déléguée"})
    row.refresh_from_db()
    assert (row.role, row.title) == (Role.FUNDER, "déléguée")


def test_change_of_what_is_no_place_any_more(client):
    row = MembershipFactory.create(state=MembershipState.ENDED)
    client.force_login(officer())
    assert client.get(url_of(row)).status_code == 403


def test_last_signer_is_told_before_leaving(client):
    row = MembershipFactory.create(role=Role.SIGNER)
    client.force_login(row.user)
    url = reverse("partners:end", args=[row.code])
    page = client.get(url).content.decode()
    assert "dernière personne signataire" in page
    assert reverse("partners:invite", args=[row.organisation.code]) in page
    assert client.post(url).status_code == 422
