"""What words find, and in which order; the same on every database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from faubourg.search.models import Listing
from faubourg.search.selectors import find
from faubourg.search.words import bare_words, stem_of, terms_of
from tests.search.ground import EXAMPLES, example, titles

pytestmark = pytest.mark.usefixtures("examples")


@pytest.mark.parametrize(
    "asked", ["reussite", "RÉUSSITE", "réussites", "reussi", "educatif", "éducation réussite", "reusite", "Réusiste"]
)
def test_a_title_is_found_without_its_accents_its_case_its_ending_or_a_letter(asked):
    example("Programme de réussite éducative")
    example("Atelier vélo")
    assert titles(asked) == ["Programme de réussite éducative"]


@pytest.mark.parametrize("asked", ["velo", "vélos", "vello", "velo ecole", "vello ecole", "l’école vélo", "veloecole"])
def test_velo_ecole_is_found_however_it_is_written(asked):
    example("Vélo-école")
    assert titles(asked) == ([] if asked == "veloecole" else ["Vélo-école"])


def test_title_comes_before_its_neighbours_then_the_newest():
    example("Lecture au parc", position=2026)
    example("Lecture à la maison", position=2027)
    example("Un club", words="Lecture à voix haute", position=2030)
    example("Lectures et lecteurs : lecturothèque", position=2020)
    assert titles("lecture") == [
        "Lecture à la maison",
        "Lecture au parc",
        "Lectures et lecteurs : lecturothèque",
        "Un club",
    ]


def test_all_the_words_count_then_those_that_are_known_then_any():
    both = example("Vélo et lecture")
    example("Vélo solidaire")
    example("Lecture")
    assert titles("lecture vélo") == [both.title]
    found = find("vélo introuvablissime lecture")
    assert ([hit.title for hit in found.hits], found.missing, found.is_loose) == (
        [both.title],
        ["introuvablissime"],
        False,
    )
    found = find("solidaire lecture")
    assert ({hit.title for hit in found.hits}, found.is_loose) == ({both.title, "Vélo solidaire", "Lecture"}, True)


def test_near_words_are_of_titles_and_only_where_nothing_else_answers():
    example("Vélo", words="patinage")
    example("Vela")
    assert titles("velo") == ["Vélo"]
    found = find("velq")
    assert ({hit.title for hit in found.hits}, found.near) == ({"Vélo", "Vela"}, [("velq", ["vel", "vela", "velo"])])
    assert titles("patinnage") == []
    assert titles("vel2") == []


@pytest.mark.parametrize("asked", ["", "   ", "de la", "%", "_", "' OR 1=1 --", "\x00", "\\", "😀", "<script>"])
def test_what_says_nothing_finds_nothing(asked):
    example("Cent % vélo_école")
    found = find(asked)
    assert (found.total, found.groups, found.hits) == (0, [], [])


def test_a_thousand_signs_are_a_question_like_another():
    example("Vélo")
    found = find("vélo " * 200)
    assert (len(found.text), found.total) == (200, 1)
    assert find("é" * 1000).total == 0


def test_kinds_are_grouped_and_one_kind_is_paged(django_assert_num_queries):
    for number in range(25):
        example(f"Vélo numéro {number}", position=number)
    example("Vélo secret", kind="secret", scope="a")
    with django_assert_num_queries(2):
        found = find("velo", ["a"])
    assert [(group.label, group.count, len(group.hits)) for group in found.groups] == [
        ("Exemples", 25, 5),
        ("Secrets", 1, 1),
    ]
    assert found.groups[0].hits[0].title == "Vélo numéro 24"
    with django_assert_num_queries(3):
        found = find("velo", ["a"], kind="example", page=2)
    assert ([hit.title for hit in found.hits], found.page.paginator.count) == (
        [f"Vélo numéro {n}" for n in (4, 3, 2, 1, 0)],
        25,
    )
    assert find("velo", ["a"], kind="no-such-kind", page="x").total == 26


def test_the_worst_question_costs_seven_queries():
    for title in ("Vélo", "Lecture", "Jardin"):
        example(title)
    with CaptureQueriesContext(connection) as captured:
        found = find("vello lectture jarddin inconnu")
    assert (found.is_loose, found.missing, len(captured)) == (True, ["inconnu"], 7)


def test_scopes_are_asked_of_the_database():
    example("Vélo ici", kind="secret", scope="a")
    example("Vélo ailleurs", kind="secret", scope="b")
    example("Voiture ailleurs", kind="secret", scope="b")
    assert [titles("velo", user) for user in (None, [], ["a"], ["b"], ["a", "b"])] == [
        [], [], ["Vélo ici"], ["Vélo ailleurs"], titles("velo", ["b", "a"]),
    ]  # fmt: skip
    assert find("voiturre", ["a"]).near == []  # a word that only others know is not told


SOME = "vélo vélos Vélo-école école ÉCOLES lecture lectures zzz zz 2027 20 cœur œuvre à réussi"
WORDS = st.sampled_from(SOME.split())
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def answers(text, title, note):
    """Has this thing all the words? Said in Python, so that each database is compared with the same."""
    return all(
        any(
            term.stem == stem_of(word)
            or (
                len(term.word) > 2
                and (stem_of(word).startswith(term.word) or (in_title and word.startswith(term.word)))
            )
            for in_title, part in ((True, title), (False, note))
            for word in bare_words(part)
        )
        for term in terms_of(text)
    )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), TEXTS)
def test_a_question_finds_what_has_all_its_words(things, asked):
    Listing.objects.all().delete()
    EXAMPLES.clear()
    made = [example(title, notes=(note,)) for title, note in things if bare_words(title)]
    right = sorted(one.thing for one in made if terms_of(asked) and answers(asked, one.title, one.note))
    found = find(asked)
    if right:
        assert sorted(hit.url.rstrip("/").rpartition("/")[2] for hit in found.hits) == right
        assert (found.is_loose, found.missing, found.near) == (False, [], [])
    else:
        assert not found.total or found.is_loose or found.missing or found.near
