"""What a place says and until when: every right stops at midnight in Paris, and its end is announced."""

from datetime import date, timedelta

import pytest

from faubourg.core import clock
from faubourg.core.clock import paris
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.partners import rules, selectors, services
from faubourg.partners.enums import MembershipState, Role
from tests.conftest import NOW
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, deeds, mails

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganisationFactory.create()


def change(row, by, **wanted):
    return services.change_membership(
        row, **{"role": row.role, "title": row.title, "ends_on": row.ends_on, **wanted}, by=by
    )


# ---------------------------------------------------------------------------------------------- dates
LAST = date(2026, 12, 31)
IN_TIME, OVER = paris(2026, 12, 31, 23, 59), paris(2027, 1, 1, 0, 0)  # 22.59 and 23.00 in London: the day is Paris's


@pytest.mark.parametrize("role", Role)
def test_no_right_outlives_the_last_day(role, house):
    user = member(role, house, ends_on=LAST)
    asks = {
        Role.OFFICER: rules.is_officer, Role.FUNDER: rules.is_funder, Role.ELECTED: rules.is_elected,
        Role.COUNCIL: rules.is_council, Role.COMPANY: rules.is_company,
        Role.EDITOR: rules.is_editor,
        Role.SIGNER: lambda who: rules.may_sign_for(who, house),
        Role.MEMBER: lambda who: rules.may_work_for(who, house),
    }  # fmt: skip
    for ask in (asks[role], rules.is_partner, lambda who: rules.may_see_team(who, house)):
        with clock.at(IN_TIME):
            assert ask(user)
        with clock.at(OVER):
            assert not ask(user)


def test_no_reading_outlives_the_last_day(house):
    signer = member(Role.SIGNER, house, ends_on=LAST)
    boss = member(Role.OFFICER, house, ends_on=LAST)

    def readings():
        return (
            selectors.people_of(house), selectors.signers_of([house]), selectors.officers(),
            selectors.team_of(house) != [], selectors.speaks_for(signer), rules.needs_officer(house),
            selectors.nobody_runs() == [],
        )  # fmt: skip

    with clock.at(IN_TIME):
        assert readings() == ([signer, boss], {house.pk: [signer]}, [boss], True, [house], False, True)
    with clock.at(OVER):
        assert readings() == ([], {}, [], False, [], True, False)


# ---------------------------------------------------------------------------------------------- change
def test_change_by_a_signer_tells_the_person(house):
    signer, row = member(Role.SIGNER, house), MembershipFactory.create(organisation=house)
    change(row, signer, role=Role.SIGNER, title="trésorière", ends_on=date(2027, 6, 30))
    row.refresh_from_db()
    assert (row.role, row.title, row.ends_on) == (Role.SIGNER, "trésorière", date(2027, 6, 30))
    assert rules.may_sign_for(row.user, house)
    assert mails() == [("partners.membership_changed", row.user.email)]
    assert deeds(row.code) == [("change_membership", "member", "signer", signer.code)]


def test_change_nothing_writes_nothing(house):
    row = MembershipFactory.create(organisation=house)
    change(row, member(Role.SIGNER, house))
    assert (mails(), deeds(row.code)) == ([], [])


def test_change_is_refused_to_others(house):
    row, other_signer = (
        MembershipFactory.create(organisation=house),
        MembershipFactory.create(organisation=house, role=Role.SIGNER),
    )
    signer = member(Role.SIGNER, house)
    for user in (
        row.user,
        member(Role.MEMBER, house),
        member(Role.SIGNER),
        member(Role.FUNDER, house),
        UserFactory.create(),
    ):
        with pytest.raises(NotAllowed):
            change(row, user, title="chef")
    with pytest.raises(NotAllowed):
        change(other_signer, signer, role=Role.MEMBER)  # a signer does not put another one out
    change(other_signer, officer(), role=Role.MEMBER)
    assert not rules.may_sign_for(other_signer.user, house)


