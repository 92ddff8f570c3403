"""One's own organisations, and one organisation."""

import pytest
from django.urls import reverse

from faubourg.partners.enums import MembershipState, Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.views.ground import with_proof

pytestmark = pytest.mark.django_db


def test_mine_nobody_yet(client, visitor):
    assert "Vous ne parlez encore pour aucun organisme" in client.get(reverse("partners:mine")).content.decode()


def test_mine_shows_people_claims_and_refusals(client):
    row = MembershipFactory.create(role=Role.SIGNER, title="présidente")
    MembershipFactory.create(user=row.user, state=MembershipState.REFUSED, reason="Récépissé illisible")
    with_proof(user=row.user)
    waits = MembershipFactory.create(organisation=row.organisation, state=MembershipState.CLAIMED)
    client.force_login(row.user)
    page = client.get(reverse("partners:mine")).content.decode()
    for words in ("présidente", "Récépissé illisible", "Votre justificatif", "En attente", waits.user.name):
        assert words in page


@pytest.mark.parametrize("count", [1, 3])
def test_mine_query_count(client, django_assert_num_queries, count):
    user = UserFactory.create()
    for _ in range(count):
        row = MembershipFactory.create(user=user, role=Role.SIGNER)
        member(Role.MEMBER, row.organisation)
        MembershipFactory.create(organisation=row.organisation, state=MembershipState.CLAIMED)
        with_proof(user=user)
    client.force_login(user)
    with django_assert_num_queries(7):  # session, person, her roles, what she asked, the teams, the claims, invitations
        client.get(reverse("partners:mine"))


@pytest.mark.parametrize("count", [1, 3])
def test_organisation_query_count(client, django_assert_num_queries, count):
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    for _ in range(count - 1):
        member(Role.MEMBER, organisation)
    client.force_login(signer)
    with django_assert_num_queries(7):  # session, person, organisation, roles, people, delegations, invitations
        client.get(reverse("partners:organisation", args=[organisation.code]))


def test_organisation_without_anybody_as_the_officer_sees_it(client):
    client.force_login(officer())
    page = client.get(reverse("partners:organisation", args=[OrganisationFactory.create().code])).content.decode()
    assert "Personne ne parle encore pour cet organisme" in page
    assert "Nommer une personne" in page
