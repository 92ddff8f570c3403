"""The steps of a draft: what each shows, what bad input gets."""

from datetime import date

import pytest
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.draft import shown
from faubourg.calls.forms.applicant import BUDGET, PIECES, PROJECT, PUBLIC, SEND, STEPS, StepPage, step_of
from faubourg.core import clock
from faubourg.questions.enums import QuestionKind
from tests.calls.applicant.ground import again, at, entered, page_of, step
from tests.factories.calls import (
    draft,
    envelope_of,
    full_draft,
    full_fields,
    open_call,
    signer_of,
    submitted_application,
)
from tests.factories.partners import ObjectiveFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------------------------------------- the steps
@pytest.mark.parametrize("one", STEPS, ids=lambda one: one.slug)
@pytest.mark.parametrize("query", ["", "?corriger=1"])
def test_steps_of_empty_and_full_drafts_are_shown(client, one, query):
    application = full_draft()
    begun = draft(application.call, application.organisation)
    entered(client, application)
    for row in (application, begun):
        response = client.get(step(row, one.slug) + query)
        assert response.status_code == 200
        assert f"Étape {STEPS.index(one) + 1} sur 5" in page_of(response)


def test_new_draft_shows_no_fault_before_somebody_asks(client):
    application = draft()
    quiet = entered(client, application).get(step(application, "projet"))
    assert quiet.context["page"].faults == []
    loud = client.get(step(application, "projet") + "?corriger=1")
    assert [fault.url for fault in loud.context["page"].faults] == [
        "#title", "#summary", "#objectives", "#q-besoin", "#q-actions", "#q-habitants", "#q-indicateurs",
        "#q-droit-commun",
    ]  # fmt: skip
    assert 'id="title_error"' in page_of(loud)


def test_steps_say_done_to_do_and_faulty(client):
    application = full_draft()
    signer = signer_of(application.organisation)
    services.save_fields(application, {"title": "", "people_expected": "beaucoup", "b-601": "1"}, by=signer)
    page = entered(client, application).get(step(application, "pieces")).context["page"]
    assert [(mark.label, mark.state, mark.current) for mark in page.steps] == [
        ("Le projet", "todo", False),
        ("Le public et les dates", "warn", False),
        ("Le budget", "warn", False),
        ("Les pièces", "done", True),
        ("Relire et envoyer", "todo", False),
    ]
    assert page.next_step.label == "Le projet"


def test_step_with_a_question_that_is_too_long_is_faulty():
    application = full_draft()
    services.save_field(application, "q-besoin", "mot " * 301, by=signer_of(application.organisation))
    page = StepPage(again(application), PROJECT)
    assert page.steps[0].state == "warn"
    assert page.said["q-besoin"] == [
        "« À quel besoin répond ce projet ? » : Votre texte dépasse de 1 mot la limite de 300 mots. Raccourcissez-le."
    ]


def test_step_posts_whole_and_goes_on(client):
    application = draft()
    values = full_fields(application.call)
    response = entered(client, application).post(step(application, "projet"), {**values, "version": "0", "seen": ""})
    assert (response.status_code, response.url) == (302, step(application, "public"))
    response = client.post(step(application, "public"), values)
    assert response.url == step(application, "budget")
    response = client.post(step(application, "budget"), values)
    assert response.url == step(application, "pieces")
    row = again(application)
    assert [problem.field for problem in services.problems(row)] == ["file"]
    assert (row.title, row.objectives.count(), row.ends_on) == ("Atelier vélo solidaire", 1, date(2027, 12, 31))


def test_step_with_something_unreadable_stays_and_shows_it_as_typed(client):
    application = draft()
    sent = {"people_expected": "une centaine", "starts_on": "32/13/2027", "public": "Tous"}
    response = entered(client, application).post(step(application, "public"), sent)
    assert response.url == f"{step(application, 'public')}#a-corriger"
    response = client.get(response.url)
    page = page_of(response)
    assert 'value="une centaine"' in page
    assert 'type="text" name="starts_on" value="32/13/2027"' in page
    assert [fault.words for fault in response.context["page"].faults] == [
        "Écrivez un nombre entier, par exemple 40.",
        "Écrivez une date qui existe, par exemple 15/03/2027.",
    ]
    assert again(application).public == "Tous"


