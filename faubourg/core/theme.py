"""A town's own look: three colours and a logo, from settings; all other colours of the sheet follow from the three.

Colours are turned in OKLCH (Björn Ottosson, 2020): a token keeps its own lightness and its share of colourfulness,
and takes the town's hue, so that what was readable stays so, or nearly. Every pair of text and ground is measured
(WCAG 2.2, 1.4.3 and 1.4.11), by day and by night: a look that cannot be read is refused with a colour that can.
"""

import hashlib
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
LOGO_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
LOGO_KB = 40  # it stands on every page

Paints = dict[str, str]  # a token's name -> its colour, #RRGGBB

# The town's three colours, and the tokens that take their hue.
FAMILIES: dict[str, tuple[str, ...]] = {
    "adour": (
        "adour", "adour-soft", "block-adour", "fill", "a-adour", "a-deep", "a-water", "a-water2", "a-win", "q3",
        "deep", "c2", "lit-adour",
    ),
    "terra": ("terra", "terra-soft", "block-terra", "fill-terra", "a-roof", "a-roof2", "q1", "c1", "lit-terra"),
    "ochre": ("ochre", "ochre-soft", "a-ochre", "a-sun", "q2", "sun", "c3", "lit-ochre"),
}  # fmt: skip
ROLES = {"adour": "liens et boutons", "terra": "accent et nombres", "ochre": "dessins"}
GROUNDS = ("sand", "band", "paper", "sunk")
# text or line, ground, least contrast
PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, 4.5) for text in ("ink", "ink-2", "adour", "terra", "ok", "error", "warn") for ground in GROUNDS),
    *(("edge", ground, 3.0) for ground in GROUNDS),
    ("ink", "adour-soft", 4.5), ("ink", "terra-soft", 4.5), ("ink", "ochre-soft", 4.5), ("ink", "error-soft", 4.5),
    ("ink", "ok-soft", 4.5), ("ok", "ok-soft", 4.5), ("warn", "ochre-soft", 4.5), ("error", "error-soft", 4.5),
    ("adour", "adour-soft", 4.5), ("adour", "ochre-soft", 4.5), ("adour", "ok-soft", 4.5), ("on-adour", "adour", 4.5),
    ("fill", "paper", 3.0), ("fill-terra", "paper", 3.0),
    ("on-block", "block-adour", 4.5), ("on-block", "block-terra", 4.5), ("deep", "on-block", 4.5),
    ("on-sun", "sun", 4.5), *(("on-block", arch, 3.0) for arch in ("c1", "c2", "c3", "c4")),
)  # fmt: skip


class UnreadableError(ValueError):
    """These settings make no look that can be read; the words say why, in French."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What a town changed. ``sheet`` and ``icon`` are "" without colours; ``digest`` moves with any of it."""

    sheet: str = ""
    icon: str = ""
    logo: Path | None = None
    digest: str = ""
    paints: Paints = field(default_factory=dict)  # by day

    def __bool__(self) -> bool:
        return bool(self.digest)


def read(colours: Mapping[str, str], logo: str = "") -> Theme:
    """The look of these settings ("" each: the default one). An UnreadableError when it cannot be."""
    given = {family: colour.upper() for family, colour in colours.items() if colour}
    for family, colour in given.items():
        if not COLOUR.fullmatch(colour):
            raise UnreadableError(f"{ROLES[family]} : « {colour} » n’est pas une couleur comme #0B5A60")
    day, night = dressed(given)
    if problem := next(weak(given, day, night), None):
        raise UnreadableError(problem)
    file = _logo(logo)
    sheet = _sheet(day, night) if given else ""
    words = f"{sheet}{file.read_bytes().hex() if file else ''}"
    digest = hashlib.sha256(words.encode()).hexdigest()[:12] if words else ""
    return Theme(sheet, _icon(day) if given else "", file, digest, day)


def _logo(path: str) -> Path | None:
    if not path:
        return None
    file = Path(path).absolute()
    if file.suffix.lower() not in LOGO_KINDS:
        raise UnreadableError(f"le logo « {file.name} » n’est ni SVG, ni PNG, ni WebP")
    if not file.is_file():
        raise UnreadableError(f"le logo {file} n’existe pas")
    if file.stat().st_size > LOGO_KB * 1000:
        raise UnreadableError(f"le logo {file} pèse plus de {LOGO_KB} ko : il est sur chaque page")
    return file


# ------------------------------------------------------------------------------------------------- from three to all
@cache
def defaults() -> tuple[Paints, Paints]:
    """The sheet's own colours by day and by night, as tokens.css writes them."""
    text = (HERE / "styles/tokens.css").read_text()
    both = dict(re.findall(r"--([\w-]+):\s*light-dark\((#\w{6}, #\w{6})\)", text))
    single = dict(re.findall(r"--([\w-]+):\s*(#\w{6});", text))
    day = {name: pair.split(", ")[0] for name, pair in both.items()} | single
    night = {name: pair.split(", ")[1] for name, pair in both.items()} | single
    return day, night


