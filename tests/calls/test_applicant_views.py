"""The applicant's pages: what each shows, what bad input gets, what a stranger gets."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.draft import marks, shown
from faubourg.calls.enums import ApplicationState, CallState, PaperKind, PieceKind
from faubourg.calls.forms.applicant import BUDGET, PIECES, PROJECT, PUBLIC, SEND, STEPS, StepPage, field_sent, step_of
from faubourg.calls.models import Application, Paper
from faubourg.calls.tracking import standing, timeline
from faubourg.core import clock
from faubourg.core.typography import keep_together
from faubourg.documents.services import store
from faubourg.journal.selectors import entries_about
from faubourg.partners.enums import MembershipState, Role
from faubourg.projects.models import Project
from faubourg.questions.enums import QuestionKind
from tests.factories.accounts import UserFactory
from tests.factories.calls import (
    PDF,
    CallFactory,
    a_file,
    admitted_application,
    draft,
    envelope_of,
    full_draft,
    full_fields,
    open_call,
    signer_of,
    submitted_application,
)
from tests.factories.partners import MembershipFactory, ObjectiveFactory, OrganisationFactory, member, officer
from tests.factories.projects import ProjectFactory, ProjectYearFactory
from tests.factories.questions import QuestionFactory

pytestmark = pytest.mark.django_db


def at(name: str, application: Application, *more: str) -> str:
    return reverse(f"calls:{name}", args=[application.code, *more])


def step(application: Application, slug: str) -> str:
    return at("edit", application, slug)


def entered(client, application: Application):
    """The client, signed in as a signer of the application's organisation."""
    client.force_login(signer_of(application.organisation))
    return client


def page_of(response) -> str:
    return re.sub(r"[ \t\n]+", " ", response.content.decode())


def again(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def real_queries(captured: CaptureQueriesContext) -> int:
    """Reads and writes; BEGIN and SAVEPOINT go to no table."""
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in captured)


# ---------------------------------------------------------------------------------------------- the list
def test_mine_of_somebody_without_organisation_leads_to_one(client):
    client.force_login(UserFactory.create())
    page = page_of(client.get(reverse("calls:mine")))
    assert "Vous n’écrivez encore pour aucun organisme" in page
    assert reverse("partners:find") in page


def test_mine_without_demand_shows_the_open_calls(client):
    call = open_call()
    client.force_login(member(Role.MEMBER))
    page = page_of(client.get(reverse("calls:mine")))
    assert "Aucune demande pour l’instant" in page
    assert reverse("calls:apply_start", args=[call.code]) in page


def test_mine_puts_what_waits_for_us_first(client):
    application = submitted_application()
    begun = draft(application.call, application.organisation)
    asked = submitted_application(application.call, application.organisation)
    services.ask_for_piece(asked, text="Le RIB", due_on=clock.today() + timedelta(5), by=officer())
    response = entered(client, application).get(reverse("calls:mine"))
    assert [row.application for row in response.context["ours"]] == [asked, begun]
    assert [row.application for row in response.context["others"]] == [application]


def test_mine_shows_nothing_of_others(client):
    submitted_application()
    client.force_login(member(Role.SIGNER))
    response = client.get(reverse("calls:mine"))
    assert (response.context["ours"], response.context["others"]) == ([], [])


@pytest.mark.parametrize("count", [1, 3])
def test_mine_asks_the_same_whatever_the_number(client, count, django_assert_num_queries):
    call, organisation = open_call(), OrganisationFactory.create()
    for _ in range(count):
        submitted_application(call, organisation)
    client.force_login(signer_of(organisation))
    with django_assert_num_queries(6):
        client.get(reverse("calls:mine"))


# ---------------------------------------------------------------------------------------------- beginning
def test_start_begins_a_draft_for_the_only_organisation(client):
    call, person = open_call(), member(Role.MEMBER)
    organisation = person.memberships.get().organisation
    client.force_login(person)
    assert "checked" in page_of(client.get(reverse("calls:apply_start", args=[call.code])))
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"organisation": organisation.code})
    begun = Application.objects.get()
    assert (response.status_code, response.url, begun.organisation) == (302, step(begun, "projet"), organisation)


