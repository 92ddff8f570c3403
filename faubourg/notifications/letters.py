"""From a room's words to a mail: plain text from its template, and a page made from that text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LONGEST_SUBJECT = 200
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # those that do not break stay what they are
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Letter:
    """A mail to be: which letter (``kind``, e.g. ``calls.award``), to whom, its words and its enclosures.

    Each enclosure is ``(name, content type, bytes)``.
    """

    kind: str
    to: str
    subject: str
    text: str
    enclosures: tuple[tuple[str, str, bytes], ...] = ()


def write(
    template: str,
    *,
    kind: str,
    to: str,
    subject: str,
    context: Mapping[str, Any],
    enclosures: tuple[tuple[str, str, bytes], ...] = (),
) -> Letter:
    """Fill in a ``.txt`` template. Nothing is escaped (it is text), and no value can add a header.

    The template also knows ``town`` and ``site`` (the public address, without a slash at its end).
    """
    words = Context({**context, "town": settings.TOWN, "site": settings.BASE_URL}, autoescape=False)
    text = get_template(template).template.render(words)  # type: ignore[attr-defined]
    return Letter(kind, to, one_line(subject), tidy(text), enclosures)


def one_line(subject: str) -> str:
    """A subject that is one header line: no line break, no control sign, not too long."""
    line = _SPACES.sub(" ", _CONTROL.sub(" ", subject)).strip()
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def tidy(text: str) -> str:
    """No control sign, at most one empty line at a time: what template tags leave behind goes."""
    lines = [line.rstrip(" \t") for line in _CONTROL.sub("", text.replace("\r\n", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def as_page(subject: str, text: str) -> str:
    """The HTML of a mail, made from its text.

    Empty lines part paragraphs, lines that begin with ``- `` are a list. A paragraph that is one address of
    this site is a button; ``Voir le dossier :`` on the line before is what the button says. Other addresses
    stay words: what people type in a title must not become a link in our name.
    """
    parts = format_html_join("\n", "{}", ((_part(part),) for part in text.strip().split("\n\n")))
    return render_to_string("notifications/mail.html", {"subject": subject, "parts": parts, "town": settings.TOWN})


def _part(part: str) -> SafeString:
    lines = part.split("\n")
    if _is_ours(lines[-1]) and (len(lines) == 1 or (len(lines) == 2 and lines[0].endswith(":"))):
        label = lines[0].rstrip(" :\u00a0\u202f") if len(lines) == 2 else "Ouvrir la page"
        return format_html('<p><a class="button" href="{}">{}</a></p>', lines[-1], label)
    if all(line.startswith("- ") for line in lines):
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines)))
    return format_html("<p>{}</p>", format_html_join(SafeString("<br>\n"), "{}", ((line,) for line in lines)))


def _is_ours(line: str) -> bool:
    return line.startswith(f"{settings.BASE_URL}/") and " " not in line
