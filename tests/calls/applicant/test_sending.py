"""The signature: what is read once more, what is missing, the last second."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState
from faubourg.calls.models import Application
from faubourg.core import clock
from faubourg.partners.enums import Role
from tests.calls.applicant.ground import again, at, entered, page_of, real_queries, step
from tests.factories.calls import draft, full_draft, open_call, signer_of
from tests.factories.partners import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def test_send_shows_the_whole_application_and_what_is_sworn(client):
    application = full_draft()
    page = page_of(entered(client, application).get(step(application, "envoi")))
    for words in (
        "Tout est rempli.",
        "Réparer ensemble les vélos du quartier.",
        "Notre réponse sur besoin.",
        "statuts.pdf",
        "46,15\u202f%",
        "contrat d’engagement républicain",
        "l’organisme demande 6\u202f000\u202f€ en tout",
        "Signer et envoyer le dossier",
    ):
        assert words in page


def test_send_by_a_member_names_who_can_sign(client):
    application = full_draft()
    signer = signer_of(application.organisation)
    client.force_login(member(Role.MEMBER, application.organisation))
    page = page_of(client.get(step(application, "envoi")))
    assert "Signer et envoyer le dossier" not in page
    assert signer.name in page
    assert client.post(at("submit", application), {"sworn": "on"}).status_code == 403
    assert again(application).state == ApplicationState.DRAFT


def test_send_by_a_member_of_an_organisation_without_signer_says_what_to_do(client):
    organisation = OrganisationFactory.create()
    person = member(Role.MEMBER, organisation)
    application = services.start(open_call(), organisation, by=person)
    client.force_login(person)
    assert "n’en a pas encore" in page_of(client.get(step(application, "envoi")))
    assert "Personne encore" in page_of(client.get(at("application", application)))


def test_submit_leads_to_the_confirmation(client):
    application = full_draft()
    response = entered(client, application).post(at("submit", application), {"sworn": "on"})
    assert response.url == at("sent", application)
    page = page_of(client.get(response.url))
    assert "Votre dossier est déposé" in page
    assert "AAP-2027-001" in page
    assert "se prépare" in page
    paper = services.send_receipt(again(application))
    assert at("paper", application, paper.file.code) in page_of(client.get(response.url))


def test_submit_with_faults_names_them_all_with_the_way_to_each(client):
    application = full_draft()
    services.save_fields(application, {"title": "", "b-756": "1"}, by=signer_of(application.organisation))
    response = entered(client, application).post(at("submit", application))
    page = page_of(response)
    assert response.status_code == 422
    assert [fault.url for fault in response.context["page"].faults] == [
        f"{step(application, 'projet')}?corriger=1#title",
        f"{step(application, 'budget')}?corriger=1#b-balance",
        "#sworn",
    ]
    assert "Le dossier n’est pas parti." in page
    assert 'aria-describedby="sworn_error"' in page
    assert again(application).state == ApplicationState.DRAFT


def test_submit_twice_leads_to_the_application_with_its_reference(client):
    application = full_draft()
    entered(client, application).post(at("submit", application), {"sworn": "on"})
    response = client.post(at("submit", application), {"sworn": "on"}, follow=True)
    assert response.redirect_chain == [(at("application", application), 302)]
    assert "déjà déposé, sous la référence AAP-2027-001" in page_of(response)
    assert Application.objects.count() == 1


def test_submit_one_second_late_says_so_and_keeps_the_draft(client):
    application = full_draft()
    with clock.at(application.call.closes_at):
        response = entered(client, application).post(at("submit", application), {"sworn": "on"})
        late = page_of(client.get(step(application, "envoi")))
    assert response.status_code == 422
    assert "Votre brouillon est gardé" in page_of(response)
    assert "Signer et envoyer le dossier" not in late
    assert again(application).state == ApplicationState.DRAFT


def test_submit_asks_twenty_one_times(client):
    application = full_draft()
    entered(client, application)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(at("submit", application), {"sworn": "on"}).status_code == 302
    assert real_queries(captured) == 21  # and one more puts the receipt in the worker's queue


def test_submit_opened_by_hand_leads_to_its_page(client):
    application = full_draft()
    assert entered(client, application).get(at("submit", application)).url == step(application, "envoi")


def test_sent_of_a_draft_leads_back_to_it(client):
    application = draft()
    assert entered(client, application).get(at("sent", application)).url == at("application", application)
