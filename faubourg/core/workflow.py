"""Workflows are tables: states, and the moves that lead from one to another. No code in them.

A room writes its table in ``workflow.py``; each move has one service of the same name. The property test in
``tests/house/test_workflows.py`` tries every state x move.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from faubourg.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Move:
    """One move: its service's name, the states it leaves from and the one it leads to."""

    name: str
    sources: frozenset[str]
    target: str
    label: str  # the French verb, as a person reads it in a refusal: "déposer"


@dataclass(frozen=True)
class Workflow:
    """A table of moves over the values of a ``TextChoices``."""

    name: str
    states: dict[str, str]  # value -> French label
    initial: str
    moves: tuple[Move, ...]
    also_initial: frozenset[str] = frozenset()  # other states in which a thing may be born
    _by_name: dict[str, Move] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = {move.name: move for move in self.moves}
        if len(named) != len(self.moves):
            raise ValueError(f"{self.name}: a move is named twice")
        for move in self.moves:
            unknown = {move.target, *move.sources} - set(self.states)
            if unknown:
                raise ValueError(f"{self.name}.{move.name}: unknown states {sorted(unknown)}")
        object.__setattr__(self, "_by_name", named)

    def move(self, name: str) -> Move:
        return self._by_name[name]

    def may(self, name: str, state: str) -> bool:
        """Does the table know this move out of this state?"""
        return state in self._by_name[name].sources

    def step(self, name: str, state: str) -> str:
        """The state after the move, or a Refusal in words that a person understands."""
        move = self._by_name[name]
        if state not in move.sources:
            de = "d’" if move.label[:1] in "aàâeéèêiîoôuhy" else "de "
            raise Refusal(f"Impossible {de}{move.label} : l’état est « {self.states[state]} ». Rien n’a été changé.")
        return move.target


def moves(*rows: tuple[str, str | Iterable[str], str, str]) -> tuple[Move, ...]:
    """Rows ``(name, source or sources, target, label)`` as moves."""
    return tuple(
        Move(name, frozenset([source] if isinstance(source, str) else source), target, label)
        for name, source, target, label in rows
    )
