import pytest

from faubourg.core.errors import Refusal
from faubourg.core.workflow import Workflow, moves

DOOR = Workflow(
    "porte",
    {"shut": "fermée", "open": "ouverte"},
    "shut",
    moves(("push", "shut", "open", "pousser la porte"), ("lock", ("shut", "open"), "shut", "fermer à clé")),
)


def test_a_move_steps():
    assert (DOOR.step("push", "shut"), DOOR.may("push", "shut"), DOOR.may("push", "open")) == ("open", True, False)


def test_a_move_out_of_the_wrong_state_says_so():
    with pytest.raises(Refusal) as refusal:
        DOOR.step("push", "open")
    assert refusal.value.message == "Impossible de pousser la porte : l’état est « ouverte ». Rien n’a été changé."


def test_sources_may_be_several():
    assert DOOR.move("lock").sources == {"shut", "open"}


def test_a_table_with_an_unknown_state_is_refused():
    with pytest.raises(ValueError, match="unknown states"):
        Workflow("x", {"a": "a"}, "a", moves(("go", "a", "b", "aller")))


def test_a_table_that_names_a_move_twice_is_refused():
    with pytest.raises(ValueError, match="named twice"):
        Workflow("x", {"a": "a"}, "a", moves(("go", "a", "a", "aller"), ("go", "a", "a", "aller")))
