"""One thing that waits: how many, what, where, until when; and their order by the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from faubourg.core.templatetags.faubourg import days_until

GROUPS = (
    ("today", "Aujourd’hui"),
    ("week", "Cette semaine"),
    ("later", "Plus tard"),
    ("undated", "Dès que vous pouvez"),
)
_SPELLED = ("zéro", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze")


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the home: a count, words that follow it, the exact place, what helps to choose, the day."""

    count: int
    words: str
    url: str
    detail: str = ""
    until: date | datetime | None = None

    @property
    def group(self) -> str:
        """What is late is for today."""
        left = days_until(self.until)
        if left is None:
            return "undated"
        return "today" if left <= 0 else "week" if left <= 7 else "later"


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    title: str
    items: tuple[Item, ...]


def grouped(items: Iterable[Item]) -> list[Group]:
    """Today, this week, later, without a day; the nearest first inside each."""
    rows = sorted((item for item in items if item.count), key=lambda item: (days_until(item.until) or 0, item.words))
    found = []
    for key, title in GROUPS:
        mine = tuple(item for item in rows if item.group == key)
        if mine:
            found.append(Group(key, title, mine))
    return found


def headline(groups: Sequence[Group]) -> str:
    """« Cinq choses vous attendent, dont une aujourd’hui. »"""
    total = sum(len(group.items) for group in groups)
    today = sum(len(group.items) for group in groups if group.key == "today")
    if not total:
        return "Rien ne vous attend."
    said = spelled(total)
    things = "chose vous attend" if total == 1 else "choses vous attendent"
    first = f"{said[:1].upper()}{said[1:]} {things}"
    if not today:
        return f"{first}."
    return f"{first}, aujourd’hui." if today == total else f"{first}, dont {spelled(today)} aujourd’hui."


def spelled(count: int) -> str:
    return _SPELLED[count] if count < len(_SPELLED) else str(count)


def few(names: Sequence[str], total: int) -> str:
    """« Roue libre, Clic et compagnie et 4 autres. »"""
    if not names:
        return ""
    rest = total - len(names)
    if rest > 0:
        return f"{', '.join(names)} et {rest} autre{'s' if rest > 1 else ''}."
    return f"{', '.join(names)}."


def choose(count: int, one: str, many: str) -> str:
    """The words alone: the count stands before them in its own column."""
    return many if count >= 2 else one
