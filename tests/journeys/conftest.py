"""A server with real threads on a real port, a browser, and people in front of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser

from faubourg.core import clock
from tests.journeys.clockwork import HANDS
from tests.journeys.visitor import Visitor


@pytest.fixture(scope="session")
def address(django_db_setup: None) -> Iterator[str]:
    """The whole application on a port of its own, on the tests' database, at the hour of the house's clock."""
    middleware = ["tests.journeys.clockwork.Clockwork", *settings.MIDDLEWARE]
    server = LiveServerThread("127.0.0.1", StaticFilesHandler, connections_override={})
    server.daemon = True
    with override_settings(MIDDLEWARE=middleware):
        server.start()
        server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


@pytest.fixture
def hands(the_clock: datetime) -> Iterator[Callable[[datetime], None]]:
    """Moves the clock of the server and of the test to another instant: ``hands(paris(2026, 12, 15))``."""
    HANDS.instant = the_clock

    def move(instant: datetime) -> None:
        HANDS.instant = instant
        clock._set.set(instant)

    yield move
    HANDS.instant = None
    clock._set.set(the_clock)


@pytest.fixture
def visitor(browser: Browser, address: str, hands: Any) -> Iterator[Callable[..., Visitor]]:
    """``visitor("Nadège")``: somebody with a browser of her own; ``script=False`` for one without script."""
    came: list[Visitor] = []

    def enter(name: str, **more: Any) -> Visitor:
        came.append(Visitor(browser, address, name, **more))
        return came[-1]

    with override_settings(BASE_URL=address):
        yield enter
    for one in came:
        one.leave()


@contextmanager
def standing(blocker: Any, build: Callable[[], Any]) -> Iterator[Any]:
    """Rows that stand, committed, for all tests of a module; then the tables are emptied."""
    with blocker.unblock():
        try:
            yield build()
        finally:
            call_command("flush", verbosity=0, interactive=False)
