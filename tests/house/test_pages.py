"""Templates: French, formatted, free of inline style and script, and pointing only to what exists."""

import pytest

from tests.house import pages
from tests.house.places import ROOT

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    "wrong",
    [pages.english, pages.straight_apostrophes, pages.inline, pages.lost_files, pages.lost_urls, pages.lost_templates],
    ids=lambda check: check.__name__,
)
def test_templates_are_as_they_must_be(wrong):
    assert wrong(ROOT) == []


def test_templates_are_formatted():
    assert pages.unformatted(ROOT) == ""


def test_every_address_has_a_name():
    assert [name for name in pages.url_names() if name.startswith("(no name)")] == []
