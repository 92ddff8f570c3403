"""Every workflow, state x move: it steps where its table says, refuses in words elsewhere, and has its services."""

from importlib import import_module

import pytest

from faubourg.core.errors import Refusal
from tests.house import moves

pytestmark = pytest.mark.once

WORKFLOWS = [pytest.param(room, workflow, id=f"{room}.{workflow.name}") for room, workflow in moves.workflows()]
CROSSED = [
    pytest.param(workflow, state, move, id=f"{workflow.name}-{state}-{move.name}")
    for _, workflow in moves.workflows()
    for state in workflow.states
    for move in workflow.moves
]


def test_there_are_workflows():
    assert {workflow.name for _, workflow in moves.workflows()} >= {"appel", "dossier"}


@pytest.mark.parametrize(("workflow", "state", "move"), CROSSED)
def test_state_times_move(workflow, state, move):
    if state in move.sources:
        assert workflow.step(move.name, state) == move.target
        assert workflow.may(move.name, state)
    else:
        with pytest.raises(Refusal, match=f"« {workflow.states[state]} »"):
            workflow.step(move.name, state)
        assert not workflow.may(move.name, state)


@pytest.mark.parametrize(("room", "workflow"), WORKFLOWS)
def test_every_state_is_reached(room, workflow):
    assert moves.lost_states(workflow) == []


@pytest.mark.parametrize(("room", "workflow"), WORKFLOWS)
def test_every_move_has_its_service(room, workflow):
    assert moves.lost_moves(workflow, import_module(f"{room}.services")) == []
