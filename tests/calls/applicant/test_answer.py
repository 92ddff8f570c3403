"""The missing piece: the association's answer."""

from datetime import timedelta

import pytest

from faubourg.calls import services
from faubourg.calls.enums import ApplicationState
from faubourg.calls.models import Application
from faubourg.core import clock
from tests.calls.applicant.ground import again, at, entered, page_of
from tests.factories.calls import a_file, submitted_application
from tests.factories.partners import officer

pytestmark = pytest.mark.django_db


def asked_for_piece(text="Le RIB est illisible.") -> Application:
    application = submitted_application()
    services.ask_for_piece(application, text=text, due_on=clock.today() + timedelta(8), by=officer())
    return again(application)


def test_answer_with_words_and_files_goes_back(client):
    application = asked_for_piece()
    entered(client, application)
    assert "Le RIB est illisible." in page_of(client.get(at("application", application)))
    assert "Le RIB est illisible." in page_of(client.get(at("answer", application)))
    sent = {"answer": "Les voici.", "file": [a_file("rib.pdf"), a_file("statuts-2.pdf")]}
    response = client.post(at("answer", application), sent, follow=True)
    page = page_of(response)
    assert "Votre réponse est envoyée" in page
    assert "Les voici." in page
    row = again(application)
    assert (row.state, sorted(piece.file.name for piece in row.requests.get().pieces.all())) == (
        ApplicationState.SUBMITTED,
        ["rib.pdf", "statuts-2.pdf"],
    )


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"answer": " "}, "Écrivez une réponse ou joignez un fichier."),
        ({"answer": "Voici", "file": [("virus.exe", b"MZ")]}, "« virus.exe » : Les fichiers .exe"),
        ({"answer": "Voici", "file": [("rib.pdf", b"")]}, "« rib.pdf » : Ce fichier est vide"),
        (
            {"answer": "Voici", "file": [("rib.pdf", b"MZ\x90\x00")]},
            "« rib.pdf » : Ce fichier s’appelle .pdf mais contient",
        ),
        (
            {"answer": "Voici", "file": [("rib.pdf", b"%PDF-1.4\n" + b"0" * 10_500_000)]},
            "« rib.pdf » : Ce fichier est trop lourd : 10\u202fMo",
        ),
        ({"answer": "mot " * 1251}, "5003 signes, c’est trop : 5000 au plus."),
    ],
)
def test_answer_that_will_not_do_keeps_the_words(client, sent, words):
    application = asked_for_piece()
    files = {"file": [a_file(*one) for one in sent["file"]]} if "file" in sent else {}
    response = entered(client, application).post(at("answer", application), {"answer": sent["answer"], **files})
    page = page_of(response)
    assert response.status_code == 422
    assert words in page
    assert f">\n{sent['answer'].strip()}" in response.content.decode() or not sent["answer"].strip()
    row = again(application)
    assert (row.state, row.requests.get().answer, row.pieces.count()) == (ApplicationState.INFO_REQUESTED, "", 1)


def test_answer_when_nothing_is_asked_leads_back(client):
    application = submitted_application()
    response = entered(client, application).post(at("answer", application), {"answer": "Bonjour"}, follow=True)
    assert "Aucune pièce n’est demandée" in page_of(response)