@pytest.mark.parametrize(
    ("where", "name", "typed"), [("public", "people_expected", "beaucoup"), ("budget", "b-601", "12O")]
)
def test_step_stays_on_what_the_script_had_already_saved_unreadable(client, where, name, typed):
    """Autosave kept it and said it; « Enregistrer et continuer » must not walk past it."""
    application = draft()
    services.save_field(application, name, typed, by=signer_of(application.organisation))
    response = entered(client, application).post(step(application, where), {name: typed})
    assert response.url == f"{step(application, where)}#a-corriger"
    assert len(client.get(response.url).context["page"].faults) > 0


def test_step_budget_recalculates_without_script(client):
    application = draft()
    sent = {"b-601": "4 900", "b-613": "3OO", "b-70": "1500", "recalculate": "1"}
    response = entered(client, application).post(step(application, "budget"), sent)
    assert response.url == f"{step(application, 'budget')}#a-corriger"
    response = client.get(response.url)
    page = page_of(response)
    assert 'value="3OO"' in page
    assert "Vouliez-vous écrire 300\u202f?" in page
    assert response.context["page"].grid.expense.total_cents == 490_000
    assert "Il manque 3\u202f400\u202f€ de produits" in page


def test_step_budget_corrects_an_amount_without_script(client):
    """« Oui, corriger » writes what was meant and stays on that line; all else on the page is saved as it was sent."""
    application = draft()
    asked = f"asked-{application.call.envelopes.first().envelope.code}"
    sent = {"b-601": "4 9OO", "b-613": "3OO", asked: "l2O", "correct": "b-613"}
    response = entered(client, application).post(step(application, "budget"), sent)
    assert response.url == f"{step(application, 'budget')}#b-613"
    kept = {"b-601": "4 9OO", "b-613": "300", asked: "l2O"}
    assert shown(again(application), kept) == kept
    response = client.post(step(application, "budget"), {**kept, "correct": asked})
    assert response.url == f"{step(application, 'budget')}#{asked}"
    assert again(application).lines.get().asked_cents == 12_000


@pytest.mark.parametrize("forged", ["", "b-999", "title", "b-613-name", "b-601"])
def test_step_budget_corrects_nothing_that_no_button_offered(client, forged):
    application = draft()
    sent = {"b-601": "100", "b-613": "12x", "correct": forged}
    response = entered(client, application).post(step(application, "budget"), sent)
    assert response.url == f"{step(application, 'budget')}#a-corriger"
    assert shown(again(application), ["b-601", "b-613"]) == {"b-601": "100", "b-613": "12x"}


@pytest.mark.parametrize("text", ["12 apostrophes", "-5", "9" * 25, "1,234"])
def test_step_budget_keeps_amounts_that_cannot_be_read(client, text):
    application = draft()
    asked = f"asked-{application.call.envelopes.first().envelope.code}"
    entered(client, application).post(step(application, "budget"), {asked: text, "b-601": text})
    page = page_of(client.get(step(application, "budget")))
    assert page.count(f'value="{text}"') == 2
    assert page.count('aria-invalid="true"') == 2
    assert not again(application).lines.exists()


def test_step_budget_names_the_line_that_is_missing(client):
    application = full_draft()
    services.save_field(application, "b-756", "", by=signer_of(application.organisation))
    response = entered(client, application).get(step(application, "envoi"))
    assert [(fault.words, fault.url) for fault in response.context["page"].to_do] == [
        ("Les charges dépassent les produits de 500\u202f€.", f"{step(application, 'budget')}?corriger=1#b-balance")
    ]


def test_fault_of_no_amount_at_all_leads_to_the_first_funder():
    application = draft()
    first = application.call.envelopes.order_by("position").first().envelope
    page = StepPage(again(application), SEND)
    assert f"{page.url(BUDGET)}?corriger=1#asked-{first.code}" in [fault.url for fault in page.to_do]


def test_step_shows_the_objectives_of_the_call_under_what_stands_above_them():
    call = open_call(with_objective=False)
    above = ObjectiveFactory.create(contract=call.contract, path="001", title="Grandir")
    offered = ObjectiveFactory.create(contract=call.contract, path="001.002", parent=above)
    ObjectiveFactory.create(contract=call.contract, path="001.003", parent=above)
    ObjectiveFactory.create(contract=call.contract, path="002")
    call.objectives.add(offered)
    application = draft(call)
    services.save_field(application, "objectives", [offered.code], by=signer_of(application.organisation))
    knots = StepPage(again(application), PROJECT).objectives
    assert [(knot.objective, knot.depth, knot.offered, knot.checked) for knot in knots] == [
        (above, 0, False, False),
        (offered, 1, True, True),
    ]


