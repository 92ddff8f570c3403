"""Public codes: what a person reads in an address, a letter or the journal. Never a primary key."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.crypto import salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: a code is read aloud on the phone
_draw: ContextVar[random.Random | None] = ContextVar("draw", default=None)


def new_code(prefix: str, length: int = 8) -> str:
    """A code that cannot be guessed: ``new_code("U")`` gives ``U-7FK3M9QX`` (31**8, about 39 bits)."""
    choice = (_draw.get() or secrets).choice
    return f"{prefix}-{''.join(choice(ALPHABET) for _ in range(length))}"


@contextmanager
def drawn_from(source: random.Random) -> Iterator[None]:
    """Codes of the block come out of ``source``: the example world is the same on every machine."""
    token = _draw.set(source)
    try:
        yield
    finally:
        _draw.reset(token)


def hidden_key(key: str, prefix: str, version: int) -> str:
    """What a cache's table shows of a key: a fingerprint, since a count of tries is named by whose they are."""
    return salted_hmac("faubourg.core.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
