"""A role is given by the officer, or by the machine."""

from datetime import date

import pytest

from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners import rules, services
from faubourg.partners.enums import MembershipState, OrganisationKind, Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, ask, deeds, mails

pytestmark = pytest.mark.django_db


def test_appoint_by_the_machine_then_by_the_officer():
    boss, agency = UserFactory.create(), OrganisationFactory.create(kind=OrganisationKind.AGGLOMERATION)
    first = services.appoint(boss, agency, Role.OFFICER, title="chargée de mission", by=None)
    assert rules.is_officer(boss)
    assert deeds(first.code) == [("appoint", "", "confirmed", "")]
    caf, person = OrganisationFactory.create(kind=OrganisationKind.SOCIAL_BODY), UserFactory.create()
    row = services.appoint(person, caf, Role.FUNDER, by=boss)
    assert rules.is_funder(person)
    assert (row.decided_by, row.starts_on) == (boss.code, TODAY)
    assert services.appoint(person, caf, Role.FUNDER, by=boss) == row
    assert deeds(row.code) == [("appoint", "", "confirmed", boss.code)]


def test_appoint_again_the_day_after_the_last_one():
    old = MembershipFactory.create(role=Role.FUNDER, ends_on=date(2026, 11, 22))
    row = services.appoint(old.user, old.organisation, Role.FUNDER, by=None)
    assert row != old
    assert rules.is_funder(old.user)


def test_appoint_confirms_a_waiting_claim():
    claimed = ask(OrganisationFactory.create())
    row = services.appoint(claimed.user, claimed.organisation, Role.SIGNER, by=officer())
    assert (row.pk, row.state) == (claimed.pk, MembershipState.CONFIRMED)


@pytest.mark.parametrize("role", ["", "boss"])
def test_appoint_forged_role(role):
    with pytest.raises(Refusal) as no:
        services.appoint(UserFactory.create(), OrganisationFactory.create(), role, by=officer())
    assert no.value.field == "role"


def test_appoint_by_anybody_else_or_oneself_is_refused():
    agency, person = OrganisationFactory.create(), UserFactory.create()
    boss = officer()
    for user in (person, member(Role.SIGNER, agency), member(Role.FUNDER)):
        with pytest.raises(NotAllowed):
            services.appoint(person, agency, Role.OFFICER, by=user)
    with pytest.raises(NotAllowed):
        services.appoint(boss, agency, Role.SIGNER, by=boss)
    assert not rules.is_partner(person)


def test_appoint_address_makes_the_account_and_writes_to_it():
    boss, caf = officer(), OrganisationFactory.create()
    row = services.appoint_address(
        email="Nadia@exemple.fr", first_name="Nadia", organisation=caf, role=Role.FUNDER, by=boss
    )
    assert rules.is_funder(row.user)
    assert mails() == [("partners.appointed", row.user.email)]
    with pytest.raises(NotAllowed):
        services.appoint_address(email="x@exemple.fr", organisation=caf, role=Role.FUNDER, by=row.user)
