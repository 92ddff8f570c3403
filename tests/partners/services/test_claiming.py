"""SIRETs are public: nobody becomes an association's voice by typing one. Tried as attacks (R-AAP-02)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from faubourg.core.errors import Refusal
from faubourg.documents.models import StoredFile
from faubourg.notifications.models import Mail
from faubourg.partners import rules, services
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, ask, deeds, mails, paper

pytestmark = pytest.mark.django_db


def test_claim_gives_no_right_and_tells_the_officer():
    boss, user, organisation = officer(), UserFactory.create(), OrganisationFactory.create()
    claimed = services.claim(organisation, role=Role.SIGNER, title="  trésorière ", proof=paper(), by=user)
    assert (claimed.state, claimed.role, claimed.title, claimed.starts_on, claimed.decided_at) == (
        MembershipState.CLAIMED, Role.SIGNER, "trésorière", TODAY, None,
    )  # fmt: skip
    assert claimed.proof.access == f"partners.membership:{claimed.code}"
    assert claimed.proof.name == "recepisse.pdf"
    assert not rules.is_partner(user)
    assert mails() == [("partners.claim_received", boss.email)]
    assert deeds(claimed.code) == [("claim", "", "claimed", user.code)]


def test_claim_later_one_goes_to_the_signers_not_to_the_officer():
    officer()
    organisation = OrganisationFactory.create()
    signers = [member(Role.SIGNER, organisation), member(Role.SIGNER, organisation)]
    member(Role.MEMBER, organisation)
    claimed = ask(organisation, proof=None, role=Role.MEMBER)
    assert claimed.proof is None
    assert mails() == [("partners.claim_received", one.email) for one in signers]


def test_claim_first_one_without_proof_is_refused():
    with pytest.raises(Refusal) as no:
        ask(OrganisationFactory.create(), proof=None)
    assert no.value.field == "proof"
    assert not Membership.objects.exists()


def test_claim_needs_proof_again_when_the_last_signer_left():
    organisation = OrganisationFactory.create()
    member(Role.SIGNER, organisation, ends_on=date(2026, 11, 22))
    member(Role.MEMBER, organisation)
    with pytest.raises(Refusal) as no:
        ask(organisation, proof=None)
    assert no.value.field == "proof"


def test_claim_bad_file_is_said_beside_the_proof_and_nothing_is_written():
    with pytest.raises(Refusal) as no:
        ask(OrganisationFactory.create(), proof=paper(b"", "vide.pdf"))
    assert no.value.field == "proof"
    assert (Membership.objects.count(), StoredFile.objects.count(), Mail.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("role", ["officer", "funder", "elected", "council", "company", "", "SIGNER", "admin"])
def test_claim_forged_role_is_refused(role):
    with pytest.raises(Refusal) as no:
        ask(OrganisationFactory.create(), role=role)
    assert no.value.field == "role"
    assert not Membership.objects.exists()


def test_claim_twice_is_refused_even_with_the_other_role():
    user, organisation = UserFactory.create(), OrganisationFactory.create()
    ask(organisation, user, Role.SIGNER)
    for role in (Role.SIGNER, Role.MEMBER):
        with pytest.raises(Refusal, match="Vous avez déjà demandé"):
            ask(organisation, user, role)
    assert Membership.objects.count() == 1


def test_claim_twice_is_refused_by_the_database_too():
    row = MembershipFactory.create(state=MembershipState.CLAIMED)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory.create(user=row.user, organisation=row.organisation)


def test_claim_of_what_one_is_already():
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    for role in (Role.SIGNER, Role.MEMBER):
        with pytest.raises(Refusal, match="Vous parlez déjà"):
            ask(organisation, signer, role)


def test_claim_member_may_ask_to_become_signer():
    organisation = OrganisationFactory.create()
    signer, colleague = member(Role.SIGNER, organisation), member(Role.MEMBER, organisation)
    claimed = ask(organisation, colleague, Role.SIGNER, proof=None)
    assert not rules.may_sign_for(colleague, organisation)
    services.confirm(claimed, by=signer)
    assert rules.may_sign_for(colleague, organisation)


def test_claim_again_on_the_day_after_the_last_one_before_the_daily_run():
    old = MembershipFactory.create(role=Role.SIGNER, ends_on=date(2026, 11, 22))
    claimed = ask(old.organisation, old.user)
    old.refresh_from_db()
    assert (old.state, claimed.state) == (MembershipState.ENDED, MembershipState.CLAIMED)


def test_claim_of_what_one_will_be_soon():
    soon = MembershipFactory.create(role=Role.SIGNER, starts_on=date(2026, 12, 1))
    with pytest.raises(Refusal, match="Vous parlez déjà"):
        ask(soon.organisation, soon.user)


def test_claim_again_after_a_refusal():
    boss, user, organisation = officer(), UserFactory.create(), OrganisationFactory.create()
    services.refuse(ask(organisation, user), "Le nom n’est pas le vôtre.", by=boss)
    assert ask(organisation, user).state == MembershipState.CLAIMED


def test_claim_not_more_than_five_waiting():
    user = UserFactory.create()
    for _ in range(5):
        ask(OrganisationFactory.create(), user)
    with pytest.raises(Refusal, match="5 de vos demandes"):
        ask(OrganisationFactory.create(), user)
