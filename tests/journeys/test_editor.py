"""An editor writes a page and a story: the desk of a library, the site as a neighbour reads it on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from faubourg.accounts.models import User
from faubourg.partners.enums import Role
from faubourg.website.models import HomePage, StoryListPage
from tests.factories.documents import picture_of
from tests.factories.partners import OrganisationFactory, member
from tests.journeys.visitor import NARROW, Visitor
from tests.website.town import ground

pytestmark = [pytest.mark.journey, pytest.mark.once]


@pytest.fixture
def lison(visitor: Callable[..., Visitor], transactional_db: None) -> Visitor:
    ground()
    who: User = member(Role.EDITOR, OrganisationFactory.create(name="Communication"))
    one = visitor("Lison")
    one.is_signed_in(who)
    return one


def test_an_editor_writes_and_a_neighbour_reads(lison: Visitor, visitor: Callable[..., Visitor]) -> None:
    page = lison.page
    page.goto("/bureau/")  # not ``open``: the library's desk moves its blocks by the browser's clock
    lison.look()
    page.get_by_role("link", name="Site public").first.click()
    expect(page).to_have_url(re.compile("/redaction/$"))

    writes_a_page(page)
    neighbour = visitor("Voisin", width=NARROW, script=False)
    neighbour.open("/")
    neighbour.page.locator("summary", has_text="Menu").click()
    neighbour.follow("La maison du projet", within=neighbour.page.get_by_role("navigation", name="Menu"))
    neighbour.reads("Ouverte le mercredi, de 14 h à 18 h.", "Prochaines dates")

    sends_a_photo(page)
    tells_a_story(page)
    neighbour.open("/")
    neighbour.reads("Le vélo réparé", "Crédit : Ville de Dax")
    neighbour.follow("Le vélo réparé")
    expect(neighbour.page.get_by_alt_text("Un vélo bleu devant un hangar")).to_be_visible()
    assert lison.said == []


def writes_a_page(page: Page) -> None:
    """With a block of text, one that counts by itself, a look beforehand, a place in the menu."""
    page.goto(f"/redaction/pages/add/website/freepage/{HomePage.objects.get().pk}/")
    page.get_by_placeholder("Titre de la page*").fill("La maison du projet")
    adds_a_block(page, "Texte")
    page.locator(".public-DraftEditor-content").click()
    page.keyboard.type("Ouverte le mercredi, de 14 h à 18 h.")
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("18 h"))  # handed over a bit later
    adds_a_block(page, "Les dates")
    page.locator("[data-side-panel-toggle=preview]").click()
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.get_by_text("Ouverte le mercredi, de 14 h à 18 h.")).to_be_visible()
    expect(shown.get_by_role("heading", name="Prochaines dates")).to_be_visible()
    page.locator("[data-side-panel-toggle=preview]").click()
    page.get_by_role("tab", name="Promotion").click()
    page.get_by_role("checkbox", name="Dans le menu").check()
    publishes(page)


def adds_a_block(page: Page, name: str) -> None:
    page.get_by_role("button", name="Insérer un bloc").last.click()
    page.get_by_role("option", name=name, exact=True).click()


def publishes(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="Plus d'actions").click()
    page.get_by_role("button", name="Publier", exact=True).click()
    expect(page.get_by_role("link", name="Visualiser la version publiée")).to_be_visible()


def sends_a_photo(page: Page) -> None:
    """Refused as long as it does not say what it shows, whose it is, and that it may be shown."""
    page.goto("/redaction/images/add/")
    picture = {"name": "velo.jpg", "mimeType": "image/jpeg", "buffer": picture_of((900, 600), "JPEG")}
    page.locator("#id_file").set_input_files(picture)
    page.locator("#id_title").fill("Vélo")
    page.locator("#id_description").fill("Un vélo bleu devant un hangar")
    page.locator("#id_credit").fill("Ville de Dax")
    page.get_by_role("button", name="Transférer").click()
    expect(page.get_by_text("Sans cet accord, la photo ne peut pas être publiée.")).to_be_visible()
    page.locator("#id_is_agreed").check()
    page.locator("#id_file").set_input_files(picture)
    page.get_by_role("button", name="Transférer").click()
    expect(page).to_have_url(re.compile("/redaction/images/$"))


def tells_a_story(page: Page) -> None:
    page.goto(f"/redaction/pages/add/website/storypage/{StoryListPage.objects.get().pk}/")
    page.get_by_placeholder("Titre de la page*").fill("Le vélo réparé")
    page.get_by_role("button", name="Choisir une image").click()
    page.get_by_role("link", name="Vélo").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    publishes(page)
