"""The house's components, known to every template (built-ins). How to use each: core/templates/README.md.

Plain tags rather than included templates: fifty buttons cost 0.06 ms instead of 1.3 ms. No component carries an
inline style or script, so that the content policy stays closed: lengths are SVG attributes.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from faubourg.core import money
from faubourg.core.errors import Refusal, Refusals
from faubourg.core.templatetags import faubourg as words_of
from faubourg.core.templatetags.drawings import arch, bar, icon, percent

register = template.Library()
NOTHING = SafeString("")

# kind of a notice or a state -> its icon; the icon and the words carry the meaning, the colour only helps
SIGNS = {"ok": "ok", "warn": "wait", "bad": "warn", "info": "info", "none": "mid"}
LEVELS = {"success": "ok", "warning": "warn", "error": "bad", "info": "info", "debug": "info"}


# ------------------------------------------------------------------------------------------------ small things
@register.simple_tag
def tag(words: str, kind: str = "", sign: str = "") -> SafeString:
    """A short word on a ground: a theme, a neighbourhood. ``{% tag "Réussite éducative" %}``."""
    drawn = icon(sign) if sign else NOTHING
    return format_html('<span class="tag{}">{}{}</span>', f" {kind}" if kind else "", drawn, words)


@register.simple_tag
def state(kind: str, words: str, plain: bool = False) -> SafeString:
    """A state by icon and words: ``{% state "ok" "Recevable" %}``; kinds ok, warn, bad, info, none."""
    return tag(words, f"{kind}{' plain' if plain else ''}", SIGNS.get(kind, kind))


@register.simple_tag
def button(
    words: str, kind: str = "", sign: str = "", name: str = "", value: str = "", disabled: str = ""
) -> SafeString:
    """A submit button. ``disabled`` is the reason, said beside it: a dead button never stays unexplained."""
    drawn = icon(sign) if sign else NOTHING
    named = format_html(' name="{}" value="{}"', name, value) if name else NOTHING
    if disabled:
        return format_html(
            '<button class="btn" type="button" aria-disabled="true">{}{}</button> <span class="help">{}</span>',
            drawn, words, disabled,
        )  # fmt: skip
    return format_html(
        '<button class="btn{}" type="submit"{}>{}{}</button>', f" {kind}" if kind else "", named, drawn, words
    )


@register.simple_tag
def link_button(words: str, url: str, kind: str = "", sign: str = "") -> SafeString:
    """A link that looks like a button: ``{% link_button "Déposer un projet" url "light" %}``."""
    drawn = icon(sign) if sign else NOTHING
    return format_html('<a class="btn{}" href="{}">{}{}</a>', f" {kind}" if kind else "", url, drawn, words)


@register.simple_block_tag(end_name="endnote")
def note(content: str, kind: str = "info", role: str = "") -> SafeString:
    """``{% note "warn" %}<p>…</p>{% endnote %}``; kinds info, ok, warn, bad (and the levels of messages)."""
    kind = LEVELS.get(kind, kind)
    said = format_html(' role="{}"', role) if role else NOTHING
    sign = "ok" if kind == "ok" else "info" if kind == "info" else "warn"
    return format_html('<div class="note {}"{}>{}{}</div>', kind, said, icon(sign), mark_safe(content))  # noqa: S308


@register.simple_block_tag(end_name="endempty")
def empty(content: str, title: str = "", art: str = "door") -> SafeString:
    """An empty list that says what will come and what to do: ``{% empty "Aucune demande" %}…{% endempty %}``."""
    return format_html(
        '<div class="empty">{}<h2>{}</h2>{}</div>',  # under an h1 or under an h2: it never skips a level
        arch(art, "c2"),
        title,
        mark_safe(content),  # noqa: S308
    )


# ------------------------------------------------------------------------------------------------ forms
def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if getattr(widget, "is_money", False):
        return "money"
    if getattr(widget, "is_marks", False):
        return "marks"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.simple_tag
def field(bound: BoundField, kind: str = "") -> SafeString:
    """One field with its label, help, what was typed and its errors: ``{% field form.title %}``.

    ``kind``: "short" for a narrow field, "side" for choices beside each other.
    """
    if bound.is_hidden:
        return SafeString(bound)
    classes = "".join(f" {name}" for name in ("bad" if bound.errors else "", kind) if name)
    return render_to_string(
        "core/forms/_field.html",
        {"field": bound, "shape": _shape(bound), "classes": classes, "side": kind == "side"},
    )


def _faults(source: Any) -> list[tuple[str, str]]:
    """(id of the field or "", words) of a bound form, a Refusal or several."""
    if isinstance(source, forms.BaseForm):
        if not source.is_bound:
            return []
        faults = [("", str(error)) for error in source.non_field_errors()]
        for bound in source.hidden_fields():  # nobody sees its name, or can go there
            faults += [("", str(error)) for error in bound.errors]
        for bound in source.visible_fields():
            faults += [(bound.auto_id, f"{str(bound.label).rstrip('.:? ')} : {error}") for error in bound.errors]
        return faults
    if isinstance(source, Refusals):
        return [fault for item in source.items for fault in _faults(item)]
    if isinstance(source, Refusal):
        return [(source.field, source.message)]
    return [fault for item in source or [] for fault in _faults(item)]


@register.simple_tag
def error_summary(source: Any, prefix: str = "") -> SafeString:
    """What is left to correct, each line a link to its field. Takes a form, a Refusal, or a list of Refusals.

    ``prefix`` is put before the ``field`` of refusals to make the id ("id_" when Django drew the field).
    """
    faults = _faults(source)
    if not faults:
        return NOTHING
    known = isinstance(source, forms.BaseForm)
    lines = format_html_join(
        "",
        "<li>{}</li>",
        (
            (format_html('<a href="#{}{}">{}</a>', "" if known else prefix, at, words) if at else words,)
            for at, words in faults
        ),
    )
    how_many = words_of.plural(len(faults), "chose,choses")
    return format_html(
        '<div class="note bad" role="alert" tabindex="-1" data-focus>{}<p><b>Il reste {} à corriger.</b>'
        " Tout ce que vous avez tapé est gardé.</p><ul>{}</ul></div>",
        icon("warn"), how_many, lines,
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ numbers
@register.simple_tag
def envelope(name: str, total: int, decided: int = 0, proposed: int = 0, url: str = "") -> SafeString:
    """An envelope of money in cents: its name, what is left, the bar, the words. Never by colour alone."""
    left = total - decided - proposed
    said = format_html('<a href="{}">{}</a>', url, name) if url else name
    if left < 0:
        rest = format_html('<span class="low num">{} {} de trop</span>', icon("warn"), money.format_amount(-left))
    else:
        rest = format_html('<span class="num">reste {}</span>', money.format_amount(left))
    spent = [
        f"{money.format_amount(cents)} {word}"
        for cents, word in ((decided, "décidés"), (proposed, "proposés"))
        if cents
    ] or ["rien n’est encore engagé"]
    return format_html(
        '<div class="envelope"><div class="row"><b>{}</b>{}</div>{}<p class="help">{} sur {}</p></div>',
        said, rest, bar(decided, proposed, total), ", ".join(spent), money.format_amount(total),
    )  # fmt: skip


@register.simple_block_tag(end_name="endfigure")
def figure(
    content: str, number: Any = "", words: str = "", source: str = "", ground: str = "", width: str = ""
) -> SafeString:
    """A number, one line, its drawing, its source: ``{% figure "64" "projets soutenus" … %}<svg/>{% endfigure %}``."""
    classes = " ".join(name for name in ("figure", ground, width) if name)
    cited = format_html("<small>{}</small>", source) if source else NOTHING
    return format_html(
        '<article class="{}"><div><strong class="num">{}</strong><span>{}</span></div>{}{}</article>',
        classes, number, words, mark_safe(content), cited,  # noqa: S308
    )  # fmt: skip


@register.simple_tag
def measure(
    number: str, words: str, rows: Iterable[tuple[str, str, float, bool]] = (), source: str = "", level: int = 3
) -> SafeString:
    """A measure and how the others compare; ``rows`` are (name, words, value, is this one)."""
    rows = list(rows)
    top = max((value for _, _, value, _ in rows), default=0)
    lines = format_html_join(
        "",
        '<li{}><span>{}</span><svg aria-hidden="true"><rect width="{}" height="100%" rx="6"/></svg>'
        '<span class="num">{}</span></li>',
        (
            (mark_safe(' class="me"') if mine else "", name, percent(value, top), said)
            for name, said, value, mine in rows
        ),
    )
    drawn = format_html('<ul class="cmp">{}</ul>', lines) if rows else NOTHING
    return format_html(
        '<article class="measure"><h{}><strong class="num">{}</strong>{}</h{}>{}<p class="src">{}</p></article>',
        level, number, words, level, drawn, source,
    )  # fmt: skip


@register.simple_tag
def facts(rows: Iterable[tuple[str, Any]] | Mapping[str, Any], kind: str = "") -> SafeString:
    """Labels and values: in a line, or under each other with ``kind="list"``."""
    pairs = rows.items() if isinstance(rows, Mapping) else rows
    return format_html(
        '<dl class="facts{}">{}</dl>',
        f" {kind}" if kind else "",
        format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", ((label, value) for label, value in pairs)),
    )


@register.filter
def with_breaks(text: Any) -> SafeString:
    """What a person typed, its paragraphs kept: ``{{ answer|with_breaks }}``."""
    parts = [part.strip() for part in str(text).replace("\r\n", "\n").split("\n\n") if part.strip()]
    return format_html_join("", "<p>{}</p>", ((mark_safe(conditional_escape(p).replace("\n", "<br>")),) for p in parts))  # noqa: S308
