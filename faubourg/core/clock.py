"""The one clock of the house: every service asks it, so that the demo world and the tests can set it.

Instants are aware and in UTC inside; Europe/Paris only at the edge (forms, templates, letters).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")
_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _set.get() or timezone.now()


def today() -> date:
    """The present day in Paris, the day that deadlines speak of."""
    return now().astimezone(PARIS).date()


def paris(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """The instant at which clocks in Paris show this time."""
    return datetime(year, month, day, hour, minute, tzinfo=PARIS)


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Set the clock for the block: ``with clock.at(paris(2027, 1, 15, 17)): submit(...)``."""
    if timezone.is_naive(instant):
        raise ValueError("the clock takes aware instants only")
    token = _set.set(instant)
    try:
        yield
    finally:
        _set.reset(token)