@pytest.mark.parametrize(
    ("kind", "choices", "sent", "drawn"),
    [
        (QuestionKind.TEXT, [], "un mot", '<input type="text" name="q-autre" value="un mot"'),
        (QuestionKind.NUMBER, [], "12", 'inputmode="numeric"'),
        (QuestionKind.DATE, [], "15/03/2027", 'value="15/03/2027"'),
        (QuestionKind.CHOICE, ["Rue", "Salle"], "Salle", '<input type="radio" name="q-autre" value="Salle"'),
        (QuestionKind.CHOICES, ["Rue", "Salle"], ["Rue", "Salle"], '<input type="checkbox" name="q-autre" value="Rue"'),
        (QuestionKind.YES_NO, [], "oui", '<input type="radio" name="q-autre" value="oui"'),
    ],
)
def test_step_draws_every_kind_of_question_and_keeps_its_answer(client, kind, choices, sent, drawn):
    call = open_call()
    QuestionFactory.create(
        questionnaire=call.questionnaire, key="autre", kind=kind, choices=choices, position=99, required=False
    )
    application = draft(call)
    response = entered(client, application).post(step(application, "projet"), {"q-autre": sent})
    assert response.url == step(application, "public")
    page = page_of(client.get(step(application, "projet")))
    assert drawn in page
    assert shown(again(application), ["q-autre"])["q-autre"] == (sent if isinstance(sent, str) else "\n".join(sent))


def test_step_says_the_limit_in_words(client):
    application = draft()
    assert "300 mots au plus" in page_of(entered(client, application).get(step(application, "projet")))


def test_step_of_a_submitted_application_leads_to_it(client):
    application = submitted_application()
    response = entered(client, application).get(step(application, "projet"))
    assert response.url == at("application", application)


def test_step_posted_after_the_submission_in_another_window_loses_nothing(client):
    application = submitted_application()
    response = entered(client, application).post(step(application, "projet"), {"title": "Un mot de plus"})
    page = page_of(response)
    assert response.status_code == 422
    assert "déjà déposé : il ne change plus" in page
    assert 'value="Un mot de plus"' in page
    assert again(application).title == "Atelier vélo solidaire"


def test_step_posted_a_second_after_the_closing_is_kept_and_said_to_be_late(client):
    """The text stays with its writers, who may take it up again another year; only the sending is over (R-AAP-01)."""
    application = draft()
    with clock.at(application.call.closes_at):
        sent = entered(client, application).post(step(application, "projet"), {"title": "Un mot de plus"})
        page = page_of(client.get(sent.url))
    assert "ce brouillon ne peut plus être déposé" in page
    assert again(application).title == "Un mot de plus"


def test_step_posted_by_a_session_that_died_shows_what_was_typed(client):
    application = draft()
    response = client.post(step(application, "projet"), {"title": "Trois soirées <b>d’écriture</b>", "version": "0"})
    page = page_of(response)
    assert response.status_code == 401
    assert "Votre session a expiré" in page
    assert "Trois soirées &lt;b&gt;d’écriture&lt;/b&gt;" in page


# ---------------------------------------------------------------------------------------------- small things
@pytest.mark.parametrize(
    ("name", "where"),
    [("title", PROJECT), ("q-x", PROJECT), ("ends_on", PUBLIC), ("b-601", BUDGET), ("asked", BUDGET),
     ("file", PIECES), ("sworn", SEND)],
)  # fmt: skip
def test_step_of_each_field(name, where):
    assert step_of(name) is where


def test_saved_words_tell_the_hour_then_the_day():
    application = draft()
    assert StepPage(application, PROJECT).saved_words == ""
    services.save_field(application, "title", "Vélo", by=signer_of(application.organisation))
    row = again(application)
    assert StepPage(row, PROJECT).saved_words == "Enregistré à 10\u202fh\u202f00"
    with clock.at(clock.paris(2026, 11, 25, 9)):
        assert StepPage(row, PROJECT).saved_words == "Enregistré le 23/11/2026 à 10\u202fh\u202f00"


@pytest.mark.parametrize(
    ("step", "queries"), [("projet", 12), ("public", 11), ("budget", 9), ("pieces", 10), ("envoi", 11)]
)
@pytest.mark.parametrize("envelopes", [1, 3])
def test_each_step_asks_the_same_whatever_the_size(client, django_assert_num_queries, step, queries, envelopes):
    call = open_call()
    for n in range(envelopes):
        envelope_of(call, f"Caisse {n}")
    application = full_draft(call)
    client.force_login(signer_of(application.organisation))
    with django_assert_num_queries(queries):
        response = client.get(reverse("calls:edit", args=[application.code, step]))
    assert response.status_code == 200
