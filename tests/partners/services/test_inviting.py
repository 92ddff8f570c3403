"""A role offered by e-mail: to one address, once, in time, by who may give it."""

from datetime import date, timedelta
from smtplib import SMTPException
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from faubourg.accounts.services import LinkRefusal
from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal.models import Entry
from faubourg.notifications.models import Mail
from faubourg.partners import rules, services
from faubourg.partners.enums import InvitationState, MembershipState, OrganisationKind, Role
from faubourg.partners.models import Invitation, Membership
from faubourg.partners.selectors import invitation_of, invitations_to
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, deeds, mails

pytestmark = pytest.mark.django_db
ZOE = "zoe@exemple.fr"


@pytest.fixture
def house():
    return OrganisationFactory.create(name="Roue libre 40")


@pytest.fixture
def signer(house):
    return member(Role.SIGNER, house)


def offer(organisation, by, email=ZOE, role=Role.MEMBER, **more) -> Invitation:
    return services.invite(organisation, email=email, role=role, by=by, **more)


def token_of_last_mail() -> str:
    return mail.outbox[-1].body.partition("/invitation/")[2].partition("/")[0]


def title(invitation, by, call=services.accept_invitation) -> str:
    with pytest.raises(LinkRefusal) as refusal:
        call(invitation, by=by)
    return refusal.value.title


# ---------------------------------------------------------------------------------------------- invite
def test_invite_writes_to_the_address_and_keeps_only_a_digest(house, signer):
    row = offer(house, signer, " Zoe@Exemple.fr ", title="trésorière", ends_on=date(2027, 6, 30))
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        ([ZOE], f"{signer.name} vous invite\u00a0: Roue libre 40")
    ]
    token = token_of_last_mail()
    assert invitation_of(token) == row
    assert (row.email, row.role, row.title, row.ends_on, row.invited_by, row.state) == (
        ZOE, Role.MEMBER, "trésorière", date(2027, 6, 30), signer.code, InvitationState.WAITING,
    )  # fmt: skip
    assert row.expires_at == NOW + timedelta(days=14)
    assert token not in str(Invitation.objects.values())
    assert not Mail.objects.exists()  # the outbox is read by the officers: no key lies in it
    assert deeds(row.code) == [("invite", "", "waiting", signer.code)]
    assert ZOE not in str(list(Entry.objects.values()))
    assert not Membership.objects.filter(user__email=ZOE).exists()


def test_invite_by_role(house, signer):
    boss, caf = officer(), OrganisationFactory.create(kind=OrganisationKind.SOCIAL_BODY)
    for role in Role:
        offer(caf, boss, role=role)
        offer(house, boss, role=role)
    assert Invitation.objects.count() == 2 * len(Role)
    for role in set(Role) - {Role.SIGNER, Role.MEMBER}:
        with pytest.raises(Refusal, match="Vous ne pouvez pas donner ce rôle") as no:
            offer(house, signer, "x@exemple.fr", role=role)
        assert no.value.field == "role"
    for user in (member(Role.MEMBER, house), member(Role.SIGNER), member(Role.FUNDER, caf), UserFactory.create()):
        with pytest.raises(NotAllowed):
            offer(house, user, "x@exemple.fr")
    assert len(mail.outbox) == 2 * len(Role)


def test_invite_what_will_not_do(house, signer):
    member(Role.MEMBER, house, user__email="deja@exemple.fr")
    member(Role.SIGNER, house, user__email="signe@exemple.fr")
    offer(house, signer)
    faults = {}
    for case, sent in {
        "no address": {"email": "zoe"},
        "oneself": {"email": signer.email},
        "already member": {"email": "Deja@exemple.fr"},
        "signer needs no less": {"email": "signe@exemple.fr"},
        "twice": {"email": "ZOE@exemple.fr"},
        "past": {"email": "autre@exemple.fr", "ends_on": date(2026, 11, 22)},
    }.items():
        with pytest.raises(Refusal) as no:
            offer(house, signer, **sent)
        faults[case] = (no.value.field, no.value.message.partition(".")[0])
    assert faults == {
        "no address": ("email", "Cette adresse n’est pas complète"),
        "oneself": ("email", "C’est votre adresse : personne ne s’invite soi-même"),
        "already member": ("email", "Cette personne a déjà ce rôle pour Roue libre 40"),
        "signer needs no less": ("email", "Cette personne a déjà ce rôle pour Roue libre 40"),
        "twice": ("email", "Cette adresse est déjà invitée à ce rôle"),
        "past": ("ends_on", "Cette date est passée"),
    }
    assert len(mail.outbox) == 1
    offer(house, signer, "deja@exemple.fr", role=Role.SIGNER)  # a member may become a signer
    offer(house, signer, "x@exemple.fr", ends_on=TODAY)


