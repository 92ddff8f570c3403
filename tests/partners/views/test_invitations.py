"""Invitations through the browser's door: sent, kept, forwarded, accepted."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from faubourg.accounts.models import SignInLink, User
from faubourg.core import clock
from faubourg.partners import rules, services
from faubourg.partners.enums import OrganisationKind, Role
from faubourg.partners.models import Invitation, Membership
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, member, officer
from tests.partners.views.ground import errors

pytestmark = pytest.mark.django_db
ZOE = "zoe@exemple.fr"


@pytest.fixture
def signer():
    return member(Role.SIGNER, OrganisationFactory.create(name="Roue libre 40"))


def address(name: str, *args: str) -> str:
    return reverse(f"partners:{name}", args=args)


def link_in(sent: str) -> str:
    """The one address of this site in the last mail, without the machine's name."""
    return f"/{sent}/{mail.outbox[-1].body.partition(f'/{sent}/')[2].split()[0]}"


def invited(signer, **more) -> tuple[Invitation, str]:
    row = services.invite(signer.memberships.get().organisation, email=ZOE, role=Role.MEMBER, by=signer, **more)
    return row, link_in("invitation")


def test_invite_from_the_organisation_page(client, signer):
    organisation = signer.memberships.get().organisation
    client.force_login(signer)
    page = client.get(address("organisation", organisation.code)).content.decode()
    assert address("invite", organisation.code) in page
    sent = {"email": ZOE, "role": "member", "title": "bénévole", "ends_on": "30/06/2027"}
    response = client.post(address("invite", organisation.code), sent, follow=True)
    page = response.content.decode()
    assert response.redirect_chain == [(address("organisation", organisation.code), 302)]
    assert f"L’invitation est partie à {ZOE}" in page
    assert "Invitations sans réponse" in page
    assert "jusqu’au 30 juin 2027" in page


def test_invite_faults_beside_their_field(client, signer):
    organisation = signer.memberships.get().organisation
    client.force_login(signer)
    url = address("invite", organisation.code)
    assert errors(client.post(url, {"email": "zoe", "role": "", "ends_on": "31/02/2027"})) == {
        "email": ["Cette adresse n’est pas complète. Écrivez-la ainsi : prenom.nom@exemple.fr."],
        "role": ["Choisissez le rôle de la personne."],
        "ends_on": ["Ce jour n’existe pas ou n’est pas lisible. Écrivez-le ainsi : 12/03/2027."],
    }
    response = client.post(url, {"email": ZOE, "role": "officer"})
    assert errors(response) == {"role": ["Vous ne pouvez pas donner ce rôle. Choisissez-en un de la liste."]}
    assert f'value="{ZOE}"' in response.content.decode()
    assert mail.outbox == []


def test_link_opened_by_a_scanner_changes_nothing(client, signer):
    row, url = invited(signer)
    for _ in range(3):
        page = client.get(url)
        assert page.status_code == 200
        assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    row.refresh_from_db()
    assert row.state == "waiting"
    assert ZOE not in page.content.decode()
    assert not User.objects.filter(email=ZOE).exists()


def test_whole_way_of_somebody_unknown(client, signer):
    row, url = invited(signer, ends_on=date(2027, 6, 30))
    page = client.get(url).content.decode()
    assert f"{signer.name} vous invite" in page
    assert "jusqu’au 30 juin 2027" in page
    response = client.post(url, follow=True)
    assert "Un lien pour entrer vient de partir" in response.content.decode()
    assert mail.outbox[-1].to == [ZOE]
    assert url.split("/")[2] not in str(list(SignInLink.objects.values()))
    client.post(link_in("entrer"))
    mine = address("invitation_mine", row.code)
    assert "Accepter l’invitation" in client.get(mine).content.decode()
    response = client.post(mine, follow=True)
    assert "Bienvenue : vous êtes membre pour Roue libre 40." in response.content.decode().replace("\u202f", " ")
    held = Membership.objects.get(user__email=ZOE)
    assert (held.role, held.ends_on) == ("member", date(2027, 6, 30))
    again = client.get(url)
    assert (again.status_code, "Cette invitation a déjà servi" in again.content.decode()) == (410, True)