def test_start_asks_which_of_several_organisations(client):
    call, person = open_call(), member(Role.MEMBER)
    other = MembershipFactory.create(user=person, role=Role.SIGNER).organisation
    client.force_login(person)
    url = reverse("calls:apply_start", args=[call.code])
    assert client.post(url).status_code == 422
    client.post(url, {"organisation": other.code})
    assert Application.objects.get().organisation == other


def test_start_for_an_organisation_of_others_is_refused(client):
    call = open_call()
    client.force_login(member(Role.SIGNER))
    foreign = OrganisationFactory.create()
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"organisation": foreign.code})
    assert response.status_code == 422
    assert "Vous n’écrivez pas pour cet organisme" in page_of(response)
    assert not Application.objects.exists()


def test_start_with_a_claim_that_waits_says_so_and_begins_nothing(client):
    call = open_call()
    claim = MembershipFactory.create(role=Role.SIGNER, state=MembershipState.CLAIMED)
    client.force_login(claim.user)
    url = reverse("calls:apply_start", args=[call.code])
    assert "attend sa réponse" in page_of(client.get(url))
    assert client.post(url, {"organisation": claim.organisation.code}).status_code == 422
    assert not Application.objects.exists()


def test_start_shows_the_drafts_already_begun(client):
    application = full_draft()
    page = page_of(entered(client, application).get(reverse("calls:apply_start", args=[application.call.code])))
    assert "Vous avez déjà un brouillon" in page
    assert at("application", application) in page


def former_project(organisation, *, year: int = 2026, state: str = "notified", **more):
    """A project that this organisation handed in for a call of a former year."""
    application = submitted_application(open_call(year=year), organisation)
    Application.objects.filter(pk=application.pk).update(
        state=state, decided_at=clock.now(), inadmissible_reason="Hors sujet."
    )
    Project.objects.filter(pk=application.project.pk).update(**more)
    return Project.objects.get(pk=application.project.pk)


@pytest.mark.parametrize("count", [1, 3])
def test_start_offers_the_projects_of_former_years(client, django_assert_num_queries, count):
    organisation = OrganisationFactory.create(name="Roue libre 40")
    names = [f"Projet {n}" for n in range(count)]
    for name in names:
        ProjectYearFactory.create(project=former_project(organisation, title=name), year=2026, announced_at=clock.now())
    former_project(OrganisationFactory.create(), title="Celui d’un autre")
    call = open_call()
    client.force_login(signer_of(organisation))
    with django_assert_num_queries(7):  # session, person, call, roles, projects, their years, drafts
        response = client.get(reverse("calls:apply_start", args=[call.code]))
    assert [project.title for project in response.context["projects"]] == names
    page = page_of(response)
    assert "Un nouveau projet" in page
    assert page.count("Continuer ce projet") == count
    assert page.count("soutenu en 2026") == count


def test_start_offers_what_may_be_said_and_is_not_yet_here(client):
    """A decision that nobody has been told shows nowhere; nor does what never lived, or what is carried on already."""
    organisation = OrganisationFactory.create()
    call, person = open_call(), signer_of(organisation)
    secret = former_project(organisation, title="Secret", state="decided")
    ProjectYearFactory.create(project=secret, year=2026)
    for state in ("withdrawn", "inadmissible"):
        former_project(organisation, title=state, state=state)
    former_project(organisation, title="De la même année", year=2027)
    services.start(call, organisation, project=former_project(organisation, title="Déjà repris"), by=person)
    ProjectYearFactory.create(project=ProjectFactory.create(organisation=organisation, title="Annoncé"), year=2027)
    client.force_login(person)
    response = client.get(reverse("calls:apply_start", args=[call.code]))
    assert [(project.title, project.shown_years) for project in response.context["projects"]] == [("Secret", [])]
    assert "soutenu" not in page_of(response)


def test_start_continues_a_project(client):
    organisation = OrganisationFactory.create()
    project, call = former_project(organisation, title="Jardin partagé"), open_call()
    client.force_login(signer_of(organisation))
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"project": project.code})
    begun = Application.objects.get(call=call)
    assert (response.status_code, response.url) == (302, step(begun, "projet"))
    assert (begun.project, begun.title, begun.organisation) == (project, "Jardin partagé", organisation)
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"project": project.code})
    assert response.status_code == 422
    assert "Ce projet ne se continue pas ici" in page_of(response)


