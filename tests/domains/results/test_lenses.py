"""A table of figures on the boundaries of a day: of before the merger on the new ones, and the reverse."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kientoan.domains.results.queries.lenses import Asked, FigureTable, figure_table, frequencies_of
from tests.conftest import DAY, Cast
from tests.domains.reorganisation import making

from .figures import poor, report, revenue

LATER = date(2020, 6, 30)
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def merged(cast: Cast) -> tuple[making.Wards, int]:
    """Two of three wards merge on the day; figures of the year before and of the year after."""
    wards = making.make_wards(cast)
    (new,) = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district)).created
    return wards, new


def seen(table: FigureTable) -> dict[str, list[str | None]]:
    return {
        line.unit.name: [
            None if cell is None else f"{round(cell.value, 6).normalize():f}" for cell in line.cells
        ]
        for line in table.lines
    }


def test_figures_on_the_new_and_on_the_old_boundaries(
    cast: Cast, merged: tuple, django_assert_max_num_queries
) -> None:  # fmt: skip
    wards, new = merged
    indicator = revenue()
    report(wards.one, indicator, "2017", "10", "2018-01-10")
    report(wards.two, indicator, "2017", "11", "2018-01-10")
    report(wards.three, indicator, "2017", "5", "2018-01-10")
    report(making.Unit.objects.get(pk=new), indicator, "2019", "42", "2020-01-10")
    report(wards.three, indicator, "2019", "6", "2020-01-10")
    viewer = cast.viewer(cast.officer, LATER)
    viewer.look_up()

    def table(on: date | None) -> FigureTable:
        return figure_table(viewer, LATER, indicator=indicator, asked=Asked("year", None, on), most=8)

    assert seen(table(None)) == {
        "Phường Ba": ["6", "5"], "Phường Hai": [None, "11"], "Phường Mới": ["42", None],
        "Phường Một": [None, "10"],
    }  # fmt: skip
    with django_assert_max_num_queries(8):
        now = table(DAY)
    assert seen(now) == {"Phường Ba": ["6", "5"], "Phường Mới": ["42", "21"]}
    assert [total and (total.value, total.units, total.estimated) for total in now.totals] == [
        (Decimal(48), 2, False), (Decimal(26), 2, False),
    ]  # fmt: skip
    assert now.days == (DAY,)
    then = table(BEFORE)
    assert seen(then) == {"Phường Ba": ["6", "5"], "Phường Hai": ["22", "11"], "Phường Một": ["20", "10"]}
    report(cast.district, indicator, "2017", "26", "2018-01-10")  # the district of the three wards
    totals = table(DAY).totals
    assert [total and (total.value, total.units) for total in totals] == [(Decimal(48), 2), (Decimal(26), 1)]
    (hai,) = (line for line in then.lines if line.unit.name == "Phường Hai")
    assert hai.cells[0] is not None
    assert hai.cells[0].estimated
    assert [total and total.value for total in then.totals] == [Decimal(48), Decimal(26)]


def test_what_is_missing_is_named_and_not_counted_as_zero(cast: Cast, merged: tuple) -> None:
    wards, new = merged
    indicator = revenue()
    report(wards.one, indicator, "2017", "10", "2018-01-10")
    table = figure_table(
        cast.viewer(cast.officer, LATER), LATER, indicator=indicator, asked=Asked("year", None, DAY), most=8
    )
    (line,) = table.lines
    assert line.unit.id == new
    assert line.cells[0] is not None
    assert [unit.name for unit in line.cells[0].missing] == ["Phường Hai"]


def test_a_rate_is_shown_where_nothing_changed_and_is_never_added(cast: Cast, merged: tuple) -> None:
    wards, _new = merged
    rate = poor()
    for ward, value in ((wards.one, "3"), (wards.two, "4"), (wards.three, "5")):
        report(ward, rate, "2017", value, "2018-01-10")
    table = figure_table(
        cast.viewer(cast.officer, LATER), LATER, indicator=rate, asked=Asked("year", None, DAY), most=8
    )
    assert seen(table) == {"Phường Ba": ["5"]}
    assert table.totals == ()


def test_a_place_narrows_and_who_sees_no_figure_sees_none(cast: Cast, merged: tuple) -> None:
    wards, _new = merged
    indicator = revenue()
    report(wards.one, indicator, "2017", "10", "2018-01-10")
    report(cast.other_district, indicator, "2017", "7", "2018-01-10")
    officer = cast.viewer(cast.officer, LATER)
    asked = Asked("year", cast.other_district.pk)
    assert seen(figure_table(officer, LATER, indicator=indicator, asked=asked, most=8)) == {
        "Quận Cái Răng": ["7"]
    }
    stranger = cast.viewer(cast.nobody, LATER)
    assert not figure_table(stranger, LATER, indicator=indicator, asked=Asked("year"), most=8).lines
    assert frequencies_of(officer, LATER, indicator) == ["year"]
    assert frequencies_of(stranger, LATER, indicator) == []
