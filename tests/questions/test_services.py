import pytest
from django.db import IntegrityError, transaction

from faubourg.core.errors import Refusal
from faubourg.journal.models import Entry
from faubourg.questions import services
from faubourg.questions.enums import QuestionKind
from faubourg.questions.models import Answer, Question, Questionnaire
from faubourg.questions.selectors import filled
from tests.factories.accounts import UserFactory
from tests.factories.questions import AnswerSheetFactory, QuestionFactory

pytestmark = pytest.mark.django_db

ROWS = [
    {"key": "besoin", "label": "Quel besoin ?", "max_words": 3, "help": "Ce que vous avez vu."},
    {"key": "public", "label": "Quel public ?", "kind": "choices", "choices": ["Enfants", "Aînés"]},
    {"key": "nombre", "label": "Combien ?", "kind": "number", "required": False},
]


@pytest.fixture
def sheet():
    return services.open_sheet(services.make_questionnaire("Appel 2027", ROWS, by=None))


def read(sheet):
    return [(row.field, row.text, row.value, row.problem) for row in filled(sheet)]


def test_make_questionnaire_in_order_with_defaults():
    user = UserFactory.create()
    made = services.make_questionnaire("Appel 2027", ROWS, by=user)
    assert [(q.key, q.kind, q.required, q.max_words, q.position) for q in made.questions.order_by("position")] == [
        ("besoin", QuestionKind.LONG_TEXT, True, 3, 0),
        ("public", QuestionKind.CHOICES, True, None, 1),
        ("nombre", QuestionKind.NUMBER, False, None, 2),
    ]
    entry = Entry.objects.get()
    assert (entry.verb, entry.thing, entry.actor) == ("make_questionnaire", made.code, user.code)


@pytest.mark.parametrize(
    "row",
    [
        {"key": "a", "label": "A ?", "kind": "choice"},
        {"key": "a", "label": "A ?", "kind": "choices", "choices": []},
        {"key": "a", "label": "A ?", "kind": "choice", "choices": ["Oui", ""]},
        {"key": "a", "label": "A ?", "kind": "choice", "choices": [" Oui"]},
        {"key": "a", "label": "A ?", "kind": "choices", "choices": ["Oui\nNon"]},
        {"key": "a", "label": "A ?", "kind": "poem"},
        {"key": "clé à molette", "label": "A ?"},
        {"key": "a", "label": ""},
        {"key": "besoin", "label": "Deux fois ?"},
    ],
)
def test_make_questionnaire_bad_row_is_refused_and_nothing_is_written(row):
    with pytest.raises(Refusal):
        services.make_questionnaire("Appel", [ROWS[0], row], by=None)
    assert not Questionnaire.objects.exists()
    assert not Question.objects.exists()


def test_question_key_twice_is_refused_by_the_database():
    question = QuestionFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionFactory.create(questionnaire=question.questionnaire, key=question.key)


def test_copy_is_another_with_the_same_questions(sheet):
    services.save_answer(sheet, "besoin", "Un besoin")
    twin = services.copy(sheet.questionnaire, by=None)
    fields = ("key", "kind", "label", "help", "required", "max_words", "choices", "position")
    assert list(twin.questions.values(*fields)) == list(sheet.questionnaire.questions.values(*fields))
    assert (twin.title, twin.code != sheet.questionnaire.code, twin.sheets.count()) == ("Appel 2027", True, 0)


def test_save_answer_keeps_the_text_and_reads_its_value(sheet):
    assert services.save_answer(sheet, "q-besoin", " Un  lieu\r\nouvert ") == ""
    assert services.save_answer(sheet, "public", ["Aînés", "Enfants"]) == ""
    assert services.save_answer(sheet, "nombre", "1 200") == ""
    assert read(sheet) == [
        ("q-besoin", " Un  lieu\nouvert ", "Un  lieu\nouvert", ""),
        ("q-public", "Aînés\nEnfants", ["Enfants", "Aînés"], ""),
        ("q-nombre", "1 200", 1200, ""),
    ]


