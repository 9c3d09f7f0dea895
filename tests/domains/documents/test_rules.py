"""The last good day of a time limit, periods, and the form of numbers."""

from datetime import date

import pytest

from kientoan.domains.documents.rules import (
    due_date,
    is_unique_number,
    next_due,
    normal_number,
    period_bounds,
)

ISSUED = date(2018, 1, 22)


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        ({"operator": "<", "date": "2018-06-15"}, "2018-06-14"),
        ({"operator": "<=", "date": "2018-03-31"}, "2018-03-31"),
        ({"operator": "in", "date": "2018-03-31"}, "2018-03-31"),
        ({"operator": "from", "date": "2018-03-31"}, None),
        ({"operator": "in", "period": "2018-02"}, "2018-02-28"),
        ({"operator": "in", "period": "2018-Q2"}, "2018-06-30"),
        ({"operator": "in", "period": "2018-H2"}, "2018-12-31"),
        ({"operator": "in", "period": "2018"}, "2018-12-31"),
        ({"operator": "<", "period": "2018-Q2"}, "2018-03-31"),
        ({"operator": "in", "period": "2018-03/2018-05"}, "2018-05-31"),
        ({"operator": "in", "period": "2016-2020"}, "2020-12-31"),
        ({"operator": "<=", "period": "--07-01"}, "2018-07-01"),
        ({"operator": "<=", "period": "--01-05"}, "2019-01-05"),
        ({"operator": "<=", "relative": "P10D after: ngày ban hành"}, "2018-02-01"),
        ({"operator": "<=", "relative": "P10WD after: ngày ban hành Chỉ thị này"}, "2018-02-05"),
        ({"operator": "<=", "relative": "P1M after: ngày ký"}, "2018-02-22"),
        ({"operator": "<=", "relative": "P10D after: nhận được đề nghị"}, None),
        ({"operator": "<=", "relative": "P10D"}, None),
        ({"operator": "in", "relative": "at: Kỳ họp thứ 5"}, None),
        ({"operator": "<", "recurrence": "monthly:20"}, "2018-02-19"),
        ({"operator": "every", "recurrence": "quarterly"}, "2018-03-31"),
        ({"operator": "every", "recurrence": "semiannual,yearly"}, "2018-06-30"),
        ({"operator": "every", "recurrence": "yearly:01-15"}, "2019-01-15"),
        ({"operator": "every", "recurrence": "periodic"}, None),
        ({}, None),
        (None, None),
    ],
)  # fmt: skip
def test_the_last_good_day(deadline: dict[str, str] | None, expected: str | None) -> None:
    found = due_date(deadline, ISSUED)
    assert (found and found.isoformat()) == expected


@pytest.mark.parametrize("relative", ["P10D after: ngày ban hành", "P1M after: ngày ký"])
def test_without_the_day_of_the_document_nothing_counts_from_it(relative: str) -> None:
    assert due_date({"operator": "<=", "relative": relative}, None) is None
    assert due_date({"operator": "every", "recurrence": "monthly"}, None) is None


def test_the_end_of_a_short_month_is_its_last_day() -> None:
    assert next_due("monthly:31", date(2018, 2, 1)) == date(2018, 2, 28)


@pytest.mark.parametrize("period", ["", "2018-13", "2018-Q5", "Q1", "2018-02-30", "2020-2016", "--13", "A/B"])
def test_what_is_no_period_has_no_bounds(period: str) -> None:
    assert period_bounds(period, ISSUED) is None


def test_a_number_has_one_form() -> None:
    assert normal_number(" 15 - NQ/TU ") == "15-NQ/TU"
    assert normal_number("02–CT/TU") == "02-CT/TU"


@pytest.mark.parametrize(
    ("number", "alone"), [("30/2020/NĐ-CP", True), ("18/NQ-HĐND", False), ("04-NQ/TW", False)]
)
def test_only_normative_numbers_stand_alone(number: str, alone: bool) -> None:
    assert is_unique_number(number) is alone
