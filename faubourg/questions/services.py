"""Writes: questionnaires, sheets, answers. What was typed is always kept, readable or not."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from faubourg.accounts.models import User
from faubourg.core.errors import Refusal
from faubourg.journal import services as journal
from faubourg.questions import reading
from faubourg.questions.enums import QuestionKind
from faubourg.questions.models import Answer, AnswerSheet, Question, Questionnaire
from faubourg.questions.selectors import PREFIX, Filled, filled

ROOM = "questions"
_CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})


@transaction.atomic
def make_questionnaire(title: str, rows: Sequence[Mapping[str, Any]], *, by: User | None) -> Questionnaire:
    """A questionnaire out of rows ``{key, label, kind, help, required, max_words, choices}``, in their order.

    ``kind`` defaults to a long text, ``required`` to true. A questionnaire is not changed afterwards: ``copy`` it.
    """
    questionnaire = Questionnaire.objects.create(title=title)
    for position, row in enumerate(rows):
        question = Question(questionnaire=questionnaire, position=position, **row)
        _check(question)
        question.save()
    journal.record("make_questionnaire", questionnaire.code, room=ROOM, by=by)
    return questionnaire


def _check(question: Question) -> None:
    choosing = question.kind in _CHOOSING
    if choosing and not question.choices:
        raise Refusal(f"« {question.label} » demande de choisir : donnez ses réponses possibles.", field="choices")
    if any("\n" in choice or choice != choice.strip() or not choice for choice in question.choices):
        raise Refusal(f"Une réponse proposée à « {question.label} » est vide ou mal écrite.", field="choices")
    try:
        question.full_clean(validate_constraints=True)
    except ValidationError as faults:
        raise Refusal(
            f"« {question.label or question.key} » : {' '.join(faults.messages)}", field="questions"
        ) from None


@transaction.atomic
def copy(questionnaire: Questionnaire, *, by: User | None) -> Questionnaire:
    """The same questions for another year; the old answers keep the old ones."""
    fields = ("key", "kind", "label", "help", "required", "max_words", "choices")
    rows = [
        {field: getattr(question, field) for field in fields}
        for question in questionnaire.questions.order_by("position", "pk")
    ]
    return make_questionnaire(questionnaire.title, rows, by=by)


def open_sheet(questionnaire: Questionnaire) -> AnswerSheet:
    """An empty sheet. The higher room that links to it says whose it is and journals it."""
    return AnswerSheet.objects.create(questionnaire=questionnaire)


@transaction.atomic
def save_answer(sheet: AnswerSheet, key: str, text: str | Sequence[str]) -> str:
    """Keep what was typed, and say what is wrong with it (``""`` when it can be read).

    ``key`` is the question's, with or without the field's ``q-``. Several choices come as a list or one per line.
    """
    bare = key.removeprefix(PREFIX)
    known = Question.objects.filter(questionnaire=sheet.questionnaire_id, key=bare)
    question = None if "\x00" in bare else known.first()  # a forged page: PostgreSQL refuses the zero sign
    if question is None:
        raise Refusal("Cette question n’existe plus dans ce formulaire. Rechargez la page.", field=key)
    text = text if isinstance(text, str) else reading.SEPARATOR.join(text)
    text = text.replace("\r\n", "\n").replace("\x00", "")
    trouble = reading.problem(question, text)
    value = None if trouble else reading.read(question, text)
    Answer.objects.update_or_create(sheet=sheet, question=question, defaults={"text": text, "value": value})
    return trouble


def problems(sheet: AnswerSheet) -> list[Refusal]:
    """What stands between this sheet and its submission: required ones not answered, answers not readable."""
    return problems_of(filled(sheet))


def problems_of(rows: Iterable[Filled]) -> list[Refusal]:
    """The same on a sheet already read: no query."""
    found = []
    for row in rows:
        if reading.missing(row.question, row.text):
            found.append(Refusal(f"« {row.question.label} » attend votre réponse.", field=row.field))
        elif row.problem:
            found.append(Refusal(f"« {row.question.label} » : {row.problem}", field=row.field))
    return found
