"""Reads: a sheet with all its questions, answered or not."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q

from faubourg.questions import reading
from faubourg.questions.models import AnswerSheet, Question

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


def filled(sheet: AnswerSheet) -> list[Filled]:
    """Every question of the sheet in order, with what was typed. One query whatever their number."""
    mine = FilteredRelation("answers", condition=Q(answers__sheet=sheet))
    questions = Question.objects.filter(questionnaire=sheet.questionnaire_id).annotate(mine=mine)
    rows = []
    for question in questions.annotate(typed=F("mine__text"), read=F("mine__value")).order_by("position", "pk"):
        text = question.typed or ""
        rows.append(Filled(question, text, question.read, reading.problem(question, text)))
    return rows
