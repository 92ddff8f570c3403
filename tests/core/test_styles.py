"""The sheet and the script: as new as their parts, light, and of enough contrast by day and by night."""

import gzip
import importlib.util
import re
from pathlib import Path

import pytest

from faubourg.core import theme

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("build_assets", ROOT / "tools/build_assets.py")
assert _spec
assert _spec.loader
build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build)

TOKENS = (build.STYLES / "tokens.css").read_text()
TWINS = set(re.findall(r"--([\w-]+):\s*light-dark\(", TOKENS))
DAY, NIGHT = theme.defaults()


@pytest.mark.parametrize("paints", [DAY, NIGHT], ids=["day", "night"])
def test_tokens_have_enough_contrast(paints: dict[str, str]) -> None:
    weak = [
        (text, ground, round(theme.contrast(paints[text], paints[ground]), 2))
        for text, ground, least in theme.PAIRS
        if theme.contrast(paints[text], paints[ground]) < least
    ]
    assert weak == []


def test_sheet_and_script_are_as_new_as_their_parts() -> None:
    assert build.SHEET.read_text() == build.sheet(), "python tools/build_assets.py"
    assert build.SCRIPT.read_text() == build.script(), "python tools/build_assets.py"


def test_sheet_and_script_weigh_little() -> None:
    assert len(gzip.compress(build.SHEET.read_bytes(), 9)) <= 14 * 1024
    assert len(gzip.compress(build.SCRIPT.read_bytes(), 9)) <= 4.3 * 1024


def test_sheet_names_only_known_tokens() -> None:
    sheet = build.sheet()
    known = set(re.findall(r"(--[\w-]+):", sheet))
    assert sorted(set(re.findall(r"var\((--[\w-]+)", sheet)) - known) == []


def test_sheet_night_has_every_colour_of_the_day() -> None:
    night = re.search(r"\[data-theme=dark\]\{(.*?)\}", build.sheet())
    assert night
    assert set(re.findall(r"--([\w-]+):", night[1])) == TWINS


def test_templates_have_no_inline_style_or_script() -> None:
    guilty = [
        str(page.relative_to(ROOT))
        for page in (ROOT / "faubourg").rglob("templates/**/*.html")
        if "mails" not in page.parts  # a mail carries its own style
        and re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page.read_text())
    ]
    assert guilty == []
