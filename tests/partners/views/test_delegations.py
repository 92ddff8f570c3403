"""Handing one's signature on, through the browser's door."""

import pytest
from django.urls import reverse

from faubourg.partners import rules
from faubourg.partners.enums import Role
from faubourg.partners.models import Delegation
from tests.factories.partners import MembershipFactory, OrganisationFactory, member
from tests.partners.views.ground import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory.create()


def test_delegate_and_take_back(client, house):
    signer, helper = member(Role.SIGNER, house), MembershipFactory.create(organisation=house, title="coordinatrice")
    client.force_login(signer)
    url, team = (reverse(f"partners:{name}", args=[house.code]) for name in ("delegate", "organisation"))
    assert url in client.get(team).content.decode()
    assert f"{helper.user.name} (coordinatrice)" in client.get(url).content.decode()
    sent = {"receiver": helper.code, "starts_on": "2026-11-23", "ends_on": "2026-12-05"}
    response = client.post(url, sent, follow=True)
    assert response.redirect_chain == [(team, 302)]
    assert "peut signer à votre place" in response.content.decode()
    assert "5 décembre 2026" in response.content.decode()
    assert rules.may_sign_for(helper.user, house)
    back = reverse("partners:delegation_withdraw", args=[Delegation.objects.get().code])
    assert back in client.get(team).content.decode()
    assert "La délégation est retirée" in client.post(back, follow=True).content.decode()
    assert "déjà retirée" in client.post(back, follow=True).content.decode()
    assert not rules.may_sign_for(helper.user, house)


def test_delegate_faults_beside_their_field(client, house):
    helper, stranger = MembershipFactory.create(organisation=house), MembershipFactory.create()
    client.force_login(member(Role.SIGNER, house))
    url = reverse("partners:delegate", args=[house.code])
    assert list(errors(client.post(url, {}))) == ["receiver", "starts_on", "ends_on"]
    days = {"starts_on": "2026-11-23", "ends_on": "2027-11-23"}
    assert list(errors(client.post(url, {"receiver": stranger.code, **days}))) == ["receiver"]
    response = client.post(url, {"receiver": helper.code, **days})
    assert errors(response) == {"ends_on": ["Une délégation dure 90 jours au plus ; celle-ci en compte 366."]}
    assert 'value="2027-11-23"' in response.content.decode()


def test_delegate_where_there_is_nobody(client, house):
    client.force_login(member(Role.SIGNER, house))
    page = client.get(reverse("partners:delegate", args=[house.code])).content.decode()
    assert "Aucun membre à qui la confier" in page


def test_member_sees_the_delegation_and_gives_back_his_own_alone(client, house):
    signer, helper, other = (
        member(Role.SIGNER, house),
        MembershipFactory.create(organisation=house),
        member(Role.MEMBER, house),
    )
    client.force_login(signer)
    sent = {"receiver": helper.code, "starts_on": "2026-11-23", "ends_on": "2026-12-05"}
    client.post(reverse("partners:delegate", args=[house.code]), sent)
    back = reverse("partners:delegation_withdraw", args=[Delegation.objects.get().code])
    team = reverse("partners:organisation", args=[house.code])
    for user, offered in ((helper.user, True), (other, False)):
        client.force_login(user)
        page = client.get(team).content.decode()
        assert "Délégations de signature" in page
        assert (back in page) is offered
