"""The database itself keeps what is committed on an envelope: whoever writes, whatever way, the sum is true.

``funding_envelope.committed_cents`` is always reckoned again from the live commitments (``released_at`` is
null). The CHECK ``funding_envelope_not_overdrawn`` then refuses what the envelope cannot pay. Writers of one
envelope wait for its row, so two of them never reckon on the same ground (PostgreSQL at READ COMMITTED; SQLite
has one writer).

A commitment is written once: neither its amount, its envelope, its thing nor its code change; it is released
once.
"""

from faubourg.core.triggers import KeptSum, Trigger

OVERDRAWN = "funding_envelope_not_overdrawn"  # the CHECK's name, which both databases write in their refusal
STANDS = "a commitment does not change, it is released once"
_FIXED = ("id", "code", "envelope_id", "thing", "amount_cents", "made_at")


def _changed(different: str) -> str:
    """A written commitment changed, or its release taken back or moved."""
    columns = " OR ".join(f"NEW.{name} {different} OLD.{name}" for name in _FIXED)
    return f"({columns} OR (OLD.released_at IS NOT NULL AND NEW.released_at {different} OLD.released_at))"


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

COMMITMENTS_STAND = Trigger(
    "funding_commitments_stand",
    sqlite=(_STANDS_SQLITE,),
    postgresql=(_STANDS_FUNCTION, _STANDS_POSTGRESQL),
    undo_sqlite=("DROP TRIGGER IF EXISTS funding_commitment_stands",),
    undo_postgresql=("DROP TRIGGER IF EXISTS funding_commitment_stands ON funding_commitment",),
)
COMMITTED_IS_THE_SUM = KeptSum(
    parent="funding_envelope",
    total="committed_cents",
    child="funding_commitment",
    key="envelope_id",
    cents="amount_cents",
    where="released_at IS NULL",
    moves=("released_at",),
).trigger("funding_committed_is_the_sum")
TRIGGERS = (COMMITMENTS_STAND, COMMITTED_IS_THE_SUM)