def test_save_answer_keeps_what_cannot_be_read(sheet):
    long = "un deux trois quatre"
    assert services.save_answer(sheet, "besoin", long) == (
        "Votre texte dépasse de 1 mot la limite de 3 mots. Raccourcissez-le."
    )
    said = services.save_answer(sheet, "nombre", "beaucoup")
    assert said == "Écrivez un nombre entier, en chiffres, par exemple 120."
    assert [(text, value, bool(problem)) for _, text, value, problem in read(sheet)] == [
        (long, None, True),
        ("", None, False),
        ("beaucoup", None, True),
    ]


def test_save_answer_again_replaces_it(sheet):
    services.save_answer(sheet, "nombre", "beaucoup")
    services.save_answer(sheet, "nombre", "12")
    services.save_answer(sheet, "nombre", "")
    answer = Answer.objects.get()
    assert (answer.text, answer.value) == ("", None)


def test_save_answer_nul_bytes_do_not_reach_the_database(sheet):
    services.save_answer(sheet, "besoin", "a\x00b")
    assert Answer.objects.get().text == "ab"


def test_save_answer_to_a_question_of_another_form(sheet):
    other = QuestionFactory.create(key="autre")
    with pytest.raises(Refusal) as no:
        services.save_answer(sheet, f"q-{other.key}", "x")
    assert no.value.field == "q-autre"
    assert not Answer.objects.exists()


def test_problems_name_each_field(sheet):
    assert [(no.field, no.message) for no in services.problems(sheet)] == [
        ("q-besoin", "« Quel besoin ? » attend votre réponse."),
        ("q-public", "« Quel public ? » attend votre réponse."),
    ]
    services.save_answer(sheet, "besoin", "un deux trois quatre")
    services.save_answer(sheet, "public", "Enfants")
    services.save_answer(sheet, "nombre", "-1")
    assert [(no.field, no.message) for no in services.problems(sheet)] == [
        (
            "q-besoin",
            "« Quel besoin ? » : Votre texte dépasse de 1 mot la limite de 3 mots. Raccourcissez-le.",
        ),
        ("q-nombre", "« Combien ? » : Écrivez un nombre entier, en chiffres, par exemple 120."),
    ]
    services.save_answer(sheet, "besoin", "un")
    services.save_answer(sheet, "nombre", "")
    assert services.problems(sheet) == []


@pytest.mark.parametrize("count", [1, 3])
def test_filled_query_count(django_assert_num_queries, count):
    sheet = AnswerSheetFactory.create()
    for number in range(count):
        QuestionFactory.create(questionnaire=sheet.questionnaire, key=f"k{number}")
        services.save_answer(sheet, f"k{number}", "réponse")
    with django_assert_num_queries(1):
        assert [row.value for row in filled(sheet)] == ["réponse"] * count


def test_filled_said_and_chosen():
    sheet = AnswerSheetFactory.create()
    typed = {"text": " Mot ", "choices": "B\nA", "yes_no": "oui", "number": "x"}
    for position, (kind, text) in enumerate(typed.items()):
        QuestionFactory.create(
            questionnaire=sheet.questionnaire, key=kind, kind=kind, choices=["A", "B"], position=position
        )
        services.save_answer(sheet, kind, text)
    QuestionFactory.create(questionnaire=sheet.questionnaire, key="no", kind="yes_no", position=9)
    services.save_answer(sheet, "no", "non")
    rows = filled(sheet)
    assert [row.said for row in rows] == ["Mot", "A, B", "Oui", "x", "Non"]
    assert rows[1].chosen == ["B", "A"]


def test_names():
    question = QuestionFactory.create(label="Quel besoin ?")
    sheet = AnswerSheetFactory.create(questionnaire=question.questionnaire)
    services.save_answer(sheet, question.key, "x")
    assert [str(question), str(question.questionnaire), str(sheet), str(sheet.answers.get())] == [
        "Quel besoin ?", "Questions de l’appel", sheet.code, f"{sheet.pk}/{question.pk}",
    ]  # fmt: skip


def test_save_answer_to_a_question_with_a_zero_sign_in_its_name(sheet):
    with pytest.raises(Refusal, match="Cette question n’existe plus"):
        services.save_answer(sheet, "q-x\x00", "a")