def test_start_continues_no_project_of_others(client):
    project, call = former_project(OrganisationFactory.create()), open_call()
    client.force_login(member(Role.SIGNER))
    response = client.post(reverse("calls:apply_start", args=[call.code]), {"project": project.code})
    assert response.status_code == 422
    assert "Ce projet ne se continue pas ici" in page_of(response)
    assert not Application.objects.filter(call=call).exists()


def test_start_of_a_closed_call_says_so(client):
    call, person = open_call(), member(Role.SIGNER)
    client.force_login(person)
    url = reverse("calls:apply_start", args=[call.code])
    with clock.at(call.closes_at):
        assert "L’appel est clos" in page_of(client.get(url))
        code = person.memberships.get().organisation.code
        assert client.post(url, {"organisation": code}).status_code == 422
    assert not Application.objects.exists()


def test_start_of_a_call_that_is_not_public_is_not_there(client):
    call = CallFactory.create(state=CallState.DRAFT)
    client.force_login(member(Role.SIGNER))
    assert client.get(reverse("calls:apply_start", args=[call.code])).status_code == 404


# ---------------------------------------------------------------------------------------------- strangers
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


def test_step_posted_by_a_session_that_died_shows_what_was_typed(client):
    application = draft()
    response = client.post(step(application, "projet"), {"title": "Trois soirées <b>d’écriture</b>", "version": "0"})
    page = page_of(response)
    assert response.status_code == 401
    assert "Votre session a expiré" in page
    assert "Trois soirées &lt;b&gt;d’écriture&lt;/b&gt;" in page


# ---------------------------------------------------------------------------------------------- two windows
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


# ---------------------------------------------------------------------------------------------- one field
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
        ("title", "Un", "Deux", 5),
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


# ---------------------------------------------------------------------------------------------- files
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


# ---------------------------------------------------------------------------------------------- the signature
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


def test_submit_asks_eighteen_times(client):
    application = full_draft()
    entered(client, application)
    with CaptureQueriesContext(connection) as captured:
        assert client.post(at("submit", application), {"sworn": "on"}).status_code == 302
    assert real_queries(captured) == 18  # and one more puts the receipt in the worker's queue


def test_submit_opened_by_hand_leads_to_its_page(client):
    application = full_draft()
    assert entered(client, application).get(at("submit", application)).url == step(application, "envoi")


def test_sent_of_a_draft_leads_back_to_it(client):
    application = draft()
    assert entered(client, application).get(at("sent", application)).url == at("application", application)


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


def decided(amount: int, *, told: bool) -> Application:
    run_by = officer()
    application = admitted_application(officer=run_by)
    with clock.at(clock.paris(2027, 2, 10, 14)):
        services.share_opinions(application.call, by=run_by)
        services.open_committee(application.call, by=run_by)
        for line in application.lines.all():
            services.decide(line, amount, by=run_by)
        services.prepare_letters(application.call, by=run_by)
        if told:
            services.notify([again(application)], by=run_by)
    return again(application)


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


def test_tracker_asks_the_same_whatever_the_number_of_lines(client, django_assert_num_queries):
    counts = []
    for count in (1, 3):
        call = CallFactory.create()
        for number in range(count):
            envelope_of(call, f"Financeur {number}")
        application = submitted_application(call)
        entered(client, application)
        with CaptureQueriesContext(connection) as captured:
            client.get(at("application", application))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_paper_that_is_not_of_this_application_is_not_there(client):
    mine, theirs = submitted_application(), submitted_application()
    paper = services.send_receipt(theirs)
    assert entered(client, mine).get(at("paper", mine, paper.file.code)).status_code == 404


# ---------------------------------------------------------------------------------------------- the missing piece
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
    assert again(application).state == ApplicationState.INFO_REQUESTED


def test_answer_when_nothing_is_asked_leads_back(client):
    application = submitted_application()
    response = entered(client, application).post(at("answer", application), {"answer": "Bonjour"}, follow=True)
    assert "Aucune pièce n’est demandée" in page_of(response)


# ---------------------------------------------------------------------------------------------- the way out
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


def test_file_of_a_stored_paper_is_no_way_in(client):
    application = submitted_application()
    stored = store(PDF, name="secret.pdf", access="partners.membership:A-1", by=None)
    assert entered(client, application).get(at("piece", application, stored.code)).status_code == 404
    assert client.post(at("attach", application), {"kind": PieceKind.OTHER, "file": a_file()}).status_code == 403


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
