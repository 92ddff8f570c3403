"""What the server draws: icons, the arch of the Fontaine Chaude, bars, and figures that can be counted.

Lengths and places are SVG attributes, colours come from the sheet's tokens, so that the night and a town's own
colours repaint everything. Symbols of icons stand in core/_icons.html, those of pictures in core/_pictures.html.
"""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

ARCHES = {
    "book": '<path d="M14 30c8-5 14-5 18 0 4-5 10-5 18 0v24c-8-5-14-5-18 0-4-5-10-5-18 0z"/>'
    '<path d="M32 31v22" stroke="currentColor" stroke-width="3"/>',
    "speech": '<path d="M13 24h38v24H34L24 58V48H13z"/>'
    '<path d="M20 33h24M20 40h16" stroke="currentColor" stroke-width="4"/>',
    "people": '<circle cx="20" cy="30" r="6"/><circle cx="44" cy="30" r="6"/><circle cx="32" cy="24" r="7"/>'
    '<path d="M11 58V48a9 9 0 0 1 18 0v10zM35 58V48a9 9 0 0 1 18 0v10z"/>'
    '<path d="M22 58V43a10 10 0 0 1 20 0v15z" stroke="currentColor" stroke-width="3"/>',
    "cap": '<path d="M10 32l22-11 22 11-22 11z"/><path d="M18 40v10c8 7 20 7 28 0V40l-14 7z"/>'
    '<path d="M52 33v16" stroke="#FFF8EA" stroke-width="3"/>',
    "bag": '<path d="M18 34a14 14 0 0 1 28 0v24H18z"/>'
    '<path d="M26 22a6 6 0 0 1 12 0" fill="none" stroke="#FFF8EA" stroke-width="4"/>'
    '<path d="M18 44h28M28 40v8h8v-8" fill="none" stroke="currentColor" stroke-width="3"/>',
    "shop": '<path d="M14 34h36v24H14z"/>'
    '<path d="M11 22h42v9a7 7 0 0 1-14 0 7 7 0 0 1-14 0 7 7 0 0 1-14 0z" stroke="currentColor" stroke-width="2"/>'
    '<path d="M27 58V47a5 5 0 0 1 10 0v11z" fill="currentColor"/>',
    "case": '<path d="M12 34h40v24H12z"/><path d="M24 34v-7h16v7" fill="none" stroke="#FFF8EA" stroke-width="4"/>'
    '<path d="M12 45h40M28 42h8v7h-8z" stroke="currentColor" stroke-width="3"/>',
    "bike": '<g fill="none" stroke="#FFF8EA" stroke-width="3.5"><circle cx="19" cy="48" r="9"/>'
    '<circle cx="45" cy="48" r="9"/><path d="M19 48l8-18h14l4 18M27 30l7 18 8-16M24 28h7"/></g>',
    "heart": '<path d="M32 57C14 45 14 27 24 26c5 0 7 3 8 6 1-3 3-6 8-6 10 1 10 19-8 31z"/>',
    "tree": '<path d="M29 44h6v15h-6z"/><circle cx="32" cy="33" r="14"/>'
    '<path d="M32 46V33l6-5M32 39l-6-4" fill="none" stroke="currentColor" stroke-width="3"/>',
    "home": '<path d="M12 40L32 22l20 18-3 3v15H15V43z"/><path d="M27 58V47a5 5 0 0 1 10 0v11z" fill="currentColor"/>',
    "ball": '<circle cx="32" cy="40" r="17"/><path d="M32 32l8 6-3 9H27l-3-9z" fill="currentColor"/>'
    '<path d="M32 32v-9M40 38l8-3M37 47l5 7M27 47l-5 7M24 38l-8-3" stroke="currentColor" stroke-width="3"/>',
    "note": '<path d="M26 26l22-5v25a7 6 0 1 1-5-5.6V32l-12 3v17a7 6 0 1 1-5-5.6z"/>',
    "shield": '<path d="M32 20l18 6v13c0 11-8 17-18 21-10-4-18-10-18-21V26z"/>'
    '<path d="M23 40l7 7 12-13" fill="none" stroke="currentColor" stroke-width="4"/>',
    "globe": '<circle cx="32" cy="40" r="18"/><path d="M32 22c-11 12-11 24 0 36 11-12 11-24 0-36zM14 40h36" '
    'fill="none" stroke="currentColor" stroke-width="3"/>',
    "key": '<circle cx="24" cy="33" r="11"/><circle cx="24" cy="33" r="4" fill="currentColor"/>'
    '<path d="M31 39l19 17M42 49l5-6M36 44l4-5" fill="none" stroke="#FFF8EA" stroke-width="5"/>',
    "star": '<path d="M32 19l6.5 13.2 14.5 2.1-10.5 10.2 2.5 14.5L32 52.2 19 59l2.5-14.5L11 34.3l14.5-2.1z"/>',
    "bulb": '<path d="M32 18a16 16 0 0 0-9 29v6h18v-6a16 16 0 0 0-9-29zM25 56h14v4H25z"/>'
    '<path d="M27 37l5 5 5-5M32 42v10" fill="none" stroke="currentColor" stroke-width="3"/>',
    "door": '<path d="M20 74V46a12 12 0 0 1 24 0v28z"/><circle cx="38" cy="60" r="2.5" fill="currentColor"/>',
}
ARCHES = {name: drawn.replace(".5", ".5").replace(".600", ".6") for name, drawn in ARCHES.items()}

