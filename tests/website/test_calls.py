import csv
import io

import pytest
from django.urls import reverse

from faubourg.calls.models import Call
from faubourg.core import clock
from faubourg.core.typography import keep_together
from faubourg.partners.models import Contract
from faubourg.projects.models import ProjectYear
from faubourg.website.results import results_of
from faubourg.website.selectors import funded_years
from tests.calls.scene import AFTER, scene
from tests.factories.calls import CallFactory, open_call
from tests.website.town import announced

pytestmark = pytest.mark.django_db


def get(client, name, code="2027"):
    return client.get(reverse(f"website:{name}", args=[code] if code else []))


def read(client, name, code="2027"):
    response = get(client, name, code)
    assert response.status_code == 200
    return response.content.decode()


# ------------------------------------------------------------------------------------------------- calls
def test_an_open_call_says_all_that_one_must_know(client):
    call = open_call(code="2027", summary="Un seul dossier.")
    text = read(client, "call")
    assert "Le règlement de l’appel." in text
    assert "Les dossiers se déposent jusqu’au lundi 14 décembre 2026 à 17\u202fh\u202f00." in text
    assert "Il reste 21 jours." in text
    assert reverse("calls:apply_start", args=["2027"]) in text
    assert "170\u202f000\u202f€" in text
    assert call.objectives.get().title in text
    assert call.geography.neighbourhoods.get().name in text
    assert "contrat-de-ville@exemple.fr" in text
    assert "Exemple." not in text


def test_an_invented_call_says_so_everywhere(client):
    call = open_call(code="2027")
    Contract.objects.filter(pk=call.contract_id).update(is_example=True)
    assert "Exemple." in read(client, "call")
    assert keep_together("Exemple : cet appel est inventé.") in read(client, "call_list", "")


@pytest.mark.parametrize(
    ("now", "words"),
    [(clock.paris(2026, 10, 1), "Ouvre bientôt"), (AFTER, "Fermé, à l’étude")],
)
def test_a_call_that_is_not_open_offers_no_form(client, now, words):
    open_call(code="2027")
    with clock.at(now):
        text = read(client, "call")
        assert words in text
        assert words in read(client, "call_list", "")
    assert reverse("calls:apply_start", args=["2027"]) not in text


def test_a_call_in_preparation_does_not_exist(client):
    CallFactory.create(code="2027", state="draft")
    assert [get(client, name).status_code for name in ("call", "results", "results_csv")] == [404, 404, 404]
    assert "Aucun appel n’est encore publié" in read(client, "call_list", "")


def test_open_calls_come_first_in_the_list(client):
    open_call(code="2026", year=2029, title="Le vieux", closes_at=clock.paris(2026, 11, 10))
    open_call(code="2027", title="Le neuf")
    text = read(client, "call_list", "")
    assert text.index("Le neuf") < text.index("Le vieux")


@pytest.mark.parametrize("count", [1, 3])
def test_call_list_reads_once(client, django_assert_num_queries, count):
    for i in range(count):
        open_call(code=f"c-{i}")
    with django_assert_num_queries(1):
        read(client, "call_list", "")


def test_call_reads_five_times(client, django_assert_num_queries):
    open_call(code="2027")
    with django_assert_num_queries(5):
        read(client, "call")


# ------------------------------------------------------------------------------------------------- results
def test_nothing_is_told_before_the_announcement(client):
    """R-INS-06: neither page, nor file, nor project, for nobody."""
    made = scene()
    application = made.admitted(title="Atelier vélo")
    made.open_committee()
    application = made.decide_all(application, 2_000)
    client.force_login(made.officer)
    assert [get(client, name).status_code for name in ("results", "results_csv")] == [404, 404]
    assert client.get(reverse("website:project", args=[application.project.code])).status_code == 404
    assert "Atelier vélo" not in client.get(reverse("website:project_list")).content.decode()
    assert list(funded_years(made.call)) == []
    assert "Fermé, au comité" in read(client, "call")


def test_results_add_up_to_what_was_decided(client):
    made = announced()
    found = results_of(made.call)
    assert [year.project for year in found["years"]] == [made.funded.project]
    assert found["total_cents"] == 4_000_00
    assert [drawing.total for drawing in found["drawings"]] == [4_000_00] * 3
    text = read(client, "results")
    assert "4\u202f000\u202f€ pour 1 projet" in text
    assert "Atelier vélo solidaire" in text
    assert "Projet écarté" not in text
    assert "Voir les projets financés" in read(client, "call")


def test_results_count_the_money_of_this_call_alone(client):
    """The same year of a project may be paid by two calls of one year."""
    made = announced()
    other = announced_twin(made)
    assert results_of(made.call)["total_cents"] == 4_000_00
    assert other.pk != made.call.pk


def announced_twin(made) -> Call:
    """Another call of the same year, announced without money: the years of the first are not its own."""
    twin = CallFactory.create(code="2027-bis", year=made.call.year, contract=made.call.contract)
    Call.objects.filter(pk=twin.pk).update(state="announced", announced_at=AFTER)
    twin.refresh_from_db()
    assert results_of(twin)["years"] == []
    return twin


def test_results_without_a_single_project_say_so(client):
    announced_twin(announced())
    assert "Aucun projet n’a été soutenu" in read(client, "results", "2027-bis")


def test_the_file_says_who_pays_what(client):
    made = announced()
    response = get(client, "results_csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    place = ProjectYear.objects.get(project=made.funded.project).neighbourhoods.get().name
    goal = made.call.objectives.get().title
    same = {
        "projet": "Atelier vélo solidaire", "porteur": made.funded.organisation.name, "annee": "2027",
        "montant_euros": "2000", "quartiers": place, "objectifs": goal, "exemple": "non",
    }  # fmt: skip
    assert rows == [
        {**same, "financeur": "État (services)", "enveloppe": "crédits spécifiques"},
        {**same, "financeur": "Ville (services)", "enveloppe": "droit commun"},
    ]


def test_results_read_seven_times(client, django_assert_num_queries):
    announced()
    with django_assert_num_queries(7):
        read(client, "results")
