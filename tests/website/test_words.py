import pytest

from faubourg.website.pictures import arch_of, story_of, token_of
from faubourg.website.words import at_place, first_up, listed, of_place, spelled


@pytest.mark.parametrize(
    ("name", "at", "of"),
    [
        ("Le Sablar", "au Sablar", "du Sablar"),
        ("Les Landes", "aux Landes", "des Landes"),
        ("La Torte", "à la Torte", "de la Torte"),
        ("L’Adour", "à l’Adour", "de l’Adour"),
        ("Cuyès", "à Cuyès", "de Cuyès"),
        ("Angoumé", "à Angoumé", "d’Angoumé"),
        ("Le", "à Le", "de Le"),
    ],
)
def test_places_bend_after_a_preposition(name, at, of):
    assert (at_place(name), of_place(name)) == (at, of)


def test_lists_end_with_and():
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a et b", "a, b et c"]


def test_numbers_are_spelled_up_to_twenty():
    assert [spelled(n) for n in (0, 1, 9, 20, 21)] == ["zéro", "un", "neuf", "vingt", "21"]
    assert spelled(1, feminine=True) == "une"
    assert first_up("") == ""


def test_drawings_are_found_by_the_contract_s_icons():
    assert [arch_of(icon) for icon in ("livre", "bike", "")] == ["book", "bike", "door"]
    assert story_of("bulle").endswith("_art_story_tea.html")
    assert story_of("livre") == ""


@pytest.mark.parametrize(
    ("euros", "token"), [(12_000, 1_000), (40_000, 1_000), (170_000, 10_000), (900_000, 100_000), (10**9, 1_000_000)]
)
def test_tokens_stay_few_enough_to_be_counted(euros, token):
    assert token_of(euros * 100) == token * 100
