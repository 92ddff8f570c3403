"""The server loads all pages before it divides: no visit finds half of them."""

import subprocess
import sys

import pytest

from tests.databases import environment
from tests.house.places import ROOT

SAYS = "from faubourg.config import wsgi; import sys; print([n for n in sys.modules if n.endswith('.views.home')])"


@pytest.mark.once
def test_all_pages_are_loaded_before_the_first_visit(tmp_path):
    seen = environment(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path)
    said = subprocess.check_output([sys.executable, "-c", SAYS], cwd=ROOT, env=seen, text=True)  # noqa: S603
    assert "faubourg.website.views.home" in said
