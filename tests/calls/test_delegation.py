"""What is signed in a signer's stead says so in the journal; the right itself is partners' to tell."""

import pytest

from faubourg.calls import rules, services
from faubourg.core import clock
from faubourg.core.errors import NotAllowed
from faubourg.journal.models import Entry
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from tests.factories.calls import full_draft, open_call
from tests.factories.partners import MembershipFactory, OrganisationFactory, member

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


def hand(receiver, by) -> None:
    today = clock.today()
    partners.delegate(receiver.organisation, receiver=receiver, starts_on=today, ends_on=today, by=by)


def told(application) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(verb="sign_by_delegation", thing__startswith=application.code).order_by("number")
    return list(rows.values_list("thing", "actor"))


def test_what_is_signed_says_by_whose_delegation(house, signer, helper):
    call = open_call()
    draft = full_draft(call, house)
    with pytest.raises(NotAllowed):
        services.submit(draft, sworn=True, by=helper.user)
    hand(helper, signer)
    assert rules.may_submit(helper.user, draft)
    services.submit(draft, sworn=True, by=helper.user)
    assert told(draft) == [(f"{draft.code}:{signer.code}", helper.user.code)]
    services.withdraw(draft, by=helper.user)
    assert told(draft) == [(f"{draft.code}:{signer.code}", helper.user.code)] * 2


def test_what_a_signer_signs_says_nothing_more(house, signer, helper):
    hand(helper, signer)
    draft = full_draft(open_call(), house)
    services.submit(draft, sworn=True, by=signer)
    assert told(draft) == []


def test_withdrawing_a_draft_is_no_signature(house, signer, helper):
    hand(helper, signer)
    draft = full_draft(open_call(), house)
    services.withdraw(draft, by=helper.user)
    assert told(draft) == []
