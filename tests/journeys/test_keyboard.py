"""By keyboard alone, from the door of the application to its receipt: no hand leaves the keys."""

import re
from typing import Any

import pytest

from faubourg.calls.models import Application
from faubourg.partners.enums import Role
from tests.factories import calls as call_factory
from tests.factories.partners import OrganisationFactory, member
from tests.journeys.ground import pdf
from tests.journeys.visitor import Visitor

FOCUSED = "selector => document.activeElement.matches(selector)"
SHOWN = "() => document.activeElement.matches(':focus-visible')"
ENOUGH = 150  # Tab so many times and you are lost


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_an_application_is_written_and_signed_by_keyboard(visitor: Any) -> None:
    call_factory.open_call(code="2027")
    signer = member(Role.SIGNER, OrganisationFactory.create(name="Roue libre 40"))
    keys = Keys(visitor("her"))
    keys.her.is_signed_in(signer)
    keys.her.open("/dossiers/nouveau/2027/")
    keys.press_on("button.btn:text('Commencer')")
    write_the_project(keys)
    write_the_public(keys)
    write_the_budget(keys)
    attach_the_statutes(keys)
    keys.to("[name=sworn]", " ")
    keys.press_on("button:text('Signer et envoyer')")
    keys.her.reads("Votre dossier est déposé", "AAP-2027-001")
    assert Application.objects.get().state == "submitted"
    keys.to("a:text('Télécharger')")
    with keys.her.page.expect_download() as receipt:
        keys.board.press("Enter")
    assert receipt.value.suggested_filename == "accuse-de-reception-AAP-2027-001.pdf"


def write_the_project(keys: "Keys") -> None:
    """The first Tab of a page offers to skip to its content."""
    keys.board.press("Tab")
    assert keys.is_on("a.skip")
    keys.board.press("Enter")
    assert keys.her.page.evaluate(FOCUSED, "#contenu")
    keys.to("[name=title]", "Atelier vélo solidaire")
    keys.to("[name=summary]", "Réparer ensemble les vélos du quartier.")
    keys.to("[name=objectives]", " ")
    for _ in range(5):
        keys.to("textarea[name^='q-']", "Notre réponse.")
    keys.press_on("button:text('Enregistrer et continuer')")


def write_the_public(keys: "Keys") -> None:
    keys.to("[name=public]", "Habitants de tous âges")
    keys.to("[name=people_expected]", "120")
    keys.to("[name=people_qpv]", "90")
    keys.to("[name=neighbourhoods]", " ")
    keys.to("[name=starts_on]", "02022027")  # the same day whichever way round a browser asks it
    keys.to("[name=ends_on]", "12122027")
    keys.press_on("button:text('Enregistrer et continuer')")


def write_the_budget(keys: "Keys") -> None:
    for name, text in {"b-601": "5 000", "b-641": "1 000", "b-756": "1 000"}.items():
        if name == "b-756":
            keys.to("[name^='asked-']", "3 000")
            keys.to("[name^='asked-']", "2 000")
        keys.to(f"[name='{name}']", text)
    keys.press_on("button:text('Enregistrer et continuer')")


def attach_the_statutes(keys: "Keys") -> None:
    keys.to("[name=file]")
    with keys.her.page.expect_file_chooser() as chooser:
        keys.board.press("Enter")
    chooser.value.set_files(pdf("statuts.pdf"))
    keys.press_on("button:text('Joindre')")
    keys.her.reads("« statuts.pdf » est joint au dossier")
    keys.press_on("a.btn:text('Continuer')")


class Keys:
    """Tab, type, Enter. Each place that is reached shows that it has the focus."""

    def __init__(self, her: Visitor) -> None:
        self.her, self.board = her, her.page.keyboard
        her.page.on("filechooser", lambda chooser: None)  # from now on no window of the system opens

    def to(self, where: str, text: str = "") -> None:
        """Go on with Tab until the focus is there; type."""
        for _ in range(ENOUGH):
            self.board.press("Tab")
            if self.is_on(where):
                assert self.her.page.evaluate(SHOWN), f"the focus does not show on {where}"
                self.board.type(text)
                return
        pytest.fail(f"{where} is not reached by Tab at {self.her.where}")

    def is_on(self, where: str) -> bool:
        """Is the focus on it? « :text('…') » at the end asks for its words."""
        css, _, words = where.partition(":text('")
        page = self.her.page
        if not page.evaluate(FOCUSED, css):
            return False
        return not words or re.sub(r"'\)$", "", words) in str(page.evaluate("document.activeElement.innerText"))

    def press_on(self, where: str) -> None:
        self.to(where)
        self.her.leads_on(lambda: self.board.press("Enter"))
