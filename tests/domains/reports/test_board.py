"""The board of a unit: what is met, late or missing under it, on a day, for who looks."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.plans.models import AnnualTheme
from kientoan.domains.reports.queries import board as boards
from tests.conftest import DAY, Cast
from tests.domains.plans.making import completed, given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import report, revenue

LATE_DAY = date(2018, 10, 15)


def of_city(cast: Cast, day: date = DAY) -> boards.Board:
    return boards.board(cast.viewer(cast.leader, day), cast.city.pk, day)


def test_an_empty_city_has_an_empty_board(cast: Cast) -> None:
    board = of_city(cast)
    assert (board.duties.total, board.sets, board.heat.rows, board.late) == (0, (), (), ())


def test_a_task_of_a_district_counts_for_the_city(cast: Cast) -> None:
    given(cast)
    board = of_city(cast)
    assert (board.duties.total, board.duties.overdue) == (1, 0)
    assert [(row.unit.name, row.total.total) for row in board.heat.rows] == [("Quận Ninh Kiều", 1)]


def test_a_task_is_late_only_for_who_looks_after_its_deadline(cast: Cast) -> None:
    task = given(cast)
    board = of_city(cast, LATE_DAY)
    assert [(row.task.pk, row.days_late) for row in board.late] == [(task.pk, 15)]
    assert board.heat.rows[0].total.tone == "bad"
    assert not of_city(cast).late


def test_a_reported_completion_waits_and_is_not_late(cast: Cast) -> None:
    completed(cast)
    board = of_city(cast, LATE_DAY)
    assert (board.duties.awaiting, board.duties.overdue) == (1, 0)


def test_departments_stand_beside_districts_in_the_map(cast: Cast) -> None:
    field = PolicyField.objects.order_by("pk").first() or PolicyField.objects.create(code="y-te", name="Y tế")
    given(cast, cast.department, field_id=field.pk)
    given(cast, cast.ward)
    board = of_city(cast)
    assert {row.unit.name for row in board.heat.rows} == {"Sở Y tế", "Quận Ninh Kiều"}
    health = next(row for row in board.heat.rows if row.unit.name == "Sở Y tế")
    assert [cell.total for cell in health.cells] == [1, 0]
    assert board.heat.has_rest


def test_a_set_says_how_many_targets_are_reached(cast: Cast) -> None:
    held, thing = make_set(cast), revenue()
    make_target(cast, held, thing, cast.city, low="100")
    assert [(view.summary.reached, view.summary.total) for view in of_city(cast).sets] == [(0, 1)]
    report(cast.city, thing, "2018", "120", "2018-06-01", "estimate")
    assert [(view.summary.reached, view.summary.total) for view in of_city(cast).sets] == [(1, 1)]


def test_the_theme_of_the_city_is_shown_to_its_districts(cast: Cast) -> None:
    AnnualTheme.objects.create(unit=cast.city, year=2018, text="Kỷ cương, hiệu quả")
    board = boards.board(cast.viewer(cast.head), cast.district.pk, DAY)
    assert [theme.text for theme in board.themes] == ["Kỷ cương, hiệu quả"]


def test_a_district_sees_its_own_board_and_no_other(cast: Cast) -> None:
    given(cast)
    viewer = cast.viewer(cast.outsider)
    assert boards.board(viewer, cast.other_district.pk, DAY).duties.total == 0
    with pytest.raises(boards.UnitUnseen):
        boards.board(viewer, cast.district.pk, DAY)
    with pytest.raises(boards.UnitUnseen):
        boards.board(viewer, cast.city.pk, DAY)


def test_the_default_unit_is_the_widest_one(cast: Cast) -> None:
    assert boards.default_unit(cast.viewer(cast.leader)) == cast.city.pk
    assert boards.default_unit(cast.viewer(cast.reporter)) == cast.district.pk
    assert boards.default_unit(cast.viewer(cast.nobody)) is None


def test_the_number_of_statements_does_not_grow_with_the_work(cast: Cast) -> None:
    held = make_set(cast)
    make_target(cast, held, revenue(), cast.city)
    given(cast)
    with CaptureQueriesContext(connection) as few:
        of_city(cast)
    for _ in range(5):
        given(cast, cast.ward)
        given(cast, cast.department)
    with CaptureQueriesContext(connection) as many:
        of_city(cast)
    assert len(many) <= len(few) + 1
