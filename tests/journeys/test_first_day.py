"""The first day: an empty installation becomes ready for its first call, by one command and its officer alone.

Played with a script on a wide screen and without any on a phone. Each word that the guide of the first day quotes is
seen on the way: whoever follows docs/guides/premiers-pas.md finds what it says.
"""

import json
import re
from typing import Any

import pytest

from faubourg.calls.models import Call
from faubourg.config import cli
from faubourg.core.clock import paris
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from faubourg.partners.models import Contract, Membership, Objective
from faubourg.partners.services import add_objective
from faubourg.territory.models import Municipality, Neighbourhood
from tests.factories.partners import ContractFactory, officer
from tests.factories.territory import square
from tests.house.places import ROOT
from tests.journeys.test_keyboard import Keys
from tests.journeys.visitor import NARROW, WIDE, Visitor, last_mail, plain

OFFICER = "nadege.lesca@exemple.fr"
GUIDE = ROOT / "docs/guides/premiers-pas.md"
COMMUNES = (
    "insee;nom;siren;habitants;codes_postaux\n"
    "40088;Dax;214000887;22 109;40100\n"
    "40279;Saint-Paul-lès-Dax;214002792;14 481;40990\n"
)
FEATURES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code_qp": code},
            "geometry": {"type": "MultiPolygon", "coordinates": square(west, 43.7)},
        }
        for code, west in (("QN04001M", -1.05), ("QN04002I", -1.07))
    ],
}


class Reader(Visitor):
    """A visitor who remembers every word that she could have read, folded places and fields included."""

    def look(self) -> None:
        super().look()
        shown = re.sub(r"<[^>]+>", " ", self.page.content())
        self.__dict__.setdefault("words", set()).add(plain(shown).lower())

    def has_read(self, words: str) -> bool:
        return any(plain(words).lower() in page for page in self.__dict__["words"])


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("script", "width"), [(True, WIDE), (False, NARROW)], ids=["wide", "phone without script"])
def test_an_empty_installation_becomes_ready_for_its_first_call(
    script, width, visitor, hands, browser, address, monkeypatch, capsys
):
    her = Reader(browser, address, "Nadège", script=script, width=width)
    passer = visitor("a passer-by", width=width)
    passer.open("/")
    passer.reads("Ce site se prépare")
    come_in(her, monkeypatch, capsys)
    enter_the_communes(her)
    enter_the_neighbourhoods(her)
    enter_the_contract(her)
    name_a_funder(her)
    open_the_call(her)
    passer.open("/")
    passer.does_not_read("Ce site se prépare")
    passer.reads("Appel à projets 2027", "Le Sablar", "État, préfecture des Landes")
    nothing_is_left_to_prepare(her)
    quoted = [plain(words) for words in re.findall(r"«\s([^»]+?)\s»", plain(GUIDE.read_text()))]
    assert [words for words in quoted if not her.has_read(words)] == []
    assert (verify(), Entry.objects.filter(actor="").count()) == ([], 3)  # the command's own deeds
    her.leave()


def come_in(her: Reader, monkeypatch: Any, capsys: Any) -> None:
    """By the printed link: no mail has left yet."""
    monkeypatch.setattr("django.setup", lambda: None)
    monkeypatch.setattr("faubourg.config.naming.missing_migrations", list)  # the tests' tables are made without
    assert cli.main(["officer", OFFICER, "--name", "Nadège Lesca", "--organisation", "Grand Dax Agglomération"]) == 0
    her.open(re.search(r"http\S+/entrer/\S+", capsys.readouterr().out)[0])
    her.click("Entrer", exact=True)
    her.open("/")  # whoever closes the window finds the way back on the public site
    her.open("/bureau/")
    her.reads("Bonjour Nadège", "Encore cinq étapes avant votre premier appel.")


