import random
import re

from faubourg.core.codes import drawn_from, new_code
from faubourg.core.models import CodeMaker


def test_a_code_is_a_prefix_and_eight_clear_letters():
    assert re.fullmatch(r"D-[2-9A-HJ-KM-NP-Z]{8}", new_code("D"))


def test_codes_differ():
    assert len({new_code("D") for _ in range(500)}) == 500


def test_codes_out_of_a_known_source_come_back():
    def draw():
        with drawn_from(random.Random(7)):
            return [new_code("D") for _ in range(3)]

    assert draw() == draw()


def test_code_makers_are_written_down_in_migrations():
    assert CodeMaker("D") == CodeMaker("D")
    assert CodeMaker("D") != CodeMaker("E")
    assert hash(CodeMaker("D")) == hash(CodeMaker("D"))
    assert CodeMaker("D").deconstruct() == ("faubourg.core.models.CodeMaker", ["D"], {})
    assert CodeMaker("D")().startswith("D-")
