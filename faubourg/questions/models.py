"""Forms as data: a questionnaire, its questions, the answers. Who asks and why is the higher room's business."""

from django.db import models

from faubourg.core.models import code_field, made_at
from faubourg.questions.enums import QuestionKind


class Questionnaire(models.Model):
    """A set of questions that a call (later: a pathway, an evaluation) asks."""

    code = code_field("Q")
    title = models.CharField("titre", max_length=160)
    made_at = made_at()

    class Meta:
        verbose_name = "questionnaire"

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField("clé", max_length=40)  # the field's name in the page, stable over versions
    kind = models.CharField("type", max_length=12, choices=QuestionKind, default=QuestionKind.LONG_TEXT)
    label = models.CharField("question", max_length=200)
    help = models.CharField("aide", max_length=400, blank=True)
    required = models.BooleanField("obligatoire", default=True)
    max_words = models.PositiveSmallIntegerField("mots au plus", null=True, blank=True)
    choices = models.JSONField("choix", default=list, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "question"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "key"], name="questions_one_key_one_question")]

    def __str__(self) -> str:
        return self.label


class AnswerSheet(models.Model):
    """One person's (or organisation's) answers to one questionnaire."""

    code = code_field("R")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="sheets")

    class Meta:
        verbose_name = "feuille de réponses"

    def __str__(self) -> str:
        return self.code


class Answer(models.Model):
    """``text`` is what was typed, kept as it was even when it cannot be read; ``value`` is what it means."""

    sheet = models.ForeignKey(AnswerSheet, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField("tel que tapé", blank=True)
    value = models.JSONField("valeur", null=True, blank=True)

    class Meta:
        verbose_name = "réponse"
        constraints = [models.UniqueConstraint(fields=["sheet", "question"], name="questions_one_answer")]

    def __str__(self) -> str:
        return f"{self.sheet_id}/{self.question_id}"
