"""« Qui finance quoi »: the table, its cells with and without script, its projected view."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from faubourg.calls import services
from faubourg.calls.models import Application
from faubourg.core.typography import keep_together
from tests.calls.scene import line, money_is_whole, scene

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def made():
    return scene(city_euros=4_000)


@pytest.fixture
def application(made):
    found = made.admitted(title="Voix du quartier")
    made.opine(found, by=made.funder, euros=2_000)
    made.open_committee()
    return found


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(response) -> str:
    return re.sub(r"[ \n\t]+", " ", response.content.decode())


def table_url(made, name="committee"):
    return reverse(f"calls:{name}", args=[made.call.code])


def cell_url(made, application, envelope):
    return reverse("calls:decide", args=[made.call.code, application.code, envelope.code])


def ids(said: str) -> set[str]:
    return set(re.findall(r'<(?:div|p)[^>]* id="([^"]+)"', said))


# ---------------------------------------------------------------------------------------------- the table
@pytest.mark.parametrize("count", [1, 3])
def test_the_table_query_count(made, django_assert_num_queries, count):
    for _ in range(count):
        made.opine(made.admitted(), by=made.funder)
    made.open_committee()
    for person in (made.officer, made.funder, made.elected):
        client = browser(person)
        with django_assert_num_queries(10):
            assert client.get(table_url(made)).status_code == 200
        with django_assert_num_queries(10):
            assert client.get(table_url(made, "projected")).status_code == 200


def test_the_officer_writes_and_the_others_read(made, application):
    officer = text(browser(made.officer).get(table_url(made)))
    assert officer.count('name="amount"') == 2
    assert cell_url(made, application, made.state) in officer
    for person in (made.funder, made.elected):
        said = text(browser(person).get(table_url(made)))
        assert 'name="amount"' not in said
        assert "la chargée de mission y écrit les décisions" in said
        assert "Voix du quartier" in said
    assert reverse("calls:desk_application", args=[application.code]) not in said  # elected members have no files


def test_each_cell_says_asked_proposed_decided(made, application):
    services.decide(line(application, made.city), 0, by=made.officer)
    said = text(browser(made.funder).get(table_url(made)))
    assert "avis favorable, demandé 3\u202f000, proposé 2\u202f000" in said
    assert "demandé 3\u202f000, pas encore proposé" in said
    assert "à décider</span>" in said
    assert "refusé</span>" in said
    assert "1 case à décider" in said


def test_before_the_committee_the_table_is_read_only_and_hides_proposals(made):
    application = made.admitted()
    made.opine(application, by=made.funder, euros=1_234)
    said = text(browser(made.officer).get(table_url(made)))
    assert "Le comité n’est pas encore ouvert" in said
    assert ('name="amount"' in said, "1\u202f234" in said, "proposé" in said) == (False, False, False)


def test_an_empty_table_says_when_it_fills(made):
    for name in ("committee", "projected"):
        assert "Aucun dossier recevable pour l’instant" in text(browser(made.officer).get(table_url(made, name)))


def test_the_projected_view_has_no_tool_and_follows_by_itself(made, application):
    said = text(browser(made.officer).get(table_url(made, "projected")))
    assert 'data-view="wall"' in said
    assert 'hx-trigger="every 5s"' in said
    assert ('name="amount"' in said, "/bureau/dossiers/" in said) == (False, False)


def test_a_notified_row_is_read_only(made, application):
    application = made.decide_all(application, 1_000)
    services.prepare_letters(made.call, by=made.officer)
    services.notify([application], by=made.officer)
    said = text(browser(made.officer).get(table_url(made)))
    assert 'name="amount"' not in said
    page = text(browser(made.officer).get(cell_url(made, application, made.state)))
    assert keep_together("ce dossier est « notifié »") in page


def test_after_the_results_nothing_is_written(made, application):
    application = made.decide_all(application, 1_000)
    services.prepare_letters(made.call, by=made.officer)
    services.notify([application], by=made.officer)
    services.announce(made.call, by=made.officer)
    assert "la table ne change plus" in text(browser(made.officer).get(table_url(made)))


# ---------------------------------------------------------------------------------------------- without script
def test_a_cell_has_its_own_page(made, application):
    client = browser(made.officer)
    address = cell_url(made, application, made.state)
    page = text(client.get(address))
    for words in (
        "Voix du quartier",
        "3\u202f000\u202f€",
        "2\u202f000\u202f€",
        "85\u202f000\u202f€",
        'name="version" value="0"',
    ):
        assert words in page, words
    done = client.post(address, {"amount": "2 000", "version": "0"})
    assert done.url == f"{table_url(made)}#case-{application.code}-{made.state.code}"
    assert "État : 2\u202f000\u202f€ décidés pour « Voix du quartier », 83\u202f000\u202f€ restent." in text(
        client.get(done.url)
    )
    assert line(application, made.state).decided_cents == 2_000_00


@pytest.mark.parametrize(
    ("typed", "words", "way_out"),
    [
        ("deux mille", "contient une lettre", ""),
        ("-1", "ne peut pas être négatif", ""),
        ("3 000,01", "C’est plus que les 3\u202f000\u202f€ demandés", "Mettre 3\u202f000\u202f€"),
        ("99999999999999999", "trop grand", ""),
    ],
)
def test_a_bad_amount_is_kept_and_nothing_is_written(made, application, typed, words, way_out):
    client = browser(made.officer)
    for more in ({}, HTMX):
        response = client.post(cell_url(made, application, made.state), {"amount": typed, "version": "0"}, **more)
        said = text(response)
        assert response.status_code == 422
        assert (words in said, f'value="{typed}"' in said) == (True, True)
        assert way_out in said
        assert ("Mettre " in said) == bool(way_out)
    assert line(application, made.state).version == 0


def test_too_much_for_the_envelope_says_the_sum_missing_and_one_way_out(made, application):
    other = made.admitted()
    services.decide(line(other, made.city), 3_000_00, by=made.officer)
    client = browser(made.officer)
    response = client.post(cell_url(made, application, made.city), {"amount": "2 500", "version": "0"})
    said = text(response)
    assert response.status_code == 422
    assert "il ne reste que 1\u202f000\u202f€, il manque 1\u202f500\u202f€. Rien n’a été écrit." in said
    assert 'value="2 500"' in said
    assert 'name="amount" value="1\u202f000">Mettre 1\u202f000\u202f€</button>' in said
    assert (
        client.post(cell_url(made, application, made.city), {"amount": "1\u202f000", "version": "0"}).status_code == 302
    )
    empty = made.admitted()
    said = text(client.post(cell_url(made, empty, made.city), {"amount": "1", "version": "0"}))
    assert "il ne reste rien" in said
    assert "Mettre" not in said
    money_is_whole()


def test_two_windows_on_one_cell_are_shown_both_values(made, application):
    client = browser(made.officer)
    address = cell_url(made, application, made.state)
    client.post(address, {"amount": "1 000", "version": "0"})
    for more in ({}, HTMX):
        late = client.post(address, {"amount": "2 000", "version": "0"}, **more)
        said = text(late)
        assert late.status_code == 409
        assert "Quelqu’un vient de changer cette case" in said
        assert "Garder 1\u202f000</button>" in said
        assert 'name="amount" value="2 000"' in said
        assert 'name="version" value="1"' in said
    assert line(application, made.state).decided_cents == 1_000_00
    client.post(address, {"amount": "2 000", "version": "1"})  # written knowingly
    assert line(application, made.state).decided_cents == 2_000_00


def test_a_cell_is_refused_then_opened_again(made, application):
    client = browser(made.officer)
    address = cell_url(made, application, made.state)
    refused = text(client.post(address, {"amount": "0", "version": "0"}, follow=True))
    assert "État : refusé pour « Voix du quartier », 85\u202f000\u202f€ restent." in refused
    opened = text(client.post(address, {"amount": " ", "version": "1"}, follow=True))
    assert "État : case rouverte pour « Voix du quartier »" in opened
    assert line(application, made.state).decided_cents is None


def test_a_cell_outside_the_committee_has_no_field(made):
    application = made.admitted()
    client = browser(made.officer)
    page = text(client.get(cell_url(made, application, made.state)))
    assert "le comité de cet appel n’est pas ouvert" in page
    assert 'name="amount"' not in page
    late = client.post(cell_url(made, application, made.state), {"amount": "1", "version": "0"})
    assert (late.status_code, "Le comité de cet appel n’est pas ouvert" in text(late)) == (422, True)


# ---------------------------------------------------------------------------------------------- with htmx
def test_htmx_gets_only_what_moved_and_one_sentence(made, application):
    made.admitted(title="Un autre projet")
    response = browser(made.officer).post(
        cell_url(made, application, made.state), {"amount": "2 500", "version": "0"}, **HTMX
    )
    said = text(response)
    code, envelope = application.code, made.state.code
    assert response.status_code == 200
    assert ids(said) == {
        f"case-{code}-{envelope}",
        f"total-{code}",
        f"tete-{envelope}",
        "tete",
        f"pied-{envelope}",
        "pied",
        f"dit-{code}",
        "parole",
    }
    assert "Un autre projet" not in said
    assert "État : 2\u202f500\u202f€ décidés pour « Voix du quartier », 82\u202f500\u202f€ restent." in said
    assert 'name="version" value="1"' in said
    assert 'role="alert"' not in said
    assert len(response.content) < 8_000


def test_htmx_gets_the_refusal_under_the_row_and_says_nothing_else(made, application):
    response = browser(made.officer).post(
        cell_url(made, application, made.city), {"amount": "5 000", "version": "0"}, **HTMX
    )
    said = text(response)
    assert response.status_code == 422
    assert "parole" not in ids(said)
    assert f'id="refus-{application.code}"' in said
    assert 'aria-invalid="true"' in said
    assert "Mettre 3\u202f000\u202f€" in said
    assert Application.objects.get(pk=application.pk).lines.filter(decided_cents__isnull=False).count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_cell_costs_the_same_whatever_the_table(made, count, django_assert_num_queries):
    applications = [made.admitted() for _ in range(count)]
    made.open_committee()
    client = browser(made.officer)
    with django_assert_num_queries(58):
        client.post(cell_url(made, applications[0], made.state), {"amount": "1 000", "version": "0"}, **HTMX)
