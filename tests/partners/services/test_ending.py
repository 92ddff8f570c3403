"""A role ends: at once, on its day, or because a person is forgotten."""

from datetime import date

import pytest

from faubourg.core.errors import NotAllowed, Refusal
from faubourg.documents.models import StoredFile
from faubourg.partners import rules, services
from faubourg.partners.enums import MembershipState, Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, ask, deeds, mails

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------------------------------------- end
def test_end_stops_the_right_at_once_and_tells_the_person():
    boss, row = officer(), MembershipFactory.create(role=Role.SIGNER)
    assert rules.may_sign_for(row.user, row.organisation)
    services.end(row, by=boss)
    assert not rules.may_sign_for(row.user, row.organisation)
    row.refresh_from_db()
    assert (row.state, row.ends_on) == (MembershipState.ENDED, TODAY)
    assert mails() == [("partners.membership_ended", row.user.email)]
    assert deeds(row.code) == [("end", "confirmed", "ended", boss.code)]


def test_end_of_ones_own_sends_no_letter():
    row = MembershipFactory.create()
    services.end(row, by=row.user)
    assert mails() == []


def test_end_of_one_that_was_to_begin_later():
    row = MembershipFactory.create(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    services.end(row, by=row.user)
    assert row.ends_on == date(2026, 12, 1)


def test_end_of_a_claim_is_the_claimants_to_withdraw():
    boss, claimed = officer(), ask(OrganisationFactory.create())
    with pytest.raises(NotAllowed):
        services.end(claimed, by=boss)
    services.end(claimed, by=claimed.user)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.ends_on) == (MembershipState.ENDED, TODAY)
    assert deeds(claimed.code)[-1] == ("end", "claimed", "ended", claimed.user.code)
    with pytest.raises(Refusal):
        services.confirm(claimed, by=boss)


def test_end_by_somebody_else_is_refused():
    organisation = OrganisationFactory.create()
    row = MembershipFactory.create(organisation=organisation, role=Role.SIGNER)
    for user in (member(Role.SIGNER, organisation), member(Role.MEMBER, organisation), member(Role.SIGNER)):
        with pytest.raises(NotAllowed):
            services.end(row, by=user)


def test_end_twice_is_refused():
    row = MembershipFactory.create(state=MembershipState.ENDED)
    with pytest.raises(Refusal, match="terminée"):
        services.end(row, by=row.user)


def test_end_never_the_last_officer():
    boss = officer()
    with pytest.raises(Refusal, match="dernier chargé de mission"):
        services.end(boss.memberships.get(), by=boss)
    next_one = officer()
    services.end(boss.memberships.get(), by=next_one)
    assert not rules.is_officer(boss)


def test_end_never_the_last_signer_but_by_the_officer():
    row = MembershipFactory.create(role=Role.SIGNER)
    member(Role.SIGNER)  # of another one
    MembershipFactory.create(role=Role.SIGNER, organisation=row.organisation, ends_on=date(2026, 11, 22))
    with pytest.raises(Refusal, match="dernière personne signataire"):
        services.end(row, by=row.user)
    member(Role.SIGNER, row.organisation)
    services.end(row, by=row.user)
    last = row.organisation.memberships.filter(state="confirmed", ends_on=None).get()
    services.end(last, by=officer())
    assert rules.needs_officer(row.organisation)


def test_close_ended_daily_once():
    over = MembershipFactory.create(ends_on=date(2026, 11, 22))
    MembershipFactory.create(ends_on=TODAY)
    MembershipFactory.create()
    assert services.close_ended() == 1
    over.refresh_from_db()
    assert (over.state, over.ends_on) == (MembershipState.ENDED, date(2026, 11, 22))
    assert deeds(over.code) == [("end", "confirmed", "ended", "")]
    assert services.close_ended() == 0


# ---------------------------------------------------------------------------------------------- erase
def test_forget_person_ends_everything_and_takes_the_proof_away():
    user = UserFactory.create()
    claimed = ask(OrganisationFactory.create(), user)
    held = MembershipFactory.create(user=user, title="trésorière")
    refused = MembershipFactory.create(user=user, state=MembershipState.REFUSED, reason="Vous n’êtes pas Jean")
    services.forget_person(user)
    rows = user.memberships.order_by("pk").values_list("pk", "state", "title", "reason", "proof")
    assert list(rows) == [
        (claimed.pk, "ended", "", "", None),
        (held.pk, "ended", "", "", None),
        (refused.pk, "refused", "", "", None),
    ]
    assert not StoredFile.objects.exists()
    assert not rules.is_partner(user)
    assert deeds(held.code) == [("end", "confirmed", "ended", "")]
    services.forget_person(user)
    assert deeds(held.code) == [("end", "confirmed", "ended", "")]
