"""The contract's objectives as nested lists, whatever the depth."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from faubourg.partners.models import Objective


@dataclass(slots=True)
class Knot:
    """An objective and what stands under it."""

    objective: Objective
    children: list["Knot"] = field(default_factory=list)


def tree(objectives: Iterable[Objective], only: Iterable[int] | None = None) -> list[Knot]:
    """The knots at the top, in reading order. ``only``: these keys and their ancestors alone."""
    rows = sorted(objectives, key=lambda row: (row.contract_id, row.path))
    if only is not None:
        kept = set(only)
        paths = [row.path for row in rows if row.pk in kept]
        rows = [row for row in rows if any(f"{path}.".startswith(f"{row.path}.") for path in paths)]
    knots = {row.pk: Knot(row) for row in rows}
    tops: list[Knot] = []
    for row in rows:
        above = knots.get(row.parent_id) if row.parent_id else None
        (above.children if above else tops).append(knots[row.pk])
    return tops


def tops_of(objectives: Iterable[Objective]) -> list[Objective]:
    return [row for row in objectives if row.depth == 0]
