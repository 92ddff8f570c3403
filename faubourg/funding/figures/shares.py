"""Shares of a budget, exact: a fraction, shown with two decimals (R-BUD-07 to 09)."""

from fractions import Fraction
from typing import TYPE_CHECKING

from faubourg.core.money import NARROW_SPACE
from faubourg.funding import chart

if TYPE_CHECKING:
    from faubourg.funding.figures.grid import Grid


def _share(part: int, whole: int) -> Fraction:
    """0 of nothing is 0."""
    return Fraction(part, whole) if whole else Fraction(0)


def asked_share(sheet: "Grid", cents: int) -> Fraction:
    """Asked of one funder, over the total of expenses (R-BUD-07)."""
    return _share(cents, sheet.expense.total_cents)


def public_share(sheet: "Grid", *, with_in_kind: bool = False) -> Fraction:
    """Public grants over the expenses, in-kind contributions in the base when the call says so (R-BUD-08)."""
    public = sheet.cents_on("74") - sheet.cents_on(*chart.PRIVATE_GRANTS)
    return _share(public, sheet.expense.grand_total_cents if with_in_kind else sheet.expense.total_cents)


def own_share(sheet: "Grid") -> Fraction:
    """Own funds, sales and other own income over the expenses (R-BUD-09)."""
    return _share(sheet.cents_on("OWN", "75", "70"), sheet.expense.total_cents)


def percent(share: Fraction) -> str:
    """``Fraction(9, 13)`` gives ``69,23 %``, rounded half up, on exact figures."""
    hundredths = int(share * 10_000 + Fraction(1, 2))
    return f"{hundredths // 100},{hundredths % 100:02d}{NARROW_SPACE}%"


def shares_words(sheet: "Grid") -> str:
    """One line under the budget."""
    return (
        f"Argent public\u00a0: {percent(public_share(sheet))} des charges. "
        f"Argent propre, ventes et autres produits\u00a0: {percent(own_share(sheet))}."
    )
