"""What the lines of applications add up to."""

from collections.abc import Iterable

from faubourg.calls.enums import Outcome
from faubourg.calls.models import FundingLine


def outcome(lines: Iterable[FundingLine]) -> Outcome:
    """Derived from the lines (rules.md 1.5): granted when all that was asked is voted, partly when some is."""
    rows = list(lines)
    if not rows or any(line.decided_cents is None for line in rows):
        return Outcome.OPEN
    decided = sum(line.decided_cents or 0 for line in rows)
    if decided == 0:
        return Outcome.REFUSED
    return Outcome.GRANTED if decided >= sum(line.asked_cents for line in rows) else Outcome.PARTLY


def asked_total(lines: Iterable[FundingLine]) -> int:
    """Cents."""
    return sum(line.asked_cents for line in lines)


def decided_total(lines: Iterable[FundingLine]) -> int:
    """Cents; open lines count for nothing."""
    return sum(line.decided_cents or 0 for line in lines)
