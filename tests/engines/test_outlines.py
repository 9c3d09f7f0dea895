"""Outlines: bad ones are refused with the reason, good ones keep their shape and their joints."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.outlines import BadOutline, grid_for, path_of, rings_of, rounded

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
