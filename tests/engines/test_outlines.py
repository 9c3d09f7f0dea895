"""Outlines: bad ones are refused with the reason, good ones keep their shape and their joints."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.outlines import (
    BadOutline,
    checked_rings,
    grid_for,
    joined_path,
    path_of,
    rings_of,
    rounded,
)

CORNERS = [[105, 10], [106, 10], [106, 11], [105, 11], [105, 10]]
SQUARE = {"type": "Polygon", "coordinates": [CORNERS]}


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "kind"),
        ({"type": "Point", "coordinates": [1, 2]}, "kind"),
        ({"type": "Polygon", "coordinates": []}, "ring"),
        ({"type": "Polygon"}, "ring"),
        ({"type": "Polygon", "coordinates": [[[105, 10], [106, 10], [105, 10]]]}, "ring"),
        ({"type": "Polygon", "coordinates": [[[105, 10], [106, 10], [106, "x"], [105, 10]]]}, "point"),
        ({"type": "Polygon", "coordinates": [[[105, 10], [106, 10], [106, 95], [105, 10]]]}, "point"),
        ({"type": "Polygon", "coordinates": [[[105, 10], [True, 10], [106, 11], [105, 10]]]}, "point"),
        ({"type": "MultiPolygon", "coordinates": [[[105, 10]]]}, "ring"),
    ],
)
def test_what_is_no_polygon_is_refused_with_the_reason(geometry: Any, code: str) -> None:
    with pytest.raises(BadOutline, match=code):
        rings_of(geometry)


def test_coordinates_are_kept_to_about_a_metre() -> None:
    fine = {
        "type": "Polygon",
        "coordinates": [[[105.1234567, 10, 3], [106, 10], [106, 11], [105.1234567, 10]]],
    }
    assert rounded(fine)["coordinates"][0][0] == [105.12346, 10.0]
    many = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}
    assert rounded(many)["coordinates"] == [[[[float(value) for value in point] for point in CORNERS]]]


def test_north_is_up_and_a_degree_east_is_shorter_than_one_north() -> None:
    rings = rings_of(SQUARE)
    grid = grid_for([rings], 1000)
    assert grid is not None
    assert (grid.width, grid.height) == (983, 1000)  # cos 10,5° = 0,983
    assert grid.place(105, 11) == (0, 0)
    assert grid.place(106, 10) == (983, 1000)
    assert path_of(rings, grid) == "M0 1000l983 0l0 -1000l-983 0z"


def test_points_on_a_straight_line_and_specks_are_left_out() -> None:
    ring = [[105, 10], [105.5, 10], [106, 10], [106, 11], [105, 11], [105, 10]]
    speck = [[105.1, 10.1], [105.10001, 10.1], [105.1, 10.10001], [105.1, 10.1]]
    rings = rings_of({"type": "Polygon", "coordinates": [ring, speck]})
    grid = grid_for([rings], 100)
    assert grid is not None
    assert path_of(rings, grid).count("l") == 3
    assert path_of(rings, grid).count("M") == 1


def test_without_outlines_there_is_no_grid() -> None:
    assert grid_for([], 100) is None


points = st.tuples(st.floats(102, 110), st.floats(8, 24))


@given(st.lists(st.lists(points, min_size=3, max_size=9), min_size=1, max_size=5), st.integers(10, 2000))
def test_every_point_falls_within_the_picture(outlines: list[list[tuple[float, float]]], size: int) -> None:
    rings = [
        rings_of({"type": "Polygon", "coordinates": [[[*p] for p in [*ring, ring[0]]]]}) for ring in outlines
    ]
    grid = grid_for(rings, size)
    assert grid is not None
    for outline in rings:
        for ring in outline:
            for lon, lat in ring:
                x, y = grid.place(lon, lat)
                assert 0 <= x <= grid.width + 1
                assert 0 <= y <= grid.height + 1


def box(west: float, south: float, east: float, north: float, *, turned: bool = False) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring[::-1] if turned else ring]}


@pytest.mark.parametrize("turned", [False, True])
def test_a_shared_border_is_left_out_whichever_way_the_outlines_turn(turned: bool) -> None:
    left, right = rings_of(box(0, 0, 1, 1)), rings_of(box(1, 0, 2, 1, turned=turned))
    grid = grid_for([left, right], 200)
    assert grid is not None
    assert joined_path([left, right], grid) == "M0 0l0 100l200 0l0 -100l-100 0z"


def test_what_lies_in_a_hole_closes_it() -> None:
    around = box(0, 0, 3, 3)
    around["coordinates"].append(box(1, 1, 2, 2)["coordinates"][0])
    outer, inner = rings_of(around), rings_of(box(1, 1, 2, 2))
    grid = grid_for([outer], 300)
    assert grid is not None
    assert joined_path([outer], grid).count("M") == 2
    assert joined_path([outer, inner], grid).count("M") == 1


def test_outlines_apart_stay_apart() -> None:
    one, two = rings_of(box(0, 0, 1, 1)), rings_of(box(2, 0, 3, 1))
    grid = grid_for([one, two], 300)
    assert grid is not None
    assert joined_path([one, two], grid).count("M") == 2


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12, unique=True))
def test_squares_of_a_grid_joined_cover_what_they_cover(cells: list[tuple[int, int]]) -> None:
    outlines = [rings_of(box(x, y, x + 1, y + 1)) for x, y in cells]
    grid = grid_for([rings_of(box(0, 0, 5, 5))], 500)
    assert grid is not None
    path = joined_path(outlines, grid)
    edges = sum(
        (x + dx, y + dy) not in cells for x, y in cells for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
    )
    assert path.count("l") <= edges
    assert path.count("M") >= 1


def test_a_gap_between_neighbours_is_closed_and_a_small_island_stays() -> None:
    left, right = box(0, 0, 1, 1), box(1, 0, 2, 1)
    left["coordinates"][0][2:2] = [[1, 0.4], [0.99, 0.5], [1, 0.6]]  # drawn a little apart
    right["coordinates"][0][4:4] = [[1, 0.6], [1, 0.4]]
    island = box(2.5, 0.5, 2.51, 0.51)
    rings = [rings_of(one) for one in (left, right, island)]
    grid = grid_for([*rings, rings_of(box(0, 0, 3, 1))], 300)
    assert grid is not None
    assert joined_path(rings[:2], grid).count("M") == 1
    assert joined_path(rings, grid).count("M") == 2


def test_a_stored_geometry_has_the_rings_of_a_checked_one() -> None:
    several = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"], box(1, 1, 2, 2)["coordinates"]]}
    for geometry in (SQUARE, several):
        assert checked_rings(geometry) == rings_of(geometry)
