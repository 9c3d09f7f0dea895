"""Figures are due some days after their period ends."""

from datetime import date

import pytest

from kientoan.domains.plans.rules.reporting import due_date, period_due
from kientoan.engines.periods import parse_period

YEAR = (date(2018, 1, 1), date(2019, 1, 1))


@pytest.mark.parametrize(
    ("frequency", "day", "expected"),
    [
        ("month", date(2018, 1, 31), None),
        ("month", date(2018, 2, 5), None),
        ("month", date(2018, 2, 6), "2018-01"),
        ("month", date(2018, 7, 3), "2018-05"),
        ("quarter", date(2018, 4, 10), None),
        ("quarter", date(2018, 4, 11), "2018-Q1"),
        ("year", date(2018, 12, 31), None),
        ("year", date(2019, 1, 30), None),
        ("year", date(2019, 1, 31), "2018"),
        ("month", date(2025, 1, 1), "2018-12"),
    ],
)
def test_the_period_due(frequency: str, day: date, expected: str | None) -> None:
    period = period_due(frequency, *YEAR, day)
    assert (period.code if period else None) == expected


def test_a_term_is_due_every_year() -> None:
    period = period_due("year", date(2016, 1, 1), date(2021, 1, 1), date(2018, 6, 30))
    assert period == parse_period("2017")


def test_the_last_day_on_time() -> None:
    assert due_date(parse_period("2018-05")) == date(2018, 6, 5)
