"""What cannot be read keeps a person on its step, saved or not, with the focus on what is left to correct."""

from typing import Any

import pytest
from playwright.sync_api import expect

from faubourg.calls import services
from faubourg.calls.models import Application
from tests.factories import calls as call_factory


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False])
def test_an_unreadable_number_keeps_the_person_on_its_step(visitor: Any, script: bool) -> None:
    application = call_factory.draft()
    her = visitor("her", script=script)
    her.is_signed_in(call_factory.signer_of(application.organisation))
    her.open(f"/dossiers/{application.code}/etape/public/")
    for _ in range(2):  # the second time nothing has changed, not even for the server
        her.page.get_by_label("Combien de personnes attendez-vous ?").fill("beaucoup")
        if script:
            her.page.keyboard.press("Tab")
            her.reads("Écrivez un nombre entier", "Enregistré à")
        her.click("Enregistrer et continuer")
        her.reads("Étape 2 sur 5", "Il reste 1 chose à corriger")
        assert her.page.locator("#a-corriger:focus").count() == 1
    assert Application.objects.get().typed == {"people_expected": "beaucoup"}


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("script", [True, False])
def test_a_letter_in_an_amount_is_corrected_by_one_button(visitor: Any, script: bool) -> None:
    """In place with script, by the server without; the button of the one does not take the key of the other."""
    application = call_factory.draft()
    her = visitor("her", script=script)
    her.is_signed_in(call_factory.signer_of(application.organisation))
    her.open(f"/dossiers/{application.code}/etape/budget/")
    rent, cover = her.page.locator("[name='b-613']"), her.page.locator("[name='b-616']")
    rent.fill("3OO")
    if script:
        cover.focus()
        her.reads("Vouliez-vous écrire 300 ?")
    else:
        her.leads_on(lambda: rent.press("Enter"))
        her.leads_on(lambda: cover.press("Enter"))  # what Enter presses corrects nothing by itself
    assert rent.input_value() == "3OO"
    fix = her.find("Oui, corriger")
    if script:
        fix.click()
        expect(her.page.get_by_text("Vouliez-vous écrire")).to_have_count(0)
        her.look()
    else:
        her.leads_on(fix.click)
    assert (rent.input_value(), her.page.locator("[name='b-613']:focus").count()) == ("300", 1)
    expect(her.page.locator("[data-saved]")).to_contain_text("Enregistré à")
    assert [line.amount_cents for line in application.budget.lines.all()] == [30_000]


@pytest.mark.journey
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_button_drawn_by_the_server_corrects_in_place_too(visitor: Any) -> None:
    application = call_factory.draft()
    signer = call_factory.signer_of(application.organisation)
    services.save_field(application, "b-613", "3OO", by=signer)
    her = visitor("her")
    her.is_signed_in(signer)
    her.open(f"/dossiers/{application.code}/etape/budget/")
    her.find("Oui, corriger").click()
    expect(her.page.locator("[name='b-613']:focus")).to_have_value("300")
    expect(her.page.get_by_role("button", name="Oui, corriger")).to_have_count(0)
    expect(her.page.locator("[data-total='61']")).to_contain_text("300")
    expect(her.page.locator("[data-saved]")).to_contain_text("Enregistré à")
    assert [line.amount_cents for line in application.budget.lines.all()] == [30_000]
