"""Outlines of places on a map: checked GeoJSON in, SVG paths of whole numbers out.

Longitude and latitude are drawn on an equirectangular grid, longitudes shortened by the cosine of the middle
latitude; within a province the error is below a pixel. Points fall on a grid of whole numbers, the same for
every outline, so neighbours stay joined where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Ring = tuple[tuple[float, float], ...]
DECIMALS = 5  # about a metre


class BadOutline(ValueError):
    """The geometry is no polygon that can be drawn; the message says why, in a word for the code."""


def rings_of(geometry: Any) -> tuple[Ring, ...]:
    """All rings of a GeoJSON Polygon or MultiPolygon as (longitude, latitude). Raises `BadOutline`.

    The codes: "kind" no polygon, "ring" fewer than three points, "point" no longitude and latitude.
    """
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadOutline("kind")
    parts = geometry.get("coordinates")
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    if not isinstance(polygons, list) or not polygons:
        raise BadOutline("ring")
    rings = []
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            raise BadOutline("ring")
        rings += [_ring(ring) for ring in polygon]
    return tuple(rings)


def _ring(ring: Any) -> Ring:
    if not isinstance(ring, list) or len(ring) < 4:
        raise BadOutline("ring")
    return tuple(_point(point) for point in ring)


def _point(point: Any) -> tuple[float, float]:
    if not isinstance(point, list) or len(point) < 2:
        raise BadOutline("point")
    lon, lat = point[:2]
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (lon, lat))
    if not numbers or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise BadOutline("point")
    return round(float(lon), DECIMALS), round(float(lat), DECIMALS)


def rounded(geometry: Any) -> dict[str, Any]:
    """The same polygon with coordinates to about a metre. Raises `BadOutline`."""
    rings_of(geometry)
    if geometry["type"] == "Polygon":
        coordinates: Any = [[list(_point(point)) for point in ring] for ring in geometry["coordinates"]]
    else:
        coordinates = [
            [[list(_point(point)) for point in ring] for ring in part] for part in geometry["coordinates"]
        ]
    return {"type": geometry["type"], "coordinates": coordinates}


@dataclass(frozen=True, slots=True)
class Grid:
    """From longitude and latitude to whole numbers; `width` × `height` holds every outline."""

    west: float
    north: float
    scale: float
    shortening: float
    width: int
    height: int

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        """Where a point falls; y grows to the south."""
        x = (lon - self.west) * self.shortening * self.scale
        return round(x), round((self.north - lat) * self.scale)


def grid_for(outlines: Iterable[Sequence[Ring]], size: int) -> Grid | None:
    """The grid on which the longer side of all outlines together is `size`; None without outlines."""
    points = [point for rings in outlines for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    shortening = cos(radians((south + north) / 2))
    across, down = (east - west) * shortening, north - south
    scale = size / (max(across, down) or 1)
    return Grid(west, north, scale, shortening, round(across * scale) or 1, round(down * scale) or 1)


def path_of(rings: Sequence[Ring], grid: Grid) -> str:
    """The outline as an SVG path of relative steps; rings that shrink below a triangle are left out."""
    return "".join(_closed(points) for ring in rings if len(points := _steps(ring, grid)) >= 3)


def _steps(ring: Ring, grid: Grid) -> list[tuple[int, int]]:
    """The points of a ring on the grid, without repeats and without those on a straight line."""
    points: list[tuple[int, int]] = []
    for lon, lat in ring:
        here = grid.place(lon, lat)
        if points and here == points[-1]:
            continue
        if len(points) >= 2 and _straight(points[-2], points[-1], here):
            points.pop()
        points.append(here)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _straight(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> bool:
    """Whether the second lies on the way from the first to the third."""
    ax, ay, bx, by = two[0] - one[0], two[1] - one[1], three[0] - two[0], three[1] - two[1]
    return ax * by == ay * bx and ax * bx + ay * by > 0


def _closed(points: list[tuple[int, int]]) -> str:
    x, y = points[0]
    parts = [f"M{x} {y}"]
    for there_x, there_y in points[1:]:
        parts.append(f"l{there_x - x} {there_y - y}")
        x, y = there_x, there_y
    return "".join(parts) + "z"
