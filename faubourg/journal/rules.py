"""What may be written in the journal: codes, states and amounts. Never a personal value."""

import re
from collections.abc import Mapping

WORD = re.compile(r"[!-?A-~]*")  # ASCII without the space and without the @
PHONE = re.compile(r"(?<!\d)(?:\+33|0)[1-9]\d{8}(?!\d)")
LONGEST = {"actor": 24, "room": 24, "verb": 48, "thing": 48, "before": 32, "after": 32}


class LooksPersonalError(ValueError):
    """A caller tried to write something else than a code: a fault in the program."""


def check_word(label: str, text: str, *, longest: int = 48) -> None:
    """A code, a state, a verb: no space, no @, no accent, not too long. Names and addresses have these."""
    if len(text) > longest or not WORD.fullmatch(text) or PHONE.search(text):
        raise LooksPersonalError(f"the journal keeps codes, states and amounts alone: {label} is none of them")


def check_words(words: Mapping[str, str]) -> None:
    for label, text in words.items():
        check_word(label, text, longest=LONGEST[label])
    for label in ("room", "verb", "thing"):
        if not words[label]:
            raise LooksPersonalError(f"the journal asks for a {label}")


def check_amounts(amounts: Mapping[str, int]) -> None:
    """``{"asked": 500000}``: cents under a word, nothing else."""
    for label, cents in amounts.items():
        check_word("an amount's label", label)
        if type(cents) is not int:
            raise LooksPersonalError(f"the amount {label} is not in whole cents")
