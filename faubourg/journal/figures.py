"""The fingerprints that chain the journal: each covers all the fields of its entry and the one before it."""

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faubourg.journal.models import Entry


CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode


def digest_of(entry: "Entry") -> str:
    """SHA-256 (hexadecimal) over the canonical JSON of every field but the digest itself."""
    fields = {
        "number": entry.number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": entry.actor,
        "room": entry.room,
        "verb": entry.verb,
        "thing": entry.thing,
        "before": entry.before,
        "after": entry.after,
        "amounts": entry.amounts,
        "previous": entry.previous,
    }
    return hashlib.sha256(CANONICAL(fields).encode()).hexdigest()
