"""The lineage picture: boxes never overlap, lines lead to the right, what is too much is folded."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given, settings
from hypothesis import strategies as st

from kientoan.domains.organisation.queries import Arc, Lineage, Named
from kientoan.interfaces.web.layered import Drawing
from kientoan.interfaces.web.layered.shapes import breadth
from kientoan.interfaces.web.organisation.lineage_graph import Graph, Time, graph_of
from kientoan.interfaces.web.organisation.lineage_picture import (
    WIDTH,
    columns_of,
    drawing_of,
    key_of,
    share_of,
    short_basis,
)

FIRST = date(2000, 1, 1)
LIFE = DateRange(FIRST, None)
UNIT = 1


def named(unit: int) -> Named:
    return Named(unit, f"{unit:05}", f"Phường số {unit}", "ward")


def arc(source: int, target: int, day: date, *, decision: int = 0, full: bool = True, steps: int = 1) -> Arc:
    return Arc(
        day=day, kind="merge_new", original=named(source), result=named(target), full=full, population=None,
        area=None if full else Decimal("0.25"), headcount=None, by_hand=None,
        decision=decision or day.toordinal(), legal_basis="Nghị quyết số 1668/NQ-UBTVQH15", steps=steps,
    )  # fmt: skip


def graph(
    back: Sequence[Arc] = (), onward: Sequence[Arc] = (), *, day: date = date(2030, 1, 1), most: int = 8,
    opened: Sequence[str] = (),
) -> Graph:  # fmt: skip
    lineage = Lineage(UNIT, tuple(back), tuple(onward))
    return graph_of(lineage, life=LIFE, day=day, named_on=lambda _day: named(UNIT), most=most, opened=opened)


def drawn(found: Graph) -> Drawing:
    return drawing_of(found, lambda fold: f"?open={fold}")


def check(drawing: Drawing) -> None:
    for one, two in combinations(drawing.boxes, 2):
        apart = one.right <= two.x or two.right <= one.x or one.bottom <= two.y or two.bottom <= one.y
        assert apart, (one, two)
    by_key = {placed.box.key: placed for placed in drawing.boxes}
    for line in drawing.lines:
        source, target = by_key[line.joint.source], by_key[line.joint.target]
        assert source.box.layer < target.box.layer
        xs = [x for x, _y in line.points]
        assert xs == sorted(xs)
        assert xs[0] == source.right
        assert xs[-1] < target.x
        assert source.y <= line.points[0][1] <= source.bottom
        assert target.y <= line.points[-1][1] <= target.bottom
    check_words(drawing)
    for placed in drawing.boxes:
        assert placed.x >= 0
        assert placed.y >= 0
        assert placed.right < drawing.width
        assert placed.bottom < drawing.height


def check_words(drawing: Drawing) -> None:
    """No words lie on others, on a box, on a bend of their line or on its tip."""
    areas = []
    for line in drawing.lines:
        for row, (x, y, words) in enumerate(line.rows):
            own = line.points[0][1]
            assert y < own - 3 if row == 0 else y - 9 > own
            end = x + breadth([words])
            areas.append((x, y - 9, end, y))
            level = re.match(r"M\d+ \d+H(\d+)", line.path)
            assert level is not None
            assert end <= int(level.group(1)) - (6 if "C" not in line.path else 0)
    boxes = [(placed.x, placed.y, placed.right, placed.bottom) for placed in drawing.boxes]
    for number, area in enumerate(areas):
        for other in (*boxes, *areas[number + 1 :]):
            apart = area[2] <= other[0] or other[2] <= area[0] or area[3] <= other[1] or other[3] <= area[1]
            assert apart, (area, other)


def test_three_wards_become_one_from_left_to_right() -> None:
    day = date(2025, 7, 1)
    picture = drawn(graph([arc(2, UNIT, day), arc(3, UNIT, day), arc(4, UNIT, day, full=False)]))
    assert [placed.box.layer for placed in picture.boxes if not placed.box.is_centre] == [-1, -1, -1, -1]
    assert picture.centre.box.key == key_of(Time(UNIT, 1))
    assert picture.centre.width == WIDTH
    lines = [line for line in picture.lines if line.joint.words]
    assert [line.joint.css for line in lines] == ["whole", "whole", "part"]
    assert lines[2].joint.words == ("01/07/2025, 25 % diện tích", "1668/NQ-UBTVQH15")
    check(picture)


def test_the_unit_stands_in_the_middle_as_it_was_on_the_day() -> None:
    first, second = date(2005, 1, 1), date(2015, 1, 1)
    back = [arc(2, UNIT, first), arc(3, UNIT, second)]
    columns = columns_of(graph(back, day=date(2010, 1, 1)))
    assert columns[Time(UNIT, 1)] == 0
    assert columns[Time(UNIT, 2)] == 1
    assert columns[Time(2, 0)] == -1
    assert columns[Time(3, 0)] == 0  # joined later: stands beside, not before
    check(drawn(graph(back, day=date(1990, 1, 1))))


def test_ten_changes_of_one_ward_make_a_row_of_eleven() -> None:
    days = [FIRST + timedelta(days=400 * number) for number in range(1, 11)]
    picture = drawn(graph([arc(UNIT, UNIT, day) for day in days], [arc(UNIT, UNIT, day) for day in days]))
    assert sorted(placed.box.layer for placed in picture.boxes) == list(range(-10, 1))
    assert all(line.joint.words for line in picture.lines)
    check(picture)


def test_units_that_gave_parts_to_each_other_are_drawn_without_a_way_back() -> None:
    there, back = date(2005, 1, 1), date(2010, 1, 1)
    given_away = arc(UNIT, 2, there, full=False)
    got_back = arc(2, UNIT, back, full=False)
    check(drawn(graph([got_back, given_away], [given_away, got_back], day=date(2007, 1, 1))))


def test_hundreds_of_predecessors_fold_into_one_box_that_opens() -> None:
    day = date(2025, 7, 1)
    arcs = [arc(number, UNIT, day, decision=7, full=number % 2 == 0) for number in range(2, 402)]
    folded = graph(arcs)
    assert list(folded.folded.values()) == [393]
    assert len([time for time in folded.names if time.unit != UNIT]) == 7
    assert all(name.unit % 2 == 0 or name.unit == UNIT for name in folded.names.values())  # whole ones first
    name = next(iter(folded.folded)).fold
    assert name == f"from-7-{UNIT}"
    opened = graph(arcs, opened=[name])
    assert not opened.folded
    assert len(opened.names) == 402
    check(drawn(folded))


def test_what_stands_behind_a_folded_unit_is_folded_with_it() -> None:
    first, second = date(2005, 1, 1), date(2015, 1, 1)
    arcs = [arc(number, UNIT, second, decision=7) for number in range(2, 30)]
    arcs.append(arc(99, 29, first, decision=6, steps=2))
    assert 99 not in {time.unit for time in graph(arcs).names}


arcs_drawn = st.lists(
    st.tuples(st.integers(1, 7), st.integers(1, 7), st.integers(0, 12), st.booleans()), max_size=14
)


@settings(deadline=None, max_examples=150)
@given(arcs_drawn, arcs_drawn, st.integers(0, 13), st.integers(2, 5))
def test_no_boxes_overlap_and_every_line_leads_to_the_right(
    back: list[tuple[int, int, int, bool]],
    onward: list[tuple[int, int, int, bool]],
    year: int,
    most: int,
) -> None:
    def made(rows: list[tuple[int, int, int, bool]]) -> list[Arc]:
        return [arc(one, two, FIRST + timedelta(days=365 * when), full=full) for one, two, when, full in rows]

    found = graph(made(back), made(onward), day=FIRST + timedelta(days=365 * year + 3), most=most)
    check(drawn(found))


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Nghị quyết số 1668/NQ-UBTVQH15 về việc sắp xếp", "1668/NQ-UBTVQH15"),
        ("202/2025/QH15; Số: 1656/NQ-UBTVQH15", "202/2025/QH15"),
        ("Nghị định 05/2007/NĐ-CP", "05/2007/NĐ-CP"),
        ("Theo đề nghị của các tỉnh", "Theo đề nghị của các…"),
        ("", ""),
    ],
)
def test_the_basis_is_shortened_to_its_number(text: str, short: str) -> None:
    assert short_basis(text) == short


def test_the_share_says_of_what_it_is_a_part() -> None:
    part = arc(2, UNIT, FIRST, full=False)
    assert share_of(part) == (Decimal("25.00"), "area")
    assert share_of(replace(part, population=Decimal("0.5"))) == (Decimal("50.0"), "population")
    assert share_of(replace(part, area=None)) is None
