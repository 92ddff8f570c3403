"""Amounts. Integer cents inside; typed and shown the French way at the edge (R-BUD-01)."""

import re

NARROW_SPACE = "\u202f"  # does not break over lines
MAX_CENTS = 10**12 * 100  # beyond a thousand billion euros it is a slip of the hand

_LETTERS = re.compile(r"[^\W\d_]")
_AMOUNT = re.compile(r"(?P<sign>[-−]?)(?P<whole>\d+)(?:[.,](?P<cents>\d{1,2}))?")
_SPACES = re.compile(r"[\s\u00a0\u202f']")


class AmountError(ValueError):
    """An amount that cannot be read. Its text is shown beside the field."""


def parse_amount(text: str) -> int:
    """Cents out of what a person typed: ``"1 234,50 €"`` gives ``123450``.

    Spaces of every kind and a trailing euro sign are welcome; letters, signs and a third decimal are not.
    """
    bare = _SPACES.sub("", text.strip().removesuffix("€"))
    if not bare:
        raise AmountError("Écrivez un montant, par exemple 1 200.")
    if _LETTERS.search(bare):
        raise AmountError("Ce montant contient une lettre, il n’est pas compté. Écrivez seulement des chiffres.")
    found = _AMOUNT.fullmatch(bare)
    if not found:
        raise AmountError("Ce montant n’est pas lisible. Écrivez-le ainsi : 1 200 ou 1 200,50.")
    if found["sign"]:
        raise AmountError("Un montant ne peut pas être négatif.")
    if len(found["whole"]) > 15:  # thousands of digits are not even read
        raise AmountError("Ce montant est trop grand.")
    cents = int(found["whole"]) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    if cents > MAX_CENTS:
        raise AmountError("Ce montant est trop grand.")
    return cents


def group(number: int) -> str:
    """``1234567`` gives ``1 234 567`` with narrow no-break spaces."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def format_amount(cents: int, *, unit: str = "€") -> str:
    """``123450`` gives ``1 234,50 €``; whole euros carry no decimals."""
    sign = "−" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    figure = f"{sign}{group(euros)}" + (f",{rest:02d}" if rest else "")
    return f"{figure}{NARROW_SPACE}{unit}" if unit else figure


def split_evenly(cents: int, parts: int) -> list[int]:
    """Share without losing a cent: ``split_evenly(100, 3)`` gives ``[34, 33, 33]``."""
    whole, rest = divmod(cents, parts)
    return [whole + (1 if i < rest else 0) for i in range(parts)]
