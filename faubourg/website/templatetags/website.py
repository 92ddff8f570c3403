"""Tags of the public pages: a project's years said, a result said, the map of the neighbourhoods."""

import re
from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from faubourg.projects.figures import granted_cents
from faubourg.projects.models import ProjectYear, Result
from faubourg.territory.models import Neighbourhood
from faubourg.territory.selectors import drawing
from faubourg.website.home import PARTS, Shown, said_value
from faubourg.website.models import Photo, SitePage
from faubourg.website.models.pages import path_of
from faubourg.website.rules import may_edit_site
from faubourg.website.words import at_place, first_up, of_place

register = template.Library()
WIDE, TALL = 660, 720  # the map, in units of the drawing
SIDE, HEAD = 20, 66  # room beside the shapes, and over them for their names
POINT = re.compile(r"([\d.]+),([\d.]+)")


@register.filter
def granted(year: ProjectYear) -> int:
    """Cents granted to one year of a project."""
    return granted_cents(year)


@register.filter
def said(result: Result) -> str:
    return said_value(result)


@register.filter
def whole(result: Result) -> int:
    """The value as a number of things to draw."""
    return int(result.value)


@register.filter
def in_place(name: str) -> str:
    """« au Sablar »."""
    return at_place(name)


@register.filter
def out_of_place(name: str) -> str:
    """« du Sablar »."""
    return of_place(name)


@register.filter
def upper_first(text: str) -> str:
    return first_up(text)


@register.simple_tag(takes_context=True)
def rooms(context: Context, name: str) -> SafeString:
    """What the rooms tell, as a block of a page: ``{% rooms "door" %}``; the names are those of ``home.PARTS``."""
    request = context["request"]
    if not hasattr(request, "shown"):
        request.shown = Shown()
    path, wanted = PARTS[name]
    with context.push(**{one: getattr(request.shown, one) for one in wanted}):
        found = context.template.engine.get_template(path) if context.template else None
        return found.render(context) if found else SafeString("")


@register.simple_tag
def photo(picture: Photo | None, spec: str) -> SafeString:
    """A photo cut to size, light (WebP), with its own description; nothing where it was deleted since."""
    if picture is None:
        return SafeString("")
    cut = picture.get_rendition(f"{spec}|format-webp")
    return format_html(
        '<img src="{}" width="{}" height="{}" alt="{}" loading="lazy" decoding="async">',
        cut.url, cut.width, cut.height, picture.description,
    )  # fmt: skip


@register.filter
def above(page: SitePage) -> list[tuple[str, str]]:
    """(address, title) of what stands over this page, the home first. One query."""
    rows = page.get_ancestors().filter(depth__gt=1).order_by("depth")
    return [(path_of(row), row.title) for row in rows]


@register.filter
def below(page: SitePage) -> list[tuple[str, str]]:
    """(address, title) of the published pages under this one. One query."""
    return [(path_of(row), row.title) for row in page.get_children().live().order_by("path")]


@register.simple_tag
def place_shape(place: Neighbourhood, rank: int = 1, side: int = 52) -> SafeString:
    """The outline of one neighbourhood as a small sign; without outline its place stays empty."""
    made = drawing([place], side, margin=2, max_height=side)
    if not made.shapes:
        return SafeString("<span></span>")
    return format_html(
        '<svg viewBox="0 0 {} {}" aria-hidden="true"><path class="shape q{}" fill-rule="evenodd" d="{}"/></svg>',
        made.width, made.height, (rank - 1) % 3 + 1, made.shapes[0].d,
    )  # fmt: skip


@register.simple_tag
def place_map(places: Sequence[Neighbourhood], words: str, notes: Any = None) -> SafeString:
    """All the neighbourhoods on one map with their names; ``notes`` by code stand under the names.

    The list that says the same always stands before it.
    """
    made = drawing(places, WIDE - 2 * SIDE, margin=HEAD, max_height=TALL)
    if not made.shapes:
        return SafeString("")
    zones = format_html_join(
        "", '<path class="zone q{}" fill-rule="evenodd" d="{}"/>',
        ((i % 3 + 1, shape.d) for i, shape in enumerate(made.shapes)),
    )  # fmt: skip
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}"><rect class="ground" width="100%" '
        'height="100%"/><g transform="translate({})">{}{}</g>{}</svg>',
        WIDE, made.height, words, (WIDE - made.width) // 2, zones, _names(made.shapes, notes or {}), _scale(made),
    )  # fmt: skip


def _names(shapes: Any, notes: dict[str, str]) -> SafeString:
    """Names over the shapes, never on their paint."""
    places = [(shape, *_head(shape.d)) for shape in shapes]
    return format_html_join(
        "",
        '<text class="map-name" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        (
            (x, y - 30, shape.neighbourhood.name, x, y - 10, notes.get(shape.neighbourhood.code, ""))
            for shape, x, y in places
        ),
    )


def _head(d: str) -> tuple[float, float]:
    """The middle of the top of a path."""
    points = [(float(x), float(y)) for x, y in POINT.findall(d)]
    xs = [x for x, _ in points]
    return round((min(xs) + max(xs)) / 2, 1), min(y for _, y in points)


def _scale(made: Any) -> SafeString:
    if made.scale is None:
        return SafeString("")
    y = made.height - 18
    return format_html(
        '<path class="scale" d="M24 {}v6h{}v-6"/><text x="24" y="{}">{}</text>',
        y - 6, made.scale.width, y - 14, made.scale.label,
    )  # fmt: skip


@register.filter
def edits_site(user: Any) -> bool:
    return may_edit_site(user)