def enter_the_communes(her: Reader) -> None:
    her.follow("Entrer les communes")
    her.reads("Les communes de l’agglomération")
    her.follow("Coller un tableau")
    her.write("Les lignes du tableau", COMMUNES.replace("214002792", "214002793"))
    her.click("Ajouter ces communes")
    her.reads("Ligne 3 : Le SIREN 214002793 n’existe pas")
    assert Municipality.objects.count() == 0
    her.write("Les lignes du tableau", COMMUNES)
    her.click("Ajouter ces communes")
    her.reads("2 communes ajoutées")
    her.follow("Ajouter une commune")
    for label, text in {"Nom": "Seyresse", "Code Insee": "40300", "SIREN": "214 003 006", "Habitants": "1 029"}.items():
        her.write(label, text)
    her.click("Ajouter la commune")
    her.reads("Seyresse est ajoutée.")
    her.follow("Seyresse")
    her.click("Retirer la commune")
    her.reads("« Seyresse » : c’est retiré.")
    go_on(her, "Encore quatre étapes")


def enter_the_neighbourhoods(her: Reader) -> None:
    her.follow("Entrer les quartiers")
    her.write("Nom", "Géographie prioritaire de 2024")
    her.write("Code", "2024")
    her.write("Valable du", "2024-01-01")
    her.click("Ajouter la liste")
    her.follow("Géographie prioritaire de 2024")
    her.reads("Retirer la liste")
    her.open("/bureau/")
    her.follow("Entrer les quartiers")
    enter_a_place(her, "Le Sablar", "QN04001M")
    her.page.get_by_label("Ou un fichier GeoJSON").set_input_files(
        {"name": "qpv.geojson", "mimeType": "application/json", "buffer": json.dumps(FEATURES).encode()}
    )
    her.click("Ajouter le quartier")
    her.reads("« Le Sablar » est ajouté.")
    assert her.page.get_by_role("img", name="Contour de Le Sablar").is_visible()
    her.page.get_by_label("Indicateur").select_option(label="habitants")
    her.write("Valeur", "1 223")
    her.write("Année", "2022")
    her.write("Source", "Insee, indicateurs par quartier prioritaire")
    her.click("Ajouter ce chiffre")
    her.reads("Le chiffre est enregistré.")
    her.open("/bureau/territoire/")
    her.follow("Ajouter un quartier")
    enter_a_place(her, "Cuyès", "QN04002I")
    her.write("Contour", "Le bord de l’Adour")
    her.click("Ajouter le quartier")
    her.reads("Ce texte n’est pas du GeoJSON")
    her.write("Contour", json.dumps(FEATURES["features"][1]))
    her.click("Ajouter le quartier")
    assert her.page.get_by_role("img", name="Contour de Cuyès").is_visible()
    her.reads("Retirer le quartier")
    assert [row.outline is not None for row in Neighbourhood.objects.all()] == [True, True]
    go_on(her, "Encore trois étapes")


def enter_a_place(her: Reader, name: str, code: str) -> None:
    her.write("Nom", name)
    her.write("Code", code)
    her.page.get_by_label("Commune").select_option(label="Dax")


def enter_the_contract(her: Reader) -> None:
    her.follow("Entrer le contrat de ville")
    for label, text in {
        "Titre": "Contrat de ville 2024-2030",
        "Nom dans les adresses": "contrat-2024",
        "Du": "2024-01-01",
        "Au": "2030-12-31",
    }.items():
        her.page.get_by_label(label, exact=True).fill(text)
    her.click("Enregistrer le contrat")
    grow_the_tree(her)
    sign_the_contract(her)
    go_on(her, "Encore deux étapes")


def grow_the_tree(her: Reader) -> None:
    """Free words for the levels, an order of one's own, nothing lost."""
    for title in ("Travailler", "Grandir et réussir"):
        unfold(her, "Ajouter un objectif")
        her.write("Intitulé", title)
        her.write("Niveau", "pilier")
        her.click("Ajouter cet objectif")
    her.click("Monter Grandir et réussir")
    her.follow("Grandir et réussir")
    under = her.page.locator("form", has=her.page.get_by_role("button", name="Ajouter dessous"))
    for title in ("Réussir à l’école", "Une erreur"):
        her.write("Intitulé", title, within=under)
        her.click("Ajouter dessous")
    her.click("Retirer l’objectif")
    her.reads("« Grandir et réussir » reste en place : s’y rattachent encore 2 objectifs.")
    her.follow("Une erreur")
    her.click("Retirer l’objectif")
    her.reads("« Une erreur » est retiré.")
    assert list(Objective.objects.order_by("path").values_list("title", "level", "path")) == [
        ("Grandir et réussir", "pilier", "001"), ("Réussir à l’école", "", "001.001"), ("Travailler", "pilier", "002"),
    ]  # fmt: skip


