"""Workflows are tables: what must hold for each of them."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from faubourg.core.cards import cards
from faubourg.core.workflow import Workflow

BY_THE_MACHINE = {"deliver", "give_up"}  # no person makes these moves


def workflows() -> Iterator[tuple[str, Workflow]]:
    """(room's module, workflow) of every open room."""
    for card in cards():
        if find_spec(f"{card.name}.workflow"):
            for value in vars(import_module(f"{card.name}.workflow")).values():
                if isinstance(value, Workflow):
                    yield card.name, value


def lost_states(workflow: Workflow) -> list[str]:
    """States that no move leads to."""
    reached = {workflow.initial, *workflow.also_initial, *(move.target for move in workflow.moves)}
    return sorted(set(workflow.states) - reached)


def lost_moves(workflow: Workflow, services: ModuleType) -> list[str]:
    """Moves without a service of the same name that says who (``by``)."""
    found = []
    for move in workflow.moves:
        service = getattr(services, move.name, None)
        if service is None:
            found.append(f"{workflow.name}: no service {move.name}")
        elif move.name not in BY_THE_MACHINE and "by" not in inspect.signature(service).parameters:
            found.append(f"{workflow.name}: {move.name} does not say by whom")
    return found
