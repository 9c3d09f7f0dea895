"""Headcount: dated, missing is not zero, added up with how many units gave it, ended by decisions."""

from datetime import date, timedelta

import pytest

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.access import NotAllowed, Viewer
from kientoan.domains.organisation.models import Headcount, StaffKind, Unit
from kientoan.domains.organisation.operations import HeadcountFigures
from kientoan.domains.organisation.queries import headcount_page
from kientoan.domains.organisation.rules.changes import Change, Origin
from kientoan.domains.temporal.models import Stale
from tests.conftest import DAY, NOW, START, Cast

LATER = date(2019, 1, 1)


@pytest.fixture
def officer(cast: Cast) -> Viewer:
    return cast.viewer(cast.admin)


def given(
    unit: Unit, viewer: Viewer, assigned: int | None, present: int | None, start: date = START,
    kind: str = StaffKind.CIVIL,
) -> Headcount:  # fmt: skip
    figures = HeadcountFigures(assigned, present)
    return operations.set_headcount(unit=unit, kind=kind, figures=figures, start=start, viewer=viewer, at=NOW)


def rows(unit: Unit) -> list[tuple[date, date | None, int | None, int | None]]:
    found = Headcount.objects.filter(unit=unit).order_by("in_force")
    return [(row.in_force.lower, row.in_force.upper, row.assigned, row.present) for row in found]


def test_new_figures_end_those_before_them(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 90, 85)
    given(cast.district, officer, 88, None, DAY)
    assert rows(cast.district) == [(START, DAY, 90, 85), (DAY, None, 88, None)]


def test_figures_put_between_two_hold_until_the_next(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 90, 85)
    given(cast.district, officer, 80, 80, LATER)
    given(cast.district, officer, 88, 84, DAY)
    assert [row[:2] for row in rows(cast.district)] == [(START, DAY), (DAY, LATER), (LATER, None)]


def test_figures_before_the_first_hold_until_the_first(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 80, 80, DAY)
    given(cast.district, officer, 90, 85)
    assert [row[:2] for row in rows(cast.district)] == [(START, DAY), (DAY, None)]


def test_two_figures_from_one_day_are_a_correction(cast: Cast, officer: Viewer) -> None:
    row = given(cast.district, officer, 90, 85)
    with pytest.raises(operations.HeadcountExists):
        given(cast.district, officer, 91, 85)
    seen = {"assigned": 90, "present": 85, "legal_basis": ""}
    figures = HeadcountFigures(91, 85, "Quyết định 12/QĐ-UBND")
    operations.correct_headcount(headcount=row, figures=figures, seen=seen, viewer=officer, at=NOW)
    assert rows(cast.district) == [(START, None, 91, 85)]
    with pytest.raises(Stale):
        operations.correct_headcount(headcount=row, figures=figures, seen=seen, viewer=officer, at=NOW)


def test_nothing_known_is_not_written(cast: Cast, officer: Viewer) -> None:
    with pytest.raises(operations.NothingCounted):
        given(cast.district, officer, None, None)


def test_figures_outside_the_life_of_the_unit_are_refused(cast: Cast, officer: Viewer) -> None:
    with pytest.raises(operations.OutsideLife):
        given(cast.district, officer, 1, 1, date(2001, 1, 1))


def test_removed_figures_give_their_days_to_those_before_and_come_back(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 90, 85)
    second = given(cast.district, officer, 88, 84, DAY)
    before = rows(cast.district)
    _, written = operations.with_way_back(
        lambda: operations.remove_headcount(headcount=second, viewer=officer, at=NOW)
    )
    assert rows(cast.district) == [(START, None, 90, 85)]
    operations.take_back(written=written, viewer=officer, at=NOW)
    assert rows(cast.district) == before


def test_new_figures_are_taken_back_with_what_they_ended(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 90, 85)
    _, written = operations.with_way_back(lambda: given(cast.district, officer, 88, 84, DAY))
    operations.take_back(written=written, viewer=officer, at=NOW)
    assert rows(cast.district) == [(START, None, 90, 85)]


def test_sums_say_from_how_many_units_and_miss_no_zero(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 90, 85)
    given(cast.ward, officer, 20, None)
    given(cast.other_district, officer, None, 0)
    page = headcount_page(cast.city.pk, DAY)
    (total,) = page.totals
    assert (total.assigned, total.from_assigned) == (110, 2)
    assert (total.present, total.from_present) == (85, 2)
    assert page.units == 6
    (own,) = headcount_page(cast.other_district.pk, DAY).lines
    assert (own.assigned, own.present, own.difference) == (None, 0, None)


def test_a_difference_of_sums_from_unlike_units_is_not_known(cast: Cast, officer: Viewer) -> None:
    given(cast.district, officer, 90, 85)
    given(cast.ward, officer, 20, None)
    (total,) = headcount_page(cast.district.pk, DAY).totals
    assert total.difference is None


def dissolve(unit: Unit) -> operations.Applied:
    decision = operations.draft_decision(
        legal_basis="Nghị quyết 1", effective_date=DAY, changes=[Change("dissolve", (Origin(unit.pk),))],
        at=NOW,
    )  # fmt: skip
    return operations.apply_decision(decision=decision, at=NOW, viewer=None)


def test_figures_end_with_the_unit_and_come_back_when_that_is_undone(cast: Cast, officer: Viewer) -> None:
    given(cast.ward, officer, 20, 19)
    applied = dissolve(cast.ward)
    assert rows(cast.ward) == [(START, DAY, 20, 19)]
    assert headcount_page(cast.district.pk, DAY).totals == ()
    given(cast.ward, officer, 21, 19, DAY - timedelta(days=30))  # found out later, still before the end
    operations.undo_decision(decision=applied.decision, at=NOW, viewer=None)
    assert [row[1] for row in rows(cast.ward)] == [DAY - timedelta(days=30), None]


def test_figures_written_for_later_stand_in_the_way_of_a_decision(cast: Cast, officer: Viewer) -> None:
    given(cast.ward, officer, 20, 19, LATER)
    with pytest.raises(operations.Collisions):
        dissolve(cast.ward)


def test_an_outsider_writes_no_figures(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        given(cast.district, cast.viewer(cast.outsider), 1, 1)
