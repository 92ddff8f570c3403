"""Words and signs of the desk's pages: verdicts, deeds of the journal, what is left of an envelope."""

from collections import Counter

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from faubourg.calls.enums import Deed, Verdict
from faubourg.calls.figures import decided_total
from faubourg.calls.models import Application, FundingLine, Opinion
from faubourg.calls.selectors import Column, Row, proposed_on
from faubourg.core.templatetags.components import tag
from faubourg.core.templatetags.drawings import icon
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


# ---------------------------------------------------------------------------------------------- verdicts in the table
@register.filter
def verdict_counts(row: Row) -> list[tuple[str, int]]:
    """How many opinions of each verdict a project has."""
    count = Counter(opinion.verdict for opinion in row.verdicts)
    return [(value, count[value]) for value in Verdict.values if count[value]]


@register.simple_tag
def verdict_count(value: str, many: int) -> SafeString:
    """« ✓ 3 », heard as « 3 avis favorables »."""
    kind, sign = SIGNS[Verdict(value)]
    heard = f"{many} avis {agree(Verdict(value).label, many)}"
    return format_html(
        '<span class="tag {} plain">{}<span aria-hidden="true">{}</span><span class="vh">{} </span></span>',
        kind, icon(sign), many, heard,
    )  # fmt: skip


@register.simple_tag
def verdict_sign(value: str) -> SafeString:
    """The sign alone, beside words that say the same."""
    return format_html(
        '<svg class="i v-{}" aria-hidden="true"><use href="#i-{}"/></svg>', value, SIGNS[Verdict(value)][1]
    )


@register.filter
def opinion_of(row: Row, column: Column) -> Opinion | None:
    """What the institution that pays from this envelope thinks of this project."""
    return next((one for one in row.verdicts if one.funder_id == column.envelope.funder_id), None)


@register.filter
def agree(words: str, many: int) -> str:
    """« recevable » for one, « recevables » for two: each word that follows a noun takes its plural."""
    if many < 2:
        return words
    return " ".join(word if word in ("non", "à") or word.endswith("s") else f"{word}s" for word in words.split())
