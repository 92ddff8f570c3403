"""The daily run: each open room's daily work, from the cards. One that fails does not stop the others."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from faubourg.core import clock
from faubourg.core.cards import cards, load

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What one room's daily work came to; ``treated`` is None when it failed."""

    path: str
    treated: int | None


def run() -> list[Done]:
    """Every room's work, ground floor first, what is done often too; remembered as today's."""
    outcome = [_one(path) for card in cards() for path in (*card.often, *card.daily)]
    _memory().write_text(json.dumps({"day": clock.today().isoformat()}))
    return outcome


def prepare() -> None:
    """Load what the cards name, before threads would at the same moment."""
    for card in cards():
        for path in (*card.often, *card.daily):
            load(path)


def run_often() -> list[Done]:
    """What the rooms do every minute, each by itself."""
    return [_one(path) for card in cards() for path in card.often]


def run_if_due() -> list[Done]:
    """The same, once a day (in Paris), whoever asks and however often."""
    with _alone() as first:
        if not first or last_run() == clock.today():
            return []
        return run()


def last_run() -> date | None:
    """The day of the last run; None before the first one."""
    try:
        return date.fromisoformat(json.loads(_memory().read_text())["day"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def _one(path: str) -> Done:
    try:
        return Done(path, int(load(path)() or 0))
    except Exception:
        log.exception("daily: %s failed", path)
        return Done(path, None)


def _memory() -> Path:
    home: Path = settings.HOME
    home.mkdir(parents=True, exist_ok=True)
    return home / "daily.json"


@contextmanager
def _alone() -> Iterator[bool]:
    """True for one process at a time: two workers do not both run the day."""
    import fcntl

    with _memory().with_suffix(".lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
