"""One application at the desk: what was handed in, and whether it is admissible."""

import pytest

from faubourg.calls.models import Application
from tests.calls.desk.ground import browser, text, url
from tests.factories.calls import submitted_application
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("person", ["officer", "funder"])
def test_a_file_in_twelve_queries(made, django_assert_num_queries, person):
    made.admitted()
    application = made.admitted()
    made.opine(application, by=made.funder)
    made.opine(application, by=made.other)
    made.open_committee()
    client = browser(getattr(made, person))
    with django_assert_num_queries(12):
        response = client.get(url("desk_application", application.code), {"etat": "admissible"})
    assert response.status_code == 200


def test_a_file_shows_all_that_was_handed_in(made):
    application = made.admitted()
    said = text(browser(made.funder).get(url("desk_application", application.code)))
    for words in (
        application.reference,
        "Atelier vélo solidaire",
        "Notre réponse sur besoin.",
        "statuts.pdf",
        "6\u202f500\u202f€",
        "Habitants de tous âges",
        "dossier déposé",
    ):
        assert words in said, words


def test_the_officer_judges_admissibility(made):
    client = browser(made.officer)
    one, two, three = (submitted_application(made.call, OrganisationFactory.create()) for _ in range(3))
    assert "Le dossier est recevable" in text(client.post(url("admit", one.code), follow=True))
    again = client.post(url("admit", one.code))
    assert (again.status_code, "Impossible de déclarer ce dossier recevable" in text(again)) == (422, True)
    empty = client.post(url("reject", two.code), {"reason": " "})
    assert (empty.status_code, "Ce champ est obligatoire" in text(empty)) == (422, True)
    client.post(url("reject", two.code), {"reason": "Le siège est hors du territoire."})
    bad = client.post(url("ask_for_piece", three.code), {"text": "Les comptes à garder.", "due_on": "2026-11-23"})
    assert bad.status_code == 422
    assert "Laissez au moins un jour" in text(bad)
    assert "Les comptes à garder." in text(bad)
    address = url("ask_for_piece", three.code) + "?etat=submitted"
    done = client.post(address, {"text": "Les comptes.", "due_on": "15/12/2026"})
    assert done.url == url("desk_application", three.code) + "?etat=submitted"
    states = [Application.objects.get(pk=row.pk).state for row in (one, two, three)]
    assert states == ["admissible", "inadmissible", "info_requested"]
    for row, words in ((two, "Le siège est hors du territoire."), (three, "Pas encore de réponse.")):
        assert words in text(client.get(url("desk_application", row.code)))


@pytest.mark.parametrize(
    ("deed", "name", "sent", "words"),
    [
        ("reject", "reason", "mot " * 126, "503 signes, c’est trop : 500 au plus."),
        ("ask_for_piece", "text", "mot " * 501, "2003 signes, c’est trop : 2000 au plus."),
    ],
)
def test_words_that_are_too_long_stay_in_their_field(made, deed, name, sent, words):
    application = submitted_application(made.call, OrganisationFactory.create())
    response = browser(made.officer).post(url(deed, application.code), {name: sent, "due_on": "15/12/2026"})
    said = text(response)
    assert response.status_code == 422
    assert words in said
    assert sent.strip() in said
    assert f'aria-describedby="id_{name}' in said
    assert Application.objects.get(pk=application.pk).state == "submitted"
