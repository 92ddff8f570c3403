"""The way out of a call."""

import pytest

from faubourg.calls.enums import ApplicationState
from faubourg.core.typography import keep_together
from faubourg.partners.enums import Role
from tests.calls.applicant.ground import again, at, decided, entered, page_of
from tests.factories.calls import draft, submitted_application
from tests.factories.partners import member

pytestmark = pytest.mark.django_db


def test_withdraw_asks_first(client):
    application = submitted_application()
    page = page_of(entered(client, application).get(at("withdraw", application)))
    assert keep_together("Retirer ce dossier ?") in page
    assert again(application).state == ApplicationState.SUBMITTED
    response = client.post(at("withdraw", application), follow=True)
    assert "Le dossier AAP-2027-001 est retiré." in page_of(response)
    assert again(application).state == ApplicationState.WITHDRAWN
    assert "Retiré" in page_of(client.get(at("application", application)))


def test_withdraw_a_draft_by_a_member(client):
    application = draft()
    client.force_login(member(Role.MEMBER, application.organisation))
    assert keep_together("Abandonner ce brouillon ?") in page_of(client.get(at("withdraw", application)))
    client.post(at("withdraw", application))
    assert again(application).state == ApplicationState.WITHDRAWN
    assert "ce brouillon n’a pas été déposé" in page_of(client.get(at("application", application)))


def test_withdraw_a_submitted_application_by_a_member_is_refused(client):
    application = submitted_application()
    client.force_login(member(Role.MEMBER, application.organisation))
    assert client.post(at("withdraw", application)).status_code == 403


def test_withdraw_after_the_decision_says_why_not(client):
    application = decided(100_000, told=True)
    entered(client, application)
    assert "ne peut plus être retiré" in page_of(client.get(at("withdraw", application)))
    assert client.post(at("withdraw", application)).status_code == 422
    assert again(application).state == ApplicationState.NOTIFIED
