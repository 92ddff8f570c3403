"""Reading an amount as a tired treasurer types it, and naming what stands in the way."""

import re

from faubourg.core.money import AmountError, format_amount, parse_amount

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


def _about_letters(text: str) -> str:
    """« Ce montant contient la lettre O… Vouliez-vous écrire 300 ? »"""
    letters = list(dict.fromkeys(_LETTERS.findall(text)))
    if not letters:
        return ""
    named = f"la lettre {letters[0]}" if len(letters) == 1 else "des lettres"
    problem = f"Ce montant contient {named}, il n’est pas compté."
    try:
        meant = parse_amount(text.translate(_LOOKALIKES))
    except AmountError:
        return f"{problem} Écrivez seulement des chiffres."
    return f"{problem} Vouliez-vous écrire {format_amount(meant, unit='')} ?"
