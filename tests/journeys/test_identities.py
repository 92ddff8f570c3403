"""A resident comes in by a provider's own page, gives up once, leaves the identity; in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, expect

from faubourg.accounts.models import User
from tests.factories import identities
from tests.factories.identities import Provider
from tests.journeys.visitor import NARROW, Visitor

pytestmark = [pytest.mark.journey, pytest.mark.once]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with identities.running() as one, override_settings():
        agents = one.settings(note="pour les agents publics")
        residents = one.settings("franceconnect", "FranceConnect", note="pour les habitants", trust_email=False)
        identities.set_up(settings, agents, residents)
        one.knows("lea", email="lea@exemple.fr", given_name="Léa", usual_name="Martin")
        yield one


@pytest.fixture
def lea(browser: Browser, address: str, hands: Any, provider: Provider) -> Iterator[Visitor]:
    with override_settings(BASE_URL=address):
        one = Visitor(browser, address, "Léa", width=NARROW)
        one.context.route(
            "**/*.css", lambda route: route.abort() if "jsdelivr" in route.request.url else route.continue_()
        )
        yield one
        one.leave()


def at_the_provider(lea: Visitor, provider: Provider) -> None:
    """The provider's page is not ours to judge; that the browser let the form lead there is."""
    expect(lea.page).to_have_url(re.compile(f"^{re.escape(provider.address)}/oauth2/authorize"))


def comes_back(lea: Visitor, gesture: str) -> None:
    if gesture == "Authorize":
        lea.page.get_by_placeholder("sub").fill("lea")
    lea.page.get_by_role("button", name=gesture, exact=True).click()
    lea.page.wait_for_url(f"{lea.address}/**")
    lea.said.clear()  # what was fetched was the provider's page; a refusal that is shown is an answer


@pytest.mark.django_db(transaction=True)
def test_coming_in_by_a_provider(lea: Visitor, provider: Provider) -> None:
    page = lea.page
    lea.open("/entrer/?next=/mon-compte/")

    lea.find("Avec ProConnect").click()
    at_the_provider(lea, provider)
    comes_back(lea, "Deny")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vous n’êtes pas entré")
    lea.look()

    lea.follow("Les autres façons d’entrer")
    lea.find("Avec FranceConnect").click()
    at_the_provider(lea, provider)
    comes_back(lea, "Authorize")
    expect(page.get_by_role("heading", level=1)).to_have_text("Encore une étape")
    expect(page.get_by_label("Votre adresse électronique")).to_have_value("lea@exemple.fr")
    lea.look()

    lea.open("/entrer/?next=/mon-compte/")
    lea.find("Avec ProConnect").click()
    at_the_provider(lea, provider)
    comes_back(lea, "Authorize")
    expect(page).to_have_url(re.compile("/mon-compte/$"))
    lea.look()
    assert User.objects.get().name == "Léa Martin"

    lea.click("Retirer ProConnect")
    lea.reads("L’identité est retirée. Le lien par courriel ouvre toujours votre compte.")
    lea.find("Relier FranceConnect").click()
    at_the_provider(lea, provider)
    comes_back(lea, "Authorize")
    lea.reads("FranceConnect ouvre maintenant votre compte.")
    lea.look()