def test_invite_no_mailing(house, signer, monkeypatch):
    monkeypatch.setattr("faubourg.partners.services.invitations.MOST_WAITING", 2)
    offer(house, signer, "un@exemple.fr")
    offer(house, signer, "deux@exemple.fr")
    with pytest.raises(Refusal, match="2 invitations attendent déjà"):
        offer(house, signer, "trois@exemple.fr")


def test_invite_when_the_mail_cannot_leave_leaves_nothing_behind(house, signer):
    with (
        mock.patch.object(EmailMultiAlternatives, "send", side_effect=SMTPException("no")),
        pytest.raises(Refusal, match="n’a pas pu partir"),
    ):
        offer(house, signer)
    row = Invitation.objects.get()
    assert row.state == InvitationState.WITHDRAWN
    assert deeds(row.code)[-1] == ("withdraw_invitation", "waiting", "withdrawn", "")
    offer(house, signer)  # and may be tried again at once


def test_invite_writes_no_letter_of_ones_own_into_ours(house, signer):
    row = offer(house, signer, title="trésorière\n\nVotre compte est fermé, rappelez\r\nle 0899")
    words = "trésorière Votre compte est fermé, rappelez le 0899"
    assert row.title == words
    assert f"comme membre ({words})." in mail.outbox[-1].body


# ---------------------------------------------------------------------------------------------- accept
def test_accept_gives_the_role_once(house, signer):
    row = offer(house, signer, title="trésorière", ends_on=date(2027, 6, 30))
    zoe = UserFactory.create(email=ZOE)
    assert list(invitations_to(zoe)) == [row]
    held = services.accept_invitation(row, by=zoe)
    assert (held.user, held.organisation, held.role, held.title, held.starts_on, held.ends_on, held.decided_by) == (
        zoe, house, Role.MEMBER, "trésorière", TODAY, date(2027, 6, 30), signer.code,
    )  # fmt: skip
    assert rules.may_work_for(zoe, house)
    assert mails() == [("partners.invitation_accepted", signer.email)]
    assert deeds(f"{row.code}:{held.code}") == [("accept_invitation", "waiting", "accepted", zoe.code)]
    assert title(row, zoe) == "Cette invitation a déjà servi"
    assert list(invitations_to(zoe)) == []


def test_accept_forwarded_gives_nothing(house, signer):
    row = offer(house, signer)
    for other in (UserFactory.create(), signer, officer(), UserFactory.create(email="zoe@exemple.fr.test")):
        with pytest.raises(LinkRefusal, match="sortez, puis ouvrez") as refusal:
            services.accept_invitation(row, by=other)
        assert (refusal.value.title, refusal.value.status) == ("Cette invitation est pour une autre personne", 403)
        assert ZOE not in refusal.value.message
        assert list(invitations_to(other)) == []
    assert services.check_invitation(row, by=None) == row
    row.refresh_from_db()
    assert row.state == InvitationState.WAITING


def test_accept_in_time(house, signer):
    row, zoe = offer(house, signer), UserFactory.create(email=ZOE)
    with clock.at(NOW + timedelta(days=14)):
        assert title(row, zoe) == "Cette invitation a expiré"
        assert list(invitations_to(zoe)) == []
    with clock.at(NOW + timedelta(days=14, seconds=-1)):
        services.accept_invitation(row, by=zoe)


def test_accept_no_later_than_the_last_day_of_the_role(house, signer):
    row, zoe = offer(house, signer, ends_on=date(2026, 11, 25)), UserFactory.create(email=ZOE)
    with clock.at(clock.paris(2026, 11, 26, 0, 1)):
        assert title(row, zoe) == "Cette invitation a expiré"
    with clock.at(clock.paris(2026, 11, 25, 23, 59)):
        services.accept_invitation(row, by=zoe)


