"""What cannot be read keeps a person on its step, saved or not, with the focus on what is left to correct."""

from typing import Any

import pytest

from faubourg.calls.models import Application
from tests.factories import calls as call_factory


@pytest.mark.journey
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