def test_forwarded_to_somebody_who_is_signed_in(client, signer):
    row, url = invited(signer)
    other = UserFactory.create()
    client.force_login(other)
    for page in (client.get(url), client.post(url), client.post(address("invitation_mine", row.code))):
        assert page.status_code == 403
        said = page.content.decode()
        assert "Cette invitation est pour une autre personne" in said
        assert ZOE not in said
    assert not rules.is_partner(other)


def test_forwarded_to_somebody_who_is_not_signed_in(client, signer):
    """He may press the button as often as he likes: the way in goes to the address that was invited."""
    _, url = invited(signer)
    page = client.post(url, follow=True).content.decode()
    assert ZOE not in page
    assert [sent.to for sent in mail.outbox] == [[ZOE], [ZOE]]
    assert "_auth_user_id" not in client.session


def test_accept_straight_from_the_mail_when_signed_in(client, signer):
    _, url = invited(signer)
    zoe = UserFactory.create(email=ZOE)
    client.force_login(zoe)
    assert "Accepter l’invitation" in client.get(url).content.decode()
    assert "invitation à parler pour Roue libre 40" in client.get(address("mine")).content.decode()
    response = client.post(url)
    assert response.url == address("organisation", signer.memberships.get().organisation.code)
    assert rules.may_work_for(zoe, signer.memberships.get().organisation)


def test_too_many_ways_in_are_said(client, signer, settings):
    settings.SIGN_IN_LINKS_PER_HOUR = 1
    _, url = invited(signer)
    client.post(url)
    page = client.post(url, follow=True).content.decode()
    assert "Nous avons déjà envoyé 1 liens" in page


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_query_count(client, signer, django_assert_num_queries, count):
    organisation = signer.memberships.get().organisation
    for number in range(count):
        services.invite(organisation, email=f"p{number}@exemple.fr", role=Role.MEMBER, by=signer)
    client.force_login(signer)
    with django_assert_num_queries(7):  # session, person, organisation, roles, people, delegations, invitations
        page = client.get(address("organisation", organisation.code)).content.decode()
    assert page.count("Renvoyer") == count


def test_again_and_withdraw_say_what_happened(client, signer):
    row, url = invited(signer)
    client.force_login(signer)
    page = client.post(address("invite_again", row.code), follow=True).content.decode()
    assert "moins d’une heure" in page
    with clock.at(NOW + timedelta(days=20)):
        assert "Expirée" in client.get(address("organisation", row.organisation.code)).content.decode()
        page = client.post(address("invite_again", row.code), follow=True).content.decode()
    assert "L’invitation est repartie" in page
    page = client.post(address("invitation_withdraw", row.code), follow=True).content.decode()
    assert "L’invitation est retirée" in page
    assert "Invitations sans réponse" not in page
    client.logout()
    assert client.get(url).status_code == 404  # the first link: another one had replaced it


def test_members_do_not_see_who_is_invited(client, signer):
    row, _ = invited(signer)
    client.force_login(member(Role.MEMBER, row.organisation))
    page = client.get(address("organisation", row.organisation.code)).content.decode()
    assert ZOE not in page
    assert "Inviter" not in page


def test_an_invited_officer_meets_the_second_proof(client, settings):
    settings.SECOND_FACTOR = True
    agency = OrganisationFactory.create(kind=OrganisationKind.AGGLOMERATION)
    services.invite(agency, email=ZOE, role=Role.OFFICER, by=officer())
    client.force_login(UserFactory.create(email=ZOE))
    response = client.post(link_in("invitation"))
    assert rules.is_officer(User.objects.get(email=ZOE))
    assert client.get(response.url).url.startswith(reverse("mfa_index"))


def test_unknown_link_is_said(client):
    page = client.get(address("invitation", "no-such-token"))
    assert (page.status_code, "Cette invitation n’existe plus" in page.content.decode()) == (404, True)