def test_accept_from_who_may_not_give_it_any_more(house, signer):
    row, zoe = offer(house, signer), UserFactory.create(email=ZOE)
    services.end(signer.memberships.get(), by=officer())
    assert title(row, zoe) == "Cette invitation a été retirée"
    assert not rules.is_partner(zoe)


def test_accept_confirms_a_claim_and_keeps_what_is_held(house, signer):
    zoe = UserFactory.create(email=ZOE)
    claimed = MembershipFactory.create(user=zoe, organisation=house, state=MembershipState.CLAIMED)
    row = offer(house, signer)
    assert services.accept_invitation(row, by=zoe) == claimed
    assert rules.may_work_for(zoe, house)


def test_accept_as_funder_still_needs_the_second_proof():
    caf, zoe = OrganisationFactory.create(kind=OrganisationKind.SOCIAL_BODY), UserFactory.create(email=ZOE)
    services.accept_invitation(offer(caf, officer(), role=Role.FUNDER), by=zoe)
    assert rules.is_funder(zoe)
    assert rules.needs_second_factor(zoe)


# ---------------------------------------------------------------------------------------------- again, withdraw
def test_again_replaces_the_link_and_its_fourteen_days(house, signer):
    row = offer(house, signer)
    first = token_of_last_mail()
    with pytest.raises(Refusal, match="moins d’une heure"):
        services.invite_again(row, by=signer)
    with clock.at(NOW + timedelta(days=15)):
        again = services.invite_again(row, by=signer)
        assert again.expires_at == NOW + timedelta(days=29)
        assert invitation_of(token_of_last_mail()) == row
        assert services.check_invitation(again, by=None) == row
    assert invitation_of(first) is None
    assert [verb for verb, *_ in deeds(row.code)] == ["invite", "invite_again"]


def test_again_when_the_mail_cannot_leave_keeps_the_former_link(house, signer):
    row = offer(house, signer)
    first = token_of_last_mail()
    with (
        clock.at(NOW + timedelta(days=1)),
        mock.patch.object(EmailMultiAlternatives, "send", side_effect=OSError("no")),
        pytest.raises(Refusal, match="n’a pas pu partir"),
    ):
        services.invite_again(row, by=signer)
    assert invitation_of(first) == row
    row.refresh_from_db()
    assert (row.sent_at, row.expires_at) == (NOW, NOW + timedelta(days=14))


def test_withdraw_ends_the_link(house, signer):
    row, zoe = offer(house, signer), UserFactory.create(email=ZOE)
    for other in (member(Role.MEMBER, house), member(Role.SIGNER), zoe):
        for deed in (services.withdraw_invitation, services.invite_again):
            with pytest.raises(NotAllowed):
                deed(row, by=other)
    assert services.withdraw_invitation(row, by=signer).state == InvitationState.WITHDRAWN
    row.refresh_from_db()
    assert title(row, zoe) == "Cette invitation a été retirée"
    with pytest.raises(Refusal, match="Impossible de retirer cette invitation"):
        services.withdraw_invitation(row, by=signer)
    offer(house, signer)  # the address may be invited anew


def test_signer_does_not_keep_what_the_officer_gave(house, signer):
    row = offer(house, officer(), role=Role.COUNCIL)
    with pytest.raises(NotAllowed):
        services.withdraw_invitation(row, by=signer)


# ---------------------------------------------------------------------------------------------- forgetting
def test_daily_run_forgets_the_addresses(house, signer):
    waiting = offer(house, signer, "attend@exemple.fr")
    zoe = UserFactory.create(email=ZOE)
    services.accept_invitation(offer(house, signer), by=zoe)
    services.withdraw_invitation(offer(house, signer, "retiree@exemple.fr"), by=signer)
    assert services.forget_invitations() == 2
    assert list(Invitation.objects.all()) == [waiting]
    with clock.at(NOW + timedelta(days=14)):
        assert services.forget_invitations() == 1
    assert rules.may_work_for(zoe, house)


def test_a_person_who_is_forgotten_is_invited_nowhere(house, signer):
    offer(house, signer)
    services.forget_person(UserFactory.create(email=ZOE))
    assert not Invitation.objects.exists()
