"""Ending a role, taking a claim back."""

import pytest
from django.urls import reverse

from faubourg.core.typography import keep_together
from faubourg.partners.enums import MembershipState, Role
from tests.factories.partners import MembershipFactory, member, officer
from tests.partners.views.ground import with_proof

pytestmark = pytest.mark.django_db


def test_end_asks_first_then_ends(client):
    row = MembershipFactory.create(role=Role.SIGNER)
    member(Role.SIGNER, row.organisation)
    client.force_login(row.user)
    url = reverse("partners:end", args=[row.code])
    assert keep_together("Ne plus parler pour cet organisme ?") in client.get(url).content.decode()
    row.refresh_from_db()
    assert row.state == MembershipState.CONFIRMED
    client.post(url)
    row.refresh_from_db()
    assert row.state == MembershipState.ENDED
    assert client.get(reverse("partners:organisation", args=[row.organisation.code])).status_code == 403


def test_end_of_a_claim_by_its_author(client):
    row = with_proof()
    client.force_login(row.user)
    url = reverse("partners:end", args=[row.code])
    assert keep_together("Retirer votre demande ?") in client.get(url).content.decode()
    page = client.post(url, follow=True).content.decode()
    assert "Votre demande est retirée." in page


@pytest.mark.parametrize("has_signer", [False, True])
def test_end_of_somebody_s_waiting_claim_leads_to_its_answer(client, has_signer):
    """Who may judge a claim answers it; only who made it takes it back."""
    row = with_proof()
    judges = [officer(), *([member(Role.SIGNER, row.organisation)] if has_signer else [])]
    url, answer = reverse("partners:end", args=[row.code]), reverse("partners:decide", args=[row.code])
    for judge in judges:
        client.force_login(judge)
        assert client.post(url).url == answer
        response = client.get(url, follow=True)
        assert response.redirect_chain == [(answer, 302)]
        assert "seule la personne qui l’a faite la retire" in response.content.decode()
    client.force_login(member(Role.MEMBER, row.organisation))
    assert client.get(url).status_code == 403
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


@pytest.mark.parametrize(("state", "said"), [("ended", "déjà terminée"), ("refused", "déjà refusée")])
def test_end_of_what_is_over_says_so_and_leads_back(client, state, said):
    row = MembershipFactory.create(state=state)
    client.force_login(officer())
    url = reverse("partners:end", args=[row.code])
    for response in (client.get(url, follow=True), client.post(url, follow=True)):
        assert response.redirect_chain == [(reverse("partners:organisation", args=[row.organisation.code]), 302)]
        assert said in response.content.decode()


def test_end_of_the_last_officer_is_not_offered(client):
    last = officer()
    client.force_login(last)
    row = last.memberships.get()
    url, appoint = reverse("partners:end", args=[row.code]), reverse("partners:appoint", args=[row.organisation.code])
    page = client.get(url).content.decode()
    assert "Nommez d’abord" in page
    assert appoint in page
    assert "Oui, mettre fin" not in page
    assert client.post(url).status_code == 422
    member(Role.OFFICER, row.organisation)
    assert "Oui, mettre fin" in client.get(url).content.decode()


def test_end_of_somebody_by_the_officer(client):
    row = MembershipFactory.create()
    client.force_login(officer())
    url = reverse("partners:end", args=[row.code])
    assert keep_together(f"Mettre fin au rôle de {row.user.name} ?") in client.get(url).content.decode()
    response = client.post(url)
    assert response.url == reverse("partners:organisation", args=[row.organisation.code])
