"""Outlines as SVG paths, drawn by the server: readable without script, painted by the page's own tokens."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from faubourg.territory.models import Neighbourhood

METRES_PER_DEGREE = 111_195  # of latitude, on a sphere of 6 371 km
_Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One neighbourhood: its path and the point of its label, in pixels of the drawing."""

    neighbourhood: Neighbourhood
    d: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A round distance: ``metres`` long on the ground, ``width`` pixels on the drawing."""

    metres: int
    width: float

    @property
    def label(self) -> str:
        return f"{self.metres // 1000} km" if self.metres >= 1000 else f"{self.metres} m"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What ``<svg viewBox="0 0 width height">`` holds. Paths are to be filled with ``fill-rule="evenodd"``."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    context: tuple[str, ...]
    scale: ScaleBar | None

    def shape_of(self, code: str) -> Shape | None:
        return next((shape for shape in self.shapes if shape.neighbourhood.code == code), None)


@dataclass(frozen=True, slots=True)
class _Frame:
    """From degrees to pixels; a degree of longitude is as short as it is at this latitude."""

    west: float
    north: float
    shrink: float  # cos(latitude)
    per_degree: float  # pixels per degree of latitude
    margin: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        x = self.margin + (lon - self.west) * self.shrink * self.per_degree
        y = self.margin + (self.north - lat) * self.per_degree
        return round(x, 1), round(y, 1)

    def rings(self, outline: Any) -> list[_Ring]:
        """Every ring of a MultiPolygon in pixels, without the points that fall on the one before."""
        rings = []
        for polygon in outline:
            for ring in polygon:
                points = [self.place(lon, lat) for lon, lat, *_ in ring]
                kept = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
                rings.append(kept)
        return rings


def drawing(
    neighbourhoods: Iterable[Neighbourhood],
    width: int = 640,
    context: Sequence[Any] = (),
    *,
    margin: int = 16,
    max_height: int | None = None,
) -> Drawing:
    """The neighbourhoods that have an outline, north up, fitted to ``width``; those without are left out.

    ``context``: outlines (MultiPolygon coordinates) drawn behind, which do not move the frame unless they are
    alone. ``max_height`` narrows a tall drawing instead of letting it grow.
    """
    drawn = [place for place in neighbourhoods if place.outline]
    framed = [place.outline for place in drawn] or list(context)
    if not framed:
        return Drawing(width, 0, (), (), None)
    frame, width, height = _frame(framed, width, margin, max_height)
    shapes = tuple(_shape(place, frame) for place in drawn)
    behind = tuple(_path(frame.rings(outline)) for outline in context)
    return Drawing(width, height, shapes, behind, _scale_bar(frame, width))


def _frame(outlines: Sequence[Any], width: int, margin: int, max_height: int | None) -> tuple[_Frame, int, int]:
    points = [point for outline in outlines for polygon in outline for ring in polygon for point in ring]
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    west, north = min(lons), max(lats)
    tall = north - min(lats)
    shrink = math.cos(math.radians(north - tall / 2))
    wide = (max(lons) - west) * shrink
    per_degree = (width - 2 * margin) / max(wide, 1e-9)
    if max_height is not None and tall * per_degree + 2 * margin > max_height:
        per_degree = (max_height - 2 * margin) / tall
        width = math.ceil(round(wide * per_degree + 2 * margin, 3))
    height = math.ceil(round(tall * per_degree + 2 * margin, 3))
    return _Frame(west, north, shrink, per_degree, margin), width, height


def _shape(place: Neighbourhood, frame: _Frame) -> Shape:
    rings = frame.rings(place.outline)
    x, y = _label_point(rings)
    return Shape(place, _path(rings), x, y)


def _path(rings: list[_Ring]) -> str:
    return "".join(
        "M" + "L".join(f"{x:g},{y:g}" for x, y in (ring[:-1] if len(ring) > 1 else ring)) + "Z" for ring in rings
    )


def _area_and_centroid(ring: _Ring) -> tuple[float, float, float]:
    area = cx = cy = 0.0
    for (x1, y1), (x2, y2) in pairwise(ring):
        cross = x1 * y2 - x2 * y1
        area += cross
        cx += (x1 + x2) * cross
        cy += (y1 + y2) * cross
    if abs(area) < 1e-9:
        return 0.0, ring[0][0], ring[0][1]
    return abs(area) / 2, cx / (3 * area), cy / (3 * area)


def _label_point(rings: list[_Ring]) -> tuple[float, float]:
    """The centroid of the largest ring, moved along its line into the shape when it falls outside."""
    _, x, y = max((_area_and_centroid(ring) for ring in rings), key=lambda found: found[0])
    crossings = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )
    inside = list(zip(crossings[::2], crossings[1::2], strict=False))
    if inside and not any(left <= x <= right for left, right in inside):
        left, right = max(inside, key=lambda span: span[1] - span[0])
        x = (left + right) / 2
    return round(x, 1), round(y, 1)


def _scale_bar(frame: _Frame, width: int) -> ScaleBar | None:
    """The longest round distance (1, 2 or 5 times a power of ten metres) within a quarter of the width."""
    per_metre = frame.per_degree / METRES_PER_DEGREE
    room = width / 4 / per_metre
    if not 1 <= room < 1e7:
        return None
    power = 10 ** int(math.log10(room))
    metres = max(step * power for step in (1, 2, 5) if step * power <= room)
    return ScaleBar(metres, round(metres * per_metre, 1))