# name of a picture -> its width and height in the drawing's units, the step to the next, and its paints in turn
PICTURES = {
    "person": (21, 42, 27, 48),
    "door": (21, 32, 26.8, 39),
    "shop": (29, 32, 38.6, 39),
}
PAINTS = ("var(--a-roof)", "var(--a-ochre)", "var(--a-adour)")


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """``{% icon "ok" %}``; with words it speaks for itself, without it stays silent."""
    if words:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="#i-{}"/></svg>', words, name)
    return format_html('<svg class="i" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def arch(name: str, tone: str = "c1") -> SafeString:
    """A theme's icon inside the town's arch; tones c1 to c4."""
    return format_html(
        '<svg class="arch {}" viewBox="0 0 64 74" aria-hidden="true"><path d="M0 74V32a32 32 0 0 1 64 0v42z"/>'
        '<g fill="#FFF8EA">{}</g></svg>',
        tone, mark_safe(ARCHES.get(name, ARCHES["door"])),  # noqa: S308
    )  # fmt: skip


def percent(part: float, whole: float) -> str:
    return f"{min(max(part / whole, 0), 1) * 100:.2f}%" if whole else "0%"


@register.simple_tag
def bar(
    full: int, hatched: int = 0, total: int = 0, words: str = "", limit: int = 0, thick: bool = False
) -> SafeString:
    """Full is decided, hatched is proposed, empty is free; what passes the total is terracotta.

    ``words`` is what a screen reader hears; without it the bar is silent (the figures stand beside it).
    """
    name = "over" if full > total else "full"
    parts = [format_html('<rect class="{}" width="{}" height="100%"/>', name, percent(full, total))]
    if hatched:
        start, length = percent(full, total), percent(min(hatched, total - full), total)
        paint = "hatch-over" if full + hatched > total else "hatch"
        parts.append(format_html('<rect x="{}" width="{}" height="100%" fill="url(#{})"/>', start, length, paint))
    if limit:
        at = percent(limit, total)
        parts.append(format_html('<line class="limit" x1="{}" x2="{}" y1="0" y2="100%"/>', at, at))
    heard = format_html('role="img" aria-label="{}"', words) if words else mark_safe('aria-hidden="true"')
    return format_html('<svg class="bar{}" {}>{}</svg>', " thick" if thick else "", heard, SafeString("".join(parts)))


@register.simple_tag
def pictures(name: str, count: int, per_row: int = 12, words: str = "", paint: str = "") -> SafeString:
    """Things that can be counted: ``{% pictures "door" 64 13 "Soixante-quatre portes, une par projet" %}``.

    Names: person, door, shop. All rows keep the width of ``per_row``, so that two drawings compare.
    Without ``paint`` doors take three colours; silent without ``words``.
    Needs ``{% include "core/_pictures.html" %}`` once on the page.
    """
    wide, tall, step_x, step_y = PICTURES[name]
    rows = max(1, -(-count // per_row))
    drawn = format_html_join(
        "",
        '<use href="#p-{}" x="{}" y="{}" width="{}" height="{}"{}/>',
        (
            (
                name, f"{i % per_row * step_x:g}", f"{i // per_row * step_y:g}", wide, tall,
                format_html(' fill="{}"', PAINTS[i % 3]) if name == "door" and not paint else "",
            )
            for i in range(count)
        ),
    )  # fmt: skip
    heard = format_html('role="img" aria-label="{}"', words) if words else mark_safe('aria-hidden="true"')
    box = f"0 0 {(per_row - 1) * step_x + wide:g} {(rows - 1) * step_y + tall:g}"
    fill = format_html(' fill="{}"', paint) if paint else ""
    return format_html('<svg viewBox="{}"{} {}>{}</svg>', box, fill, heard, drawn)


@register.simple_tag
def coins(count: int, words: str = "", high: int = 6) -> SafeString:
    """Piles of tokens, one token for so much money: ``{% coins 17 "Dix-sept jetons de 10 000 €" %}``."""
    piles = [min(high, count - first) for first in range(0, count, high)]
    drawn = []
    for pile, tokens in enumerate(piles):
        x = 12 + pile * 84
        for level in range(tokens):
            y = 128 - 17 * level
            drawn.append(
                f'<path d="M{x} {y}v8a36 11 0 0 0 72 0v-8z" fill="var(--c1)"/>'
                f'<ellipse cx="{x + 36}" cy="{y}" rx="36" ry="11" fill="#FFF1CF" stroke="var(--c1)" stroke-width="3"/>'
            )
    heard = format_html('role="img" aria-label="{}"', words) if words else mark_safe('aria-hidden="true"')
    top = 128 - 17 * (min(high, count or 1) - 1) - 14
    box = f"8 {top} {max(84 * len(piles) - 4, 80)} {152 - top}"
    return format_html('<svg viewBox="{}" {}>{}</svg>', box, heard, mark_safe("".join(drawn)))  # noqa: S308


@register.simple_tag
def road(count: int, words: str = "") -> SafeString:
    """Points on a winding road, one per thing: ``{% road 50 "Cinquante points, un par emploi" %}``."""
    per_line = -(-count // 3) or 1
    step = 250 / max(per_line - 1, 1)
    dots = []
    for i in range(count):
        line, place = divmod(i, per_line)
        x = 48 + place * step if line % 2 == 0 else 298 - place * step
        dots.append(f'<circle cx="{x:.1f}" cy="{20 + 68 * line}" r="4.6"/>')
    heard = format_html('role="img" aria-label="{}"', words) if words else mark_safe('aria-hidden="true"')
    way = "M48 20h250a34 34 0 0 1 0 68H48a34 34 0 0 0 0 68h250"
    return format_html(
        '<svg viewBox="5 2 336 174" fill="currentColor" {}><path d="{}" fill="none" stroke="#FFF8EA" '
        'stroke-opacity=".24" stroke-width="17" stroke-linecap="round"/>{}</svg>',
        heard, way, mark_safe("".join(dots)),  # noqa: S308
    )  # fmt: skip
