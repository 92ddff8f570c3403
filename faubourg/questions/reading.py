"""What a typed answer means, and what is wrong with it. Pure: text in, value and words out."""

import re
from datetime import date
from typing import Any

from faubourg.core import money
from faubourg.questions.enums import QuestionKind
from faubourg.questions.models import Question

MAX_TEXT = 300
MAX_LONG_TEXT = 20_000
MAX_NUMBER = 10**9
SEPARATOR = "\n"  # between several choices in the typed text

_YES = frozenset({"oui", "o", "yes", "true", "1"})
_NO = frozenset({"non", "n", "no", "false", "0"})
_DAY = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class UnreadableError(ValueError):
    """The answer has no value; the message is shown beside the field, the typed text is kept."""


def count_words(text: str) -> int:
    """Words as a person counts them: between spaces."""
    return len(text.split())


def read(question: Question, text: str) -> Any:
    """The value of a typed text (str, int, bool, list of str, ISO day); None when nothing was typed."""
    bare = text.strip()
    return _READERS[QuestionKind(question.kind)](question, bare) if bare else None


def problem(question: Question, text: str) -> str:
    """What is wrong with this text, in French, or ``""``. An empty answer is no problem here (``missing``)."""
    try:
        read(question, text)
    except UnreadableError as trouble:
        return str(trouble)
    return ""


def missing(question: Question, text: str) -> bool:
    return question.required and not text.strip()


def _short(question: Question, text: str) -> str:
    if len(text) > MAX_TEXT:
        raise UnreadableError(f"Ce texte compte {len(text)} caractères ; {MAX_TEXT} au plus.")
    return _within_words(question, text)


def _long(question: Question, text: str) -> str:
    if len(text) > MAX_LONG_TEXT:
        raise UnreadableError(
            f"Ce texte compte {money.group(len(text))} caractères ; {money.group(MAX_LONG_TEXT)} au plus."
        )
    return _within_words(question, text)


def _within_words(question: Question, text: str) -> str:
    words = count_words(text)
    if question.max_words is not None and words > question.max_words:
        over = words - question.max_words
        said = "1 mot" if over == 1 else f"{over} mots"
        raise UnreadableError(
            f"Votre texte dépasse de {said} la limite de {question.max_words} mots. Raccourcissez-le."
        )
    return text


def _number(question: Question, text: str) -> int:
    bare = re.sub(r"[\s\u00a0\u202f]", "", text)
    if not re.fullmatch(r"[0-9]+", bare):
        raise UnreadableError("Écrivez un nombre entier, en chiffres, par exemple 120.")
    value = int(bare) if len(bare) <= 12 else MAX_NUMBER + 1
    if value > MAX_NUMBER:
        raise UnreadableError("Ce nombre est trop grand.")
    return value


def _date(question: Question, text: str) -> str:
    french, iso = _DAY.fullmatch(text), _ISO.fullmatch(text)
    if not french and not iso:
        raise UnreadableError("Écrivez la date ainsi : 15/03/2027.")
    parts = french.groups()[::-1] if french else iso.groups() if iso else ()
    try:
        return date(*(int(part) for part in parts)).isoformat()
    except ValueError:
        raise UnreadableError("Cette date n’existe pas dans le calendrier. Écrivez-la ainsi : 15/03/2027.") from None


def _choice(question: Question, text: str) -> str:
    if text not in question.choices:
        raise UnreadableError("Choisissez une des réponses proposées.")
    return text


def chosen_of(question: Question, text: str) -> list[str]:
    """The several answers of one text: one per line; commas part them too where no choice holds one."""
    lines = [line.strip() for line in text.split(SEPARATOR)]
    parts = [part.strip() for line in lines for part in ([line] if line in question.choices else line.split(","))]
    return [part for part in parts if part]


def _choices(question: Question, text: str) -> list[str]:
    chosen = chosen_of(question, text)
    if not set(chosen) <= set(question.choices):
        raise UnreadableError("Choisissez parmi les réponses proposées.")
    return [choice for choice in question.choices if choice in chosen]


def _yes_no(question: Question, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise UnreadableError("Répondez par oui ou par non.")


_READERS = {
    QuestionKind.TEXT: _short,
    QuestionKind.LONG_TEXT: _long,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.YES_NO: _yes_no,
}
