"""Words and signs of the desk's pages: verdicts, deeds of the journal, what is left of an envelope."""

from django import template
from django.utils.safestring import SafeString

from faubourg.calls.enums import Deed, Verdict
from faubourg.calls.figures import decided_total
from faubourg.calls.models import Application, FundingLine
from faubourg.calls.selectors import Column, Row, proposed_on
from faubourg.core.templatetags.components import tag
from faubourg.journal.models import Entry

register = template.Library()

# the word and the sign carry the meaning, the colour only helps
SIGNS = {Verdict.FAVOURABLE: ("ok", "ok"), Verdict.RESERVED: ("warn", "mid"), Verdict.UNFAVOURABLE: ("bad", "no")}


@register.simple_tag
def verdict(value: str, words: str = "") -> SafeString:
    """« Favorable », « Réservé », « Défavorable » with its sign; other words in its place if they are given."""
    kind, sign = SIGNS[Verdict(value)]
    return tag(words or Verdict(value).label.capitalize(), f"{kind} plain", sign)


@register.filter
def deed_words(entry: Entry) -> str:
    """A deed of the journal in words: « déclaré recevable »."""
    try:
        return str(Deed(entry.verb).label)
    except ValueError:
        return entry.verb.replace("_", " ")


@register.filter
def own_left(line: FundingLine) -> int:
    """What an institution's own proposals leave of its envelope, cents; negative above it (R-INS-03)."""
    return int(line.envelope.amount_cents - line.own_total_cents)  # type: ignore[attr-defined]


@register.filter
def neg(cents: int) -> int:
    return -cents


@register.filter
def cell_of(row: Row, place: int) -> FundingLine | None:
    """The cell of a row in the nth column (from 0)."""
    return row.cells[place]


@register.filter
def proposed(line: FundingLine) -> int | None:
    """What is proposed on a line whose proposals were read, or None."""
    return proposed_on(line)


@register.filter
def column_words(column: Column) -> str:
    """What a screen reader hears of the bar: « décidé 76 %, proposé en plus 12 % »."""
    total = column.envelope.amount_cents or 1
    said = f"décidé {round(100 * column.decided_cents / total)} %"
    more = f", proposé en plus {round(100 * column.pending_cents / total)} %" if column.pending_cents else ""
    return said + more


@register.filter
def decided(application: Application) -> int:
    """Cents decided in all on an application."""
    return decided_total(application.lines.all())
