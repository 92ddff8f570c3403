"""The proof of a claim: saved, never opened, for few."""

import pytest
from django.urls import reverse

from faubourg.partners.enums import MembershipState, Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, member
from tests.partners.views.ground import PDF, with_proof

pytestmark = pytest.mark.django_db


def test_proof_is_always_saved_never_opened(client):
    row = with_proof()
    client.force_login(row.user)
    response = client.get(reverse("partners:proof", args=[row.code]))
    assert response.content == PDF
    assert response["Content-Disposition"] == 'attachment; filename="recepisse.pdf"'


def test_proof_none_is_not_found(client):
    row = MembershipFactory.create(state=MembershipState.CLAIMED)
    client.force_login(row.user)
    assert client.get(reverse("partners:proof", args=[row.code])).status_code == 404


def test_proof_for_somebody_else_is_refused(client):
    row = with_proof()
    member(Role.SIGNER, row.organisation, state=MembershipState.ENDED)
    for user in (UserFactory.create(), member(Role.SIGNER), member(Role.MEMBER, row.organisation), member(Role.FUNDER)):
        client.force_login(user)
        assert client.get(reverse("partners:proof", args=[row.code])).status_code == 403
