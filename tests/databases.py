"""One more empty database beside the tests' own, on the same kind of server: for commands that make everything."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import environ
from django.db import ConnectionHandler
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """The address of a database of its own: a file in the folder, or one more on the runner's PostgreSQL."""
    server = os.environ.get("FAUBOURG_TEST_DATABASE_URL")
    if not server:
        yield f"sqlite:///{folder / 'faubourg.sqlite3'}"
        return
    import psycopg

    name = f"more_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server.rpartition('/')[0]}/{name}"
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def connected(address: str) -> Iterator[BaseDatabaseWrapper]:
    """A connection of Django's to that database."""
    handler = ConnectionHandler({"default": environ.Env.db_url_config(address)})
    try:
        yield handler["default"]
    finally:
        handler["default"].close()


def environment(address: str, home: Path, **more: str) -> dict[str, str]:
    """What a command started by a test should see: production's settings, this database, this home."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FAUBOURG_", "DJANGO_"))}
    return {**kept, "DATABASE_URL": address, "FAUBOURG_HOME": str(home), **more}
