"""The main job, played by five people in five browsers: a call for projects from its opening to its public result."""

import re
from typing import Any

import pytest

from faubourg.calls.models import Call
from faubourg.core.clock import paris
from faubourg.funding.models import Envelope
from faubourg.journal.models import Entry
from faubourg.journal.services import verify
from tests.journeys.ground import CAF, ELECTED, OFFICER, STATE, pdf, town
from tests.journeys.main_job.applying import apply, join_an_organisation
from tests.journeys.main_job.stage import ASSOCIATION, Play, words
from tests.journeys.visitor import Visitor, last_mail, link_in, plain


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_a_call_for_projects_runs_from_its_opening_to_its_public_result(visitor: Any, hands: Any) -> None:
    town()
    play = Play(visitor, hands)
    for email in (OFFICER, ASSOCIATION, STATE, CAF, ELECTED):
        play.people[email] = visitor(email.partition(".")[0])
    open_the_call(play)
    join_an_organisation(play)
    apply(play)
    ask_for_the_missing_piece(play)
    give_opinions(play)
    decide(play)
    send_letters(play)
    publish_results(play)
    the_journal_is_whole(play)


# ---------------------------------------------------------------------------------------------- 2 the call
def open_the_call(play: Play) -> None:
    officer = play[OFFICER]
    officer.sign_in(OFFICER)
    officer.open("/bureau/appels/")
    officer.follow("Préparer un appel")
    for label, text in {
        "Titre": "Appel à projets 2027",
        "Nom dans les adresses": "2027",
        "Année des projets": "2027",
        "En une phrase": "Un seul dossier pour tous les financeurs.",
        "Ouvre le": "2026-11-23T12:00",
        "Ferme le": "2026-12-14T17:00",
        "Projets du": "2027-01-01",
        "Projets au": "2027-12-31",
        "Comité de pilotage le": "2027-02-10",
        "Adresse de contact": "contrat-de-ville@exemple.fr",
    }.items():
        officer.write(label, text)
    for box in officer.page.locator("[name=objectives]").all()[1:4]:
        box.check()
    officer.click("Enregistrer l’appel")
    officer.reads("L’appel est en préparation", "Aucune enveloppe")
    for funder, name, amount in (
        ("État, préfecture des Landes", "État", "85 000"),
        ("Caisse d’allocations familiales des Landes", "CAF", "30 000"),
    ):
        add_envelope(officer, funder, name, amount)
    officer.reads("115 000 € en tout")
    officer.click("Publier l’appel")
    officer.reads("publié, pas encore ouvert")


def add_envelope(officer: Visitor, funder: str, name: str, amount: str) -> None:
    money = officer.page.locator("#enveloppes > details")
    if money.get_attribute("open") is None:
        money.locator("summary").click()
    officer.page.get_by_label("Financeur").select_option(label=funder)
    kind = "spécifique" if name == "État" else "droit commun"
    money.get_by_label(re.compile(kind)).check(force=True)
    officer.write("Nom court", name, within=money)
    officer.write("Montant", amount, within=money)
    officer.click("Ajouter", within=money)


# ---------------------------------------------------------------------------------------------- 4 admissibility
def ask_for_the_missing_piece(play: Play) -> None:
    officer, zoe = play[OFFICER], play[ASSOCIATION]
    play.hands(paris(2026, 12, 16, 9))
    officer.open("/bureau/appels/2027/dossiers/")
    officer.follow("Repair café du Sablar")
    officer.page.locator("summary", has_text="Demander une pièce").click()
    officer.write("Ce qui manque", "Il manque le relevé d’identité bancaire.")
    officer.write("À fournir avant le", "2026-12-23")
    officer.click("Envoyer la demande")
    asked = last_mail(ASSOCIATION)
    assert plain(asked.subject) == "Dossier AAP-2027-001 : il manque une pièce"
    assert "Il manque le relevé d’identité bancaire." in asked.body
    play.hands(paris(2026, 12, 17, 20))
    zoe.open(link_in(asked))
    zoe.reads("Il manque une pièce", "avant le mercredi 23 décembre 2026")
    zoe.follow("Répondre", exact=True)
    zoe.page.locator("textarea").fill("Le voici.")
    zoe.page.locator("input[type=file]").set_input_files(pdf("rib.pdf"))
    zoe.click("Envoyer la réponse")
    zoe.reads("Votre réponse est envoyée")
    play.hands(paris(2026, 12, 18, 9))
    officer.open(link_in(last_mail(OFFICER)))
    officer.reads("Le voici.", "rib.pdf")
    officer.click("Déclarer recevable")
    assert play.application.state == "admissible"


