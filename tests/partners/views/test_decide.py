"""The claims that wait, and their answer."""

import pytest
from django.urls import reverse

from faubourg.core.typography import keep_together
from faubourg.partners import rules
from faubourg.partners.enums import MembershipState, Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import member, officer
from tests.partners.views.ground import errors, with_proof

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_claims_query_count(client, django_assert_num_queries, count):
    for _ in range(count):
        with_proof()
    client.force_login(officer())
    with django_assert_num_queries(4):  # session, person, roles, claims
        page = client.get(reverse("partners:claims")).content.decode()
    assert page.count("Joint") == count


def test_claims_none(client):
    client.force_login(officer())
    assert "Les demandes pour un organisme sans signataire" in client.get(reverse("partners:claims")).content.decode()
    client.force_login(member(Role.SIGNER))
    assert "Quand une personne demande à rejoindre" in client.get(reverse("partners:claims")).content.decode()


def test_decide_confirm(client):
    row = with_proof()
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    page = client.get(url).content.decode()
    assert reverse("partners:proof", args=[row.code]) in page
    response = client.post(url, {"answer": "confirm", "reason": ""}, follow=True)
    assert f"La demande de {row.user} est confirmée." in response.content.decode()
    assert rules.may_sign_for(row.user, row.organisation)
    assert "Cette demande est confirmée" in client.get(url).content.decode()


def test_decide_refuse_needs_a_reason_and_keeps_it(client):
    row = with_proof()
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    response = client.post(url, {"answer": "refuse", "reason": " "})
    assert list(errors(response)) == ["reason"]
    client.post(url, {"answer": "refuse", "reason": "Ce n’est pas votre nom."})
    row.refresh_from_db()
    assert (row.state, row.reason) == (MembershipState.REFUSED, "Ce n’est pas votre nom.")
    assert keep_together("Motif : Ce n’est pas votre nom.") in client.get(url).content.decode()


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_decide_forged_answer(client, answer):
    row = with_proof()
    client.force_login(officer())
    response = client.post(reverse("partners:decide", args=[row.code]), {"answer": answer})
    assert errors(response) == {"answer": ["Confirmez ou refusez."]}


def test_decide_twice_says_that_it_is_done(client):
    row = with_proof()
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    client.post(url, {"answer": "confirm"})
    assert list(errors(client.post(url, {"answer": "refuse", "reason": "Non"}))) == ["__all__"]
    row.refresh_from_db()
    assert row.state == MembershipState.CONFIRMED


def test_decide_by_the_claimant_a_stranger_or_the_wrong_signer(client):
    row = with_proof()
    for user in (row.user, UserFactory.create(), member(Role.SIGNER), member(Role.MEMBER, row.organisation)):
        client.force_login(user)
        response = client.post(reverse("partners:decide", args=[row.code]), {"answer": "confirm"})
        assert response.status_code == 403
    row.refresh_from_db()
    assert row.state == MembershipState.CLAIMED


def test_decide_officer_where_a_signer_lives_sees_but_does_not_decide(client):
    row = with_proof()
    member(Role.SIGNER, row.organisation)
    client.force_login(officer())
    url = reverse("partners:decide", args=[row.code])
    assert "c’est à lui de confirmer" in client.get(url).content.decode()
    assert client.post(url, {"answer": "confirm"}).status_code == 403
