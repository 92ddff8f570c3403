"""Without any script: an association applies, the officer decides. Script is help, never a wall."""

from typing import Any

import pytest

from faubourg.calls import services as calls
from faubourg.calls.models import Application, Call
from faubourg.core.clock import paris
from faubourg.partners.enums import Role
from tests.factories import calls as call_factory
from tests.factories.partners import OrganisationFactory, member, officer
from tests.journeys.ground import pdf
from tests.journeys.visitor import NARROW, Visitor


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_an_association_applies_without_script(visitor: Any) -> None:
    call_factory.open_call(code="2027")
    signer = member(Role.SIGNER, OrganisationFactory.create(name="Roue libre 40"))
    her = visitor("her", script=False)
    her.is_signed_in(signer)
    her.open("/dossiers/nouveau/2027/")
    her.click("Commencer", exact=True)
    write_the_project(her)
    write_the_public(her)
    write_the_budget(her)
    her.page.get_by_label("Fichier").set_input_files(pdf("statuts.pdf"))
    her.click("Joindre")
    her.reads("« statuts.pdf » est joint au dossier")
    her.follow("Continuer", exact=True)
    her.tick("Je l’atteste et je signe")
    her.click("Signer et envoyer le dossier")
    her.reads("Votre dossier est déposé", "AAP-2027-001")
    assert Application.objects.get().state == "submitted"


def write_the_project(her: Visitor) -> None:
    her.write("Titre du projet", "Atelier vélo solidaire")
    her.write("Le projet en une phrase", "Réparer ensemble les vélos du quartier.")
    her.page.locator("[name=objectives]").first.check()
    for label in ("À quel besoin", "Que ferez-vous", "Quelle place", "Comment saurez-vous", "Quelles aides ordinaires"):
        her.write(label, "Notre réponse.")
    her.click("Enregistrer et continuer")


def write_the_public(her: Visitor) -> None:
    """What cannot be read keeps her on the page, with what she typed and the reason beside it."""
    expected = her.page.get_by_label("Combien de personnes attendez-vous ?")
    her.write("À qui s’adresse le projet ?", "Habitants de tous âges")
    expected.fill("beaucoup")
    her.write("Combien d’entre elles", "90")
    her.page.locator("[name=neighbourhoods]").first.check()
    her.write("Début", "2027-01-15")
    her.write("Fin", "2027-12-15")
    her.click("Enregistrer et continuer")
    her.reads("Étape 2 sur 5", "Écrivez un nombre entier")
    assert expected.input_value() == "beaucoup"
    expected.fill("120")
    her.click("Enregistrer et continuer")


def write_the_budget(her: Visitor) -> None:
    """« Recalculer » counts what the script would have counted."""
    her.reads("Étape 3 sur 5")
    asked = her.page.locator("[name^='asked-']")
    asked.nth(0).fill("3 000")
    asked.nth(1).fill("2 000")
    her.page.locator("[name='b-601']").fill("6 000")
    her.page.locator("[name='b-756']").fill("500")
    her.click("Recalculer")
    her.reads("Étape 3 sur 5", "Il manque 500 € de produits")
    her.page.locator("[name='b-756']").fill("1 000")
    her.click("Enregistrer et continuer")
    her.reads("Étape 4 sur 5")


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_the_officer_decides_without_script(visitor: Any, hands: Any) -> None:
    """Each cell is a form of its own; a refusal keeps what was typed and offers what is left."""
    boss = officer()
    call = call_factory.CallFactory.create(code="2027")
    call_factory.envelope_of(call, "État", euros=4_000)
    for _ in range(2):
        call_factory.admitted_application(call, OrganisationFactory.create(), officer=boss)
    hands(paris(2027, 2, 10, 10))
    calls.share_opinions(call, by=boss)
    calls.open_committee(Call.objects.get(), by=boss)
    her = visitor("boss", script=False)
    her.is_signed_in(boss)
    her.open("/bureau/appels/2027/comite/")
    cell = her.page.locator("[name=amount]").nth(0)
    cell.fill("3 000")
    her.leads_on(lambda: cell.press("Enter"))
    her.reads("3 000 € décidés pour « Atelier vélo solidaire », 1 000 € restent")
    her.page.set_viewport_size({"width": NARROW, "height": 740})  # on a phone each cell is decided on its own page
    her.leads_on(her.page.get_by_role("link", name="Décider").nth(0).click)
    her.write("Montant décidé", "3 000")
    her.click("Enregistrer la décision")
    her.reads("il manque 2 000 €")
    assert her.page.get_by_label("Montant décidé").input_value() == "3 000"
    her.click("Mettre 1 000 €")
    her.reads("1 000 € décidés")
    assert sorted(line.decided_cents for a in Application.objects.all() for line in a.lines.all()) == [
        100_000, 300_000,
    ]  # fmt: skip
