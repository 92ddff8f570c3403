"""The field that saves itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.calls.forms.applicant import field_sent
from faubourg.partners.enums import Role
from tests.calls.applicant.ground import again, at, entered, real_queries
from tests.factories.calls import draft, submitted_application
from tests.factories.partners import member

pytestmark = pytest.mark.django_db


def saved(client, application, name, value, **more):
    return client.post(at("autosave", application), {"name": name, "value": value, **more})


def test_autosave_answers_what_was_saved(client):
    application = draft()
    response = saved(entered(client, application), application, "title", "Vélo", seen="", version="0")
    assert (response.status_code, response.json()) == (
        200,
        {"problem": "", "meant": "", "version": 1, "saved_at": "10\u202fh\u202f00"},
    )
    response = saved(client, application, "people_expected", "3OO", seen="", version="1")
    assert response.json()["problem"] == "Écrivez un nombre entier, par exemple 40."
    assert response.json()["meant"] == ""
    response = saved(client, application, "b-613", "3OO", seen="", version="2")
    assert response.json()["problem"].endswith("Vouliez-vous écrire 300\u202f?")
    assert response.json()["meant"] == "300"


def test_autosave_of_boxes_takes_them_one_per_line(client):
    application = draft()
    code = application.call.objectives.get().code
    assert saved(entered(client, application), application, "objectives", f"{code}\n").status_code == 200
    assert field_sent("objectives", "A,B\nC") == ["A", "B", "C"]
    assert again(application).objectives.get().code == code


def test_autosave_over_another_window_answers_both_texts(client):
    application = draft()
    saved(entered(client, application), application, "title", "Un", seen="", version="0")
    response = saved(client, application, "title", "Deux", seen="", version="0")
    assert (response.status_code, response.json()) == (
        409,
        {
            "problem": "Ce champ a changé dans une autre fenêtre. Rien n’a été écrasé : choisissez la bonne réponse.",
            "theirs": "Un",
            "said": "« Un »",
        },
    )
    assert again(application).title == "Un"


def test_autosave_without_session_says_so(client):
    response = saved(client, draft(), "title", "Un")
    assert response.status_code == 401
    assert "Vous n’êtes plus connecté" in response.json()["problem"]


def test_autosave_after_the_submission_says_so(client):
    application = submitted_application()
    response = saved(entered(client, application), application, "title", "Un")
    assert (response.status_code, "déjà déposé" in response.json()["problem"]) == (422, True)


def test_autosave_of_nothing_known_is_not_there(client):
    client.force_login(member(Role.SIGNER))
    assert client.post(reverse("calls:autosave", args=["D-INCONNU1"]), {"name": "title"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "first", "then", "queries"),
    [
        ("title", "Un", "Deux", 8),  # three of them keep the search right
        ("people_expected", "10", "20", 5),
        ("q-besoin", "Un", "Deux", 8),
        ("b-601", "100", "200", 8),
    ],
)
def test_autosave_asks_little(client, name, first, then, queries):
    application = draft()
    saved(entered(client, application), application, name, first, seen="", version="0")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert saved(client, application, name, then, seen=first, version="1").status_code == 200
    assert real_queries(captured) == queries
