"""The sheet and the script: as new as their parts, light, and of enough contrast by day and by night."""

import gzip
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("build_assets", ROOT / "tools/build_assets.py")
assert _spec
assert _spec.loader
build = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(build)

TOKENS = (build.STYLES / "tokens.css").read_text()
PAIRS = dict(re.findall(r"--([\w-]+):\s*light-dark\((#\w{6}, #\w{6})\)", TOKENS))
DAY = {name: pair.split(", ")[0] for name, pair in PAIRS.items()}
NIGHT = {name: pair.split(", ")[1] for name, pair in PAIRS.items()}
GROUNDS = ["sand", "band", "paper", "sunk"]
READ = [
    *((text, ground, 4.5) for text in ("ink", "ink-2", "adour", "terra", "ok", "error", "warn") for ground in GROUNDS),
    *(("edge", ground, 3.0) for ground in GROUNDS),
    ("ink", "adour-soft", 4.5), ("ink", "terra-soft", 4.5), ("ink", "ochre-soft", 4.5), ("ink", "error-soft", 4.5),
    ("ink", "ok-soft", 4.5), ("ok", "ok-soft", 4.5), ("warn", "ochre-soft", 4.5), ("error", "error-soft", 4.5),
    ("adour", "adour-soft", 4.5), ("adour", "ochre-soft", 4.5), ("adour", "ok-soft", 4.5), ("on-adour", "adour", 4.5),
    ("fill", "paper", 3.0), ("fill-terra", "paper", 3.0),
]  # fmt: skip


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("paints", [DAY, NIGHT], ids=["day", "night"])
def test_tokens_have_enough_contrast(paints: dict[str, str]) -> None:
    weak = [
        (text, ground, round(contrast(paints[text], paints[ground]), 2))
        for text, ground, least in READ
        if contrast(paints[text], paints[ground]) < least
    ]
    assert weak == []


@pytest.mark.parametrize("block", ["block-adour", "block-terra"])
def test_tokens_blocks_carry_one_text_colour(block: str) -> None:
    assert min(contrast("#FFF8EA", DAY[block]), contrast("#FFF8EA", NIGHT[block])) >= 4.5


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
    assert set(re.findall(r"--([\w-]+):", night[1])) == set(PAIRS)


def test_templates_have_no_inline_style_or_script() -> None:
    guilty = [
        str(page.relative_to(ROOT))
        for page in (ROOT / "faubourg").rglob("templates/**/*.html")
        if "mails" not in page.parts  # a mail carries its own style
        and re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", page.read_text())
    ]
    assert guilty == []
