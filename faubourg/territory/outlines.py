"""Outlines: what a GeoJSON outline must be to be kept. Pure Python; finer checks need a geometry library."""

import json
import math
from itertools import pairwise
from typing import Any

Point = tuple[float, float]  # longitude, latitude (WGS84, degrees)
Ring = list[Point]
MultiPolygon = list[list[Ring]]


MOST_POINTS = 5000  # an official outline has a few hundred; each public page carries them all


class OutlineError(ValueError):
    """This is no outline; the message says why, in French."""


def read_outline(given: Any) -> list[list[list[list[float]]]]:
    """The coordinates of a MultiPolygon, out of these or out of a GeoJSON Polygon or MultiPolygon.

    Raises OutlineError when a ring is open or too short, encloses nothing, or has a point that is not on the globe.
    """
    polygons = _polygons(given)
    if not isinstance(polygons, list | tuple) or not polygons:
        raise OutlineError("Ce contour est vide.")
    outline = [_polygon(polygon) for polygon in polygons]
    count = sum(len(ring) for polygon in outline for ring in polygon)
    if count > MOST_POINTS:
        raise OutlineError(f"Ce contour compte {count} points, pour {MOST_POINTS} au plus. Simplifiez-le.")
    return outline


def read_geojson(text: str, code: str = "") -> Any:
    """The one outline that a GeoJSON text holds, to be given to ``read_outline``.

    Of several features (an official file holds a whole country) the one that bears this code.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise OutlineError("Ce texte n’est pas du GeoJSON : il ne peut pas être lu.") from None
    if not isinstance(found, dict):
        raise OutlineError("Ce texte n’est pas du GeoJSON : il commence par une accolade « { ».")
    if found.get("type") != "FeatureCollection":
        return found
    features = found.get("features")
    features = [one for one in features if isinstance(one, dict)] if isinstance(features, list) else []
    if len(features) == 1:
        return features[0]
    named = [one for one in features if isinstance(one.get("properties"), dict) and code in one["properties"].values()]
    if len(named) != 1:
        raise OutlineError(f"Ce fichier contient {len(features)} contours, et {len(named)} qui porte le code {code}.")
    return named[0]


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
    if not any(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(_from_first(points))):
        raise OutlineError("Un anneau de ce contour n’enferme rien : ses points sont sur une même ligne.")
    return points


def _from_first(points: list[list[float]]) -> list[tuple[float, float]]:
    """The points as seen from the first one, so that large numbers do not hide small ones."""
    west, south = points[0]
    return [(lon - west, lat - south) for lon, lat in points]


def _point(point: Any) -> list[float]:
    if not isinstance(point, list | tuple) or len(point) < 2:
        raise OutlineError("Un point est une longitude et une latitude.")
    lon, lat = point[0], point[1]
    for value in (lon, lat):
        if isinstance(value, bool) or not isinstance(value, int | float) or not _is_finite(value):
            raise OutlineError("Une coordonnée de ce contour n’est pas un nombre.")
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise OutlineError("Un point de ce contour n’est pas sur le globe (longitude puis latitude, en degrés).")
    return [float(lon), float(lat)]


def _is_finite(value: float) -> bool:
    """A whole number of four hundred digits is one too, though it fits nowhere."""
    return isinstance(value, int) or math.isfinite(value)
