"""Who may do what with a call and its applications."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from faubourg.calls import rules
from faubourg.calls.enums import ApplicationState as A
from faubourg.calls.models import Application
from faubourg.core import clock
from tests.calls.scene import everybody, scene
from tests.factories.calls import draft, submitted_application
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


def who(made, application, rule):
    people = {**everybody(made, application), "other funder": made.other, "nobody": AnonymousUser()}
    return {name for name, person in people.items() if rule(person)}


def test_is_open_from_the_first_second_to_the_last_before_closing():
    call = scene().call
    second = timedelta(seconds=1)
    for instant, expected in (
        (call.opens_at - second, False),
        (call.opens_at, True),
        (call.closes_at - second, True),
        (call.closes_at, False),
    ):
        with clock.at(instant):
            assert rules.is_open(call) is expected
    call.state = "draft"
    assert not rules.is_open(call)


def test_the_desks_doors():
    made = scene()
    assert who(made, None, rules.may_run_calls) == {"officer"}
    assert who(made, None, rules.may_see_files) == {"officer", "funder", "other funder"}
    assert who(made, None, rules.may_see_table) == {"officer", "funder", "other funder", "elected"}


@pytest.mark.parametrize("state", A.values)
def test_who_reads_an_application(state):
    made = scene()
    application = draft(made.call, OrganisationFactory.create())
    application.state = state
    own = {"signer", "member"}
    desk = set() if state in (A.DRAFT, A.WITHDRAWN) else {"officer", "funder", "other funder"}
    assert who(made, application, lambda person: rules.may_read(person, application)) == own | desk


def test_who_writes_and_who_signs():
    made = scene()
    application = draft(made.call, OrganisationFactory.create())
    organisation = application.organisation
    assert who(made, application, lambda person: rules.may_start(person, organisation)) == {"signer", "member"}
    assert who(made, application, lambda person: rules.may_edit(person, application)) == {"signer", "member"}
    assert who(made, application, lambda person: rules.may_submit(person, application)) == {"signer"}
    application = submitted_application(made.call, OrganisationFactory.create())
    assert who(made, application, lambda person: rules.may_edit(person, application)) == set()


def test_who_gives_the_opinion_of_a_funder():
    made = scene()
    application = made.admitted()
    assert who(made, application, lambda person: rules.may_give_opinion(person, made.state.funder)) == {"funder"}


def test_a_decision_letter_is_the_officers_until_it_is_sent():
    made = scene()
    application = made.admitted()
    made.open_committee()
    application = made.decide_all(application, 1_000)
    from faubourg.calls import services

    [paper] = services.prepare_letters(made.call, by=made.officer)
    assert who(made, application, lambda person: rules.may_read_paper(person, paper)) == {"officer"}
    services.notify([application], by=made.officer)
    paper.application = Application.objects.get(pk=application.pk)
    assert who(made, application, lambda person: rules.may_read_paper(person, paper)) == {
        "officer",
        "funder",
        "other funder",
        "signer",
        "member",
    }
