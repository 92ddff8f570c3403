from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.factories import identities
from tests.factories.identities import Provider, set_up


@pytest.fixture(scope="session")
def server() -> Iterator[Provider]:
    with identities.running() as provider:
        yield provider


@pytest.fixture
def provider(server: Provider, settings) -> Provider:
    """One that the town has set, and believes for addresses. Claire is known there."""
    cache.clear()  # a code of an application serves once
    fresh = Provider(address=server.address)
    server.__dict__.update(fresh.__dict__)
    server.knows("claire", email="claire@exemple.fr", given_name="Claire", usual_name="Lafitte")
    settings.LOGIN_REDIRECT_URL = "accounts:me"
    settings.BASE_URL = "http://testserver"
    set_up(settings, server.settings())
    return server
