"""Shares of money as bars: one sentence, the drawing, the table say the same thing three times."""

from collections.abc import Iterable
from dataclasses import dataclass

from faubourg.core import money
from faubourg.core.templatetags.faubourg import plural
from faubourg.projects.figures import Share


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: ``cents`` of all the money, for ``projects`` projects."""

    name: str
    cents: int
    projects: int
    url: str = ""

    @property
    def words(self) -> str:
        return plural(self.projects, "projet,projets")


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing of shares: its title, what it says, its lines, the longest."""

    key: str
    title: str
    head: str
    sentence: str
    rows: tuple[Bar, ...]

    @property
    def top(self) -> int:
        return max((row.cents for row in self.rows), default=0)

    @property
    def total(self) -> int:
        return sum(row.cents for row in self.rows)


def bars(
    key: str, title: str, head: str, shares: Iterable[Share], urls: dict[str, str] | None = None, nowhere: str = ""
) -> Bars:
    """``urls`` by name. What is tied to nothing is called ``nowhere``."""
    rows = tuple(_row(share, urls or {}, nowhere) for share in shares)
    return Bars(key, title, head, _sentence(rows), rows)


def _row(share: Share, urls: dict[str, str], nowhere: str) -> Bar:
    name = str(share.thing) if share.thing is not None else nowhere
    return Bar(name, share.cents, share.projects, urls.get(name, ""))


def _sentence(rows: tuple[Bar, ...]) -> str:
    """« La plus grande part va à …: 40 000 €, soit 35 % de 113 000 €. »"""
    total = sum(row.cents for row in rows)
    if not total:
        return "Aucun montant n’est encore accordé."
    first = max(rows, key=lambda row: row.cents)
    share = round(100 * first.cents / total)
    said = f"{money.format_amount(first.cents)}, soit {share}{money.NARROW_SPACE}% du total"
    return f"La plus grande part : {first.name}, {said}."
