"""A call as the officer writes it, from its first word to its publication."""

from datetime import timedelta

import pytest
from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.core import clock
from tests.calls.desk.ground import browser, text, url
from tests.calls.scene import AFTER, scene
from tests.factories.calls import CallFactory
from tests.factories.partners import ContractFactory, ObjectiveFactory, officer
from tests.factories.territory import GeographyFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_desk_calls_query_count(made, django_assert_num_queries, count):
    for _ in range(count - 1):
        CallFactory.create()
    client = browser(made.officer)
    with django_assert_num_queries(4):
        assert client.get(url("desk_calls")).status_code == 200


def test_desk_calls_without_a_call_says_what_to_do(made):
    Call.objects.all().update(state="draft")
    assert "Le premier appel paraîtra ici" in text(browser(made.funder).get(url("desk_calls")))


def typed(**more):
    contract = ContractFactory.create()
    objective = ObjectiveFactory.create(contract=contract)
    return {
        "code": "2028",
        "year": "2028",
        "title": "Appel 2028",
        "summary": "Pour les quartiers.",
        "rules_text": "Le règlement.",
        "opens_at": "2027-11-01T09:00",
        "closes_at": "2027-12-14T17:00",
        "projects_from": "2028-01-01",
        "projects_until": "2028-12-31",
        "committee_on": "",
        "contact_email": "contact@exemple.fr",
        "geography": GeographyFactory.create().code,
        "contract": contract.code,
        "objectives": [objective.code],
        **more,
    }


def test_a_call_before_any_contract_or_list_says_what_comes_first():
    said = text(browser(officer()).get(url("call_new")))
    assert said.count("Ajoutez-l") == 2
    for name in ("partners:contract_new", "desk:geography_new"):
        assert f'href="{reverse(name)}"' in said
    scene()
    assert "Ajoutez-l" not in text(browser(officer()).get(url("call_new")))


def test_the_officer_opens_a_call_in_paris_time(made):
    client = browser(made.officer)
    assert "Prépare" in text(client.get(url("call_new")))
    response = client.post(url("call_new"), typed())
    assert (response.status_code, response.url) == (302, url("call_edit", "2028"))
    call = Call.objects.get(code="2028")
    assert (call.state, call.opens_at, call.closes_at) == (
        "draft",
        clock.paris(2027, 11, 1, 9),
        clock.paris(2027, 12, 14, 17),
    )
    assert [row.title for row in call.objectives.all()] == [row.title for row in call.contract.objectives.all()]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "nouveau"}, "Ce mot sert déjà à une page"),
        ({"code": "2027"}, "sert déjà à un autre appel"),
        ({"closes_at": "2027-10-01T09:00"}, "La clôture doit venir après l’ouverture"),
        ({"opens_at": "demain"}, "Cette date n’existe pas ou n’est pas lisible"),
        ({"projects_until": "2027-01-01"}, "Les projets finiraient avant de commencer"),
        ({"title": ""}, "Ce champ est obligatoire"),
    ],
)
def test_a_call_badly_written_keeps_what_was_typed(made, wrong, words):
    response = browser(made.officer).post(url("call_new"), typed(summary="Une phrase à garder.", **wrong))
    said = text(response)
    assert response.status_code == 422
    assert words in said
    assert "Une phrase à garder." in said
    assert Call.objects.count() == 1


def test_objectives_of_another_contract_are_refused(made):
    other = ObjectiveFactory.create()
    response = browser(made.officer).post(url("call_new"), typed(objectives=[other.code]))
    assert "Ces objectifs sont d’un autre contrat" in text(response)


def test_a_call_is_written_to_its_publication(made):
    client = browser(made.officer)
    data = typed()
    client.post(url("call_new"), data)
    edit = url("call_edit", "2028")
    assert "Aucune enveloppe" in text(client.get(edit))
    refused = client.post(url("call_publish", "2028"))
    assert refused.status_code == 422
    assert "Ajoutez au moins une enveloppe" in text(refused)
    changed = client.post(edit, {**data, "title": "Un autre titre"}, follow=True)
    assert "L’appel est enregistré." in text(changed)
    funder = made.state.funder.code
    bad = client.post(
        url("envelope_add", "2028"), {"new-funder": funder, "new-kind": "earmarked", "new-amount": "mille"}
    )
    assert bad.status_code == 422
    assert "mille" in text(bad)
    given = {"new-funder": funder, "new-kind": "earmarked", "new-short_name": "État", "new-amount": "85 000"}
    assert "85\u202f000" in text(client.post(url("envelope_add", "2028"), given, follow=True))
    assert "déjà une enveloppe de cet appel" in text(client.post(url("envelope_add", "2028"), given))
    published = client.post(url("call_publish", "2028"), follow=True)
    assert "L’appel est publié. Il ouvre le lundi 1ᵉʳ novembre 2027" in text(published)
    call = Call.objects.get(code="2028")
    assert (call.state, call.title) == ("published", "Un autre titre")
    [link] = call.envelopes.all()
    gone = client.post(url("envelope_remove", "2028", link.envelope.code))
    assert "ses enveloppes restent" in text(gone)
    assert call.envelopes.count() == 1


def test_an_envelope_is_resized_never_under_what_is_committed(made):
    application = made.admitted()
    made.open_committee()
    made.decide_all(application, 3_000)
    client = browser(made.officer)
    address = url("envelope_resize", made.call.code, made.state.code)
    field = f"{made.state.code}-amount"
    refused = client.post(address, {field: "2 000"})
    assert refused.status_code == 422
    assert "1\u202f000\u202f€ de plus que ce montant" in text(refused)
    assert 'value="2 000"' in text(refused)
    assert client.post(address, {field: "90 000,50"}).status_code == 302
    made.state.refresh_from_db()
    assert made.state.amount_cents == 90_000_50


def test_a_published_call_closes_later_only(made):
    client = browser(made.officer)
    later = made.call.closes_at + timedelta(days=2)
    given = {"committee_on": "2027-02-10", "contact_email": "autre@exemple.fr"}
    sooner = client.post(url("call_edit", made.call.code), {**given, "closes_at": "2026-12-01T17:00"})
    assert sooner.status_code == 422
    assert "jamais plus tôt" in text(sooner)
    moved = {**given, "closes_at": later.astimezone(clock.PARIS).strftime("%Y-%m-%dT%H:%M")}
    assert client.post(url("call_edit", made.call.code), moved).status_code == 302
    made.call.refresh_from_db()
    assert (made.call.closes_at, made.call.contact_email) == (later, "autre@exemple.fr")


def test_each_act_says_its_own_no(made):
    client = browser(made.officer)
    call = made.call.code
    for name, words in (
        ("call_publish", "Impossible de publier cet appel"),
        ("open_committee", "L’appel reçoit encore des dossiers"),
        ("share_opinions", "L’appel n’est pas clos"),
        ("announce", "Impossible de publier les résultats"),
    ):
        response = client.post(url(name, call))
        assert response.status_code == 422
        assert words in text(response)
    with clock.at(AFTER):
        assert "Les avis sont partagés" in text(client.post(url("share_opinions", call), follow=True))
        assert "Les avis de cet appel sont déjà partagés" in text(client.post(url("share_opinions", call)))


def test_funders_read_the_call_and_find_no_button(made):
    said = text(browser(made.funder).get(url("call_edit", made.call.code)))
    assert "Le règlement de l’appel." in said
    assert 'method="post" action="/bureau' not in said
