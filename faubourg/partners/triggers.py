"""The database itself keeps a delegation short: ninety days at most, whoever writes, whatever way."""

from faubourg.core.triggers import Trigger

TABLE = "partners_delegation"
TOO_LONG = "a delegation lasts ninety days at most"
MOST_DAYS = 90  # both ends counted

SHORT_DELEGATIONS = Trigger(
    "partners_short_delegations",
    sqlite=tuple(
        f"CREATE TRIGGER {TABLE}_short_{event.split()[0].lower()} BEFORE {event} ON {TABLE}"
        f" WHEN julianday(NEW.ends_on) - julianday(NEW.starts_on) >= {MOST_DAYS}"
        f" BEGIN SELECT RAISE(ABORT, '{TOO_LONG}'); END"
        for event in ("INSERT", "UPDATE")
    ),
    postgresql=(f"ALTER TABLE {TABLE} ADD CONSTRAINT {TABLE}_short CHECK (ends_on - starts_on < {MOST_DAYS})",),
    undo_sqlite=tuple(f"DROP TRIGGER IF EXISTS {TABLE}_short_{event}" for event in ("insert", "update")),
    undo_postgresql=(f"ALTER TABLE {TABLE} DROP CONSTRAINT IF EXISTS {TABLE}_short",),
)
TRIGGERS = (SHORT_DELEGATIONS,)
