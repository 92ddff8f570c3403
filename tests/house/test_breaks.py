"""Each check of the house is seen to fail: a break is planted, and it must be told of."""

import shutil
from types import SimpleNamespace

import grimp
import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.urls import path

from faubourg.core.workflow import Workflow, moves
from tests.house import code, papers, tables
from tests.house import moves as house_moves
from tests.house.breaks import BREAKS, Break
from tests.house.places import ROOT, floors
from tests.house.test_urls_by_roles import gaps

pytestmark = pytest.mark.once


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    """The house without its pictures."""
    root = tmp_path_factory.mktemp("house")
    skipped = shutil.ignore_patterns("__pycache__", "static", "fonts", "data", "*.pyc")
    shutil.copytree(ROOT / "faubourg", root / "faubourg", ignore=skipped)
    shutil.copytree(ROOT / "docs", root / "docs")
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.mark.parametrize("planted", BREAKS, ids=lambda planted: planted.what)
def test_planted_break_is_caught(copy, planted: Break):
    file = copy / planted.file
    before = file.read_text() if file.exists() else None
    new_folder = next((folder for folder in reversed(file.parents) if not folder.exists()), None)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.write_text(planted.text if planted.whole else (before or "") + planted.text)
        found = planted.caught_by(copy)
    finally:
        file.unlink()
        if before is not None:
            file.write_text(before)
        if new_folder:
            shutil.rmtree(new_folder)
    if isinstance(found, str):
        assert planted.told in found
    else:
        assert [line for line in found if line.startswith(planted.told)]


def test_entering_by_a_window_is_caught():
    graph = grimp.ImportGraph()
    for module in ("faubourg.desk.views", "faubourg.calls.forms", "faubourg.calls.selectors", "faubourg.config.urls"):
        graph.add_module(module)
    graph.add_import(importer="faubourg.desk.views", imported="faubourg.calls.forms")
    graph.add_import(importer="faubourg.desk.views", imported="faubourg.calls.selectors")
    graph.add_import(importer="faubourg.config.urls", imported="faubourg.calls.forms")
    assert code.strangers(graph) == ["faubourg.desk.views -> faubourg.calls.forms"]


@isolate_apps("faubourg.accounts", "faubourg.territory")
def test_a_foreign_key_upstairs_is_caught():
    class Planted(models.Model):
        commune = models.ForeignKey("territory.Commune", on_delete=models.CASCADE)

        class Meta:
            app_label = "accounts"

    class Commune(models.Model):
        class Meta:
            app_label = "territory"

    assert tables.upstairs([Planted, Commune], floors()) == ["accounts.Planted.commune -> territory.Commune"]


@isolate_apps("faubourg.accounts")
def test_unregistered_personal_data_are_caught():
    class Planted(models.Model):
        nickname = models.CharField("surnom", max_length=20)
        rank = models.IntegerField("rang", default=0)

        class Meta:
            app_label = "accounts"

    gaps_found = tables.register_gaps([Planted], [])
    assert "in no register: accounts.Planted.nickname" in gaps_found
    assert not [line for line in gaps_found if "rank" in line]


def test_an_untrue_glossary_is_caught():
    terms = {"calls.Planted": "planté", "calls.State.LATE": "en retard"}
    text = "| tardif | `calls.State.LATE` | |\n| parti | `calls.Gone` | |\n"
    assert papers.glossary_gaps(terms, text) == [
        "missing: | planté | `calls.Planted` | |",
        "differs: calls.State.LATE is « en retard » in the code, « tardif » in the glossary",
        "no such thing: calls.Gone",
    ]


def test_two_tables_of_one_name_are_caught():
    assert papers.twice_translated({"a.B": "lettre", "c.D": "lettre"}) == ["lettre: 2 tables"]


def test_a_move_without_service_and_a_lost_state_are_caught():
    table = Workflow(
        "planté",
        {"a": "a", "b": "b", "c": "c"},
        "a",
        moves(("go", "a", "b", "aller"), ("send", "a", "b", "envoyer")),
    )
    services = SimpleNamespace(send=lambda thing: thing)
    assert house_moves.lost_states(table) == ["c"]
    assert house_moves.lost_moves(table, services) == ["planté: no service go", "planté: send does not say by whom"]


def test_an_address_without_its_row_is_caught():
    known = {"calls:list": object()}
    assert gaps([path("", lambda request: None, name="list"), path("x/", lambda request: None, name="new")], known) == [
        "no row in the table: list",
        "no row in the table: new",
        "no such address: calls:list",
    ]
