"""Who answers a claim, once, and what becomes of its proof."""

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.apps import apps

from faubourg.core import clock
from faubourg.core.errors import NotAllowed, Refusal
from faubourg.journal.models import Entry
from faubourg.notifications.models import Mail
from faubourg.partners import rules, services
from faubourg.partners.enums import MembershipState, Role
from faubourg.partners.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.partners import MembershipFactory, OrganisationFactory, member, officer
from tests.partners.services.ground import TODAY, ask, deeds, mails, paper

pytestmark = pytest.mark.django_db


def test_confirm_gives_the_right_from_today_and_tells_the_claimant():
    boss, organisation = officer(), OrganisationFactory.create()
    with clock.at(clock.paris(2026, 11, 1, 9)):
        claimed = ask(organisation)
    assert services.confirm(claimed, by=boss) is claimed
    assert rules.may_sign_for(claimed.user, organisation)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.starts_on, claimed.decided_by, claimed.decided_at) == (
        MembershipState.CONFIRMED, TODAY, boss.code, clock.now(),
    )  # fmt: skip
    assert mails()[-1] == ("partners.claim_confirmed", claimed.user.email)
    assert deeds(claimed.code)[-1] == ("confirm", "claimed", "confirmed", boss.code)


def test_refuse_says_why_and_gives_nothing():
    boss, claimed = officer(), ask(OrganisationFactory.create())
    with pytest.raises(Refusal) as no:
        services.refuse(claimed, "   ", by=boss)
    assert no.value.field == "reason"
    services.refuse(claimed, " Ce récépissé est celui d’un autre organisme. ", by=boss)
    claimed.refresh_from_db()
    assert (claimed.state, claimed.reason) == (
        MembershipState.REFUSED, "Ce récépissé est celui d’un autre organisme.",
    )  # fmt: skip
    assert not rules.is_partner(claimed.user)
    letter = Mail.objects.get(kind="partners.claim_refused")
    assert letter.to == claimed.user.email
    assert "Ce récépissé est celui d’un autre organisme." in letter.text
    assert deeds(claimed.code)[-1] == ("refuse", "claimed", "refused", boss.code)


def test_confirm_own_claim_is_refused_even_for_the_officer_and_the_signer():
    boss, organisation = officer(), OrganisationFactory.create()
    claimed = ask(organisation, boss)
    with pytest.raises(NotAllowed):
        services.confirm(claimed, by=boss)
    colleague = MembershipFactory.create(organisation=organisation, role=Role.MEMBER)
    raised = ask(organisation, colleague.user)
    with pytest.raises(NotAllowed):
        services.confirm(raised, by=colleague.user)
    assert set(Membership.objects.filter(role=Role.SIGNER).values_list("state", flat=True)) == {"claimed"}


def outsiders(claimed: Membership):
    organisation = claimed.organisation
    return {
        "the claimant": claimed.user,
        "another claimant": MembershipFactory.create(
            organisation=organisation, role=Role.SIGNER, state=MembershipState.CLAIMED
        ).user,
        "a member": member(Role.MEMBER, organisation),
        "a refused signer": member(Role.SIGNER, organisation, state=MembershipState.REFUSED),
        "a former signer": member(Role.SIGNER, organisation, state=MembershipState.ENDED),
        "a signer whose time is over": member(Role.SIGNER, organisation, ends_on=date(2026, 11, 22)),
        "a signer of another organisation": member(Role.SIGNER),
        "a funder": member(Role.FUNDER),
        "an elected member": member(Role.ELECTED),
        "an officer not yet confirmed": member(Role.OFFICER, state=MembershipState.CLAIMED),
        "a resident": UserFactory.create(),
    }


def test_decide_by_outsiders_is_refused_and_nothing_moves():
    claimed = ask(OrganisationFactory.create())
    written = Entry.objects.count()
    for who, user in outsiders(claimed).items():
        for decide in (services.confirm, partial(services.refuse, reason="non")):
            try:
                decide(claimed, by=user)
            except NotAllowed:
                continue
            pytest.fail(f"{who} decided")
    claimed.refresh_from_db()
    assert (claimed.state, Entry.objects.count()) == (MembershipState.CLAIMED, written)


def test_decide_officer_not_where_a_signer_lives():
    boss, organisation = officer(), OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    claimed = ask(organisation, proof=None)
    with pytest.raises(NotAllowed):
        services.confirm(claimed, by=boss)
    services.end(signer.memberships.get(), by=boss)
    services.confirm(claimed, by=boss)
    assert rules.may_sign_for(claimed.user, organisation)


def test_decide_signer_ended_elsewhere_meanwhile_is_refused():
    """The right is asked of the database under the lock, not of what the page remembered."""
    organisation = OrganisationFactory.create()
    signer = member(Role.SIGNER, organisation)
    claimed = ask(organisation, proof=None)
    assert rules.may_confirm(signer, claimed)
    Membership.objects.filter(user=signer).update(state=MembershipState.ENDED)  # by another process
    with pytest.raises(NotAllowed):
        services.confirm(claimed, by=signer)


@pytest.mark.parametrize("first", ["confirm", "refuse"])
def test_decide_twice_is_refused_by_the_workflow(first):
    boss, claimed = officer(), ask(OrganisationFactory.create())
    stale = Membership.objects.get(pk=claimed.pk)
    services.confirm(claimed, by=boss) if first == "confirm" else services.refuse(claimed, "non", by=boss)
    with pytest.raises(Refusal, match="Rien n’a été changé"):
        services.confirm(stale, by=boss)
    with pytest.raises(Refusal, match="Rien n’a été changé"):
        services.refuse(stale, "non", by=boss)


def test_drop_proofs_some_days_after_the_answer(settings, django_capture_on_commit_callbacks):
    """A proof serves until the claim is answered; whoever was refused, or took the claim back, leaves none either."""
    assert "faubourg.partners.services.drop_proofs" in apps.get_app_config("partners").daily
    settings.PROOF_DAYS = 60
    boss, claims = officer(), {}
    for answer in ("confirm", "refuse", "end", "wait", "late"):
        claims[answer] = services.claim(
            OrganisationFactory.create(), role=Role.SIGNER, proof=paper(), by=UserFactory.create()
        )
    files = {answer: claim.proof for answer, claim in claims.items()}
    services.confirm(claims["confirm"], by=boss)
    services.refuse(claims["refuse"], "Votre nom n’y est pas.", by=boss)
    services.end(claims["end"], by=claims["end"].user)
    with clock.at(clock.now() + timedelta(days=1)):
        services.confirm(claims["late"], by=boss)
    with clock.at(clock.now() + timedelta(days=60)):
        assert services.drop_proofs() == 0
    with clock.at(clock.now() + timedelta(days=60, seconds=1)), django_capture_on_commit_callbacks(execute=True):
        assert services.drop_proofs() == 3
        assert services.drop_proofs() == 0
    kept = Membership.objects.filter(proof__isnull=False).order_by("pk")
    assert list(kept) == [claims["wait"], claims["late"]]
    there = {answer for answer, stored in files.items() if Path(stored.blob.path).exists()}
    assert there == {"wait", "late"}
    assert [verb for verb, *_ in deeds(claims["refuse"].code)] == ["claim", "refuse", "drop_proof"]
    assert [verb for verb, *_ in deeds(files["refuse"].code)] == ["store", "remove"]
