"""The applications of a call: the list, its filters, its table file."""

import csv
import io

import pytest

from tests.calls.desk.ground import browser, text, url
from tests.factories.calls import submitted_application
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_in_eleven_queries(made, django_assert_num_queries, count):
    for _ in range(count):
        application = made.admitted()
        made.opine(application, by=made.funder)
    client = browser(made.officer)
    with django_assert_num_queries(11):
        response = client.get(url("desk_list", made.call.code), {"etat": "admissible"})
    assert text(response).count("1 sur 2") == count


def test_the_list_shows_sums_counts_and_keeps_its_filters(made):
    one = made.admitted(euros=3_000, title="Coup de pouce lecture")
    two = submitted_application(made.call, OrganisationFactory.create(), euros=1_000)
    client = browser(made.funder)
    said = text(client.get(url("desk_list", made.call.code)))
    assert "2 dossiers reçus" in said
    assert "8\u202f000\u202f€" in said
    filtered = text(client.get(url("desk_list", made.call.code), {"etat": "submitted", "tri": "demande"}))
    assert (two.reference in filtered, one.reference in filtered) == (True, False)
    assert f"{url('desk_application', two.code)}?etat=submitted&amp;tri=demande" in filtered
    assert "Total de ce qui est filtré, 1 dossier" in " ".join(filtered.split())
    nothing = text(client.get(url("desk_list", made.call.code), {"q": "rien de tel"}))
    assert "Aucun dossier ne répond à ces filtres" in nothing
    forged = {"etat": "draft", "quartier": "x", "objectif": "x", "enveloppe": "x", "tri": "pk", "page": "x"}
    assert client.get(url("desk_list", made.call.code), forged).status_code == 200


def test_the_list_before_anybody_applied(made):
    assert "Aucun dossier reçu pour l’instant" in text(browser(made.officer).get(url("desk_list", made.call.code)))


def test_the_list_turns_its_pages(made, monkeypatch):
    for _ in range(3):
        made.admitted()
    monkeypatch.setattr("faubourg.calls.views.desk_files.PER_PAGE", 2)
    client = browser(made.officer)
    first, second = (text(client.get(url("desk_list", made.call.code), {"page": page})) for page in (1, 2))
    assert "3 dossiers, de 1 à 2" in first
    assert "3 dossiers, de 3 à 3" in second
    assert "18\u202f000\u202f€" in first  # the total is of all pages


def test_the_csv_is_what_the_list_shows(made):
    one = made.admitted(euros=3_000, title="=cmd|' /C calc'!A0")
    made.opine(one, by=made.funder)
    submitted_application(made.call, OrganisationFactory.create())
    response = browser(made.funder).get(url("csv", made.call.code), {"etat": "admissible"})
    assert response.streaming
    assert response["Content-Disposition"] == 'attachment; filename="dossiers-2027-2026-11-23.csv"'
    rows = list(csv.DictReader(io.StringIO(text(response).removeprefix("\ufeff")), delimiter=";"))
    place = one.neighbourhoods.get()
    assert rows == [
        {
            "référence": one.reference,
            "état": "recevable",
            "projet": "'=cmd|' /C calc'!A0",
            "organisme": one.organisation.name,
            "SIRET": one.organisation.siret,
            "commune": "",
            "quartiers": place.name,
            "déposé le": "23/11/2026 10:00",
            "demandé, État, crédits spécifiques": "3000",
            "demandé, Ville, droit commun": "3000",
            "demandé en tout": "6000",
            "avis écrits": "1",
            "avis attendus": "2",
        }
    ]
