import pytest
from django.urls import reverse

from faubourg.core.cards import cards
from faubourg.core.typography import keep_together
from tests.factories.calls import open_call


def read(client, name):
    response = client.get(reverse(f"website:{name}"))
    assert response.status_code == 200
    return response.content.decode()


def test_accessibility_is_told_as_the_law_wants_without_an_audit(client):
    text = read(client, "accessibility")
    assert keep_together("non conforme au RGAA 4.1 : aucun audit") in text
    assert keep_together("Accessibilité : non conforme") in text
    assert "Défenseur des droits" in text


def test_the_register_is_the_cards_own(client):
    text = read(client, "privacy")
    for card in cards():
        for row in card.personal_data:
            assert row.kept in text


def test_legal_notices_say_what_the_town_gave(client, settings):
    assert "non renseignée sur cette installation" in read(client, "legal")
    settings.TOWN = {**settings.TOWN, "director": "Camille Exemple", "host": "Hébergeur, 1 rue du Port"}
    text = read(client, "legal")
    assert "Camille Exemple" in text
    assert "Hébergeur, 1 rue du Port" in text


@pytest.mark.django_db
def test_the_sitemap_leads_everywhere(client):
    open_call(code="2027", title="Appel 2027")
    text = read(client, "sitemap")
    for name in ("call_list", "project_list", "neighbourhood_list", "contract", "legal", "privacy", "accessibility"):
        assert reverse(f"website:{name}") in text
    assert reverse("website:call", args=["2027"]) in text
