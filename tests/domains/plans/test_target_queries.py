"""The table of targets as known on a day, and who has not reported."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kientoan.domains.plans.models import TargetSet
from kientoan.domains.plans.queries import reporting, targets
from kientoan.domains.plans.queries.targets import TargetRow
from kientoan.domains.results.models import Indicator
from kientoan.engines.periods import parse_period
from tests.conftest import DAY, Cast
from tests.domains.results.figures import poor, report, revenue

from .targets import make_set, make_target


@pytest.fixture
def held(cast: Cast) -> TargetSet:
    return make_set(cast)


def rate(cast: Cast, held: TargetSet) -> Indicator:
    thing = poor()
    make_target(
        cast, held, thing, cast.district, operator="<=", low=None, high=Decimal("1.55"), frequency="quarter",
        baseline=Decimal("2.55"), baseline_year=2017, baseline_vintage="estimate",
        post_id=cast.district_head_post.pk,
    )  # fmt: skip
    return thing


def rows(cast: Cast, day: date = DAY, **more: Any) -> list[TargetRow]:
    views = targets.target_table(viewer=cast.viewer(cast.officer, day), day=day, **more)
    return [row for view in views for row in view.rows]


def test_a_row_tells_plan_base_value_status_and_who_answers(cast: Cast, held: TargetSet) -> None:
    thing = rate(cast, held)
    report(cast.district, thing, "2018-Q1", "1.52", "2018-04-09", "estimate")
    (row,) = rows(cast)
    assert (row.plan, row.baseline, row.value, row.vintage_label) == (
        "≤ 1,55", "2,55 (2017, ước)", "1,52", "Ước",
    )  # fmt: skip
    assert (row.status.state, row.state_label) == ("exceeded", "Vượt")
    assert (row.holder, row.reporter.name) == ("Đặng Thủ Trưởng", "Quận Ninh Kiều")
    assert "quý I/2018: 1,52 %" in row.rule
    assert "giảm 1 so với 2,55 (2017, ước)" in row.rule
    assert "tạm tính" in row.rule


def test_the_table_of_an_earlier_day_does_not_know_later_figures(cast: Cast, held: TargetSet) -> None:
    thing = rate(cast, held)
    report(cast.district, thing, "2018-Q1", "1.52", "2018-04-09", "estimate")
    (row,) = rows(cast, date(2018, 4, 8))
    assert (row.status.state, row.value) == ("not_reported", "")
    assert "Đến ngày 08/04/2018 chưa có số liệu" in row.rule


def test_english_words(cast: Cast, held: TargetSet) -> None:
    rate(cast, held)
    with translation.override("en"):
        (row,) = rows(cast)
        assert row.state_label == "Not reported"
        assert row.rule == "By 30/06/2018 no figure for 2018 had been approved."


def test_the_summary_counts_what_is_reached(cast: Cast, held: TargetSet) -> None:
    thing = revenue()
    make_target(cast, held, thing, cast.district, "100")
    make_target(cast, held, thing, cast.other_district, "100")
    report(cast.district, thing, "2018-01", "150", "2018-02-03")
    ((_, summary),) = targets.set_summary(viewer=cast.viewer(cast.officer), day=DAY)
    assert (summary.reached, summary.total) == (1, 2)
    assert [(state, count) for state, _, count in summary.states] == [("exceeded", 1), ("not_reported", 1)]


def test_a_target_of_the_city_is_rolled_up_and_says_who_is_missing(cast: Cast, held: TargetSet) -> None:
    thing = revenue()
    make_target(cast, held, thing, cast.city, "100", path=[(parse_period("2018-Q1"), Decimal(20))])
    report(cast.district, thing, "2018-01", "15", "2018-02-03")
    (row,) = rows(cast)
    assert (row.status.state, row.coverage, row.value) == ("on_the_way", "1/2", "15,0")
    assert "tính từ 1/2 đơn vị" in row.rule
    report(cast.other_district, thing, "2018-Q1", "9", "2018-04-03")
    for month in ("2018-02", "2018-03"):
        report(cast.district, thing, month, "5", "2018-04-03")
    (row,) = rows(cast)  # one district reports months, the other quarters
    assert (row.value, row.coverage) == ("34,0", "")
    assert "Lộ trình đến hết 31/03/2018: 20; thực hiện: 34,0, vượt lộ trình." in row.rule


def test_what_a_district_sees(cast: Cast, held: TargetSet) -> None:
    thing = revenue()
    make_target(cast, held, thing, cast.city)
    make_target(cast, held, thing, cast.district)
    make_target(cast, held, thing, cast.other_district)

    def seen(user: Any) -> set[int]:
        views = targets.target_table(viewer=cast.viewer(user), day=DAY)
        return {row.unit.id for view in views for row in view.rows}

    assert seen(cast.officer) == {cast.city.pk, cast.district.pk, cast.other_district.pk}
    assert seen(cast.reporter) == {cast.city.pk, cast.district.pk}
    assert seen(cast.outsider) == {cast.city.pk, cast.other_district.pk}
    assert seen(cast.nobody) == set()


def test_the_number_of_statements_does_not_grow_with_targets(cast: Cast, held: TargetSet) -> None:
    def count() -> int:
        viewer = cast.viewer(cast.officer)
        with CaptureQueriesContext(connection) as queries:
            targets.target_table(viewer=viewer, day=DAY)
        return len(queries)

    thing = rate(cast, held)
    report(cast.district, thing, "2018-Q1", "1.52", "2018-04-09")
    second = revenue()
    make_target(cast, held, second, cast.city)
    report(cast.district, second, "2018-01", "5", "2018-02-09")
    few = count()
    for unit in (cast.district, cast.other_district, cast.ward):
        make_target(cast, held, second, unit, post_id=cast.district_head_post.pk)
    assert count() == few <= 12


def test_who_has_not_reported(cast: Cast, held: TargetSet) -> None:
    thing = rate(cast, held)
    viewer = cast.viewer(cast.officer)
    assert reporting.not_reported(viewer=viewer, day=date(2018, 4, 10)) == []
    (late,) = reporting.not_reported(viewer=cast.viewer(cast.officer), day=date(2018, 4, 15))
    assert (late.unit.name, late.period.code, late.days_late) == ("Quận Ninh Kiều", "2018-Q1", 5)
    report(cast.district, thing, "2018-Q1", "1.52", "2018-04-12")
    assert reporting.not_reported(viewer=viewer, day=date(2018, 4, 15)) == []


def test_the_silent_unit_below_is_named_not_the_city(cast: Cast, held: TargetSet) -> None:
    thing = revenue()
    make_target(cast, held, thing, cast.city)
    report(cast.district, thing, "2018-05", "5", "2018-06-03")
    silences = reporting.not_reported(viewer=cast.viewer(cast.officer), day=DAY)
    assert [(one.unit.name, one.period.code) for one in silences] == [("Quận Cái Răng", "2018-05")]


def test_a_unit_reports_what_its_targets_and_its_habit_ask(cast: Cast, held: TargetSet) -> None:
    thing = rate(cast, held)
    monthly = revenue()
    report(cast.district, monthly, "2018-04", "5", "2018-05-02")
    quarter = reporting.report_rows(unit_id=cast.district.pk, period=parse_period("2018-Q2"), day=DAY)
    assert [row.indicator for row in quarter] == [thing]
    month = reporting.report_rows(unit_id=cast.district.pk, period=parse_period("2018-05"), day=DAY)
    assert [row.indicator for row in month] == [monthly]
    added = reporting.report_rows(
        unit_id=cast.ward.pk, period=parse_period("2018-05"), day=DAY, extra=[monthly.pk]
    )
    assert [row.unit.name for row in added] == ["Phường Cái Khế"]


def test_a_department_reports_the_figure_of_the_city_for_which_its_post_answers(
    cast: Cast, held: TargetSet
) -> None:
    thing = poor()
    make_target(cast, held, thing, cast.city, post_id=cast.department_head_post.pk, frequency="quarter")
    assert reporting.charged_pairs(cast.department.pk, DAY, ahead=False) == {(thing.pk, cast.city.pk)}
    (row,) = reporting.report_rows(unit_id=cast.department.pk, period=parse_period("2018-Q1"), day=DAY)
    assert row.unit.id == cast.city.pk
    (late,) = reporting.not_reported(viewer=cast.viewer(cast.officer), day=date(2018, 5, 2))
    assert late.unit.id == cast.department.pk
