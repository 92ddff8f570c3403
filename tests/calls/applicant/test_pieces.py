"""The pieces of a draft: who joins, who reads, what is refused."""

import pytest
from django.urls import reverse

from faubourg.calls.enums import PieceKind
from faubourg.documents.services import store
from faubourg.partners.enums import Role
from tests.calls.applicant.ground import at, entered, page_of, step
from tests.factories.calls import PDF, a_file, draft, submitted_application
from tests.factories.partners import member, officer

pytestmark = pytest.mark.django_db


def test_piece_is_attached_shown_downloaded_and_taken_out(client):
    application = draft()
    entered(client, application).post(at("attach", application), {"kind": "bank", "file": a_file("rib.pdf")})
    piece = application.pieces.get()
    page = page_of(client.get(step(application, "pieces")))
    assert "rib.pdf" in page
    response = client.get(at("piece", application, piece.file.code))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    for _ in range(2):
        response = client.post(at("detach", application, piece.file.code))
        assert response.url == step(application, "pieces")
    assert not application.pieces.exists()


@pytest.mark.parametrize(
    ("upload", "kind", "words", "where"),
    [
        (None, "statutes", "Choisissez d’abord un fichier.", "file"),
        (("vide.pdf", b""), "statutes", "Ce fichier est vide", "file"),
        (("virus.exe", b"MZ"), "statutes", "Les fichiers .exe ne sont pas acceptés", "file"),
        (("photo.pdf", b"\x89PNG\r\n\x1a\n"), "bank", "mais contient", "file"),
        (("lourd.pdf", b"%PDF-1.4\n" + b"0" * 10_500_000), "statutes", "Ce fichier est trop lourd", "file"),
        (("statuts.pdf", b"%PDF-1.4\n"), "mystère", "Dites de quelle pièce il s’agit", "kind"),
    ],
)
def test_piece_that_will_not_do_is_refused_beside_its_field(client, upload, kind, words, where):
    application = draft()
    sent = {"kind": kind} | ({"file": a_file(*upload)} if upload else {})
    response = entered(client, application).post(at("attach", application), sent)
    page = page_of(response)
    assert response.status_code == 422
    assert words in page
    assert f'id="{where}_error"' in page
    assert f'href="#{where}"' in page
    if kind == "bank":
        assert '<option value="bank" selected>' in page
    assert not application.pieces.exists()


def test_piece_is_for_those_who_may_read_the_application(client):
    application = submitted_application()
    file = application.pieces.get().file
    url = at("piece", application, file.code)
    assert client.get(url).url.startswith(reverse("accounts:sign_in"))
    answers = {}
    for who, person in {
        "officer": officer(),
        "funder": member(Role.FUNDER),
        "member": member(Role.MEMBER, application.organisation),
        "stranger": member(Role.SIGNER),
        "elected": member(Role.ELECTED),
    }.items():
        client.force_login(person)
        answers[who] = client.get(url).status_code
    assert answers == {"officer": 200, "funder": 200, "member": 200, "stranger": 403, "elected": 403}


def test_piece_of_another_application_is_not_found_behind_one_s_own(client):
    mine, theirs = submitted_application(), submitted_application()
    file = theirs.pieces.get().file
    entered(client, mine)
    assert client.get(at("piece", mine, file.code)).status_code == 404
    assert client.post(at("detach", draft(organisation=mine.organisation), file.code)).status_code == 302
    assert theirs.pieces.count() == 1


def test_file_of_a_stored_paper_is_no_way_in(client):
    application = submitted_application()
    stored = store(PDF, name="secret.pdf", access="partners.membership:A-1", by=None)
    assert entered(client, application).get(at("piece", application, stored.code)).status_code == 404
    assert client.post(at("attach", application), {"kind": PieceKind.OTHER, "file": a_file()}).status_code == 403
