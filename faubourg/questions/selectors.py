"""Reads: a sheet with all its questions, answered or not."""

from dataclasses import dataclass
from typing import Any

from faubourg.questions import reading
from faubourg.questions.models import Answer, AnswerSheet, Question, Questionnaire

PREFIX = "q-"  # of a question's field in a page: "q-public"


@dataclass(frozen=True, slots=True)
class Filled:
    """One question with its answer: ``text`` as typed, ``value`` as read, ``problem`` in French or ``""``."""

    question: Question
    text: str
    value: Any
    problem: str

    @property
    def field(self) -> str:
        return f"{PREFIX}{self.question.key}"

    @property
    def chosen(self) -> list[str]:
        """The chosen answers of a question with several choices, as typed."""
        return reading.chosen_of(self.question, self.text)

    @property
    def said(self) -> str:
        """The answer as it is read aloud: several choices and yes/no in words."""
        if isinstance(self.value, bool):
            return "Oui" if self.value else "Non"
        if isinstance(self.value, list):
            return ", ".join(self.value)
        return self.text.strip()


def questions_of(questionnaire: Questionnaire) -> list[Question]:
    return list(questionnaire.questions.order_by("position", "pk"))


def filled(sheet: AnswerSheet) -> list[Filled]:
    """Every question of the sheet in order, with what was typed. Two queries whatever their number."""
    answers = {answer.question_id: answer for answer in Answer.objects.filter(sheet=sheet)}
    rows = []
    questions = Question.objects.filter(questionnaire=sheet.questionnaire_id)
    for question in questions.order_by("position", "pk"):
        answer = answers.get(question.pk)
        text = answer.text if answer else ""
        value = answer.value if answer else None
        rows.append(Filled(question, text, value, reading.problem(question, text)))
    return rows
