"""Where am I, what comes next: menus, breadcrumb, steps, timeline, what is due, pages and order of a list."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from faubourg.core.cards import public_menu
from faubourg.core.templatetags import faubourg as words_of
from faubourg.core.templatetags.drawings import icon

register = template.Library()
NOTHING = SafeString("")
MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a menu; ``current`` is "" or the value of aria-current."""

    url: str
    label: str
    current: str = ""


def _links(names: Iterable[tuple[str, str]], path: str) -> list[Link]:
    """Those whose room is open; the one that holds the present page is marked."""
    return _marked(_pairs(names), path)


def _pairs(names: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    found = []
    for name, label in names:
        with suppress(NoReverseMatch):
            found.append((reverse(name), label))
    return found


def _marked(found: list[tuple[str, str]], path: str) -> list[Link]:
    """Addresses and labels as links; the nearest to the present page says so."""
    inside = [url for url, _ in found if path == url or (url != "/" and path.startswith(url))]
    nearest = max(inside, key=len, default="")
    return [Link(url, label, ("page" if url == path else "true") if url == nearest else "") for url, label in found]


PUBLIC = [
    ("website:call_list", "Appels à projets"),
    ("website:project_list", "Projets"),
    ("website:neighbourhood_list", "Quartiers"),
    ("website:contract", "Le contrat"),
]
LAST = ("website:search", "Rechercher")
LAWS = [
    ("website:legal", "Mentions légales"),
    ("website:privacy", "Données personnelles"),
    ("website:cookies", "Cookies"),
    ("website:accessibility", "Accessibilité"),
    ("website:open_data", "Données ouvertes"),
    ("website:sitemap", "Plan du site"),
]


def _path(context: Context) -> str:
    request = context.get("request")
    return request.path if request else ""


@register.simple_tag(takes_context=True)
def public_links(context: Context) -> list[Link]:
    """The rooms' own pages, then what the rooms add. A page made without a request asks no database."""
    more = public_menu() if context.get("request") else []
    return _marked([*_pairs(PUBLIC), *more, *_pairs([LAST])], _path(context))


@register.simple_tag(takes_context=True)
def law_links(context: Context) -> list[Link]:
    return _links(LAWS, _path(context))


@register.simple_tag(takes_context=True)
def menu_links(context: Context) -> list[Link]:
    """The desk's menu of this person, from the room cards."""
    return _links([(item.url_name, item.label) for item in context.get("menu") or []], _path(context))


@register.simple_tag
def crumbs(*trail: str) -> SafeString:
    """``{% crumbs "Accueil" home_url "Quartiers" list_url "Cuyès" %}``: pairs, then the page at hand."""
    pairs = list(zip(trail[:-1:2], trail[1::2], strict=True))
    return format_html(
        '<nav aria-label="Fil d’Ariane"><ol class="crumb">{}<li aria-current="page">{}</li></ol></nav>',
        format_html_join("", '<li><a href="{}">{}</a></li>', ((url, label) for label, url in pairs)),
        trail[-1],
    )


STEP_SIGNS = {"done": ("ok", "fait"), "warn": ("warn", "à corriger"), "todo": ("todo", "à faire"), "now": ("go", "")}


@register.simple_tag
def steps(items: Sequence[Any], label: str = "Étapes") -> SafeString:
    """The steps of a long form. Each item has ``label``, ``url``, ``state`` (done, warn, todo) and ``current``."""
    lines, now = [], ""
    for place, raw in enumerate(items, 1):
        item = (
            raw if isinstance(raw, Mapping) else {k: getattr(raw, k, "") for k in ("label", "url", "state", "current")}
        )
        kind = item.get("state") or "todo"
        sign, said = STEP_SIGNS[kind]
        if item.get("current"):
            now = f"Étape {place} sur {len(items)} : {item['label']}"
        inner = format_html(
            '{}<span class="word">{}{}</span>',
            icon(sign), item["label"], format_html('<span class="vh"> ({})</span>', said) if said else "",
        )  # fmt: skip
        mark = mark_safe(' aria-current="step"') if item.get("current") else ""
        if item.get("url"):
            inner = format_html('<a href="{}"{}>{}</a>', item["url"], mark, inner)
        else:
            inner = format_html("<span{}>{}</span>", mark, inner)
        lines.append(format_html('<li class="{}">{}</li>', kind, inner))
    return format_html(
        '<nav class="steps" aria-label="{}" data-now="{}"><ol class="bare">{}</ol></nav>',
        label, now, SafeString("".join(lines)),
    )  # fmt: skip


@register.simple_tag
def timeline(items: Iterable[Any]) -> SafeString:
    """A path: what was, what is, what comes. Items are (state, title, note): done, now, todo or stop."""
    said = {"done": "fait", "now": "en cours", "todo": "à venir", "stop": "arrêté"}
    return format_html(
        '<ol class="path">{}</ol>',
        format_html_join(
            "",
            '<li class="{}"{}><b><span class="vh">{} : </span>{}</b><span>{}</span></li>',
            (
                (kind, mark_safe(' aria-current="step"') if kind == "now" else "", said[kind], title, words)
                for kind, title, words in items
            ),
        ),
    )


@register.simple_tag
def due(count: int | str, words: str, url: str, detail: str = "", until: date | datetime | None = None) -> SafeString:
    """What waits for a person, one line to the exact place; ``until`` may be a day, an instant or nothing."""
    when = NOTHING
    if until is not None:
        left = words_of.days_until(until)
        instant = isinstance(until, datetime)
        if left == 0 and isinstance(until, datetime):
            first, second = f"avant {formats.time_format(timezone.localtime(until))}", "aujourd’hui"
        else:
            day = timezone.localtime(until) if instant and isinstance(until, datetime) else until
            first, second = words_of.long_date(day).rsplit(" ", 1)[0], words_of.in_days(until)
        soon = " soon" if left is not None and left <= 2 else ""
        when = format_html('<span class="when{}"><b>{}</b>{}</span>', soon, first, second)
    return format_html(
        '<li><span class="n" aria-hidden="true">{}</span>'
        '<a href="{}"><span class="vh">{} </span>{}</a>{}<p>{}</p></li>',
        count, url, count, words, when, detail,
    )  # fmt: skip


@register.simple_tag
def big_day(value: date | datetime) -> SafeString:
    """The day of an agenda line: « 15 » over « janv. 2027 »."""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    first = "1ᵉʳ" if day.day == 1 else str(day.day)
    return format_html(
        '<time datetime="{}">{}<small>{}</small></time>',
        day.strftime("%Y-%m-%d"),
        first,
        f"{MONTHS[day.month - 1]} {day.year}",
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """The present address with some of its parameters changed: ``{% query page=2 %}`` (None strikes one)."""
    request = context.get("request")
    kept = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            kept.pop(name, None)
        else:
            kept[name] = str(value)
    return f"?{kept.urlencode()}"


@register.simple_tag(takes_context=True)
def pager(context: Context, page: Page, words: str = "ligne,lignes") -> SafeString:
    """Pages of a list; keeps the filters of the address. Says how many there are even on one page."""
    paginator = page.paginator
    total = words_of.plural(paginator.count, words)
    if paginator.num_pages <= 1:
        return format_html('<p class="pager help">{}</p>', total)
    lines = []
    for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        if number == str(paginator.ELLIPSIS):
            lines.append(mark_safe('<li><span class="gap" aria-hidden="true">…</span></li>'))
        elif number == page.number:
            lines.append(
                format_html('<li><span aria-current="page"><span class="vh">page </span>{}</span></li>', number)
            )
        else:
            lines.append(
                format_html(
                    '<li><a href="{}"><span class="vh">page </span>{}</a></li>', query(context, page=number), number
                )
            )
    return format_html(
        '<nav class="pager" aria-label="Pages"><p class="help">{}, de {} à {}</p><ul class="bare">{}</ul></nav>',
        total, page.start_index(), page.end_index(), SafeString("".join(lines)),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def sorter(context: Context, key: str, words: str, name: str = "tri") -> SafeString:
    """The head of a column that sorts: a link, with the present direction in words and by an arrow."""
    request = context.get("request")
    present = request.GET.get(name, "") if request else ""
    mine = present.lstrip("-") == key
    down = mine and not present.startswith("-")
    sign = "" if not mine else " ↑" if down else " ↓"
    heard = "" if not mine else ", tri croissant" if down else ", tri décroissant"
    return format_html(
        '<a href="{}">{}{}<span class="vh">{}</span></a>',
        query(context, **{name: f"-{key}" if down else key}), words, sign, heard,
    )  # fmt: skip
