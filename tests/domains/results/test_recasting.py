"""A series goes on across a merger, with what it was made of in sight."""

from datetime import date
from decimal import Decimal

from kientoan.domains.results.queries.recasting import series_across
from tests.conftest import Cast
from tests.domains.reorganisation import making
from tests.domains.reorganisation.making import Change, Origin, Outcome, Passing, Shares

from .figures import poor, report, revenue

YEAR_AFTER = date(2019, 6, 30)


def test_the_new_unit_shows_twenty_one_for_ten_and_eleven(cast: Cast) -> None:
    wards = making.make_wards(cast)
    indicator = revenue()
    report(wards.one, indicator, "2017", "10", "2018-01-10")
    report(wards.two, indicator, "2017", "11", "2018-01-10")
    (new,) = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district)).created
    viewer = cast.viewer(cast.officer, YEAR_AFTER)
    (line,) = series_across(viewer, YEAR_AFTER, indicator=indicator, unit_id=new)
    assert (line.reported, line.recast.value, line.recast.estimated) == (None, Decimal(21), False)
    assert sorted(part.unit.name for part in line.parts) == ["Phường Hai", "Phường Một"]


def test_a_part_is_weighed_by_its_share_and_marked_as_an_estimate(cast: Cast) -> None:
    wards = making.make_wards(cast)
    indicator = revenue()
    report(wards.one, indicator, "2017", "200", "2018-01-10")
    report(wards.two, indicator, "2017", "100", "2018-01-10")
    share = Passing(0, 0, full=False, shares=Shares(area=Decimal("0.249")))
    change = Change("transfer", (Origin(wards.one.pk, ends=False),), (Outcome(unit=wards.two.pk),), (share,))
    making.apply(making.draft(change))
    viewer = cast.viewer(cast.officer, YEAR_AFTER)
    for unit, reported, value in ((wards.two, 100, "149.8"), (wards.one, 200, "150.2")):
        (line,) = series_across(viewer, YEAR_AFTER, indicator=indicator, unit_id=unit.pk)
        assert (line.reported, line.recast.value) == (reported, Decimal(value))
        assert line.recast.estimated


def test_a_rate_is_not_added_and_an_unchanged_unit_has_no_such_series(cast: Cast) -> None:
    wards = making.make_wards(cast)
    rate, adds = poor(), revenue()
    report(wards.one, rate, "2017", "3", "2018-01-10")
    report(wards.three, adds, "2017", "3", "2018-01-10")
    (new,) = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district)).created
    viewer = cast.viewer(cast.officer, YEAR_AFTER)
    assert series_across(viewer, YEAR_AFTER, indicator=rate, unit_id=new) == []
    assert series_across(viewer, YEAR_AFTER, indicator=adds, unit_id=wards.three.pk) == []
    stranger = cast.viewer(cast.nobody, YEAR_AFTER)
    report(wards.one, adds, "2017", "3", "2018-01-10")
    assert series_across(stranger, YEAR_AFTER, indicator=adds, unit_id=new) == []
