"""The measure's own world keeps the house's promises, so that it does not rot between two measures."""

from contextlib import nullcontext

import pytest
from django.db import connection

from benchmarks import __main__, measure, world
from benchmarks.__main__ import chapters, row, told
from benchmarks.pages import PAGES, Page
from benchmarks.processes import Home
from faubourg.calls.models import Application, FundingLine, Opinion
from faubourg.funding.selectors import false_balances
from faubourg.journal.models import Entry
from faubourg.journal.services import verify


@pytest.fixture
def small_world(db):
    world._picked.clear()
    world.make(20)


def test_world_has_its_shape(small_world):
    applications = Application.objects.filter(call__code="2027")
    assert (
        applications.count(),
        FundingLine.objects.filter(application__in=applications).count(),
        Opinion.objects.filter(application__in=applications).count(),
        Entry.objects.count(),
        applications.filter(state="decided").count(),
    ) == (20, 40, 40, 107, 4)  # seven of them are the site’s
    assert (verify(), list(false_balances())) == ([], [])


def test_pages_of_the_calls_have_their_address(small_world):
    known = measure.names()
    missing = [page.label for page in PAGES if page.name.startswith("calls:") and not measure.address(page, known)]
    assert missing == []


def test_a_passed_limit_is_bold():
    assert [told(3, 5, " s"), told(6.5, 5, " s"), told(7, None), told(None, 5)] == ["3 s / 5", "**6,5 s / 5**", "7", ""]


def test_a_page_that_is_not_there_says_so():
    page = Page("accueil", "website:home", queries=12)
    assert row(page, {}, {"problem": "pas encore de page"}) == "| accueil | pas encore de page | | | | | |"
    cost = {"queries": 9, "ms": 20.0, "cpu_ms": 18.0, "cost_ms": 18.0, "sql_ms": 1.5, "kb": 12.0}
    assert row(page, {**cost, "cost_ms": 7.2}, cost) == "| accueil | 9 / 12 | 20 | 18 | **2,5 / 2** | 1,5 | 12 |"


def test_each_database_has_its_chapter_or_the_reason_why_not(monkeypatch, tmp_path):
    monkeypatch.setattr(__main__, "measured_on", lambda base, address="": f"{base.name} {address}".strip())
    monkeypatch.setattr(__main__.parts, "postgresql", lambda: None)
    assert list(chapters(tmp_path)) == [
        "sqlite",
        "## PostgreSQL\n\nPas mesuré : ses programmes sont introuvables (apt install postgresql).",
    ]
    monkeypatch.setattr(__main__, "postgresql", lambda: nullcontext("postgres://127.0.0.1:1/faubourg"))
    assert list(chapters(tmp_path)) == ["sqlite", "postgresql postgres://127.0.0.1:1/faubourg"]


def test_a_home_brings_its_own_database_and_no_other_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/x")
    monkeypatch.setenv("FAUBOURG_NAME", "Autre")
    found = [
        {name: value for name, value in home.environment.items() if name == "DATABASE_URL" or "FAUBOURG" in name}
        for home in (Home(tmp_path), Home(tmp_path, "postgres://here/y"))
    ]
    assert found == [
        {"FAUBOURG_HOME": str(tmp_path)},
        {"FAUBOURG_HOME": str(tmp_path), "DATABASE_URL": "postgres://here/y"},
    ]


@pytest.mark.parametrize("query", ["?etat=admissible", "?q=velo", "?quartier=QN04001M"])
def test_the_index_behind_a_filter_is_found_on_both_databases(small_world, query):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # twenty rows are read faster without any index
    url = f"/bureau/appels/2027/dossiers/{query}"
    assert measure.indexes_behind(measure.Visitor()["officer"], url).startswith("calls_app_")
