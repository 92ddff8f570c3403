"""Make the house's Manrope files for pages (woff2) and for letters (ttf) out of the font-manrope package.

Manrope lacks U+202F, the narrow space of "1 223 €": without it a browser borrows another face's, typst drops
it, and "1 223" reads "1223". It lacks the check mark and the raised letters of "1ᵉʳ" too. All are added.

Run ``python tools/build_fonts.py``; the results are committed, so that running the house needs no font tool.
The output is the same byte for byte on each run.
"""

import shutil
import sys
from itertools import pairwise
from pathlib import Path

import font_manrope
from fontTools.misc.transform import Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE = Path(font_manrope.__file__).parent / "files"
PAGES = ROOT / "faubourg/core/static/core/fonts"
LETTERS = ROOT / "faubourg/documents/fonts"
WEIGHTS = {"medium": ("Medium", 500), "bold": ("Bold", 700), "extrabold": ("ExtraBold", 800)}

NO_BREAK, NARROW, THIN = 0xA0, 0x202F, 0x2009
CHECK, CROSS = 0x2713, 0x2715
RAISED = {0x1D49: "e", 0x02B3: "r", 0x1D48: "d", 0x02E2: "s"}  # 1ᵉʳ, 2ᵈ, 3ᵉˢ
FRENCH = [
    *range(0x20, 0x7F), NO_BREAK, THIN, NARROW, CHECK, CROSS, *RAISED,
    *map(ord, "«»°·©²³½¼¾×±§’‘“”\u2011–—…•€←→↑↓−≈≤≥ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ"),
]  # fmt: skip
# The names of all Europe; a browser fetches this second file only where such a letter stands (unicode-range).
_DRAWN = TTFont(SOURCE / "Manrope-Medium.ttf").getBestCmap()
EUROPE = [c for c in (*range(0xA1, 0x180), 0x218, 0x219, 0x21A, 0x21B) if c in _DRAWN and c not in FRENCH]


def map_char(font: TTFont, code: int, name: str) -> None:
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def add_glyph(font: TTFont, code: int, pen: TTGlyphPen, width: int) -> None:
    name = f"uni{code:04X}"
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    map_char(font, code, name)


def add_spaces(font: TTFont) -> None:
    """The no-break space as wide as a space; the narrow one 90 % of it, so that "1 223" reads well in bold."""
    cmap = font.getBestCmap()
    width = font["hmtx"][cmap[0x20]][0]
    font["hmtx"][cmap[NO_BREAK]] = (width, 0)
    for code, share in ((NARROW, 0.9), (THIN, 0.6)):
        add_glyph(font, code, TTGlyphPen(None), round(width * share))


def stroke(pen: TTGlyphPen, points: list[tuple[float, float]], thickness: float) -> None:
    """Each segment as a turned rectangle; overlaps are fine in TrueType."""
    for (x0, y0), (x1, y1) in pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        ux, uy = (x1 - x0) / length * thickness / 2, (y1 - y0) / length * thickness / 2
        corners = [
            (x0 - ux - uy, y0 - uy + ux), (x1 + ux - uy, y1 + uy + ux),
            (x1 + ux + uy, y1 + uy - ux), (x0 - ux + uy, y0 - uy - ux),
        ]  # fmt: skip
        pen.moveTo((round(corners[0][0]), round(corners[0][1])))
        for x, y in corners[1:]:
            pen.lineTo((round(x), round(y)))
        pen.closePath()


def add_marks(font: TTFont, weight: int) -> None:
    thickness = {500: 170, 700: 230, 800: 260}[weight]
    check, cross = TTGlyphPen(None), TTGlyphPen(None)
    stroke(check, [(260, 690), (640, 300), (1340, 1140)], thickness)
    add_glyph(font, CHECK, check, 1600)
    stroke(cross, [(330, 260), (1170, 1100)], thickness)
    stroke(cross, [(330, 1100), (1170, 260)], thickness)
    add_glyph(font, CROSS, cross, 1500)


def add_raised(font: TTFont) -> None:
    """ᵉ ʳ ᵈ ˢ: the letters at six tenths, their heads at the height of a capital."""
    glyphs, cmap = font.getGlyphSet(), font.getBestCmap()
    for code, letter in RAISED.items():
        pen = TTGlyphPen(None)
        lift = font["OS/2"].sCapHeight - 0.6 * font["OS/2"].sxHeight
        glyphs[cmap[ord(letter)]].draw(TransformPen(pen, Transform(0.6, 0, 0, 0.6, 0, lift)))
        add_glyph(font, code, pen, round(font["hmtx"][cmap[ord(letter)]][0] * 0.6))


def subset(font: TTFont, codes: list[int], *, letters: bool) -> None:
    options = Options()
    options.layout_features = ["kern", "mark", "ccmp", "tnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17] if letters else [1, 2, 4, 6]
    options.drop_tables += ["DSIG"] if letters else ["DSIG", "GDEF", "STAT", "meta"]
    options.hinting = options.notdef_outline = options.glyph_names = False
    options.recalc_timestamp = False
    shears = Subsetter(options)
    shears.populate(unicodes=codes)
    shears.subset(font)


def cut(style: str, weight: int, codes: list[int], path: Path) -> Path:
    """One font with these characters, in the flavour that the name says."""
    font = TTFont(SOURCE / f"Manrope-{style}.ttf", recalcTimestamp=False)
    add_spaces(font)
    add_marks(font, weight)
    add_raised(font)
    subset(font, codes, letters=path.suffix == ".ttf")
    font.flavor = "woff2" if path.suffix == ".woff2" else None
    font.save(path)
    return path


def build(pages: Path = PAGES, letters: Path = LETTERS) -> list[Path]:
    """Write the nine fonts and the licence beside them; the paths of the fonts."""
    made = []
    for folder in (pages, letters):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCE / "OFL.txt", folder / "OFL.txt")
        (folder / "OFL.txt").chmod(0o644)
    for name, (style, weight) in WEIGHTS.items():
        for path, codes in (
            (letters / f"Manrope-{style}.ttf", FRENCH + EUROPE),
            (pages / f"manrope-{name}.woff2", FRENCH),
            (pages / f"manrope-{name}-europe.woff2", EUROPE),
        ):
            made.append(cut(style, weight, codes, path))
    return made


def ranges(codes: list[int]) -> str:
    """The codes as a CSS unicode-range."""
    runs: list[list[int]] = []
    for code in sorted(codes):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def sheet() -> str:
    """The @font-face rules, for faubourg/core/styles/fonts.css."""
    return "".join(
        f"@font-face {{ font-family: Manrope; font-weight: {weight}; font-display: swap;"
        f' src: url("fonts/manrope-{name}{part}.woff2") format("woff2"); unicode-range: {ranges(codes)}; }}\n'
        for part, codes in (("", FRENCH), ("-europe", EUROPE))
        for name, (_, weight) in WEIGHTS.items()
    )


if __name__ == "__main__":
    (ROOT / "faubourg/core/styles/fonts.css").write_text("@layer tokens, base, layout, components, modes;\n" + sheet())
    for path in build():
        sys.stdout.write(f"{path.relative_to(ROOT)} {path.stat().st_size} octets\n")
