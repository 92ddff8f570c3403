"""Wrong passwords are counted in the database's own table, for all processes, however many addresses are tried."""

from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.core.management import call_command
from django.db import connection

from faubourg.accounts import services
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

WORDS = "une phrase que nous gardons"
SIGN_IN = "/entrer/mot-de-passe/"


@pytest.fixture(autouse=True)
def _shared(settings: Any) -> None:
    """The installation's own cache, and a table for it."""
    settings.CACHES = {**settings.CACHES, "default": settings.SHARED_CACHE}
    call_command("createcachetable", verbosity=0)


def tried(client: Any, email: str, password: str) -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password})


def test_the_lock_holds_in_another_process_and_under_many_other_addresses(client):
    claire = UserFactory.create(email="claire@exemple.fr")
    services.set_password(claire, WORDS)
    for n in range(10):
        assert tried(client, claire.email, f"essai {n}").status_code == 422
    others = [f"another-address-{n}" for n in range(400)]  # more than the table keeps when nobody says how many
    for other in others:
        cache.set(other, [1.0])
    assert len(cache.get_many(others)) == 400  # no count was pushed out by another
    del caches["default"]  # what another process knows is what the table says
    assert tried(client, claire.email, WORDS).status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_table_holds_no_address_in_clear(client):
    tried(client, "claire@exemple.fr", "essai")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key, value FROM {settings.SHARED_CACHE['LOCATION']}")  # noqa: S608  our own name
        rows = cursor.fetchall()
    assert rows
    assert not [row for row in rows if "claire" in f"{row}" or "127.0.0.1" in f"{row}"]