def sign_the_contract(her: Reader) -> None:
    known = her.page.locator("details", has_text="Choisir une institution connue")
    unfold(her, "Choisir une institution connue")
    known.get_by_label("Institution").select_option(label="Grand Dax Agglomération")
    her.write("A signé le", "2024-03-19", within=known)
    her.click("Ajouter ce signataire")
    for name, nature in (("État, préfecture des Landes", "Service de l’État"), ("Ville de Dax", "Commune")):
        new = her.page.locator("details", has_text="Inscrire une institution")
        unfold(her, "Inscrire une institution")
        her.write("Nom de l’institution", name, within=new)
        new.get_by_label("Nature").select_option(label=nature)
        assert new.get_by_label("A signé le").input_value() == "2024-03-19"  # the day of the one before
        her.click("Inscrire et ajouter")
    assert Contract.objects.get().signatures.count() == 3


def name_a_funder(her: Reader) -> None:
    her.follow("Nommer les financeurs")
    her.follow("Voir les personnes de État, préfecture des Landes")
    her.follow("Nommer une personne")
    her.write("Adresse électronique", "paul.dubos@exemple.fr")
    her.page.get_by_label("Rôle").select_option(label="Financeur")
    her.click("Nommer", exact=True)
    her.reads("est financeur pour État, préfecture des Landes")
    assert "financeur" in last_mail("paul.dubos@exemple.fr").subject
    assert Membership.objects.filter(role="funder").count() == 1
    go_on(her, "Encore une étape avant votre premier appel.")


def open_the_call(her: Reader) -> None:
    her.follow("Ouvrir le premier appel")
    for label, text in {
        "Titre": "Appel à projets 2027",
        "Nom dans les adresses": "2027",
        "Année des projets": "2027",
        "Ouvre le": "2026-11-23T09:00",
        "Ferme le": "2026-12-14T17:00",
        "Projets du": "2027-01-01",
        "Projets au": "2027-12-31",
        "Adresse de contact": "contrat-de-ville@exemple.fr",
    }.items():
        her.write(label, text)
    for box in her.page.locator("[name=objectives]").all():
        box.check()
    her.click("Enregistrer l’appel")
    money = her.page.locator("#enveloppes > details")
    her.page.get_by_label("Financeur").select_option(label="État, préfecture des Landes")
    money.get_by_label(re.compile("spécifique")).check(force=True)
    her.write("Nom court", "État", within=money)
    her.write("Montant", "85 000", within=money)
    her.click("Ajouter", within=money)
    her.click("Publier l’appel")
    call = Call.objects.get()
    assert (call.state, call.contract.code, call.objectives.count()) == ("published", "contrat-2024", 3)


def nothing_is_left_to_prepare(her: Reader) -> None:
    her.open("/bureau/")
    her.reads("Rien ne vous attend.")
    her.does_not_read("Préparer votre site", "étape")


def go_on(her: Reader, words: str) -> None:
    her.open("/bureau/")
    her.reads(words)


def unfold(her: Reader, name: str) -> None:
    """A form that opens on demand, without script too."""
    details = her.page.locator("details", has_text=name)
    if details.get_attribute("open") is None:
        details.locator("summary").click()


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_the_tree_is_ordered_by_keyboard(visitor: Any, hands: Any) -> None:
    hands(paris(2026, 11, 23, 10))
    contract = ContractFactory.create(code="contrat-2024")
    for title in ("Travailler", "Grandir"):
        add_objective(contract, title=title, by=None)
    her = visitor("her")
    her.is_signed_in(officer())
    keys = Keys(her)
    her.open("/bureau/contrats/contrat-2024/")
    keys.press_on("button:text('Monter')")
    assert her.page.evaluate("location.hash") == f"#{Objective.objects.get(title='Grandir').code}"
    keys.to("#objectifs details > summary", " ")
    keys.to("[name=under-title]", "Habiter")
    keys.press_on("button:text('Ajouter cet objectif')")
    keys.press_on("a:text('Travailler')")
    keys.press_on("button:text('Retirer l’objectif')")
    assert list(Objective.objects.order_by("path").values_list("title", flat=True)) == ["Grandir", "Habiter"]
