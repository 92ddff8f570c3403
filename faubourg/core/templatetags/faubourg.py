"""Filters and tags of every template (loaded as built-ins): money, numbers, dates said in words."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import formats, timezone

from faubourg.core import clock, money
from faubourg.core.typography import keep_together

register = template.Library()


@register.filter
def in_french(text: Any) -> str:
    """What stands in the code or in a setting: its signs kept with their words, the pairs of a number together."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", keep_together(str(text)))


@register.filter
def euros(cents: int | None) -> str:
    """``{{ line.asked_cents|euros }}`` -> ``1 234,50 €``; nothing for None."""
    return "" if cents is None else money.format_amount(cents)


@register.filter
def amount(cents: int | None) -> str:
    """The same without the sign, for a field or a column whose head says euros."""
    return "" if cents is None else money.format_amount(cents, unit="")


@register.filter
def number(value: Any) -> str:
    """A whole or decimal number the French way."""
    if value is None or value == "":
        return ""
    whole, _, rest = f"{value}".partition(".")
    rest = rest.rstrip("0")
    return money.group(int(whole)) + (f",{rest}" if rest else "")


@register.filter
def days_until(value: date | datetime | None) -> int | None:
    """Whole days from today in Paris; 0 today, negative when past."""
    if value is None:
        return None
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return (day - clock.today()).days


@register.filter
def in_days(value: date | datetime | None) -> str:
    """« aujourd’hui », « demain », « dans 12 jours », « il y a 3 jours »."""
    days = days_until(value)
    if days is None:
        return ""
    words = {0: "aujourd’hui", 1: "demain", -1: "hier"}
    return words.get(days) or (f"dans {days} jours" if days > 0 else f"il y a {-days} jours")


@register.filter
def long_date(value: date | datetime | None) -> str:
    """« mercredi 12 mars 2027 », with « 1er » as it must be."""
    if value is None:
        return ""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    said = formats.date_format(day, "l j F Y")
    return said.replace(" 1 ", " 1ᵉʳ ", 1) if day.day == 1 else said


@register.filter
def day(value: date | datetime | None) -> str:
    """« 12 mars 2027 », « 1ᵉʳ mars 2027 »: the day without its name."""
    return long_date(value).partition(" ")[2]


@register.filter
def at_hour(value: datetime | None) -> str:
    """« mercredi 12 mars 2027 à 17 h 00 » in Paris."""
    if value is None:
        return ""
    return f"{long_date(value)} à {formats.time_format(timezone.localtime(value))}"


@register.filter
def plural(count: int, words: str) -> str:
    """``{{ 3|plural:"projet,projets" }}`` -> ``3 projets``. In French, zero is singular."""
    one, _, many = words.partition(",")
    return f"{money.group(int(count))} {many if count >= 2 else one}"


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """``{{ cells|lookup:envelope.pk }}``: a cell of a table whose columns are data."""
    return mapping.get(key)
