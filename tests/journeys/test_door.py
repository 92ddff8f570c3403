"""Each way in, in a real browser: a link then a code, a key alone, a password then a code (kept on paper, or of the
application), a password alone. A provider's page has its own story (test_identities)."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect

from faubourg.accounts.services import mint_link, set_password
from tests.factories.accounts import UserFactory, code_now
from tests.factories.partners import officer
from tests.journeys.visitor import NARROW, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once]

WORDS = "une phrase que nous gardons"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def boss(browser: Browser, address: str, hands: Any) -> Iterator[Visitor]:
    """An officer with a phone whose browser holds a virtual key. A key belongs to a name, never to a number: the
    server is called localhost here."""
    named = address.replace("127.0.0.1", "localhost")
    with override_settings(BASE_URL=named, SECOND_FACTOR=True):
        one = Visitor(browser, named, "boss", width=NARROW)
        session = one.context.new_cdp_session(one.page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        yield one
        one.leave()


def press(her: Visitor, label: str) -> None:
    her.page.get_by_role("button", name=label, exact=True).or_(her.page.get_by_role("link", name=label)).first.click()


def by_password(her: Visitor, email: str) -> None:
    press(her, "Avec un mot de passe")
    her.look()
    her.page.get_by_label("Votre adresse électronique").fill(email)
    her.page.get_by_label("Mot de passe", exact=True).fill(WORDS)
    press(her, "Entrer")


def shows(her: Visitor, code: str) -> None:
    """The second proof, after a password."""
    expect(her.page.get_by_role("heading", level=1)).to_have_text("Encore une preuve")
    her.look()
    her.page.get_by_label("Code").fill(code)
    press(her, "Entrer")
    expect(her.page).to_have_url(re.compile("/bureau/$"))


def go_out(her: Visitor) -> None:
    her.open("/sortir/")
    her.page.locator("main").get_by_role("button", name="Sortir").click()
    expect(her.page).to_have_url(re.compile("/entrer/$"))


@pytest.mark.django_db(transaction=True)
def test_every_way_in(boss: Visitor) -> None:
    who = officer()
    page = boss.page

    boss.open(f"/entrer/{mint_link(who)}/")
    page.locator("main").get_by_role("button", name="Entrer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sécurité")  # not the desk: one proof is too little
    boss.look()

    press(boss, "Activer l’application")
    boss.look()
    page.get_by_label("Code").fill("000000")
    press(boss, "Activer")
    expect(page.locator(".err").first).to_be_visible()
    boss.look()
    secret = page.locator("main code").inner_text()
    page.get_by_label("Code").fill(code_now(secret))
    press(boss, "Activer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Codes de secours")
    boss.look()
    paper = page.locator(".codes code").all_inner_texts()
    assert len(paper) == 10
    press(boss, "Continuer")
    expect(page).to_have_url(re.compile("/bureau/$"))

    boss.open("/mon-compte/securite/")
    press(boss, "Ajouter une clé")
    boss.look()
    page.get_by_label("Nom de la clé").fill("téléphone")
    page.get_by_label("Entrer avec cette clé seule").check()
    press(boss, "Ajouter")
    expect(page.get_by_text("La clé est ajoutée.")).to_be_visible()
    boss.open("/mon-compte/securite/cles/")
    expect(page.get_by_role("rowheader", name="téléphone")).to_be_visible()
    boss.open("/mon-compte/mot-de-passe/choisir/")
    page.get_by_label("Nouveau mot de passe").fill(WORDS)
    page.get_by_label("Le même, une seconde fois").fill(WORDS)
    press(boss, "Enregistrer")
    expect(page.get_by_text("Votre mot de passe est choisi.")).to_be_visible()

    go_out(boss)
    press(boss, "Avec une clé d’accès")
    expect(page).to_have_url(re.compile("/bureau/$"))  # the key alone is both proofs

    go_out(boss)
    by_password(boss, who.email)
    shows(boss, paper[0])
    boss.open("/mon-compte/sessions/")

    go_out(boss)
    by_password(boss, who.email)
    shows(boss, code_now(secret))

    neighbour = UserFactory.create()
    set_password(neighbour, WORDS)
    go_out(boss)
    by_password(boss, neighbour.email)
    expect(page).to_have_url(re.compile("/bureau/$"))  # who decides nothing may do with one proof
    boss.look()
