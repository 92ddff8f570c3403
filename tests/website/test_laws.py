import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core import mail
from django.http import HttpResponse
from django.urls import reverse

from faubourg.core import clock
from faubourg.core.cards import cards
from faubourg.core.templatetags.faubourg import in_french
from faubourg.core.typography import keep_together
from faubourg.website import laws, urls
from tests.factories.accounts import UserFactory
from tests.factories.calls import open_call
from tests.strict import UntoldCookieError


def read(client, name):
    response = client.get(reverse(f"website:{name}"))
    assert response.status_code == 200
    return response.content.decode()


# ------------------------------------------------------------------------------------------- accessibility


def test_accessibility_is_told_as_the_law_wants_without_an_audit(client):
    text = read(client, "accessibility")
    assert keep_together("non conforme au RGAA 4.1 : aucun audit") in text
    assert keep_together("Accessibilité : non conforme") in text
    assert "Défenseur des droits" in text
    assert "Déclaration établie" not in text


@pytest.mark.parametrize(
    ("rate", "audit", "words"),
    [
        (None, "", "non conforme"),
        (82, "", "non conforme"),  # a rate that nobody measured
        (49, "en mars", "non conforme"),
        (50, "en mars", "partiellement conforme"),
        (99, "en mars", "partiellement conforme"),
        (100, "en mars", "totalement conforme"),
    ],
)
def test_accessibility_is_what_the_audit_found(client, settings, rate, audit, words):
    settings.ACCESSIBILITY = {**settings.ACCESSIBILITY, "rate": rate, "audit": audit}
    text = read(client, "accessibility")
    assert f"<b>{keep_together('Accessibilité : ')}{words}</b>" in text
    assert f"Ce site est {words}" in text
    assert ("L’audit a été fait en mars." in text) == bool(audit)
    assert ("faute d’audit" in text) == (not audit)
    assert (f"{rate}\u00a0% des critères sont respectés." in text) == bool(audit)


@pytest.mark.django_db
def test_the_home_says_how_accessible_the_site_is(client):
    assert keep_together("<b>Accessibilité : non conforme</b>") in read(client, "home")


def test_the_declaration_says_its_day_its_gaps_and_whom_to_tell(client, settings):
    settings.ACCESSIBILITY = {
        "rate": 82,
        "audit": "le 12 mars 2027 par l’atelier Exemple",
        "gaps": "La carte des quartiers.\n\nLes lettres d’avant 2026.",
        "on": date(2027, 4, 1),
        "contact": "acces@exemple.fr",
    }
    text = read(client, "accessibility")
    assert "L’audit a été fait le 12 mars 2027 par l’atelier Exemple." in text
    assert "<p>La carte des quartiers.</p><p>Les lettres d’avant 2026.</p>" in text
    assert "mailto:acces@exemple.fr?" in text
    assert "Déclaration établie le 1ᵉʳ avril 2027." in text


# ------------------------------------------------------------------------------------------- notices, personal data


def test_the_register_is_the_cards_own(client):
    text = read(client, "privacy")
    for card in cards():
        for row in card.personal_data:
            for words in (row.what, row.whose, row.purpose, row.kept):
                assert in_french(words) in text


LEGAL = {
    "director": "Camille Exemple",
    "address": "1 place Exemple, 40100 Dax, 05 00 00 00 00",
    "host": "Hébergeur",
    "host_address": "1 rue du Port",
    "dpo": "dpo@exemple.fr",
    "source": "https://forge.exemple.fr/faubourg",
}


def test_legal_notices_say_what_the_town_gave(client, settings):
    empty = read(client, "legal")
    assert empty.count("sur cette installation") == 3
    assert "?subject=Code%20source" in empty
    settings.TOWN = {**settings.TOWN, **LEGAL}
    text = read(client, "legal")
    for key in ("director", "address", "host", "host_address", "source"):
        assert in_french(LEGAL[key]) in text
    assert "sur cette installation" not in text
    assert "?subject=Code%20source" not in text


def test_personal_data_name_who_answers_for_them(client, settings):
    assert "non renseigné sur cette installation" in read(client, "privacy")
    settings.TOWN = {**settings.TOWN, **LEGAL}
    text = read(client, "privacy")
    assert '<a href="mailto:dpo@exemple.fr">dpo@exemple.fr</a>' in text
    assert in_french(LEGAL["address"]) in text


# ------------------------------------------------------------------------------------------- cookies


@pytest.mark.django_db
def test_the_public_site_lays_no_cookie(client):
    call = open_call(code="2027", title="Appel 2027")
    for entry in urls.urlpatterns:
        if not entry.pattern.converters:
            assert client.get(reverse(f"website:{entry.name}")).cookies == {}, entry.name
    assert client.get(reverse("website:call", args=[call.code])).cookies == {}


