"""The database itself keeps what is committed on an envelope: whoever writes, whatever way, the sum is true.

``funding_envelope.committed_cents`` is always reckoned again from the live commitments (``released_at`` is
null), never added up by a caller: an UPDATE that writes another figure there has no effect. The CHECK
``funding_envelope_not_overdrawn`` then refuses what the envelope cannot pay. Writers of one envelope wait for
its row, so two of them never reckon on the same ground (PostgreSQL at READ COMMITTED; SQLite has one writer).

A commitment is written once: neither its amount, its envelope, its thing nor its code change; it is released
once.

On SQLite, a later migration that rebuilds one of the two tables drops its triggers: it must run TRIGGERS again.
"""

# ruff: noqa: S608  the statements are made of this file’s own words
from faubourg.core.triggers import Trigger

OVERDRAWN = "funding_envelope_not_overdrawn"  # the CHECK's name, which both databases write in their refusal
STANDS = "a commitment does not change, it is released once"


def _live(envelope: str) -> str:
    """SQL: what is committed on this envelope and not released."""
    return (
        "(SELECT COALESCE(SUM(amount_cents), 0) FROM funding_commitment"
        f" WHERE envelope_id = {envelope} AND released_at IS NULL)"
    )


_FIXED = ("id", "code", "envelope_id", "thing", "amount_cents", "made_at")


def _changed(different: str) -> str:
    """A written commitment changed, or its release taken back or moved."""
    columns = " OR ".join(f"NEW.{name} {different} OLD.{name}" for name in _FIXED)
    return f"({columns} OR (OLD.released_at IS NOT NULL AND NEW.released_at {different} OLD.released_at))"


def _sqlite_counts(event: str, row: str) -> str:
    return (
        f"CREATE TRIGGER funding_commitment_{event.lower()} AFTER {event} ON funding_commitment BEGIN"
        f" UPDATE funding_envelope SET committed_cents = {_live(f'{row}.envelope_id')}"
        f" WHERE id = {row}.envelope_id; END"
    )


def _sqlite_reckons(event: str) -> str:
    """A figure that is not the sum is put right at once (a trigger cannot change NEW on SQLite)."""
    return (
        f"CREATE TRIGGER funding_envelope_{event.lower()} AFTER {event} ON funding_envelope"
        f" WHEN NEW.committed_cents <> {_live('NEW.id')} BEGIN"
        f" UPDATE funding_envelope SET committed_cents = {_live('NEW.id')} WHERE id = NEW.id; END"
    )


_STANDS_SQLITE = (
    "CREATE TRIGGER funding_commitment_stands BEFORE UPDATE ON funding_commitment"
    f" WHEN {_changed('IS NOT')} BEGIN SELECT RAISE(ABORT, '{STANDS}'); END"
)
_STANDS_FUNCTION = (
    "CREATE OR REPLACE FUNCTION funding_commitment_stands() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{STANDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
)
_STANDS_POSTGRESQL = (
    "CREATE TRIGGER funding_commitment_stands BEFORE UPDATE ON funding_commitment FOR EACH ROW"
    f" WHEN {_changed('IS DISTINCT FROM')} EXECUTE FUNCTION funding_commitment_stands()"
)
_RECKON_FUNCTION = (
    "CREATE OR REPLACE FUNCTION funding_reckon() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN NEW.committed_cents := {_live('NEW.id')}; RETURN NEW; END $$"
)
_TOUCH_FUNCTION = (  # the envelope's own trigger reckons
    "CREATE OR REPLACE FUNCTION funding_touch_envelope() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN UPDATE funding_envelope SET committed_cents = committed_cents"
    " WHERE id = COALESCE(NEW.envelope_id, OLD.envelope_id); RETURN NULL; END $$"
)
_RECKONS_POSTGRESQL = (
    "CREATE TRIGGER funding_envelope_reckons BEFORE INSERT OR UPDATE ON funding_envelope FOR EACH ROW"
    " EXECUTE FUNCTION funding_reckon()"
)
_COUNTS_POSTGRESQL = (
    "CREATE TRIGGER funding_commitment_counts AFTER INSERT OR UPDATE OR DELETE ON funding_commitment"
    " FOR EACH ROW EXECUTE FUNCTION funding_touch_envelope()"
)

COMMITMENTS_STAND = Trigger(
    "funding_commitments_stand",
    sqlite=(_STANDS_SQLITE,),
    postgresql=(_STANDS_FUNCTION, _STANDS_POSTGRESQL),
    undo_sqlite=("DROP TRIGGER IF EXISTS funding_commitment_stands",),
    undo_postgresql=("DROP TRIGGER IF EXISTS funding_commitment_stands ON funding_commitment",),
)
COMMITTED_IS_THE_SUM = Trigger(
    "funding_committed_is_the_sum",
    sqlite=(
        _sqlite_reckons("INSERT"),
        _sqlite_reckons("UPDATE"),
        _sqlite_counts("INSERT", "NEW"),
        _sqlite_counts("UPDATE", "NEW"),
        _sqlite_counts("DELETE", "OLD"),
    ),
    postgresql=(_RECKON_FUNCTION, _TOUCH_FUNCTION, _RECKONS_POSTGRESQL, _COUNTS_POSTGRESQL),
    undo_sqlite=(
        "DROP TRIGGER IF EXISTS funding_envelope_insert",
        "DROP TRIGGER IF EXISTS funding_envelope_update",
        "DROP TRIGGER IF EXISTS funding_commitment_insert",
        "DROP TRIGGER IF EXISTS funding_commitment_update",
        "DROP TRIGGER IF EXISTS funding_commitment_delete",
    ),
    undo_postgresql=(
        "DROP TRIGGER IF EXISTS funding_envelope_reckons ON funding_envelope",
        "DROP TRIGGER IF EXISTS funding_commitment_counts ON funding_commitment",
    ),
)
TRIGGERS = (COMMITMENTS_STAND, COMMITTED_IS_THE_SUM)
