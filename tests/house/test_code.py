"""The drawing of the code: rooms, doors, sizes, who writes, who tells the time."""

import grimp
import pytest

from tests.house import code
from tests.house.places import ROOT

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("faubourg", include_external_packages=False, cache_dir=None)


def test_rooms_are_entered_by_their_doors(graph):
    assert code.strangers(graph) == []


def test_import_contracts_are_kept():
    assert code.lint_imports(ROOT) == ""


def test_files_functions_and_views_stay_small():
    assert code.too_big(ROOT) == []


def test_rows_are_written_by_services_alone():
    assert code.writes_outside_services(ROOT) == []


def test_rows_of_another_room_are_read_through_its_selectors():
    assert code.foreign_rows(ROOT) == []


def test_no_room_listens_to_signals():
    assert code.signals(ROOT) == []


def test_time_is_asked_of_the_clock():
    assert code.loose_clocks(ROOT) == []


def test_apostrophes_are_typographic():
    assert code.straight_apostrophes(ROOT) == []