@pytest.mark.django_db
def test_the_cookies_told_are_those_laid(client, settings):
    """The door shows a form, opens a session, and says afterwards what was done; strict.py watches all the others."""
    laid = {}

    def note(response):
        laid.update({name: cookie["max-age"] for name, cookie in response.cookies.items() if cookie.value})

    note(client.get(reverse("accounts:sign_in")))
    note(client.post(reverse("accounts:sign_in"), {"email": UserFactory().email}))
    note(client.post(re.search(r"/entrer/\S+", mail.outbox[0].body)[0]))
    note(client.post(reverse("accounts:me"), {"first_name": "Alma", "last_name": "Ré"}))
    assert set(laid) == {one.name for one in laws.cookies()}
    assert (laid["session"], laid["csrf"], laid["messages"]) == (14 * 24 * 3600, 52 * 7 * 24 * 3600, "")
    settings.SESSION_COOKIE_NAME = "autre"
    text = read(client, "cookies")
    assert [name for name in ("autre", "csrf", "messages", "session") if f"<code>{name}</code>" in text] == [
        "autre",
        "csrf",
        "messages",
    ]


def test_a_page_may_lay_no_other_cookie():
    with pytest.raises(UntoldCookieError, match="traceur"):
        HttpResponse().set_cookie("traceur", "1")


def test_what_stays_in_the_browser_is_told(client):
    """The house's script keeps one thing, and says under which name."""
    script = Path(finders.find("core/faubourg.js")).read_text()
    assert set(re.findall(r"store = `([^$]*)\$", script)) == {"unsent:"}
    assert set(re.findall(r"(\w+)\.setItem\((\w+)", script)) == {("localStorage", "store")}
    assert "<code>unsent:…</code>" in read(client, "cookies")


# ------------------------------------------------------------------------------------------- security.txt


def test_security_txt_tells_where_to_write_and_never_expires(client, settings):
    settings.BASE_URL = "https://ville.fr"
    with clock.at(clock.paris(2027, 3, 12, 10)):
        response = client.get("/.well-known/security.txt")
        assert clock.now() < laws.security_expires() < clock.now() + timedelta(days=365)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == (
        "Contact: mailto:contrat-de-ville@exemple.fr\n"
        "Expires: 2027-09-08T00:00:00Z\n"
        "Preferred-Languages: fr, en\n"
        "Canonical: https://ville.fr/.well-known/security.txt\n"
        "Policy: https://ville.fr/mentions-legales/#faille\n"
    )
    assert 'id="faille"' in read(client, "legal")


@pytest.mark.parametrize(
    ("given", "told"),
    [("rssi@ville.fr", "mailto:rssi@ville.fr"), ("https://ville.fr/faille", "https://ville.fr/faille")],
)
def test_a_flaw_is_told_where_the_town_wants(client, settings, given, told):
    settings.SECURITY_CONTACT = given
    assert laws.security_contact() == told
    assert f'<a href="{told}">Dites-la-nous</a>' in read(client, "legal")


# ------------------------------------------------------------------------------------------- what `check` says


def test_a_public_site_is_told_what_the_law_pages_lack(settings):
    assert list(laws.missing()) == []  # at home, nobody asks
    settings.BASE_URL, settings.DEMO = "https://ville.fr", True
    assert list(laws.missing()) == []
    settings.DEMO = False
    (told,) = laws.missing()
    assert told.startswith("Les pages que la loi demande sont incomplètes. Donnez : l’adresse où l’on vous écrit (")
    assert re.findall(r"FAUBOURG_\w+", told) == [
        "FAUBOURG_CONTACT",
        "FAUBOURG_ADDRESS",
        "FAUBOURG_DIRECTOR",
        "FAUBOURG_HOST_NAME",
        "FAUBOURG_HOST_ADDRESS",
        "FAUBOURG_DPO",
        "FAUBOURG_ACCESSIBILITY_ON",
    ]
    settings.TOWN = {**settings.TOWN, **LEGAL, "contact": "ville@ville.fr"}
    settings.ACCESSIBILITY = {**settings.ACCESSIBILITY, "on": date(2027, 4, 1), "rate": 82}
    assert [re.findall(r"FAUBOURG_\w+", line) for line in laws.missing()] == [["FAUBOURG_ACCESSIBILITY_AUDIT"]]
    settings.ACCESSIBILITY = {**settings.ACCESSIBILITY, "audit": "en mars"}
    assert list(laws.missing()) == []


# ------------------------------------------------------------------------------------------- the sitemap


@pytest.mark.django_db
def test_the_sitemap_leads_everywhere(client):
    open_call(code="2027", title="Appel 2027")
    text = read(client, "sitemap")
    pages = {entry.name for entry in urls.urlpatterns if not entry.pattern.converters}
    for name in pages - {"home", "security", "sitemap"}:
        assert reverse(f"website:{name}") in text
    assert reverse("website:call", args=["2027"]) in text
