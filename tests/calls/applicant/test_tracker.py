"""Where an application stands, as its organisation may know it."""

import pytest

from faubourg.calls import services
from faubourg.calls.enums import PaperKind
from faubourg.calls.models import Application, Paper
from faubourg.calls.tracking import standing, timeline
from faubourg.core import clock
from faubourg.journal.selectors import entries_about
from faubourg.partners.enums import Role
from tests.calls.applicant.ground import again, at, decided, entered, page_of
from tests.factories.calls import CallFactory, draft, envelope_of, full_draft, signer_of, submitted_application
from tests.factories.partners import member, officer

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------------------------------------- the overview
def test_overview_of_a_draft_leads_to_the_next_step(client):
    application = full_draft()
    response = entered(client, application).get(at("application", application))
    page = page_of(response)
    assert response.templates[0].name == "calls/applicant/overview.html"
    assert "Vous, et les autres signataires" in page
    assert response.context["page"].next_step.label == "Relire et envoyer"
    client.force_login(member(Role.MEMBER, application.organisation))
    assert signer_of(application.organisation).name in page_of(client.get(at("application", application)))


def test_overview_of_a_draft_of_a_closed_call_says_so(client):
    application = draft()
    with clock.at(application.call.closes_at):
        page = page_of(entered(client, application).get(at("application", application)))
        assert "ne peut plus être déposé" in page
        assert standing(again(application)).words == "Brouillon non déposé"


# ---------------------------------------------------------------------------------------------- the tracker
def stations(application: Application) -> list[tuple[str, str]]:
    return [(kind, title) for kind, title, _ in timeline(again(application), list(entries_about(application.code)))]


def test_tracker_says_each_station_of_an_application():
    run_by = officer()
    application = submitted_application()
    assert stations(application) == [
        ("done", "Déposé"), ("now", "Recevabilité"), ("todo", "Avis des financeurs"), ("todo", "Comité de pilotage"),
        ("todo", "Décision"),
    ]  # fmt: skip
    services.admit(application, by=run_by)
    assert stations(application)[1:3] == [("done", "Recevable"), ("now", "Avis des financeurs")]
    with clock.at(clock.paris(2027, 2, 10, 14)):
        services.share_opinions(application.call, by=run_by)
        services.open_committee(application.call, by=run_by)
        assert stations(application)[2:] == [
            ("done", "Avis des financeurs"), ("now", "Comité de pilotage"), ("todo", "Décision"),
        ]  # fmt: skip


def test_tracker_of_a_refused_application_stops_there():
    application = submitted_application()
    services.reject(application, reason="Hors du périmètre.", by=officer())
    rows = timeline(again(application), list(entries_about(application.code)))
    assert rows[-1] == ("stop", "Non recevable", "Hors du périmètre.")
    assert len(rows) == 2


def test_tracker_of_a_withdrawn_application_says_when():
    application = submitted_application()
    services.withdraw(application, by=signer_of(application.organisation))
    rows = timeline(again(application), list(entries_about(application.code)))
    assert rows[-1] == ("stop", "Retiré", "Par votre organisme, le lundi 23 novembre 2026.")


def test_tracker_hides_the_decision_until_the_letter_has_left(client):
    application = decided(123_400, told=False)
    response = entered(client, application).get(at("application", application))
    page = page_of(response)
    assert "Au comité" in page
    assert "1\u202f234" not in page
    assert "La décision" not in page
    assert response.context["papers"] == []
    letter = Paper.objects.get(kind=PaperKind.DECISION)
    assert client.get(at("paper", application, letter.file.code)).status_code == 403
    client.force_login(member(Role.FUNDER))
    assert client.get(at("paper", application, letter.file.code)).status_code == 403
    client.force_login(officer())
    assert client.get(at("paper", application, letter.file.code)).status_code == 200


def test_tracker_tells_the_decision_once_the_letter_has_left(client):
    application = decided(123_400, told=True)
    page = page_of(entered(client, application).get(at("application", application)))
    assert "Soutenu en partie" in page
    assert "1\u202f234\u202f€" in page
    assert "2\u202f468\u202f€ accordés" in page
    letter = Paper.objects.get(kind=PaperKind.DECISION)
    assert client.get(at("paper", application, letter.file.code)).status_code == 200
    client.force_login(member(Role.SIGNER))
    assert client.get(at("paper", application, letter.file.code)).status_code == 403


def test_tracker_of_a_refusal_by_the_committee(client):
    application = decided(0, told=True)
    page = page_of(entered(client, application).get(at("application", application)))
    assert "Non retenu" in page
    assert standing(application).kind == "bad"


@pytest.mark.parametrize("count", [1, 3])
def test_tracker_asks_the_same_whatever_the_number_of_lines(client, count, django_assert_num_queries):
    call = CallFactory.create()
    for number in range(count):
        envelope_of(call, f"Financeur {number}")
    application = submitted_application(call)
    entered(client, application)
    with django_assert_num_queries(14):
        client.get(at("application", application))


def test_paper_that_is_not_of_this_application_is_not_there(client):
    mine, theirs = submitted_application(), submitted_application()
    paper = services.send_receipt(theirs)
    assert entered(client, mine).get(at("paper", mine, paper.file.code)).status_code == 404
