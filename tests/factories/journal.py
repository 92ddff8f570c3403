"""The journal's entries are made by its only service; who acts needs a code alone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    code: str = "U-ACTOR222"
