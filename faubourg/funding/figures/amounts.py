"""Reading an amount as a tired treasurer types it, and naming what stands in the way."""

import re

from faubourg.core.money import NARROW_SPACE, AmountError, format_amount, parse_amount

_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "i": "1", "S": "5", "B": "8"})
_LETTERS = re.compile(r"[^\W\d_]")


def read_amount(text: str) -> tuple[int, str]:
    """``(cents, "")``, or ``(0, the problem)`` when the text is not an amount in whole euros (R-BUD-01)."""
    try:
        cents = parse_amount(text)
    except AmountError as error:
        return 0, _about_letters(text) or str(error)
    if cents % 100:
        return 0, "Le budget s’écrit en euros entiers, sans centimes : cette ligne n’est pas comptée."
    return cents, ""


def meant(text: str) -> str:
    """``meant("3OO")`` gives ``"300"``: a letter for a figure. ``""`` when there is none, or nobody can tell."""
    try:
        cents = parse_amount(text.translate(_LOOKALIKES)) if _LETTERS.search(text) else None
    except AmountError:
        return ""
    return "" if cents is None or cents % 100 else format_amount(cents, unit="")


def _about_letters(text: str) -> str:
    """« Ce montant contient la lettre O… Vouliez-vous écrire 300 ? »"""
    letters = list(dict.fromkeys(_LETTERS.findall(text)))
    if not letters:
        return ""
    named = f"la lettre {letters[0]}" if len(letters) == 1 else "des lettres"
    offer = meant(text)
    advice = f"Vouliez-vous écrire {offer}{NARROW_SPACE}?" if offer else "Écrivez seulement des chiffres."
    return f"Ce montant contient {named}, il n’est pas compté. {advice}"
