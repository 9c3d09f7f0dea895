"""What was known on a day, as reported or made up from below."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy, Level, Unit, UnitKind
from kientoan.domains.results.models import Indicator
from kientoan.domains.results.queries.figures import Window, readings_on
from kientoan.engines.periods import parse_period
from kientoan.engines.rollup import Reading
from tests.conftest import DAY, START, Cast

from .figures import poor, report, revenue

YEAR = Window(date(2018, 1, 1), date(2019, 1, 1))


@pytest.fixture
def second_ward(cast: Cast) -> Unit:
    ward = operations.establish_unit(
        name="Phường Tân An", kind=UnitKind.WARD, level=Level.COMMUNE, start=START,
        parents={Hierarchy.GOVERNMENT: cast.district},
    )  # fmt: skip
    operations.refresh_closure()
    return ward


def read(unit: Unit, indicator: Indicator, day: date = DAY) -> list[Reading]:
    pair = (indicator.pk, unit.pk)
    return readings_on(day, [pair], {indicator.pk: indicator}, YEAR)[pair]


def test_a_figure_is_unknown_before_it_was_reported(cast: Cast) -> None:
    thing = poor()
    report(cast.district, thing, "2018-Q1", "1.7", "2018-04-10", "estimate")
    assert read(cast.district, thing, date(2018, 4, 9)) == []
    found = read(cast.district, thing, date(2018, 4, 10))
    assert [(one.period.code, one.value, one.vintage) for one in found] == [
        ("2018-Q1", Decimal("1.7"), "estimate")
    ]


def test_the_district_is_the_sum_of_its_wards_and_says_who_is_silent(cast: Cast, second_ward: Unit) -> None:
    thing = revenue()
    report(cast.ward, thing, "2018-01", "55", "2018-02-02")
    (found,) = read(cast.district, thing)
    assert (found.value, found.reported, found.expected, found.computed) == (55, 1, 2, True)
    report(second_ward, thing, "2018-01", "105", "2018-02-09", "estimate")
    (found,) = read(cast.district, thing)
    assert (found.value, found.reported, found.expected, found.vintage) == (160, 2, 2, "estimate")


def test_the_city_adds_districts_made_of_wards_and_offices_are_not_expected(
    cast: Cast, second_ward: Unit
) -> None:
    thing = revenue()
    report(cast.ward, thing, "2018-01", "55", "2018-02-02")
    report(second_ward, thing, "2018-01", "105", "2018-02-02")
    (found,) = read(cast.city, thing)
    assert (found.value, found.reported, found.expected) == (160, 2, 2)
    report(cast.other_district, thing, "2018-01", "40", "2018-02-02")
    (found,) = read(cast.city, thing)
    assert (found.value, found.reported, found.expected) == (200, 3, 3)


def test_the_own_figure_of_a_unit_comes_before_a_computed_one(cast: Cast) -> None:
    thing = revenue()
    report(cast.ward, thing, "2018-01", "55", "2018-02-02")
    report(cast.district, thing, "2018-01", "60", "2018-02-03")
    (found,) = read(cast.district, thing)
    assert (found.value, found.computed) == (60, False)


def test_a_rate_is_never_added(cast: Cast) -> None:
    thing = poor()
    report(cast.ward, thing, "2018-Q1", "1.7", "2018-04-10")
    assert read(cast.district, thing) == []


def test_a_unit_under_two_parents_is_counted_once(cast: Cast) -> None:
    thing = revenue()
    operations.place_unit(unit=cast.ward, parent=cast.other_district, hierarchy=Hierarchy.PARTY, start=START)
    report(cast.ward, thing, "2018-01", "55", "2018-02-02")
    (found,) = read(cast.city, thing)
    assert (found.value, found.reported) == (55, 1)


def test_readings_take_three_statements_however_many_units(cast: Cast, second_ward: Unit) -> None:
    first, second = revenue(), poor()
    for unit in (cast.ward, second_ward):
        for month in range(1, 6):
            report(unit, first, f"2018-{month:02}", "5", "2018-06-02")
    pairs = [(one.pk, unit.pk) for one in (first, second) for unit in (cast.city, cast.district, cast.ward)]
    with CaptureQueriesContext(connection) as queries:
        readings_on(DAY, pairs, {first.pk: first, second.pk: second}, YEAR)
    assert len(queries) == 3


def test_the_period_of_a_reading_is_that_of_the_figure(cast: Cast) -> None:
    thing = revenue()
    report(cast.ward, thing, "2018-H1", "5", "2018-06-20")
    assert read(cast.ward, thing)[0].period == parse_period("2018-H1")
