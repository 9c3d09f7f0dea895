"""A target stands with its unit, and as high, as on the day looked at."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kientoan.domains.organisation.access import Viewer, viewer_of
from kientoan.domains.organisation.models import Unit
from kientoan.domains.plans.models import Part, Succession, Target
from kientoan.domains.plans.queries import reporting
from kientoan.domains.plans.queries.targets import target_table
from kientoan.domains.reports.queries.board import years_of
from kientoan.engines.periods import parse_period
from tests.conftest import DAY, Cast
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import revenue

from . import making
from .rows import every_row

DAY_BEFORE = DAY - timedelta(days=1)
AHEAD = date(2025, 7, 1)
LONG = {"period_start": date(2018, 1, 1), "period_end": date(2026, 1, 1)}


@pytest.fixture
def wards(cast: Cast) -> making.Wards:
    return making.make_wards(cast)


def shown(viewer: Viewer, unit: Unit | None = None) -> list[tuple[int, Decimal | None]]:
    """(unit, at least) of the targets of the table on the viewer's day."""
    units = None if unit is None else [unit.pk]
    views = target_table(viewer=viewer, day=viewer.day, unit_ids=units)
    return sorted((row.unit.id, row.target.low) for view in views for row in view.rows)


def merged(cast: Cast, wards: making.Wards, day: date = DAY) -> Unit:
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district, day))
    return Unit.objects.get(pk=applied.created[0])


def test_ten_and_eleven_are_two_before_the_day_and_twenty_one_after(cast: Cast, wards: making.Wards) -> None:
    held, indicator = make_set(cast), revenue()
    make_target(cast, held, indicator, wards.one, "10")
    make_target(cast, held, indicator, wards.two, "11")
    new = merged(cast, wards)
    before, after = viewer_of(cast.officer, DAY_BEFORE, today=DAY), viewer_of(cast.officer, DAY)
    assert shown(before) == [(wards.one.pk, Decimal(10)), (wards.two.pk, Decimal(11))]
    assert shown(before, wards.one) == [(wards.one.pk, Decimal(10))]
    assert shown(before, new) == []
    assert shown(after) == shown(after, new) == [(new.pk, Decimal(21))]
    assert years_of(wards.one.pk, before) == (2018,)
    assert years_of(new.pk, before) == ()


def test_parts_made_by_a_division_are_not_there_before_the_day(cast: Cast, wards: making.Wards) -> None:
    make_target(cast, make_set(cast), revenue(), wards.one, "10")
    half = making.Shares(population=Decimal("0.5"))
    new = (making.fresh("Phường A", cast.district), making.fresh("Phường B", cast.district, "b"))
    parts = tuple(making.Passing(0, place, full=False, shares=half) for place in (0, 1))
    decision = making.draft(making.Change("split", (making.Origin(wards.one.pk),), new, parts))
    making.choose_to_divide(decision, wards.one)
    applied = making.apply(decision)
    before, after = viewer_of(cast.officer, DAY_BEFORE, today=DAY), viewer_of(cast.officer, DAY)
    assert shown(before) == [(wards.one.pk, Decimal(10))]
    assert shown(after) == sorted((unit, Decimal(5)) for unit in applied.created)


def test_sets_are_named_and_given_as_on_the_day(cast: Cast, wards: making.Wards) -> None:
    indicator = revenue()
    for unit in (wards.one, wards.two):
        make_target(cast, make_set(cast, unit, "Giao cho các tổ"), indicator, unit, "10")
    new = merged(cast, wards)
    before, after = viewer_of(cast.officer, DAY_BEFORE, today=DAY), viewer_of(cast.officer, DAY)
    names = [(view.unit.id, view.set.name) for view in target_table(viewer=before, day=DAY_BEFORE)]
    assert sorted(names) == [(unit.pk, "Giao cho các tổ") for unit in (wards.one, wards.two)]
    assert {view.unit.id for view in target_table(viewer=after, day=DAY)} == {new.pk}


def test_with_a_decision_ahead_the_old_unit_goes_on_reporting(cast: Cast, wards: making.Wards) -> None:
    target = make_target(cast, make_set(cast), revenue(), wards.one, "10", **LONG)
    new = merged(cast, wards, AHEAD)
    today = viewer_of(cast.officer, DAY)
    assert shown(today) == [(wards.one.pk, Decimal(10))]
    month = {"period": parse_period("2018-05"), "day": DAY, "ahead": today.changes_ahead}
    (row,) = reporting.report_rows(unit_id=wards.one.pk, **month)
    assert row.target == target
    assert reporting.report_rows(unit_id=new.pk, **month) == []
    late = reporting.not_reported(viewer=today, day=DAY, unit_ids=[wards.one.pk])
    assert [one.unit.id for one in late] == [wards.one.pk]
    then = viewer_of(cast.officer, AHEAD)
    assert shown(then) == [(new.pk, Decimal(10))]


def test_a_post_of_another_unit_passes_on_and_comes_back(cast: Cast, wards: making.Wards) -> None:
    post = wards.one.posts.get()
    target = make_target(cast, make_set(cast), revenue(), cast.district, "10")
    Target.objects.filter(pk=target.pk).update(post=post)
    before = every_row()
    applied = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district))
    target.refresh_from_db()
    assert target.post is not None
    assert target.post.unit_id == applied.created[0]
    line = Succession.objects.get(target=target)
    assert (line.part, line.from_post_id, line.to_post_id) == (Part.LEAD, post.pk, target.post_id)
    making.undo(applied.decision)
    assert every_row() == before
