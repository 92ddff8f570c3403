"""One draft in two windows: both texts stay."""

import re

import pytest

from faubourg.calls import services
from faubourg.calls.draft import marks, shown
from faubourg.calls.forms.applicant import BUDGET, PROJECT, StepPage, step_of
from tests.calls.applicant.ground import again, entered, page_of, step
from tests.factories.calls import draft, full_draft, full_fields, signer_of

pytestmark = pytest.mark.django_db


def test_two_windows_of_a_step_keep_both_texts_and_show_them(client):
    application = full_draft()
    signer = signer_of(application.organisation)
    seen, version = StepPage(application, PROJECT).marks, application.version
    services.save_field(application, "title", "Titre d’Inès", by=signer)
    sent = {name: value for name, value in full_fields(application.call).items() if step_of(name) is PROJECT}
    sent |= {"title": "Titre de Michel", "summary": "Autre phrase", "seen": seen, "version": version}
    response = entered(client, application).post(step(application, "projet"), sent)
    page = page_of(response)
    assert response.status_code == 409
    assert 'value="Titre de Michel"' in page
    assert "Autre phrase" in page
    assert "Dans l’autre fenêtre : « Titre d’Inès »" in page
    assert "Rien n’a été écrasé" in page
    assert again(application).title == "Titre d’Inès"
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|version)" value="([^"]*)"', page))
    client.post(step(application, "projet"), sent | hidden)
    row = again(application)
    assert (row.title, row.summary) == ("Titre de Michel", "Autre phrase")


def test_two_windows_of_the_budget_keep_both_amounts_and_show_them(client):
    application = full_draft()
    asked = f"asked-{application.call.envelopes.first().envelope.code}"
    page = StepPage(application, BUDGET)
    seen, texts, version = page.marks, dict(page.stored), application.version
    services.save_fields(application, {"b-601": "100", asked: "50"}, by=signer_of(application.organisation))
    sent = {**texts, "b-601": "7 777", asked: "88", "b-indirect-rule": "au prorata", "seen": seen, "version": version}
    response = entered(client, application).post(step(application, "budget"), sent)
    html = page_of(response)
    assert response.status_code == 409
    assert 'value="7 777"' in html
    assert 'value="88"' in html
    assert "Dans l’autre fenêtre : « 100 »" in html
    assert "au prorata" in html
    assert shown(again(application), ["b-601", asked]) == {"b-601": "100", asked: "50"}


def test_two_windows_that_ticked_different_boxes_say_so_without_codes(client):
    application = draft()
    code = application.call.objectives.get().code
    seen = marks({"objectives": ["OBJ-AUTRE"], "title": ""})
    services.save_field(application, "objectives", [code], by=signer_of(application.organisation))
    sent = {"seen": seen, "version": "0", "title": "Déjà un titre"}
    response = entered(client, application).post(step(application, "projet"), sent)
    assert "Dans l’autre fenêtre : un autre choix" in page_of(response)
    assert "Donnez un titre" not in page_of(response)
