"""Words as they are indexed and asked for: no accent, no plural, one stem; what is nearly right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faubourg.core.cards import Listed
from faubourg.search.words import (
    LONGEST,
    MOST_TERMS,
    after,
    bare_words,
    forms_of,
    is_near,
    pieces_of,
    stem_of,
    terms_of,
)

pytestmark = pytest.mark.once
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Réussite éducative", ["reussite", "educative"]),
        ("Les Vélos de l’École", ["velo", "ecole"]),
        ("l'œuvre d’Œdipe", ["oeuvre", "oedipe"]),
        ("AAP-2027-014", ["aap2027014", "aap", "2027", "014"]),
        ("des jeux, un jeu", ["jeu", "jeu"]),
        ("class’ heureux", ["class", "heureux"]),
        ("de la les à 7", ["7"]),
        ("  \x00 %_ <b>", []),
        ("x" * 60, ["x" * LONGEST]),
    ],
)
def test_bare_words(text, words):
    assert bare_words(text) == words


@pytest.mark.parametrize(
    ("one", "other"), [("reussite", "reussites"), ("animation", "animer"), ("educatif", "education"), ("velo", "velo")]
)
def test_words_of_one_family_have_one_stem(one, other):
    assert [stem_of(word) for word in bare_words(one)] == [stem_of(word) for word in bare_words(other)]


def test_title_weighs_more_than_what_stands_beside_it():
    listed = Listed("project", "P-1", "Ateliers vélo", notes=("Roue libre",), words="Vélos réparés")
    assert forms_of(listed) == {"atelier": 0, "ateli": 4, "velo": 4, "rou": 2, "libr": 2, "repar": 2}


def test_each_word_is_asked_for_once_and_a_long_question_is_cut():
    assert [(term.typed, term.word) for term in terms_of("L’École, écoles ECOLE vélo")] == [
        ("École", "ecole"),
        ("vélo", "velo"),
    ]
    assert len(terms_of(" ".join(f"mot{i}" for i in range(40)))) == MOST_TERMS
    assert [term.word for term in terms_of("a" * 1000)] == ["a" * LONGEST]


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("velo", "velo", True),
        ("vello", "velo", True),
        ("vlo", "velo", True),
        ("vela", "velo", True),
        ("veol", "velo", True),
        ("ovel", "velo", False),
        ("velours", "velo", False),
        ("vallo", "velo", False),
        ("", "v", True),
    ],
)
def test_one_wrong_letter_is_near(one, other, near):
    assert (is_near(one, other), is_near(other, one)) == (near, near)


@given(st.text(LETTERS, min_size=1, max_size=6), st.text(LETTERS, max_size=6), st.text(LETTERS, max_size=8))
def test_what_begins_with_a_word_comes_before_the_one_after_it(word, end, other):
    bound = after(word)
    assert not bound or word + end < bound
    assert (word <= other and (not bound or other < bound)) == other.startswith(word)


@given(st.text())
def test_the_pieces_of_a_text_are_the_text(text):
    assert "".join(piece for piece, _ in pieces_of(text)) == text
    assert all(set(word) <= set(LETTERS) for _, words in pieces_of(text) for word in words)