# ---------------------------------------------------------------------------------------------- 5 opinions
def give_opinions(play: Play) -> None:
    """Each funder writes its own; neither the other nor the officer reads it before they are shared."""
    play.hands(paris(2027, 1, 11, 14))
    state, caf, officer = play[STATE], play[CAF], play[OFFICER]
    state.sign_in(STATE)
    write_opinion(state, "favorable", "Un projet utile et bien préparé.", "15 000")
    caf.sign_in(CAF)
    caf.open(f"/bureau/dossiers/{play.application.code}/")
    caf.does_not_read("Un projet utile et bien préparé")
    write_opinion(caf, "réservé", "Le lieu reste à confirmer.", "5 000")
    state.open(f"/bureau/dossiers/{play.application.code}/")
    state.does_not_read("Le lieu reste à confirmer")
    officer.open(f"/bureau/dossiers/{play.application.code}/")
    officer.reads("2 avis écrits")
    officer.does_not_read("Le lieu reste à confirmer", "Un projet utile")
    officer.open("/bureau/appels/2027/")
    officer.click("Partager les avis")
    state.open(f"/bureau/dossiers/{play.application.code}/")
    state.reads("Le lieu reste à confirmer", "5 000 €")


def write_opinion(funder: Visitor, verdict: str, reason: str, amount: str) -> None:
    funder.open("/bureau/appels/2027/dossiers/")
    funder.follow("Repair café du Sablar")
    panel = funder.page.locator("#avis")
    panel.get_by_label(verdict, exact=True).check(force=True)
    funder.write("Pourquoi", reason, within=panel)
    funder.write("Vous proposez", amount, within=panel)
    funder.click("Enregistrer mon avis", within=panel)
    funder.reads("est enregistré")


# ---------------------------------------------------------------------------------------------- 6 the committee
def decide(play: Play) -> None:
    play.hands(paris(2027, 2, 10, 10))
    officer, elected = play[OFFICER], play[ELECTED]
    another_took_most_of_it("État", left_cents=1_200_000)
    officer.open("/bureau/appels/2027/")
    officer.click("Ouvrir le comité")
    elected.sign_in(ELECTED)
    elected.open("/bureau/appels/2027/comite/projection/")
    elected.reads("Qui finance quoi", "à décider")
    assert elected.page.locator("input:not([type=hidden]), form[action*=comite]").count() == 0
    officer.open("/bureau/appels/2027/comite/")
    type_in_cell(officer, "État", "15 000")
    officer.reads("il manque 3 000 €", "Rien n’a été écrit")
    assert cell(officer, "État").input_value() == "15 000"  # what was typed is kept
    officer.look()
    assert not play.application.lines.filter(decided_cents__isnull=False).exists()
    type_in_cell(officer, "État", "12 000")
    officer.page.locator(".cell.done .val", has_text="12 000").wait_for(state="attached")
    type_in_cell(officer, "CAF", "5 000")
    officer.page.locator(".cell.done .val", has_text="5 000").wait_for(state="attached")
    officer.look()
    assert play.application.state == "decided"
    elected.page.get_by_text("tout est décidé").wait_for()  # the wall follows by itself
    elected.reads("17 000")
    elected.look()


def another_took_most_of_it(short_name: str, *, left_cents: int) -> None:
    """The envelope gave to somebody else before: it is nearly empty when the committee opens."""
    from faubourg.accounts.models import User
    from faubourg.funding.services import commit

    envelope = Envelope.objects.get(short_name=short_name)
    commit(envelope, envelope.amount_cents - left_cents, thing="elsewhere", by=User.objects.get(email=OFFICER))


