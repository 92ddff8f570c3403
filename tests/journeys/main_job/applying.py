"""The association's part of the main job: it joins its organisation, writes, signs."""

import re
from typing import Any

from faubourg.calls.models import Application
from faubourg.core.clock import paris
from tests.journeys.ground import OFFICER, pdf
from tests.journeys.main_job.stage import ASSOCIATION, Play, words
from tests.journeys.visitor import Visitor, last_mail, link_in


def join_an_organisation(play: Play) -> None:
    """An address that nobody knows; the first voice of an organisation is confirmed by the officer on a document."""
    play.hands(paris(2026, 11, 25, 18))
    zoe, officer = play[ASSOCIATION], play[OFFICER]
    zoe.open("/entrer/")
    zoe.write("Adresse électronique", ASSOCIATION)
    zoe.click("Recevoir le lien")
    way_in = link_in(last_mail(ASSOCIATION))
    zoe.open(way_in)
    zoe.open(way_in)  # a mail scanner was there before her: reading uses nothing up
    zoe.click("Entrer", exact=True)
    zoe.open("/dossiers/nouveau/2027/")
    zoe.follow("Chercher mon organisme")
    zoe.write("Nom, SIRET ou RNA", "Les Voisins du Sablar")
    zoe.click("Chercher", exact=True)
    zoe.follow("Inscrire un nouvel organisme")
    zoe.write("Numéro RNA", "W401234567")
    zoe.page.get_by_label("Commune du siège").select_option(label="Dax")
    zoe.tick("Signataire")
    zoe.write("Votre fonction", "présidente")
    zoe.page.get_by_label("Justificatif").set_input_files(pdf("recepisse.pdf"))
    zoe.click("Inscrire et envoyer ma demande")
    zoe.reads("Les Voisins du Sablar est inscrit et votre demande est envoyée")
    zoe.open("/dossiers/nouveau/2027/")
    zoe.reads("attend sa réponse")
    assert "Les Voisins du Sablar" in last_mail(OFFICER).body
    officer.open(link_in(last_mail(OFFICER)))
    with officer.page.expect_download() as download:
        officer.find("recepisse.pdf", role="link").click()
    assert download.value.suggested_filename == "recepisse.pdf"
    officer.click("Confirmer")
    officer.reads("confirmée")


def apply(play: Play) -> None:
    play.hands(paris(2026, 12, 1, 20))
    zoe = play[ASSOCIATION]
    zoe.open("/dossiers/nouveau/2027/")
    zoe.click("Commencer", exact=True)
    write_the_project(zoe)
    write_the_public(zoe)
    write_the_budget(zoe)
    attach_the_statutes(zoe)
    sign(play)


def write_the_project(zoe: Visitor) -> None:
    """The first field saves itself: another window would already see it."""
    with zoe.page.expect_response(re.compile("/champ/$")) as saved:
        zoe.write("Titre du projet", "Repair café du Sablar")
        zoe.page.get_by_label("Le projet en une phrase").focus()
    assert saved.value.status == 200
    zoe.page.get_by_text("Enregistré à").wait_for()
    assert Application.objects.get().title == "Repair café du Sablar"
    zoe.write("Le projet en une phrase", "Réparer ensemble ce qui est cassé, une fois par mois.")
    zoe.page.locator("[name=objectives]").first.check()
    for label in ("À quel besoin", "Que ferez-vous", "Quelle place", "Comment saurez-vous", "Quelles aides ordinaires"):
        zoe.write(label, f"Notre réponse : {label.lower()}.")
    zoe.click("Enregistrer et continuer")


def write_the_public(zoe: Visitor) -> None:
    zoe.reads("Étape 2 sur 5")
    zoe.write("À qui s’adresse le projet ?", "Habitants de tous âges")
    expected = zoe.page.get_by_label("Combien de personnes attendez-vous ?")
    fill(zoe, expected, "beaucoup")
    zoe.page.locator("[role=alert]", has_text="nombre").wait_for()  # said beside the field, at once
    assert expected.input_value() == "beaucoup"
    zoe.look()
    fill(zoe, expected, "120")
    zoe.write("Combien d’entre elles", "90")
    zoe.tick("Le Sablar")
    zoe.write("Début", "2027-01-15")
    zoe.write("Fin", "2027-12-15")
    zoe.click("Enregistrer et continuer")


def write_the_budget(zoe: Visitor) -> None:
    zoe.reads("Étape 3 sur 5")
    amounts = {"b-601": "2 000", "b-641": "20 000", "b-613": "1 500", "b-756": "500"}
    for name, text in amounts.items():
        fill(zoe, f"[name='{name}']", text)
    asked = zoe.page.locator("[name^='asked-']")
    fill(zoe, asked.nth(0), "15 000")
    fill(zoe, asked.nth(1), "7 000")
    zoe.reads("Il manque 1 000 € de produits")
    fill(zoe, "[name='b-756']", "1 500")
    zoe.reads("Le budget est équilibré")
    zoe.click("Enregistrer et continuer")


def fill(zoe: Visitor, where: Any, text: str) -> None:
    """As a hand does it: type, leave the field; the page saves it by itself."""
    spot = zoe.page.locator(where) if isinstance(where, str) else where
    with zoe.page.expect_response(re.compile("/champ/$")) as saved:
        spot.fill(text)
        spot.blur()
    assert saved.value.status == 200


def attach_the_statutes(zoe: Visitor) -> None:
    zoe.reads("Étape 4 sur 5")
    zoe.page.get_by_label("Fichier").set_input_files(pdf("statuts.pdf"))
    zoe.click("Joindre")
    zoe.reads("« statuts.pdf » est joint au dossier")
    zoe.follow("Continuer", exact=True)


def sign(play: Play) -> None:
    zoe = play[ASSOCIATION]
    zoe.reads("Tout est rempli", "Repair café du Sablar", "22 000 €")
    zoe.click("Signer et envoyer le dossier")
    zoe.reads("Cochez l’attestation sur l’honneur")
    zoe.tick("Je l’atteste et je signe")
    zoe.click("Signer et envoyer le dossier")
    zoe.reads("Votre dossier est déposé", "AAP-2027-001")
    assert play.application.state == "submitted"
    receipt = last_mail(ASSOCIATION)
    assert receipt.subject == "Votre dossier AAP-2027-001 est bien déposé"
    assert [name for name, _, _ in receipt.attachments] == ["accuse-de-reception-AAP-2027-001.pdf"]
    told = words(receipt.attachments[0][1])
    assert all(text in told for text in ("AAP-2027-001", "Repair café du Sablar", "15 000 €", "7 000 €"))
