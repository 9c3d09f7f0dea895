"""Periods are read, written, cut and moved without losing a day."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.periods import MONTHS, Period, PeriodError, latest_ended, parse_period, year

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
FREQUENCIES = st.sampled_from(sorted(MONTHS))
PERIODS = st.builds(Period.of, DAYS, FREQUENCIES)

READ = [
    ("2018", "2018"), ("năm 2018", "2018"), ("Năm  2018 ", "2018"),
    ("2018-Q2", "2018-Q2"), ("2018q2", "2018-Q2"), ("Q2/2018", "2018-Q2"), ("quý II/2018", "2018-Q2"),
    ("Quý 2 năm 2018", "2018-Q2"), ("QUÝ IV-2018", "2018-Q4"), ("quý bốn năm 2018", "2018-Q4"),
    ("quý tư 2018", "2018-Q4"), ("quy i/2018", "2018-Q1"), ("quý III 2018", "2018-Q3"),
    ("2018-H1", "2018-H1"), ("H2/2018", "2018-H2"), ("6 tháng đầu năm 2018", "2018-H1"),
    ("sáu tháng cuối năm 2018", "2018-H2"), ("nửa đầu năm 2018", "2018-H1"),
    ("2018-06", "2018-06"), ("2018/6", "2018-06"), ("tháng 6/2018", "2018-06"),
    ("tháng 06 năm 2018", "2018-06"), ("T6/2018", "2018-06"), ("06/2018", "2018-06"), ("12.2018", "2018-12"),
    ("giai đoạn 2016-2020", "2016-2020"), ("2016–2020", "2016-2020"), ("nhiệm kỳ 2015 - 2020", "2015-2020"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), READ)
def test_a_period_is_read(text: str, code: str) -> None:
    assert parse_period(text).code == code


@pytest.mark.parametrize(
    "text", ["", "  ", "quý V/2018", "tháng 13/2018", "2018-Q5", "18", "hôm qua", "2020-2016"]
)
def test_what_is_no_period_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(PeriodError, match=r"hãy|phải"):
        parse_period(text)


LABELS = [
    ("2018", "năm 2018", "2018"),
    ("2018-H1", "6 tháng đầu năm 2018", "first half of 2018"),
    ("2018-H2", "6 tháng cuối năm 2018", "second half of 2018"),
    ("2018-Q2", "quý II/2018", "Q2 2018"),
    ("2018-06", "tháng 6/2018", "June 2018"),
    ("2016-2020", "giai đoạn 2016-2020", "2016-2020"),
]


@pytest.mark.parametrize(("code", "vietnamese", "english"), LABELS)
def test_a_period_is_written_in_both_languages(code: str, vietnamese: str, english: str) -> None:
    period = parse_period(code)
    assert (period.label(), period.label("en")) == (vietnamese, english)


def test_the_end_is_the_first_day_after() -> None:
    quarter = parse_period("quý II/2018")
    assert (quarter.start, quarter.end, quarter.last_day) == (
        date(2018, 4, 1), date(2018, 7, 1), date(2018, 6, 30),
    )  # fmt: skip
    assert not quarter.ended(date(2018, 6, 30))
    assert quarter.ended(date(2018, 7, 1))


@pytest.mark.parametrize(
    ("start", "end", "frequency"),
    [
        (date(2018, 1, 1), date(2018, 1, 1), "month"),
        (date(2018, 1, 2), date(2018, 2, 1), "month"),
        (date(2018, 2, 1), date(2018, 5, 1), "quarter"),
        (date(2018, 1, 1), date(2018, 7, 1), "quarter"),
        (date(2018, 2, 1), date(2019, 2, 1), "year"),
        (date(2018, 1, 1), date(2018, 2, 1), "week"),
    ],
)
def test_what_is_not_a_whole_period_cannot_be_made(start: date, end: date, frequency: str) -> None:
    with pytest.raises(PeriodError):
        Period(start, end, frequency)


def test_bounds_tell_the_frequency() -> None:
    assert Period.spanning(date(2018, 4, 1), date(2018, 7, 1)).code == "2018-Q2"
    assert Period.spanning(date(2016, 1, 1), date(2021, 1, 1)).code == "2016-2020"
    with pytest.raises(PeriodError):
        Period.spanning(date(2018, 1, 1), date(2018, 10, 1))


def test_the_latest_ended_quarter_on_its_last_day_is_the_one_before() -> None:
    assert latest_ended(date(2018, 6, 30), "quarter").code == "2018-Q1"
    assert latest_ended(date(2018, 7, 1), "quarter").code == "2018-Q2"


@given(PERIODS)
def test_code_and_words_lead_back_to_the_period(period: Period) -> None:
    assert parse_period(period.code) == period
    assert parse_period(period.label()) == period


@given(PERIODS, st.integers(-40, 40))
def test_shifting_there_and_back_changes_nothing(period: Period, steps: int) -> None:
    assert period.shift(steps).shift(-steps) == period
    assert period.next().start == period.end
    assert period.previous().end == period.start


@given(DAYS, FREQUENCIES)
def test_every_day_lies_in_one_period_of_each_frequency(day: date, frequency: str) -> None:
    period = Period.of(day, frequency)
    assert period.contains(day)
    assert not period.next().contains(day)
    assert not period.previous().contains(day)
    assert latest_ended(day, frequency).ended(day)


@given(PERIODS, FREQUENCIES)
def test_parts_cover_the_whole_without_gap_or_overlap(period: Period, frequency: str) -> None:
    parts = period.split(frequency)
    if MONTHS[frequency] > MONTHS[period.frequency]:
        assert parts == ()
        return
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(first.end == second.start for first, second in pairwise(parts))
    assert all(period.contains(part) for part in parts)


def test_the_same_period_a_year_before() -> None:
    assert parse_period("2018-Q2").a_year_before().code == "2017-Q2"
    assert year(2018).a_year_before() == year(2017)