def test_change_what_will_not_do(house):
    boss = officer()
    row = MembershipFactory.create(organisation=house, ends_on=date(2027, 6, 30))
    own = MembershipFactory.create(user=boss, organisation=house)
    funder, past = (
        MembershipFactory.create(role=Role.FUNDER),
        MembershipFactory.create(organisation=house, ends_on=date(2026, 11, 22)),
    )
    both = MembershipFactory.create(organisation=house)
    MembershipFactory.create(organisation=house, user=both.user, role=Role.SIGNER)
    faults = {}
    for case, (which, wanted) in {
        "another role": (row, {"role": Role.OFFICER}),
        "to oneself": (own, {"role": Role.SIGNER}),
        "a funder": (funder, {"role": Role.MEMBER}),
        "past": (row, {"ends_on": date(2026, 11, 22)}),
        "over": (past, {"title": "chef"}),
        "held": (both, {"role": Role.SIGNER}),
        "the last officer": (boss.memberships.get(role=Role.OFFICER), {"ends_on": date(2027, 6, 30)}),
    }.items():
        with pytest.raises(Refusal) as no:
            change(which, boss, **wanted)
        faults[case] = (no.value.field, no.value.message.partition(".")[0].partition(" :")[0])
    assert faults == {
        "another role": ("role", "Un membre devient signataire, un signataire membre ; rien d’autre ne se change"),
        "to oneself": ("role", "Personne ne se donne un rôle"),
        "a funder": ("role", "Un membre devient signataire, un signataire membre ; rien d’autre ne se change"),
        "past": ("ends_on", "Cette date est passée"),
        "over": ("", "Ce rôle n’est plus en cours"),
        "held": ("role", "Cette personne a déjà ce rôle ici, ou le demande"),
        "the last officer": ("ends_on", "Après cette date, plus personne ne conduirait le contrat de ville"),
    }
    change(row, boss, ends_on=TODAY)


def test_change_ones_own_shortens_and_never_prolongs(house):
    member(Role.SIGNER, house)
    row = MembershipFactory.create(organisation=house, role=Role.SIGNER, ends_on=date(2027, 6, 30))
    for wanted in (None, date(2027, 7, 1)):
        with pytest.raises(Refusal, match="Personne ne prolonge son propre rôle"):
            change(row, row.user, ends_on=wanted)
    change(row, row.user, ends_on=date(2027, 5, 1), title="président")
    assert (row.ends_on, row.title, mails()) == (date(2027, 5, 1), "président", [])
    change(row, row.user, role=Role.MEMBER)
    assert not rules.may_sign_for(row.user, house)


def test_last_signer_neither_steps_down_nor_sets_a_day(house):
    row = MembershipFactory.create(organisation=house, role=Role.SIGNER)
    for wanted in ({"role": Role.MEMBER}, {"ends_on": date(2027, 6, 30)}):
        with pytest.raises(Refusal, match="dernière personne signataire"):
            change(row, row.user, **wanted)
    change(row, row.user, title="présidente")
    next_one = MembershipFactory.create(organisation=house, role=Role.SIGNER, ends_on=date(2027, 6, 30))
    with pytest.raises(Refusal, match="dernière personne signataire"):
        change(row, row.user, ends_on=date(2027, 6, 30))  # both would leave on the same day
    change(row, row.user, ends_on=date(2027, 6, 29))
    change(row, officer(), role=Role.MEMBER)
    assert selectors.people_of(house, Role.SIGNER) == [next_one.user]


# ---------------------------------------------------------------------------------------------- reminder
def test_remind_two_weeks_before_once_for_each_end(house):
    signer = member(Role.SIGNER, house)
    row = MembershipFactory.create(organisation=house, ends_on=TODAY + timedelta(days=14))
    MembershipFactory.create(organisation=house, ends_on=TODAY + timedelta(days=15))
    MembershipFactory.create(organisation=house, ends_on=TODAY - timedelta(days=1))
    MembershipFactory.create(organisation=house, ends_on=TODAY, state=MembershipState.ENDED)
    assert services.remind_ending() == 1
    assert mails() == [("partners.membership_ending", row.user.email), ("partners.membership_ending", signer.email)]
    assert deeds(row.code) == [("tell_end", "confirmed", "confirmed", "")]
    assert services.remind_ending() == 0
    change(row, signer, ends_on=TODAY + timedelta(days=30))
    for days in (1, 16):  # the other one, then the new end
        with clock.at(NOW + timedelta(days=days)):
            assert services.remind_ending() == 1


def test_remind_the_officers_where_no_signer_is_left(house):
    boss = officer()
    last = member(Role.SIGNER, house, ends_on=TODAY + timedelta(days=3))
    funder = member(Role.FUNDER, house, ends_on=TODAY + timedelta(days=3))
    assert services.remind_ending() == 2
    assert sorted(to for _, to in mails()) == sorted([last.email, boss.email, funder.email, boss.email])
