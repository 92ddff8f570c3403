"""Many people at the same moment: real threads, each with its own connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

DECIDERS = 32


def at_once(deed: Callable[[int], object], people: int = DECIDERS) -> list[object]:
    """What each of them got, the exception itself when there was one; all start together."""
    start = Barrier(people)

    def one(number: int) -> object:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            return deed(number)
        except Exception as refusal:  # the test looks at every one of them
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(one, range(people)))
