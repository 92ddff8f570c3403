import factory

from faubourg.questions.enums import QuestionKind
from faubourg.questions.models import AnswerSheet, Question, Questionnaire


class QuestionnaireFactory(factory.django.DjangoModelFactory[Questionnaire]):
    class Meta:
        model = Questionnaire

    title = "Questions de l’appel"


class QuestionFactory(factory.django.DjangoModelFactory[Question]):
    class Meta:
        model = Question

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    key = factory.Sequence(lambda n: f"question-{n}")
    label = factory.Sequence(lambda n: f"Question {n} ?")
    kind = QuestionKind.LONG_TEXT
    position = factory.Sequence(lambda n: n)


class AnswerSheetFactory(factory.django.DjangoModelFactory[AnswerSheet]):
    class Meta:
        model = AnswerSheet

    questionnaire = factory.SubFactory(QuestionnaireFactory)
