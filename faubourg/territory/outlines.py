"""Outlines: what a GeoJSON outline must be to be kept. Pure Python; finer checks need a geometry library."""

import math
from typing import Any

Point = tuple[float, float]  # longitude, latitude (WGS84, degrees)
Ring = list[Point]
MultiPolygon = list[list[Ring]]


class OutlineError(ValueError):
    """This is no outline; the message says why, in French."""


def read_outline(given: Any) -> list[list[list[list[float]]]]:
    """The coordinates of a MultiPolygon, out of these or out of a GeoJSON Polygon or MultiPolygon.

    Raises OutlineError when a ring is open or too short, or when a point is not on the globe.
    """
    polygons = _polygons(given)
    if not isinstance(polygons, list | tuple) or not polygons:
        raise OutlineError("Ce contour est vide.")
    return [_polygon(polygon) for polygon in polygons]


def _polygons(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    if given.get("type") == "Feature":
        return _polygons(given.get("geometry"))
    if given.get("type") == "Polygon":
        return [given.get("coordinates")]
    if given.get("type") == "MultiPolygon":
        return given.get("coordinates")
    raise OutlineError("Un contour est un Polygon ou un MultiPolygon GeoJSON.")


def _polygon(polygon: Any) -> list[list[list[float]]]:
    if not isinstance(polygon, list | tuple) or not polygon:
        raise OutlineError("Une partie de ce contour est vide.")
    return [_ring(ring) for ring in polygon]


def _ring(ring: Any) -> list[list[float]]:
    if not isinstance(ring, list | tuple):
        raise OutlineError("Ce contour n’est pas une suite de points.")
    points = [_point(point) for point in ring]
    if len(points) < 4:
        raise OutlineError("Un anneau de contour compte au moins quatre points.")
    if points[0] != points[-1]:
        raise OutlineError("Un anneau de ce contour n’est pas fermé : son dernier point n’est pas le premier.")
    return points


def _point(point: Any) -> list[float]:
    if not isinstance(point, list | tuple) or len(point) < 2:
        raise OutlineError("Un point est une longitude et une latitude.")
    lon, lat = point[0], point[1]
    for value in (lon, lat):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise OutlineError("Une coordonnée de ce contour n’est pas un nombre.")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise OutlineError("Un point de ce contour n’est pas sur le globe (longitude puis latitude, en degrés).")
    return [float(lon), float(lat)]
