"""Rights come only from confirmed, living memberships (R-AAP-02)."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from faubourg.core import clock
from faubourg.partners import rules, selectors
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from faubourg.partners.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer

pytestmark = pytest.mark.django_db

ROLE_RULES = {
    rules.is_officer: {Role.OFFICER},
    rules.is_funder: {Role.FUNDER},
    rules.is_elected: {Role.ELECTED},
    rules.is_council: {Role.COUNCIL},
    rules.is_company: {Role.COMPANY},
    rules.is_editor: {Role.EDITOR},
    rules.is_applicant: {Role.SIGNER, Role.MEMBER},
    rules.is_partner: set(Role),
    rules.sees_claims: {Role.OFFICER, Role.SIGNER},
    rules.finds_own_organisation: {Role.SIGNER, Role.MEMBER},
}


@pytest.mark.parametrize("role", list(Role))
def test_role_rules_each_role_has_its_own(role):
    user = member(role)
    assert {rule.__name__ for rule in ROLE_RULES if rule(user)} == {
        rule.__name__ for rule, roles in ROLE_RULES.items() if role in roles
    }


@pytest.mark.parametrize("rule", list(ROLE_RULES))
def test_role_rules_anonymous_never(rule):
    assert rule(AnonymousUser()) is False


def test_thing_rules_anonymous_never():
    claimed = MembershipFactory.create(state=MembershipState.CLAIMED)
    nobody = AnonymousUser()
    assert not rules.may_work_for(nobody, claimed.organisation)
    assert not rules.may_sign_for(nobody, claimed.organisation)
    assert not rules.may_confirm(nobody, claimed)
    assert not rules.may_end(nobody, claimed)
    assert not rules.may_see_proof(nobody, claimed)
    assert not rules.may_see_claim(nobody, claimed)
    assert not rules.may_see_team(nobody, claimed.organisation)
    assert not rules.has_claims_waiting(nobody)


def test_resident_no_membership_is_nothing_but_may_look_for_an_organisation():
    user = UserFactory.create()
    assert [rule.__name__ for rule in ROLE_RULES if rule(user)] == ["finds_own_organisation"]


@pytest.mark.parametrize("state", [MembershipState.CLAIMED, MembershipState.REFUSED, MembershipState.ENDED], ids=str)
@pytest.mark.parametrize("role", list(Role))
def test_unconfirmed_membership_gives_no_right_whatever_its_role(state, role):
    row = MembershipFactory.create(role=role, state=state)
    assert rules.is_partner(row.user) is False
    assert rules.may_work_for(row.user, row.organisation) is False
    assert rules.may_sign_for(row.user, row.organisation) is False
    assert rules.may_see_team(row.user, row.organisation) is False
    assert selectors.organisations_of(row.user) == []


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "lives"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (date(2026, 1, 1), date(2026, 11, 23), True),
        (date(2026, 1, 1), date(2026, 11, 22), False),
    ],
)
def test_membership_lives_from_its_first_to_its_last_day(starts_on, ends_on, lives):
    row = MembershipFactory.create(role=Role.SIGNER, starts_on=starts_on, ends_on=ends_on)
    assert rules.may_sign_for(row.user, row.organisation) is lives
    assert rules.needs_officer(row.organisation) is not lives


def test_membership_over_at_midnight_even_on_a_kept_user_object():
    row = MembershipFactory.create(role=Role.SIGNER, ends_on=date(2026, 11, 23))
    assert rules.may_sign_for(row.user, row.organisation)
    with clock.at(clock.paris(2026, 11, 24)):
        assert not rules.may_sign_for(row.user, row.organisation)


def test_membership_deactivated_person_has_no_right():
    row = MembershipFactory.create(role=Role.OFFICER, user=UserFactory.create(is_active=False))
    assert not rules.is_officer(row.user)


def test_member_works_but_does_not_sign():
    row = MembershipFactory.create(role=Role.MEMBER)
    assert rules.may_work_for(row.user, row.organisation)
    assert not rules.may_sign_for(row.user, row.organisation)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FUNDER, Role.ELECTED, Role.COUNCIL, Role.COMPANY, Role.EDITOR])
def test_other_roles_do_not_write_for_their_organisation(role):
    row = MembershipFactory.create(role=role)
    assert not rules.may_work_for(row.user, row.organisation)


def test_signer_of_one_organisation_is_nobody_in_another():
    signer, other = member(Role.SIGNER), OrganisationFactory.create()
    assert not rules.may_work_for(signer, other)
    assert not rules.may_see_team(signer, other)


def test_may_confirm_signer_of_the_organisation_not_the_officer():
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    claimed = MembershipFactory.create(organisation=organisation, state=MembershipState.CLAIMED)
    assert rules.may_confirm(signer, claimed)
    assert not rules.may_confirm(officer(), claimed)
    assert not rules.may_confirm(member(Role.MEMBER, organisation), claimed)
    assert not rules.may_confirm(member(Role.SIGNER), claimed)


def test_may_confirm_officer_when_no_signer_lives():
    organisation = OrganisationFactory.create()
    member(Role.MEMBER, organisation)
    member(Role.SIGNER, organisation, ends_on=date(2026, 11, 1))
    member(Role.SIGNER, organisation, user=UserFactory.create(is_active=False))
    claimed = MembershipFactory.create(organisation=organisation, state=MembershipState.CLAIMED)
    assert rules.may_confirm(officer(), claimed)
    assert not rules.may_confirm(member(Role.FUNDER), claimed)


@pytest.mark.parametrize("state", [MembershipState.CONFIRMED, MembershipState.REFUSED, MembershipState.ENDED])
def test_may_confirm_never_twice(state):
    assert not rules.may_confirm(officer(), MembershipFactory.create(state=state))


def test_may_confirm_never_ones_own_whatever_one_is():
    boss = officer()
    own = MembershipFactory.create(user=boss, state=MembershipState.CLAIMED, role=Role.SIGNER)
    assert not rules.may_confirm(boss, own)
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    more = MembershipFactory.create(user=signer, organisation=organisation, state=MembershipState.CLAIMED)
    assert not rules.may_confirm(signer, more)
    assert not rules.may_see_claim(signer, more)


def test_may_see_proof_the_person_the_judge_and_the_officer_only():
    organisation = OrganisationFactory.create()
    signer, colleague = member(Role.SIGNER, organisation), member(Role.MEMBER, organisation)
    claimed = MembershipFactory.create(organisation=organisation, state=MembershipState.CLAIMED)
    assert rules.may_see_proof(claimed.user, claimed)
    assert rules.may_see_proof(signer, claimed)
    assert rules.may_see_proof(officer(), claimed)
    assert not rules.may_see_proof(colleague, claimed)
    assert not rules.may_see_proof(member(Role.SIGNER), claimed)
    assert not rules.may_see_proof(member(Role.FUNDER), claimed)
    Membership.objects.filter(pk=claimed.pk).update(state=MembershipState.CONFIRMED, decided_at=clock.now())
    claimed.refresh_from_db()
    assert not rules.may_see_proof(signer, claimed)


def test_may_end_oneself_the_officer_and_a_signer_for_members():
    organisation = OrganisationFactory.create()
    first = MembershipFactory.create(organisation=organisation, role=Role.SIGNER)
    second = MembershipFactory.create(organisation=organisation, role=Role.SIGNER)
    colleague = MembershipFactory.create(organisation=organisation, role=Role.MEMBER)
    boss = officer()
    assert rules.may_end(first.user, first)
    assert rules.may_end(first.user, colleague)
    assert not rules.may_end(first.user, second)
    assert not rules.may_end(colleague.user, first)
    assert rules.may_end(boss, first)
    assert not rules.may_end(member(Role.SIGNER), colleague)
    claimed = MembershipFactory.create(organisation=organisation, state=MembershipState.CLAIMED)
    assert rules.may_end(claimed.user, claimed)
    assert not rules.may_end(first.user, claimed)
    assert not rules.may_end(boss, claimed)


def test_may_appoint_officer_for_institutions_and_where_no_signer_lives():
    boss, person = officer(), UserFactory.create()
    caf = OrganisationFactory.create(kind=OrganisationKind.SOCIAL_BODY)
    led = OrganisationFactory.create()
    member(Role.SIGNER, led)
    assert rules.may_appoint(boss, person, caf, Role.FUNDER)
    assert rules.may_appoint(boss, person, caf, Role.SIGNER)
    assert not rules.may_appoint(boss, person, led, Role.SIGNER)
    assert not rules.may_appoint(boss, person, led, Role.MEMBER)
    assert rules.may_appoint(boss, person, led, Role.ELECTED)
    assert not rules.may_appoint(boss, boss, caf, Role.FUNDER)
    assert not rules.may_appoint(person, boss, caf, Role.FUNDER)


@pytest.mark.parametrize("kind", [*OrganisationKind.values, "forged"])
def test_may_open_institutions_are_the_officers(kind):
    open_to_all = kind in ("association", "other")
    assert rules.may_open(UserFactory.create(), kind) is open_to_all
    assert rules.may_open(officer(), kind) is (kind != "forged")