def dressed(given: Mapping[str, str]) -> tuple[Paints, Paints]:
    """All colours by day and by night with these ones (family -> colour); the given one itself stands by day."""
    day, night = (dict(paints) for paints in defaults())
    for family, colour in given.items():
        own = defaults()[0][family]
        for token in FAMILIES[family]:
            day[token] = turned(day[token], own, colour)
            night[token] = turned(night[token], own, colour)
        day[family] = colour
    return day, night


def turned(token: str, own: str, towns: str) -> str:
    """A token of the family of ``own`` as it is in the family of ``towns``."""
    light, chroma, hue = oklch(token)
    (_, own_chroma, own_hue), (_, chroma_wanted, hue_wanted) = oklch(own), oklch(towns)
    share = chroma_wanted / own_chroma if own_chroma else 1
    return from_oklch(light, chroma * share, hue + hue_wanted - own_hue)


def weak(given: Mapping[str, str], day: Paints, night: Paints) -> Iterator[str]:
    """What cannot be read, in French, with the nearest colour that could."""
    for when, text, ground, least, family in _weak_pairs(given, day, night):
        paints = day if when == "jour" else night
        near = nearest(family, given)
        instead = f" ; {near} conviendrait" if near else ""
        yield (
            f"{ROLES[family]} : {given[family]} ne se lit pas assez ({text} sur {ground}, de {when} : contraste "
            f"{contrast(paints[text], paints[ground]):.1f}, il faut {least:.1f}){instead}".replace(".", ",")
        )


def family_of(token: str, given: Mapping[str, str]) -> str:
    """The given colour that this token follows, or nothing."""
    return next((family for family in given if token in FAMILIES[family]), "")


def nearest(family: str, given: Mapping[str, str]) -> str:
    """The same hue, darker or lighter by as little as it takes for all to be read; "" when none is."""
    light, chroma, hue = oklch(given[family])
    steps = sorted((step / 100 for step in range(5, 96)), key=lambda one: abs(one - light))
    for step in steps:
        tried = {**given, family: from_oklch(step, chroma, hue)}
        if not any(_weak_pairs(tried, *dressed(tried))):
            return tried[family]
    return ""


def _weak_pairs(given: Mapping[str, str], day: Paints, night: Paints) -> Iterator[tuple[str, str, str, float, str]]:
    """(when, text, ground, least contrast, family) of the pairs that follow a given colour and cannot be read."""
    for when, paints in (("jour", day), ("nuit", night)):
        for text, ground, least in PAIRS:
            family = family_of(text, given) or family_of(ground, given)
            if family and contrast(paints[text], paints[ground]) < least:
                yield when, text, ground, least, family


# ------------------------------------------------------------------------------------------------- as files
def _sheet(day: Paints, night: Paints) -> str:
    """The tokens that differ, by day, by the system's night, and where a page holds one of both."""
    own_day, own_night = defaults()
    by_day = "".join(f"--{name}:{colour};" for name, colour in day.items() if colour != own_day[name])
    by_night = "".join(f"--{name}:{colour};" for name, colour in night.items() if colour != own_night[name])
    return (
        f":root,[data-theme=light]{{{by_day}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme]){{{by_night}}}}}"
        f"[data-theme=dark]{{{by_night}}}"
    )


def _icon(day: Paints) -> str:
    """The sign of the browser's tab in these colours."""
    own = defaults()[0]
    icon = (HERE / "static/core/icon.svg").read_text()
    for token in ("a-roof", "a-ochre", "a-water"):
        icon = icon.replace(own[token], day[token])
    return icon


# ------------------------------------------------------------------------------------------------- colours measured
def contrast(one: str, other: str) -> float:
    """From 1 to 21 (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> tuple[float, float, float]:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def oklch(colour: str) -> tuple[float, float, float]:
    """(lightness 0 to 1, chroma from 0, hue in radians)."""
    red, green, blue = _linear(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return light, math.hypot(a, b), math.atan2(b, a)


def from_oklch(light: float, chroma: float, hue: float) -> str:
    """#RRGGBB; what a screen cannot show loses colourfulness, never lightness."""
    for _ in range(60):
        channels = _channels(light, chroma, hue)
        if all(-0.0005 <= channel <= 1.0005 for channel in channels):
            break
        chroma *= 0.95
    whole = (round(255 * _encoded(min(max(channel, 0), 1))) for channel in channels)
    return "#" + "".join(f"{one:02X}" for one in whole)


def _channels(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(channel: float) -> float:
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
