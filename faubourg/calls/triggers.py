"""The database itself keeps what an application asks in all: the sum of its lines, whoever writes, whatever way.

``calls_application.asked_cents`` is always reckoned again from the lines, never added up by a caller: an UPDATE
that writes another figure there has no effect. Lists then sum and sort ten thousand applications by an index.

On SQLite, a later migration that rebuilds one of the two tables drops its triggers: it must run TRIGGERS again.
"""

# ruff: noqa: S608  the statements are made of this file’s own words
from faubourg.core.triggers import Trigger


def _asked(application: str) -> str:
    """SQL: what the lines of this application ask."""
    return f"(SELECT COALESCE(SUM(asked_cents), 0) FROM calls_fundingline WHERE application_id = {application})"


def _sqlite_counts(event: str, row: str) -> str:
    name = event.partition(" ")[0].lower()
    return (
        f"CREATE TRIGGER calls_fundingline_{name} AFTER {event} ON calls_fundingline BEGIN"
        f" UPDATE calls_application SET asked_cents = {_asked(f'{row}.application_id')}"
        f" WHERE id = {row}.application_id; END"
    )


def _sqlite_reckons(event: str) -> str:
    """A figure that is not the sum is put right at once (a trigger cannot change NEW on SQLite)."""
    name = event.partition(" ")[0].lower()
    return (
        f"CREATE TRIGGER calls_application_{name} AFTER {event} ON calls_application"
        f" WHEN NEW.asked_cents <> {_asked('NEW.id')} BEGIN"
        f" UPDATE calls_application SET asked_cents = {_asked('NEW.id')} WHERE id = NEW.id; END"
    )


_RECKON_FUNCTION = (
    "CREATE OR REPLACE FUNCTION calls_reckon_asked() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN NEW.asked_cents := {_asked('NEW.id')}; RETURN NEW; END $$"
)
_TOUCH_FUNCTION = (  # the application's own trigger reckons
    "CREATE OR REPLACE FUNCTION calls_touch_application() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN UPDATE calls_application SET asked_cents = asked_cents"
    " WHERE id = COALESCE(NEW.application_id, OLD.application_id); RETURN NULL; END $$"
)
_RECKONS_POSTGRESQL = (
    "CREATE TRIGGER calls_application_reckons BEFORE INSERT OR UPDATE OF asked_cents ON calls_application"
    " FOR EACH ROW EXECUTE FUNCTION calls_reckon_asked()"
)
_COUNTS_POSTGRESQL = (
    "CREATE TRIGGER calls_fundingline_counts AFTER INSERT OR DELETE OR UPDATE OF asked_cents ON calls_fundingline"
    " FOR EACH ROW EXECUTE FUNCTION calls_touch_application()"
)

ASKED_IS_THE_SUM = Trigger(
    "calls_asked_is_the_sum",
    sqlite=(
        _sqlite_reckons("INSERT"),
        _sqlite_reckons("UPDATE OF asked_cents"),
        _sqlite_counts("INSERT", "NEW"),
        _sqlite_counts("UPDATE OF asked_cents", "NEW"),
        _sqlite_counts("DELETE", "OLD"),
    ),
    postgresql=(_RECKON_FUNCTION, _TOUCH_FUNCTION, _RECKONS_POSTGRESQL, _COUNTS_POSTGRESQL),
    undo_sqlite=(
        "DROP TRIGGER IF EXISTS calls_application_insert",
        "DROP TRIGGER IF EXISTS calls_application_update",
        "DROP TRIGGER IF EXISTS calls_fundingline_insert",
        "DROP TRIGGER IF EXISTS calls_fundingline_update",
        "DROP TRIGGER IF EXISTS calls_fundingline_delete",
    ),
    undo_postgresql=(
        "DROP TRIGGER IF EXISTS calls_application_reckons ON calls_application",
        "DROP TRIGGER IF EXISTS calls_fundingline_counts ON calls_fundingline",
    ),
)
TRIGGERS = (ASKED_IS_THE_SUM,)
