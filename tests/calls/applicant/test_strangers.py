"""The applicant's pages before somebody who has no business there."""

import pytest
from django.urls import reverse

from faubourg.calls.enums import ApplicationState
from faubourg.partners.enums import MembershipState, Role
from tests.calls.applicant.ground import again, at, entered, step
from tests.factories.calls import a_file, draft, full_draft, submitted_application
from tests.factories.partners import MembershipFactory, member, officer

pytestmark = pytest.mark.django_db
PAGES = [
    ("application", []), ("edit", ["projet"]), ("edit", ["budget"]), ("sent", []), ("answer", []), ("withdraw", []),
    ("submit", []),
]  # fmt: skip
DEEDS = [("edit", ["projet"]), ("autosave", []), ("attach", []), ("submit", []), ("answer", []), ("withdraw", [])]


def strangers(application):
    claim = {"organisation": application.organisation, "role": Role.SIGNER, "state": MembershipState.CLAIMED}
    return [member(Role.SIGNER), member(Role.FUNDER), officer(), MembershipFactory.create(**claim).user]


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_pages_of_somebody_else_s_draft_are_refused(client, name, more):
    application = full_draft()
    for person in strangers(application):
        client.force_login(person)
        assert client.get(at(name, application, *more)).status_code == 403


@pytest.mark.parametrize(("name", "more"), DEEDS)
def test_deeds_on_somebody_else_s_draft_are_refused(client, name, more):
    application = full_draft()
    sent = {"title": "Volé", "name": "title", "value": "Volé", "sworn": "on", "kind": "other", "file": a_file()}
    for person in strangers(application):
        client.force_login(person)
        assert client.post(at(name, application, *more), sent).status_code == 403
    row = again(application)
    assert (row.title, row.state, row.pieces.count()) == ("Atelier vélo solidaire", ApplicationState.DRAFT, 1)


@pytest.mark.parametrize(("name", "more"), [*PAGES, ("piece", ["F-INCONNU1"]), ("paper", ["F-INCONNU1"])])
def test_link_that_was_guessed_leads_nowhere(client, name, more):
    client.force_login(member(Role.SIGNER))
    assert client.get(reverse(f"calls:{name}", args=["D-INCONNU1", *more])).status_code == 404


@pytest.mark.parametrize(("name", "more"), DEEDS)
def test_deed_on_a_code_that_was_guessed_leads_nowhere(client, name, more):
    client.force_login(member(Role.SIGNER))
    assert client.post(reverse(f"calls:{name}", args=["D-INCONNU1", *more]), {"sworn": "on"}).status_code == 404


def test_step_that_does_not_exist_is_not_there(client):
    application = draft()
    assert entered(client, application).get(step(application, "bonus")).status_code == 404


@pytest.mark.parametrize(("name", "more"), PAGES)
def test_pages_ask_to_sign_in_first(client, name, more):
    response = client.get(at(name, draft(), *more))
    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:sign_in"))


def test_officer_and_funder_are_led_to_the_desk_s_page_of_a_submitted_application(client):
    application = submitted_application()
    for person in (officer(), member(Role.FUNDER)):
        client.force_login(person)
        response = client.get(at("application", application))
        assert (response.status_code, response.url) == (302, reverse("calls:desk_application", args=[application.code]))
        assert client.get(step(application, "budget")).status_code == 403
