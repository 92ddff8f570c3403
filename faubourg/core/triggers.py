"""Promises that a constraint cannot say are database triggers, written for both databases side by side."""

# ruff: noqa: S608  the statements are made of the rooms’ own words
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class KeptSum:
    """``parent.total`` is the sum of ``cents`` over the ``child`` rows that point to it by ``key``.

    It is always reckoned again, never added up by a caller: an UPDATE that writes another figure there has no effect.
    ``where`` says in SQL which rows count; ``moves`` are the columns that it reads. A child keeps its parent.

    On SQLite, a later migration that rebuilds one of the two tables drops its triggers: it must run them again.
    """

    parent: str
    total: str
    child: str
    key: str
    cents: str
    where: str = ""
    moves: tuple[str, ...] = ()

    def trigger(self, name: str) -> Trigger:
        undo_sqlite = tuple(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in (*self._parents, *self._children))
        undo_postgresql = (
            f"DROP TRIGGER IF EXISTS {self.parent}_reckons ON {self.parent}",
            f"DROP TRIGGER IF EXISTS {self.child}_counts ON {self.child}",
        )
        return Trigger(name, self._sqlite(), self._postgresql(), undo_sqlite, undo_postgresql)

    @property
    def _parents(self) -> dict[str, str]:
        """SQLite's triggers on the parent: name -> event."""
        return {f"{self.parent}_insert": "INSERT", f"{self.parent}_update": f"UPDATE OF {self.total}"}

    @property
    def _children(self) -> dict[str, str]:
        moved = ", ".join((self.cents, *self.moves))
        events = {"insert": "INSERT", "update": f"UPDATE OF {moved}", "delete": "DELETE"}
        return {f"{self.child}_{name}": event for name, event in events.items()}

    def _reckoned(self, parent: str) -> str:
        """SQL: the sum of this parent's children."""
        counts = f" AND {self.where}" if self.where else ""
        return f"(SELECT COALESCE(SUM({self.cents}), 0) FROM {self.child} WHERE {self.key} = {parent}{counts})"

    def _sqlite(self) -> tuple[str, ...]:
        """A figure that is not the sum is put right at once: a trigger cannot change NEW there."""
        true, update = self._reckoned("NEW.id"), f"UPDATE {self.parent} SET {self.total} ="
        reckons = [
            f"CREATE TRIGGER {name} AFTER {event} ON {self.parent} WHEN NEW.{self.total} <> {true}"
            f" BEGIN {update} {true} WHERE id = NEW.id; END"
            for name, event in self._parents.items()
        ]
        rows = {name: f"{'OLD' if event == 'DELETE' else 'NEW'}.{self.key}" for name, event in self._children.items()}
        counts = [
            f"CREATE TRIGGER {name} AFTER {event} ON {self.child}"
            f" BEGIN {update} {self._reckoned(rows[name])} WHERE id = {rows[name]}; END"
            for name, event in self._children.items()
        ]
        return (*reckons, *counts)

    def _postgresql(self) -> tuple[str, ...]:
        """A child touches its parent, whose own trigger reckons."""
        function = "CREATE OR REPLACE FUNCTION {}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {}; END $$"
        reckon = f"NEW.{self.total} := {self._reckoned('NEW.id')}; RETURN NEW"
        row = f"COALESCE(NEW.{self.key}, OLD.{self.key})"
        touch = f"UPDATE {self.parent} SET {self.total} = {self.total} WHERE id = {row}"
        written, moved = " OR ".join(self._parents.values()), " OR ".join(self._children.values())
        each = "FOR EACH ROW EXECUTE FUNCTION"
        return (
            function.format(f"{self.parent}_reckon", reckon),
            function.format(f"{self.child}_touch", f"{touch}; RETURN NULL"),
            f"CREATE TRIGGER {self.parent}_reckons BEFORE {written} ON {self.parent} {each} {self.parent}_reckon()",
            f"CREATE TRIGGER {self.child}_counts AFTER {moved} ON {self.child} {each} {self.child}_touch()",
        )


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
