"""What holds for every test: fixed clock, closed network, strict templates and queries, triggers in place.

- The clock stands at ``NOW`` (Monday 23 November 2026, 10:00 in Paris);
  ``@pytest.mark.clock(paris(2027, 1, 15))`` sets another instant, ``@pytest.mark.clock(None)`` lets it run,
  ``with clock.at(...)`` moves it inside a test.
- Tables are made from the models (no migrations), then every room's TRIGGERS are run; one test migrates.
- ``@pytest.mark.django_db(transaction=True)`` works too: the triggers are lifted while tables are emptied.
- Background tasks run at once, on commit: use ``django_capture_on_commit_callbacks(execute=True)``.
"""

import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unittest import mock

import pytest
from django.core.cache import caches
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from faubourg.core import clock
from faubourg.core.triggers import lifted, put_in_place
from tests import parts, strict

NOW = clock.paris(2026, 11, 23, 10)


@pytest.fixture(autouse=True)
def the_clock(request: pytest.FixtureRequest) -> Iterator[datetime]:
    marker = request.node.get_closest_marker("clock")
    instant = marker.args[0] if marker else NOW
    if instant is None:
        yield clock.now()
        return
    with clock.at(instant):
        yield instant


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What a process keeps for a minute is forgotten from one test to the next; no page of editors is in the menu."""
    caches["process"].clear()
    caches["process"].set("website.menu", [], None)


@pytest.fixture(autouse=True, scope="session")
def strict_house() -> Iterator[None]:
    with (
        strict.unordered_is_shuffled(),
        strict.only_told_cookies(),
        strict.closed_network(),
        strict.ctrl_c_is_heard(),
    ):
        yield


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Django's tables, then the rooms' triggers; and a flush that the triggers let through."""
    if request.config.getvalue("nomigrations"):
        with django_db_blocker.unblock():
            put_in_place(connection)
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_all_the_same(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        with lifted(self.connection):
            flush(self, sql_list)

    with mock.patch.object(BaseDatabaseOperations, "execute_sql_flush", flush_all_the_same):
        yield
    if connection.vendor == "postgresql":  # a connection that some thread kept would hold the database
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests of a process: a second driver beside the first one will not start.

    Its driver leaves a loop in this thread, at which Django would take fright.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver, mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"):
        chromium = driver.chromium.launch(executable_path=parts.chromium(), args=["--no-sandbox"])
        yield chromium
        chromium.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys wait for a browser; they are named as not run where there is none."""
    if parts.chromium():
        return
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.skip(reason="Chromium est introuvable (apt install chromium)"))
