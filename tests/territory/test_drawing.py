"""The drawing: pure arithmetic, north up, true to scale."""

import math
import re

import pytest

from faubourg.territory.models import Neighbourhood
from faubourg.territory.selectors import drawing
from tests.factories.territory import square


def place(outline, code: str = "QN04001M") -> Neighbourhood:
    return Neighbourhood(code=code, name=code, outline=outline)


def points(d: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", d)]


def test_drawing_square_at_the_equator_fills_the_frame():
    drawn = drawing([place(square(0, 0))], width=132, margin=16)
    (shape,) = drawn.shapes
    assert (drawn.width, drawn.height) == (132, 132)
    assert shape.d == "M16,116L116,116L116,16L16,16Z"
    assert (shape.x, shape.y) == (66, 66)
    assert drawn.shape_of("QN04001M") is shape
    assert drawn.shape_of("QN04002I") is None


def test_drawing_degree_of_longitude_is_short_in_the_north():
    drawn = drawing([place(square(0, 60 - 0.005))], width=132, margin=16)
    assert drawn.height == pytest.approx(2 * 100 + 32, abs=1)


def test_drawing_several_in_one_frame_north_up():
    north, south = place(square(0, 1), "QN04001M"), place(square(0.03, 0.9), "QN04002I")
    drawn = drawing([north, south], width=300)
    assert [shape.neighbourhood for shape in drawn.shapes] == [north, south]
    assert drawn.shapes[0].y < drawn.shapes[1].y
    assert drawn.shapes[0].x < drawn.shapes[1].x
    everything = [point for shape in drawn.shapes for point in points(shape.d)]
    assert min(x for x, _ in everything) == min(y for _, y in everything) == 16
    assert max(x for x, _ in everything) == 300 - 16
    assert max(y for _, y in everything) <= drawn.height - 16


def test_drawing_max_height_narrows_it():
    drawn = drawing([place([[[[0, 0], [0.01, 0], [0.01, 0.1], [0, 0.1], [0, 0]]]])], width=600, max_height=232)
    assert (drawn.width, drawn.height) == (52, 232)
    assert drawing([place(square(0, 0))], width=132, max_height=400).width == 132


def test_drawing_label_stays_inside_a_bent_shape():
    horseshoe = [[[[0, 0], [10, 0], [10, 10], [9, 10], [9, 1], [1, 1], [1, 10], [0, 10], [0, 0]]]]
    drawn = drawing([place(horseshoe)], width=1032)
    (shape,) = drawn.shapes
    corners = points(shape.d)
    left, right = corners[5][0], corners[4][0]
    assert not left < shape.x < right


def test_drawing_label_is_not_in_a_hole():
    ring, hole = square(0, 0, 10)[0][0], square(4, 4, 2)[0][0]
    (shape,) = drawing([place([[ring, hole]])], width=1032).shapes
    (x1, _), (x2, _) = points(shape.d)[4:6]
    assert not min(x1, x2) < shape.x < max(x1, x2)
    assert shape.d.count("Z") == 2


def test_drawing_label_on_the_largest_part():
    (shape,) = drawing([place([*square(0, 0, 0.01), *square(1, 0, 0.1)])], width=1000).shapes
    assert shape.x > 900


def test_drawing_points_that_fall_together_are_drawn_once():
    ring = [[0, 0], [0.0000001, 0], [0.01, 0], [0.01, 0.01], [0, 0.01], [0, 0]]
    assert drawing([place([[ring]])], width=132).shapes[0].d == "M16,116L116,116L116,16L16,16Z"


def test_drawing_outline_that_shrinks_to_a_dot_still_draws():
    dot = [[[[0, 0]] * 4]]
    drawn = drawing([place(dot)], width=132)
    assert drawn.shapes[0].d == "M16,16Z"
    tiny = drawing([place(square(0, 0, 1e-9), "QN04001M"), place(square(5, 5))], width=132)
    assert tiny.shapes[0].d.startswith("M")


def test_drawing_nothing_to_draw():
    drawn = drawing([place(None), place([])], width=300)
    assert (drawn.width, drawn.height, drawn.shapes, drawn.context, drawn.scale) == (300, 0, (), (), None)


def test_drawing_context_lies_behind_and_does_not_move_the_frame():
    alone = drawing([place(square(0, 0))], width=132)
    with_context = drawing([place(square(0, 0))], width=132, context=[square(-5, -5, 10)])
    assert with_context.shapes[0].d == alone.shapes[0].d
    assert len(with_context.context) == 1
    only_context = drawing([], width=132, context=[square(0, 0)])
    assert only_context.context == ("M16,116L116,116L116,16L16,16Z",)


@pytest.mark.parametrize(
    ("side", "metres", "label"),
    [(0.001, 20, "20 m"), (0.01, 200, "200 m"), (0.02, 500, "500 m"), (0.05, 1000, "1 km"), (1, 20_000, "20 km")],
)
def test_drawing_scale_bar_is_a_round_distance_and_true(side, metres, label):
    drawn = drawing([place(square(0, 0, side))], width=132)
    assert (drawn.scale.metres, drawn.scale.label) == (metres, label)
    per_pixel = side * 111_195 / 100
    assert drawn.scale.width * per_pixel == pytest.approx(metres, rel=0.01)
    assert drawn.scale.width <= 132 / 4


def test_drawing_scale_bar_over_the_whole_world_is_left_out():
    assert drawing([place(square(-170, -80, 160))], width=132).scale is not None
    assert drawing([place([[[[0, 0]] * 4]])], width=132).scale is None


def test_drawing_is_as_wide_as_the_ground_says():
    """Le Sablar: 0.01° of longitude at 43.7° is 804 m."""
    drawn = drawing([place(square(-1.06, 43.7))], width=1032)
    xs = [x for x, _ in points(drawn.shapes[0].d)]
    ground = 0.01 * 111_195 * math.cos(math.radians(43.705))
    assert (max(xs) - min(xs)) / drawn.scale.width * drawn.scale.metres == pytest.approx(ground, rel=0.01)
