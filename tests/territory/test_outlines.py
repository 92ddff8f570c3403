import json

import pytest

from faubourg.territory.outlines import MOST_POINTS, OutlineError, read_geojson, read_outline
from tests.factories.territory import square

SQUARE = square(-1.06, 43.7)
RING = SQUARE[0][0]


@pytest.mark.parametrize(
    "given",
    [
        SQUARE,
        {"type": "MultiPolygon", "coordinates": SQUARE},
        {"type": "Polygon", "coordinates": SQUARE[0]},
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": SQUARE[0]}},
        [[[(lon, lat, 12.0) for lon, lat in RING]]],
    ],
)
def test_read_outline_as_a_multipolygon(given):
    assert read_outline(given) == SQUARE


def test_read_outline_with_a_hole_and_two_parts():
    hole = square(-1.055, 43.705, 0.001)[0][0]
    two = [[RING, hole], square(0, 0)[0]]
    assert read_outline(two) == two


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "Ce contour est vide."),
        (None, "Ce contour est vide."),
        ("POLYGON((0 0))", "Ce contour est vide."),
        ({"type": "MultiPolygon"}, "Ce contour est vide."),
        ({"type": "Point", "coordinates": [0, 0]}, "Un contour est un Polygon ou un MultiPolygon GeoJSON."),
        ([[]], "Une partie de ce contour est vide."),
        ({"type": "Polygon"}, "Une partie de ce contour est vide."),
        ([["ring"]], "Ce contour n’est pas une suite de points."),
        ([[RING[:3]]], "Un anneau de contour compte au moins quatre points."),
        ([[RING[:4]]], "Un anneau de ce contour n’est pas fermé : son dernier point n’est pas le premier."),
        ([[[[0], [0], [0], [0]]]], "Un point est une longitude et une latitude."),
        ([[[3, 3, 3, 3]]], "Un point est une longitude et une latitude."),
        ([[[["0", 0]] * 4]], "Une coordonnée de ce contour n’est pas un nombre."),
        ([[[[True, 0]] * 4]], "Une coordonnée de ce contour n’est pas un nombre."),
        ([[[[float("nan"), 0]] * 4]], "Une coordonnée de ce contour n’est pas un nombre."),
        ([[[[0, float("inf")]] * 4]], "Une coordonnée de ce contour n’est pas un nombre."),
        (
            [[[[376000, 6298000]] * 4]],
            "Un point de ce contour n’est pas sur le globe (longitude puis latitude, en degrés).",
        ),
        (
            [[[[10**400, 0]] * 4]],
            "Un point de ce contour n’est pas sur le globe (longitude puis latitude, en degrés).",
        ),
        (
            [[[[0, 0], [1, 1], [2, 2], [0, 0]]]],
            "Un anneau de ce contour n’enferme rien : ses points sont sur une même ligne.",
        ),
        (
            [[RING[:1] * MOST_POINTS + RING]],
            f"Ce contour compte {MOST_POINTS + 5} points, pour {MOST_POINTS} au plus. Simplifiez-le.",
        ),
        ([[[[0, 91]] * 4]], "Un point de ce contour n’est pas sur le globe (longitude puis latitude, en degrés)."),
    ],
)
def test_read_outline_refused_in_words(given, words):
    with pytest.raises(OutlineError) as no:
        read_outline(given)
    assert str(no.value) == words


# ------------------------------------------------------------------------------------------------- as a text
def feature(code: str, shape: object = RING) -> dict:
    return {
        "type": "Feature", "properties": {"code_qp": code}, "geometry": {"type": "Polygon", "coordinates": [shape]}
    }  # fmt: skip


def collection(*features: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_one_outline_is_found_in_a_text():
    two = collection(feature("QN04002I", square(0, 0)[0][0]), feature("QN04001M"))
    for text in (json.dumps({"type": "Polygon", "coordinates": [RING]}), collection(feature("?")), two):
        assert read_outline(read_geojson(text, "QN04001M")) == SQUARE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("POLYGON((0 0))", "Ce texte n’est pas du GeoJSON : il ne peut pas être lu."),
        ("[" * 100_000, "Ce texte n’est pas du GeoJSON : il ne peut pas être lu."),
        ("[[0, 0]]", "Ce texte n’est pas du GeoJSON : il commence par une accolade « { »."),
        (collection(), "Ce fichier contient 0 contours, et 0 qui porte le code QN04001M."),
        (
            collection(feature("a"), feature("b"), None),
            "Ce fichier contient 2 contours, et 0 qui porte le code QN04001M.",
        ),
        (
            json.dumps({"type": "FeatureCollection", "features": 3}),
            "Ce fichier contient 0 contours, et 0 qui porte le code QN04001M.",
        ),
    ],
)
def test_a_text_without_one_outline_is_refused_in_words(text, words):
    with pytest.raises(OutlineError) as no:
        read_geojson(text, "QN04001M")
    assert str(no.value) == words
