"""The typeface's files: small, complete, and with the narrow space that Manrope lacks."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "faubourg/core/static/core/fonts"
LETTERS = ROOT / "faubourg/documents/fonts"
FACES = [
    *(face for face in sorted(PAGES.glob("*.woff2")) if "europe" not in face.name),
    *sorted(LETTERS.glob("*.ttf")),
]
SIGNS = "’‘“”«»–—…•€−×≈≤≥←→✓✕œŒŸÀÉÈÊËÎÏÔÙÛÜÇàâçéèêëîïôùûüÿ°²³½ᵉʳᵈˢ\u2011\u00a0\u202f"


def test_fonts_three_weights_for_pages_and_letters() -> None:
    assert [face.name for face in FACES] == [
        "manrope-bold.woff2", "manrope-extrabold.woff2", "manrope-medium.woff2",
        "Manrope-Bold.ttf", "Manrope-ExtraBold.ttf", "Manrope-Medium.ttf",
    ]  # fmt: skip
    assert (PAGES / "OFL.txt").read_text() == (LETTERS / "OFL.txt").read_text()


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_fonts_narrow_space_is_nine_tenths_of_a_space(face: Path) -> None:
    font = TTFont(face)
    widths, cmap = font["hmtx"], font.getBestCmap()
    space = widths[cmap[0x20]][0]
    assert widths[cmap[0xA0]][0] == space
    assert widths[cmap[0x202F]][0] == round(space * 0.9)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.name)
def test_fonts_know_every_sign_of_a_french_page(face: Path) -> None:
    cmap = TTFont(face).getBestCmap()
    assert [sign for sign in SIGNS if ord(sign) not in cmap] == []


def test_fonts_of_a_page_weigh_little() -> None:
    pages = [face for face in FACES if face.suffix == ".woff2"]
    assert max(face.stat().st_size for face in pages) < 10 * 1024
    assert all("tnum" in {r.FeatureTag for r in TTFont(face)["GSUB"].table.FeatureList.FeatureRecord} for face in FACES)


def test_fonts_a_name_of_eastern_europe_has_its_own_file() -> None:
    cmap = TTFont(PAGES / "manrope-bold-europe.woff2").getBestCmap()
    rules = (ROOT / "faubourg/core/styles/fonts.css").read_text()
    asked = re.search(r"bold-europe.*unicode-range: ([^;]+);", rules)
    assert asked
    ends = [part.removeprefix("U+").split("-") for part in asked[1].split(",")]
    assert {code for end in ends for code in range(int(end[0], 16), int(end[-1], 16) + 1)} == set(cmap)
    assert [letter for letter in "ŁłśćżŞşğıőűţȘș" if ord(letter) not in cmap] == []