def cell(officer: Visitor, column: str) -> Any:
    return officer.page.get_by_label(f"{column}, Repair café du Sablar : montant décidé")


def type_in_cell(officer: Visitor, column: str, text: str) -> None:
    with officer.page.expect_response(re.compile("/comite/D")) as answer:
        cell(officer, column).fill(text)
        cell(officer, column).press("Enter")
    assert answer.value.status in (200, 422)


# ---------------------------------------------------------------------------------------------- 7 letters
def send_letters(play: Play) -> None:
    """Deciding and telling are two acts; the letter is read before it leaves."""
    officer, zoe = play[OFFICER], play[ASSOCIATION]
    zoe.open("/dossiers/")
    zoe.does_not_read("12 000")
    play.hands(paris(2027, 2, 12, 9))
    officer.open("/bureau/appels/2027/lettres/")
    officer.click("Préparer 1 lettre")
    officer.reads("1 lettre est prête", "Rien n’est parti")
    assert plain(last_mail(ASSOCIATION).subject) == "Dossier AAP-2027-001 : il manque une pièce"
    officer.page.locator("summary", has_text=f"Courrier à {ASSOCIATION}").click()
    officer.reads("Dossier AAP-2027-001 : la décision du comité")
    with officer.page.expect_download() as download:
        officer.find("La lettre en PDF", role="link").click()
    told = words(download.value.path().read_bytes())
    assert all(text in told for text in ("Votre projet est soutenu", "12 000 €", "5 000 €", "17 000 €"))
    officer.open("/bureau/courrier/")
    officer.reads("la décision du comité")
    officer.open("/bureau/appels/2027/lettres/")
    officer.tick("J’ai relu ces lettres")
    officer.click("Envoyer 1 lettre")
    decision = last_mail(ASSOCIATION)
    assert plain(decision.subject) == "Dossier AAP-2027-001 : la décision du comité"
    assert [name for name, _, _ in decision.attachments] == ["decision-AAP-2027-001.pdf"]
    zoe.open(link_in(decision))
    zoe.reads("La décision", "12 000 €", "5 000 €")


# ---------------------------------------------------------------------------------------------- 8 the public result
def publish_results(play: Play) -> None:
    play.hands(paris(2027, 2, 20, 9))
    passer = play.visitor("anybody")
    passer.open("/appels-a-projets/")
    passer.does_not_read("Repair café du Sablar")
    play[OFFICER].open("/bureau/appels/2027/lettres/")
    play[OFFICER].click("Publier les résultats")
    assert Call.objects.get().state == "announced"
    passer.open("/appels-a-projets/2027/resultats/")
    passer.reads("17 000 € pour 1 projet", "Repair café du Sablar", "Les Voisins du Sablar")
    passer.reads(
        "Qui finance",
        "État, préfecture des Landes",
        "12 000 €",
        "Caisse d’allocations familiales des Landes",
        "5 000 €",
    )
    passer.reads("Pour quels objectifs", "Grandir et apprendre", "Dans quels quartiers", "Le Sablar")
    passer.reads("Où se passent les projets")
    assert passer.page.locator("svg path").count() >= 3  # the three outlines; the same is said as a list
    passer.open("/quartiers/")
    assert passer.page.locator("svg path").count() >= 3
    passer.reads("Le Sablar", "Cuyès", "Le Gond")
    passer.open("/projets/")
    passer.follow("Repair café du Sablar")
    passer.reads("Réparer ensemble ce qui est cassé, une fois par mois.", "17 000 €")
    passer.open("/")


def the_journal_is_whole(play: Play) -> None:
    """Each step is there, by code; no name, no address."""
    deeds = list(Entry.objects.filter(thing=play.application.code).order_by("pk").values_list("verb", flat=True))
    assert deeds == [
        "start", "attach", "submit", "ask_for_piece", "attach", "answer_request", "admit", "write_opinion",
        "write_opinion", "close_decision", "prepare_letter", "notify",
    ]  # fmt: skip
    assert verify() == []
    assert not Entry.objects.filter(actor__contains="@").exists()
