"""What stands in the fields of a draft, as a person types it, and what each of them means. Writes nothing.

Fields are named as in the pages: ``title``, ``objectives``, ``q-<key>`` (questions), ``b-<account>`` (budget),
``asked-<envelope code>``. What cannot be read is kept in ``Application.typed`` and shown again.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from faubourg.calls.models import Application, Piece
from faubourg.calls.selectors import call_envelopes, is_chosen
from faubourg.core import money
from faubourg.funding.figures import Asked, Grid, grid, meant, read_amount
from faubourg.questions.selectors import Filled, filled

Value = str | Sequence[str]
CHOICES = ("objectives", "neighbourhoods")
PERIOD = ("starts_on", "ends_on")
LATE = "La fin vient avant le début."


# ---------------------------------------------------------------------------------------------- what a text means
def _text(limit: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        text = text.strip()
        if len(text) > limit:
            raise ValueError(
                f"{len(text)} signes, c’est trop : {limit} au plus. Votre texte est gardé, raccourcissez-le."
            )
        return text

    return read


def _line(limit: int) -> Callable[[str], str]:
    """A title is one line: a forged page does not write paragraphs into our mails."""
    read = _text(limit)
    return lambda text: read(" ".join(text.splitlines()))


def _count(text: str) -> int | None:
    bare = "".join(text.split()).replace(money.NARROW_SPACE, "")
    if not bare:
        return None
    if not bare.isdecimal() or not bare.isascii():
        raise ValueError("Écrivez un nombre entier, par exemple 40.")
    if len(bare) > 9 or int(bare) > 1_000_000:
        raise ValueError("Ce nombre est trop grand.")
    return int(bare)


def read_day(text: str) -> date | None:
    """A day as the browser's calendar writes it, or as a person does."""
    text = text.strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise ValueError("Écrivez une date qui existe, par exemple 15/03/2027.")


READERS: dict[str, Callable[[str], Any]] = {
    "title": _line(160),
    "summary": _text(300),
    "public": _text(300),
    "people_expected": _count,
    "people_qpv": _count,
    "starts_on": read_day,
    "ends_on": read_day,
}


def trouble(application: Application, name: str) -> str:
    """Why the text kept in this field counts for nothing, in French; ``""`` when the field is well."""
    text = application.typed.get(name)
    if text is None:
        return ""
    if name.startswith("asked-"):
        return read_amount(text)[1]
    try:
        READERS[name](text)
    except ValueError as problem:
        return str(problem)
    return LATE


# ---------------------------------------------------------------------------------------------- what hangs on it
@dataclass
class Contents:
    """What hangs on an application, each part read once for a page, and only if the page asks for it."""

    application: Application

    @cached_property
    def asked(self) -> list[Asked]:
        return asked_rows(self.application)

    @cached_property
    def answers(self) -> list[Filled]:
        return filled(self.application.answers)

    @cached_property
    def grid(self) -> Grid:
        return grid(self.application.budget, self.asked)

    @cached_property
    def pieces(self) -> list[Piece]:
        return list(self.application.pieces.select_related("file"))

    @cached_property
    def chosen(self) -> tuple[bool, bool, bool]:
        """Has it an objective, a neighbourhood, a piece?"""
        return is_chosen(self.application)


# ---------------------------------------------------------------------------------------------- what stands there
def shown(application: Application, names: Iterable[str]) -> dict[str, Value]:
    """What stands in these fields now, as a person would type it. A query or two per kind of field."""
    names = list(names)
    texts: dict[str, Value] = {}
    if any(name.startswith("q-") for name in names):
        texts |= {row.field: row.text for row in filled(application.answers)}
    if any(name.startswith("asked-") for name in names):
        texts |= {row.field: row.text for row in asked_rows(application)}
    if any(name.startswith("b-") for name in names):
        texts |= budget_texts(grid(application.budget))
    return {
        name: texts.get(name, "") if name.startswith(("q-", "asked-", "b-")) else _plain(application, name)
        for name in names
    }


def asked_rows(application: Application) -> list[Asked]:
    """One row for each envelope of the call, asked or not: the rows of account 74 of the budget (R-BUD-06)."""
    asked = {line.envelope_id: line.asked_cents for line in application.lines.all()}
    rows = []
    for envelope in call_envelopes(application.call):
        name, cents = f"asked-{envelope.code}", asked.get(envelope.pk, 0)
        text = application.typed.get(name, money.format_amount(cents, unit="") if cents else "")
        label = f"{envelope.short_name}, {envelope.get_kind_display()}"
        rows.append(Asked(label, cents, name, text, trouble(application, name)))
    return rows


def budget_texts(sheet: Grid) -> dict[str, str]:
    """Field -> text of every line that somebody typed, with the names and states of co-funders."""
    texts = {"b-indirect-rule": sheet.indirect_rule}
    for row in sheet.typed_rows:
        if row.account:
            texts |= {row.field: row.text, f"{row.field}-name": row.name, f"{row.field}-state": row.state}
    return texts


def _plain(application: Application, name: str) -> Value:
    if name in CHOICES:
        return sorted(row.code for row in getattr(application, name).all())
    if name in application.typed:
        return str(application.typed[name])
    value = getattr(application, name) if name in READERS else ""
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def is_amount(name: str) -> bool:
    """A field in which spaces say nothing."""
    words = name.endswith(("-name", "-state", "-rule"))
    return name.startswith(("b-", "asked-", "people_")) and not words


def meant_in(name: str, text: Value) -> str:
    """The amount that is offered in place of this text; ``""`` in a field that is no amount of the budget."""
    offers = is_amount(name) and name.startswith(("b-", "asked-")) and isinstance(text, str)
    return meant(str(text)) if offers else ""


# ---------------------------------------------------------------------------------------------- comparing windows
def tidied(value: Value) -> Value:
    """What was sent, without the signs that no database keeps and with one kind of line break."""
    if isinstance(value, str):
        return value.replace("\x00", "").replace("\r\n", "\n")
    return [item.replace("\x00", "") for item in value if item]


def same(name: str, value: Value) -> str:
    """For comparing two windows: choices have no order, and « 1200 » says « 1 200 »."""
    value = tidied(value)
    if not isinstance(value, str):
        return "\n".join(sorted(value))
    if not is_amount(name):
        return value.strip()
    bare = "".join(value.split())
    return "" if bare == "0" and name.startswith("asked-") else bare  # to ask for nothing is not to ask


def mark(name: str, value: Value) -> str:
    """A short print of a field's value, for a page to say what it had loaded."""
    return hashlib.sha256(same(name, value).encode()).hexdigest()[:8]


def marks(values: dict[str, Value]) -> str:
    """The prints of a page's fields in one line: ``title:1f2e3d4c q-besoin:…``."""
    return " ".join(f"{name}:{mark(name, value)}" for name, value in values.items())


def read_marks(line: str) -> dict[str, str]:
    pairs = (pair.partition(":") for pair in line.split())
    return {name: print_ for name, _, print_ in pairs}
