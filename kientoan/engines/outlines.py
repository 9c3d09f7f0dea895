"""Outlines of places on a map: checked GeoJSON in, SVG paths of whole numbers out.

Longitude and latitude are drawn on an equirectangular grid, longitudes shortened by the cosine of the middle
latitude; within a province the error is below a pixel. Points fall on a grid of whole numbers, the same for
every outline, so neighbours stay joined where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

Ring = tuple[tuple[float, float], ...]
Place = tuple[int, int]  # on the grid
Edge = tuple[Place, Place]
GAP = 30  # twice the area, on the grid, up to which a ring between outlines is a gap
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


def checked_rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    """The rings of a geometry that was checked when it was stored: a map of the nation has 400,000 points."""
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return tuple(tuple(map(tuple, ring)) for polygon in polygons for ring in polygon)


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


def joined_path(outlines: Iterable[Sequence[Ring]], grid: Grid) -> str:
    """Several outlines as one path, to be filled by the even-odd rule.

    A border that two of them share, point by point, is walked twice and so left out, whichever way each of
    them turns; also the border of one that lies in a hole of another.
    """
    edges: dict[Edge, int] = {}
    for number, rings in enumerate(outlines):
        for ring in rings:
            points = _places(ring, grid)
            for one, two in zip(points, points[1:] + points[:1], strict=True):
                edge = (min(one, two), max(one, two))
                if edges.pop(edge, None) is None:
                    edges[edge] = number
    found = (ring for ring in _chained(edges) if len(ring) >= 3 and not _is_gap(ring, edges))
    return "".join(_closed(_without_straight(ring)) for ring in found)


def _is_gap(ring: Sequence[Place], edges: Mapping[Edge, int]) -> bool:
    """Whether a small ring lies between neighbours whose borders were drawn a little apart.

    It has edges of several outlines. A small island has those of one, and stays.
    """
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    twice = abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs))
    return twice <= GAP and len({edges[min(pair), max(pair)] for pair in pairs}) > 1


def _places(ring: Ring, grid: Grid) -> list[Place]:
    """The points of a ring on the grid, without repeats."""
    points: list[Place] = []
    for lon, lat in ring:
        here = grid.place(lon, lat)
        if not points or here != points[-1]:
            points.append(here)
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _chained(edges: Iterable[Edge]) -> Iterable[list[Place]]:
    """Closed ways along the edges, each edge once and no point twice in one way.

    At every point an even number of edges meet, so no way ends before it is closed.
    """
    beside: dict[Place, set[Place]] = {}
    for one, two in edges:
        if one != two:
            beside.setdefault(one, set()).add(two)
            beside.setdefault(two, set()).add(one)
    for start in sorted(beside):
        way, places = [start], {start: 0}
        while beside[way[-1]]:
            here = beside[way[-1]].pop()
            beside[here].discard(way[-1])
            if here not in places:
                places[here] = len(way)
                way.append(here)
                continue
            ring = way[places[here] :]
            del way[places[here] + 1 :]
            for place in ring[1:]:
                del places[place]
            yield ring


def _without_straight(ring: list[Place]) -> list[Place]:
    """The ring without the points on a straight line."""
    points: list[Place] = []
    for here in ring:
        if len(points) >= 2 and _straight(points[-2], points[-1], here):
            points.pop()
        points.append(here)
    return points


def _steps(ring: Ring, grid: Grid) -> list[tuple[int, int]]:
    """The points of a ring on the grid, without repeats and without those on a straight line."""
    return _without_straight(_places(ring, grid))


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
