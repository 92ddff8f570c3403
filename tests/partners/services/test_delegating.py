"""The pen handed to a member: for some days, by a signer, never handed on, and told in the journal."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners import rules, selectors, services
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.models import Delegation
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, deeds, mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory.create()


@pytest.fixture
def signer(house):
    return member(Role.SIGNER, house)


@pytest.fixture
def helper(house):
    return MembershipFactory.create(organisation=house)


def hand(receiver, by, days=10, starts_on=TODAY) -> Delegation:
    ends_on = starts_on + timedelta(days=days - 1)
    return services.delegate(receiver.organisation, receiver=receiver, starts_on=starts_on, ends_on=ends_on, by=by)


# ---------------------------------------------------------------------------------------------- give
def test_delegate_lets_sign_and_nothing_more(house, signer, helper):
    row = hand(helper, signer)
    assert rules.may_sign_for(helper.user, house)
    assert selectors.principal_of(helper.user, house) == signer.code
    assert selectors.principal_of(signer, house) == ""
    claimed = MembershipFactory.create(organisation=house, state=MembershipState.CLAIMED)
    colleague = MembershipFactory.create(organisation=house)
    assert not rules.is_signer_of(helper.user, house)
    assert not rules.may_confirm(helper.user, claimed)
    assert not rules.may_manage(helper.user, house)
    assert not rules.may_end(helper.user, colleague)
    assert not rules.may_change(helper.user, colleague)
    assert not rules.sees_claims(helper.user)
    assert not rules.may_sign_for(helper.user, OrganisationFactory.create())
    with pytest.raises(NotAllowed):
        hand(colleague, helper.user)  # no further delegation
    assert mails() == [("partners.delegation_given", helper.user.email)]
    assert deeds(row.code) == [("delegate", "", "", signer.code)]


def test_delegate_between_its_days_alone(house, signer, helper):
    hand(helper, signer, days=2, starts_on=date(2026, 12, 24))
    seen = {}
    for day, hour in ((23, 23), (24, 0), (25, 23), (26, 0)):
        with clock.at(clock.paris(2026, 12, day, hour, 59 if hour else 0)):
            seen[day, hour] = rules.may_sign_for(helper.user, house)
    assert seen == {(23, 23): False, (24, 0): True, (25, 23): True, (26, 0): False}


def test_delegate_dies_with_either_place(house, signer, helper):
    hand(helper, signer)
    member(Role.SIGNER, house)
    services.end(signer.memberships.get(), by=officer())
    assert not rules.may_sign_for(helper.user, house)
    other = member(Role.SIGNER, house)
    hand(helper, other)
    assert rules.may_sign_for(helper.user, house)
    services.end(helper, by=other)
    assert not rules.may_sign_for(helper.user, house)


def test_delegate_dies_when_the_giver_is_no_signer_or_out(house, signer, helper):
    member(Role.SIGNER, house)
    hand(helper, signer)
    services.change_membership(signer.memberships.get(), role=Role.MEMBER, by=signer)
    assert not rules.may_sign_for(helper.user, house)
    other = member(Role.SIGNER, house)
    hand(helper, other)
    other.is_active = False
    other.save()
    selectors.read_again(helper.user)
    assert not rules.may_sign_for(helper.user, house)


def test_delegate_by_others_is_refused(house, helper):
    for user in (helper.user, member(Role.MEMBER, house), member(Role.SIGNER), officer(), UserFactory.create()):
        with pytest.raises(NotAllowed):
            hand(helper, user)


def test_delegate_what_will_not_do(house, signer, helper):
    hand(helper, signer, starts_on=date(2026, 12, 10))
    stranger, ended = MembershipFactory.create(), MembershipFactory.create(organisation=house, ends_on=date(2026, 1, 2))
    other_signer = MembershipFactory.create(organisation=house, role=Role.SIGNER)
    faults = {}
    for case, sent in {
        "nobody": {"receiver": None},
        "a stranger": {"receiver": stranger},
        "somebody gone": {"receiver": ended},
        "a signer": {"receiver": other_signer},
        "oneself": {"receiver": MembershipFactory.create(organisation=house, user=signer)},
        "yesterday": {"starts_on": date(2026, 11, 22)},
        "backwards": {"ends_on": date(2026, 11, 23), "starts_on": date(2026, 11, 24)},
        "91 days": {"ends_on": TODAY + timedelta(days=90)},
        "twice": {"ends_on": date(2026, 12, 10)},
    }.items():
        given = {"receiver": helper, "starts_on": TODAY, "ends_on": TODAY, **sent}
        with pytest.raises(Refusal) as no:
            services.delegate(house, **given, by=signer)
        faults[case] = (no.value.field, no.value.message.partition(".")[0])
    assert faults == {
        **dict.fromkeys(
            ("nobody", "a stranger", "somebody gone", "a signer", "oneself"),
            ("receiver", "Choisissez un membre de cet organisme"),
        ),
        "yesterday": ("starts_on", "Ce jour est passé : une délégation ne vaut pas pour hier"),
        "backwards": ("ends_on", "La délégation finit avant de commencer"),
        "91 days": ("ends_on", "Une délégation dure 90 jours au plus ; celle-ci en compte 91"),
        "twice": ("starts_on", "Cette personne a déjà votre délégation pour une partie de ces jours"),
    }
    hand(MembershipFactory.create(organisation=house), signer, days=90)


def test_database_keeps_it_short(helper, signer):
    giver = signer.memberships.get()
    days = {"giver": giver, "receiver": helper, "starts_on": TODAY}
    row = Delegation.objects.create(**days, ends_on=TODAY + timedelta(days=89))
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.create(**days, ends_on=TODAY + timedelta(days=90))
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegation.objects.filter(pk=row.pk).update(ends_on=TODAY + timedelta(days=90))


# ---------------------------------------------------------------------------------------------- take back
def test_withdraw_at_any_time(house, signer, helper):
    for by in (signer, helper.user, officer()):
        row = hand(helper, signer)
        for stranger in (member(Role.MEMBER, house), member(Role.SIGNER, house), UserFactory.create()):
            with pytest.raises(NotAllowed):
                services.withdraw_delegation(row, by=stranger)
        services.withdraw_delegation(row, by=by)
        assert not rules.may_sign_for(helper.user, house)
        assert deeds(row.code)[-1] == ("withdraw_delegation", "", "", by.code)
        with pytest.raises(Refusal, match="déjà retirée"):
            services.withdraw_delegation(row, by=by)
    assert [kind for kind, _ in mails()].count("partners.delegation_withdrawn") == 2  # not to who gave it back himself


def test_lasting_delegations_are_shown_until_their_end(house, signer, helper):
    row = hand(helper, signer, days=1, starts_on=date(2026, 12, 1))
    assert list(selectors.delegations_in(house)) == [row]
    assert list(selectors.delegations_in(OrganisationFactory.create())) == []
    with clock.at(NOW + timedelta(days=9)):
        assert list(selectors.delegations_in(house)) == []
