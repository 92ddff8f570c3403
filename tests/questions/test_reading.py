"""What a typed answer means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.questions import reading
from faubourg.questions.enums import QuestionKind
from faubourg.questions.models import Question

SCALE = ["Jamais", "Parfois, le soir", "Souvent"]


def question(kind: str, **values) -> Question:
    return Question(key="k", label="Q ?", kind=kind, **values)


@pytest.mark.parametrize("kind", QuestionKind.values)
@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_read_nothing_typed_is_no_value_and_no_problem(kind, text):
    asked = question(kind, choices=SCALE, required=True)
    assert (reading.read(asked, text), reading.problem(asked, text), reading.missing(asked, text)) == (None, "", True)
    assert not reading.missing(question(kind, required=False), text)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", " Un mot ", "Un mot"),
        ("text", "x" * 300, "x" * 300),
        ("long_text", "Deux\n\nparagraphes", "Deux\n\nparagraphes"),
        ("number", "0", 0),
        ("number", "1 200", 1200),
        ("number", "1\u202f200", 1200),
        ("number", "007", 7),
        ("number", "1000000000", 10**9),
        ("date", "15/03/2027", "2027-03-15"),
        ("date", "5.3.2027", "2027-03-05"),
        ("date", "5 3 2027", "2027-03-05"),
        ("date", "2027-03-15", "2027-03-15"),
        ("date", "29/02/2028", "2028-02-29"),
        ("choice", "Souvent", "Souvent"),
        ("choice", "Parfois, le soir", "Parfois, le soir"),
        ("choices", "Souvent\nJamais", ["Jamais", "Souvent"]),
        ("choices", "Parfois, le soir", ["Parfois, le soir"]),
        ("choices", "Jamais, Souvent", ["Jamais", "Souvent"]),
        ("choices", "Jamais\nJamais\n", ["Jamais"]),
        ("yes_no", "Oui", True),
        ("yes_no", "o", True),
        ("yes_no", "NON", False),
        ("yes_no", "false", False),
    ],
)
def test_read_value(kind, text, value):
    asked = question(kind, choices=SCALE)
    assert reading.read(asked, text) == value
    assert reading.problem(asked, text) == ""
    assert not reading.missing(asked, text)


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("text", "x" * 301, "Ce texte compte 301 caractères ; 300 au plus."),
        ("long_text", "x" * 20_001, "Ce texte compte 20\u202f001 caractères ; 20\u202f000 au plus."),
        ("number", "douze", "Écrivez un nombre entier, en chiffres, par exemple 120."),
        ("number", "-3", "Écrivez un nombre entier, en chiffres, par exemple 120."),
        ("number", "1,5", "Écrivez un nombre entier, en chiffres, par exemple 120."),
        ("number", "١٢", "Écrivez un nombre entier, en chiffres, par exemple 120."),
        ("number", "1000000001", "Ce nombre est trop grand."),
        ("number", "9" * 5000, "Ce nombre est trop grand."),
        ("date", "mars", "Écrivez la date ainsi : 15/03/2027."),
        ("date", "15/03/27", "Écrivez la date ainsi : 15/03/2027."),
        ("date", "31/02/2027", "Cette date n’existe pas dans le calendrier. Écrivez-la ainsi : 15/03/2027."),
        ("date", "2027-13-01", "Cette date n’existe pas dans le calendrier. Écrivez-la ainsi : 15/03/2027."),
        ("date", "01/01/0000", "Cette date n’existe pas dans le calendrier. Écrivez-la ainsi : 15/03/2027."),
        ("choice", "souvent", "Choisissez une des réponses proposées."),
        ("choice", "Jamais\nSouvent", "Choisissez une des réponses proposées."),
        ("choices", "Jamais\nToujours", "Choisissez parmi les réponses proposées."),
        ("choices", "Parfois", "Choisissez parmi les réponses proposées."),
        ("yes_no", "peut-être", "Répondez par oui ou par non."),
    ],
)
def test_problem_words(kind, text, words):
    assert reading.problem(question(kind, choices=SCALE), text) == words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (3, ""),
        (4, "Votre texte dépasse de 1 mot la limite de 3 mots. Raccourcissez-le."),
        (9, "Votre texte dépasse de 6 mots la limite de 3 mots. Raccourcissez-le."),
    ],
)
@pytest.mark.parametrize("kind", ["text", "long_text"])
def test_problem_word_limit_to_the_word(kind, words, said):
    assert reading.problem(question(kind, max_words=3), " \n l’été  " * words) == said


@given(kind=st.sampled_from(QuestionKind.values), text=st.text(max_size=80))
def test_read_never_fails_otherwise_than_in_words(kind, text):
    asked = question(kind, choices=SCALE, max_words=5)
    said = reading.problem(asked, text)
    assert said or reading.read(asked, text) is None or text.strip()
