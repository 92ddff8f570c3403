"""Promises that a constraint cannot say are database triggers, written for both databases side by side."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from faubourg.core.cards import cards


class Trigger(Operation):
    """A migration operation: run the statements of the database at hand.

    ``sqlite`` and ``postgresql`` are tuples of statements; ``undo`` drops what they made.
    """

    reversible = True
    reduces_to_sql = True
    elidable = False

    def __init__(
        self,
        name: str,
        sqlite: tuple[str, ...],
        postgresql: tuple[str, ...],
        undo_sqlite: tuple[str, ...] = (),
        undo_postgresql: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.sqlite, self.postgresql = sqlite, postgresql
        self.undo_sqlite, self.undo_postgresql = undo_sqlite, undo_postgresql

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing in the models' state changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.run(schema_editor, self.sqlite, self.postgresql)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.run(schema_editor, self.undo_sqlite, self.undo_postgresql)

    @staticmethod
    def run(schema_editor: BaseDatabaseSchemaEditor, sqlite: tuple[str, ...], postgresql: tuple[str, ...]) -> None:
        for statement in sqlite if schema_editor.connection.vendor == "sqlite" else postgresql:
            schema_editor.execute(statement, params=None)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            self.__class__.__name__,
            [self.name, self.sqlite, self.postgresql, self.undo_sqlite, self.undo_postgresql],
            {},
        )

    def describe(self) -> str:
        return f"Trigger {self.name}"


def all_triggers() -> list[Trigger]:
    """The ``TRIGGERS`` of every open room's ``triggers.py``, ground floor first."""
    return [
        trigger
        for card in cards()
        if find_spec(f"{card.name}.triggers")
        for trigger in getattr(import_module(f"{card.name}.triggers"), "TRIGGERS", ())
    ]


def put_in_place(connection: BaseDatabaseWrapper) -> None:
    """Run every room's triggers on tables that were made without migrations (the tests' own)."""
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for trigger in all_triggers():
            for statement in trigger.sqlite if connection.vendor == "sqlite" else trigger.postgresql:
                cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For the block no trigger watches: for emptying a test's tables, never for a room's work."""
    with transaction.atomic(connection.alias):
        with connection.cursor() as cursor:
            for trigger in reversed(all_triggers()):
                for statement in trigger.undo_sqlite if connection.vendor == "sqlite" else trigger.undo_postgresql:
                    cursor.execute(statement)
        yield
        put_in_place(connection)
