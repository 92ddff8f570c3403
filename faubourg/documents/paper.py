"""PDFs by typst: tagged for screen readers (PDF/UA-1) and fit for archives (PDF/A-2a). The only importer of typst."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from faubourg.core import clock
from faubourg.core.typography import keep_together

HERE = Path(__file__).parent
ROOT = HERE / "typst"  # what a template may import: /letterhead.typ
STANDARDS: list[Any] = ["ua-1", "a-2a"]
ROUNDS = 4
_NOT_IN_FONT = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_LONG_WORD = re.compile(r"\S{33,}")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class PaperError(Exception):
    """A template and its data do not fit together, or the result would not be accessible: a fault of ours."""


def make_pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """Fill in a typst template: the bytes of a PDF.

    The template reads ``json(bytes(sys.inputs.data))``: what people typed is data, never markup. A key that it
    asks for and that is not there raises ``PaperError``. Signs that the typeface does not have (an emoji in a
    project's title) are replaced, because a PDF that cannot be read aloud is refused as a whole.
    """
    sources = {"main.typ": _source(template), **{file.name: _source(file) for file in ROOT.glob("*.typ")}, **_logo()}
    words = _readable(data)
    for _ in range(ROUNDS):
        try:
            return _compile(sources, words)
        except typst.TypstError as error:
            unknown = {_unescaped(text) for text in _NOT_IN_FONT.findall(error.diagnostic)}
            if not unknown:
                raise PaperError(f"{template.name}: {error.diagnostic or error.message}") from error
            words = _without(words, unknown)
    raise PaperError(f"{template.name}: the typeface lacks signs that the template itself writes: {unknown}")


def _source(template: Path) -> bytes:
    """A template with its French signs held to their words."""
    return keep_together(template.read_text()).encode()


def _compile(sources: dict[str, bytes], words: Any) -> bytes:
    typeset: Any = typst.compile  # its annotations know no templates as bytes under a root as a path
    return typeset(
        sources,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(words, ensure_ascii=False), "look": json.dumps(_look())},
        pdf_standards=STANDARDS,
        timestamp=int(clock.now().timestamp()),
    )


def _look() -> dict[str, str]:
    """The town's colours by day, and the name under which its logo lies beside the template."""
    paints = {name: settings.THEME.paints[name] for name in ("adour", "terra", "terra-soft", "a-roof", "a-ochre")}
    return {**paints, "logo": next(iter(_logo()), "")}


def _logo() -> dict[str, bytes]:
    file = settings.THEME.logo
    return {f"logo{file.suffix.lower()}": file.read_bytes()} if file else {}


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])


def _readable(value: Any) -> Any:
    """The same data, its texts composed, without control or direction signs, and no word wider than its line."""
    return _map_texts(value, lambda text: _LONG_WORD.sub(_may_break, keep_together(_shown(text))))


def _shown(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in composed if sign in "\n\t\u00ad" or unicodedata.category(sign)[0] != "C")


def _may_break(word: re.Match[str]) -> str:
    """A word that no line would hold may break after every 24 signs (U+200B is seen by nobody)."""
    return "\u200b".join(word[0][i : i + 24] for i in range(0, len(word[0]), 24))


def _without(value: Any, unknown: set[str]) -> Any:
    """The same data with other signs for the unknown ones: the plain letter if there is one, else ``?``."""
    instead = {text: _plain(text) for text in unknown}
    any_unknown = re.compile("|".join(re.escape(text) for text in sorted(unknown, key=len, reverse=True)))
    return _map_texts(value, lambda text: any_unknown.sub(lambda found: instead[found[0]], text))


def _plain(text: str) -> str:
    if all(unicodedata.category(sign)[0] == "M" for sign in text):  # what only changes the sign before
        return ""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if sign.isascii() and sign.isprintable())
    return bare or "?"


def _map_texts(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _map_texts(item, change) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_map_texts(item, change) for item in value]
    return value


def _unescaped(text: str) -> str:
    """The text as typst found it; its message writes invisible signs as ``\\u{200d}``."""
    found = _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)
    return found.replace("\\'", "'").replace('\\"', '"').replace("\\\\", "\\")
