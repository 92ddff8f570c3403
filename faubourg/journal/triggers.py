"""The database itself refuses to change or to delete an entry, and to take the chain's end back."""

from faubourg.core.triggers import Trigger

REFUSAL = "the journal is append-only"
_ENTRY, _HEAD = "journal_entry", "journal_head"


def _sqlite(name: str, when: str, table: str, condition: str = "") -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} ON {table} {condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def _postgresql(name: str, when: str, table: str, each: str = "ROW", condition: str = "") -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} {condition} EXECUTE FUNCTION journal_refuse()"
    )


_FUNCTION = (
    "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)

# Once a trigger's name, what it refuses on both databases. TRUNCATE passes beside row triggers on PostgreSQL.
ENTRIES_STAND = Trigger(
    "journal_entries_stand",
    sqlite=(
        _sqlite("journal_entry_no_update", "UPDATE", _ENTRY),
        _sqlite("journal_entry_no_delete", "DELETE", _ENTRY),
    ),
    postgresql=(
        _FUNCTION,
        _postgresql("journal_entry_no_change", "UPDATE OR DELETE", _ENTRY),
        _postgresql("journal_entry_no_truncate", "TRUNCATE", _ENTRY, each="STATEMENT"),
    ),
    undo_sqlite=(
        "DROP TRIGGER IF EXISTS journal_entry_no_update",
        "DROP TRIGGER IF EXISTS journal_entry_no_delete",
    ),
    undo_postgresql=(
        f"DROP TRIGGER IF EXISTS journal_entry_no_change ON {_ENTRY}",
        f"DROP TRIGGER IF EXISTS journal_entry_no_truncate ON {_ENTRY}",
    ),
)
HEAD_GOES_FORWARD = Trigger(
    "journal_head_goes_forward",
    sqlite=(
        _sqlite("journal_head_no_return", "UPDATE", _HEAD, "WHEN NEW.number <= OLD.number"),
        _sqlite("journal_head_no_delete", "DELETE", _HEAD),
    ),
    postgresql=(
        _FUNCTION,
        _postgresql("journal_head_no_return", "UPDATE", _HEAD, condition="WHEN (NEW.number <= OLD.number)"),
        _postgresql("journal_head_no_delete", "DELETE", _HEAD),
        _postgresql("journal_head_no_truncate", "TRUNCATE", _HEAD, each="STATEMENT"),
    ),
    undo_sqlite=(
        "DROP TRIGGER IF EXISTS journal_head_no_return",
        "DROP TRIGGER IF EXISTS journal_head_no_delete",
    ),
    undo_postgresql=(
        f"DROP TRIGGER IF EXISTS journal_head_no_return ON {_HEAD}",
        f"DROP TRIGGER IF EXISTS journal_head_no_delete ON {_HEAD}",
        f"DROP TRIGGER IF EXISTS journal_head_no_truncate ON {_HEAD}",
    ),
)
TRIGGERS = (ENTRIES_STAND, HEAD_GOES_FORWARD)
