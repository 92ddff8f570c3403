"""The house's clock for the live server.

Its threads have nothing of the test's context: they read the hands that the test moves. A middleware sets
``core.clock`` from them for the time of one request, so that pages, services and the tasks that they set off all
live at that instant, as they do in the other tests.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from faubourg.core import clock


@dataclass
class Hands:
    """Where the clock stands for the whole house; None lets it run."""

    instant: datetime | None = None


HANDS = Hands()


class Clockwork:
    """The outermost middleware of the journeys' server."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if HANDS.instant is None:
            return self.get_response(request)
        with clock.at(HANDS.instant):
            return self.get_response(request)
