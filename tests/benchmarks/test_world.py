"""The measure's own world keeps the house's promises, so that it does not rot between two measures."""

import pytest

from benchmarks import measure, world
from benchmarks.__main__ import row, told
from benchmarks.pages import PAGES, Page
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
    ) == (20, 40, 40, 100, 4)
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
    cost = {"queries": 9, "ms": 20.0, "cpu_ms": 18.0, "sql_ms": 1.5, "kb": 12.0}
    assert row(page, {**cost, "cpu_ms": 7.2}, cost) == "| accueil | 9 / 12 | 20 | 18 | **2,5 / 2** | 1,5 | 12 |"
