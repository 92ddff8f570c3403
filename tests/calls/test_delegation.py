"""What is signed in a signer's stead says so in the journal; the right itself is partners' to tell."""

import pytest

from faubourg.accounts.models import User
from faubourg.calls import rules, services
from faubourg.core import clock
from faubourg.core.errors import NotAllowed
from faubourg.journal.models import Entry
from faubourg.partners import services as partners
from faubourg.partners.enums import Role
from faubourg.partners.models import Organisation
from tests.factories.calls import full_draft, open_call
from tests.factories.partners import MembershipFactory, OrganisationFactory, member

pytestmark = pytest.mark.django_db


def handed(house: Organisation) -> tuple[User, User]:
    """A signer of this house and the member to whom she hands the pen for today."""
    signer, helper = member(Role.SIGNER, house), MembershipFactory.create(organisation=house)
    today = clock.today()
    partners.delegate(house, receiver=helper, starts_on=today, ends_on=today, by=signer)
    return signer, helper.user


def told(application) -> list[tuple[str, str]]:
    rows = Entry.objects.filter(verb="sign_by_delegation", thing__startswith=application.code).order_by("number")
    return list(rows.values_list("thing", "actor"))


def test_what_is_signed_says_by_whose_delegation():
    draft = full_draft(open_call(), OrganisationFactory.create())
    with pytest.raises(NotAllowed):
        services.submit(draft, sworn=True, by=member(Role.MEMBER, draft.organisation))
    signer, helper = handed(draft.organisation)
    assert rules.may_submit(helper, draft)
    services.submit(draft, sworn=True, by=helper)
    assert told(draft) == [(f"{draft.code}:{signer.code}", helper.code)]
    services.withdraw(draft, by=helper)
    assert told(draft) == [(f"{draft.code}:{signer.code}", helper.code)] * 2


def test_what_a_signer_signs_says_nothing_more():
    draft = full_draft(open_call(), OrganisationFactory.create())
    signer, _ = handed(draft.organisation)
    services.submit(draft, sworn=True, by=signer)
    assert told(draft) == []


def test_withdrawing_a_draft_is_no_signature():
    draft = full_draft(open_call(), OrganisationFactory.create())
    _, helper = handed(draft.organisation)
    services.withdraw(draft, by=helper)
    assert told(draft) == []
