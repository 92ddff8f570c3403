"""What the letters about claims say."""

import pytest

from faubourg.core.typography import keep_together
from faubourg.notifications.models import Mail
from faubourg.partners import services
from faubourg.partners.enums import Role
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory, officer
from tests.partners.services.ground import paper

pytestmark = pytest.mark.django_db


def test_letters_carry_what_was_typed_as_it_was_typed():
    boss = officer()
    organisation = OrganisationFactory.create(name="L'été & <Cie>")
    claimed = services.claim(
        organisation, role=Role.SIGNER, title="trésorière d'été", proof=paper(), by=UserFactory.create()
    )
    services.refuse(claimed, "Ce n'est pas <votre> nom & pas le bon numéro.", by=boss)
    received, refused = Mail.objects.order_by("pk")
    assert received.subject == "L'été & <Cie>\u00a0: une demande à confirmer"
    assert "pour L'été & <Cie>, comme signataire (trésorière d'été)." in received.text
    assert f"/organismes/demandes/{claimed.code}/" in received.text
    assert keep_together("« Ce n'est pas <votre> nom & pas le bon numéro. »") in refused.text
    assert "<Cie>" not in received.html
