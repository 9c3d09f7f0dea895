"""Time limits: tables of (text, operator, value), and what is no limit."""

from __future__ import annotations

from datetime import date

import pytest

from kientoan.engines.reader import Deadline, read

DAY = date(2026, 1, 15)


def one(text: str, day: date | None = DAY) -> Deadline:
    (found,) = read(text, day=day).deadlines
    return found


@pytest.mark.parametrize(
    ("text", "words", "operator", "day"),
    [
        ("hoàn thành trước ngày 24/6/2026.", "trước ngày 24/6/2026", "<", "2026-06-24"),
        ("chậm nhất đến ngày 1/7 phải xong", "chậm nhất đến ngày 1/7", "<=", "2026-07-01"),
        (
            "báo cáo chậm nhất là ngày 15 tháng 12 năm 2026;",
            "chậm nhất là ngày 15 tháng 12 năm 2026",
            "<=",
            "2026-12-15",
        ),
        ("áp dụng từ ngày 01 tháng 01 năm 2027", "từ ngày 01 tháng 01 năm 2027", "from", "2027-01-01"),
        (
            "gửi về trước **20h00 ngày 25 tháng 5 năm 2025** để",
            "trước **20h00 ngày 25 tháng 5 năm 2025",
            "<",
            "2025-05-25",
        ),
        ("hoàn thành đến hết ngày 30-9-2026", "đến hết ngày 30-9-2026", "<=", "2026-09-30"),
    ],
)
def test_a_day_is_read(text: str, words: str, operator: str, day: str) -> None:
    found = one(text)
    assert (found.text, found.operator, found.date) == (words, operator, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("text", "operator", "period"),
    [
        ("hoàn thành trong tháng 6/2026.", "in", "2026-06"),
        ("trình trong Quý II/2026", "in", "2026-Q2"),
        ("hoàn thành trong quý IV-2026,", "in", "2026-Q4"),
        ("hoàn thành đến tháng 5", "<=", "2026-05"),
        ("có thời hạn hoàn thành tháng 3, tháng 4, tháng 5:", "in", "2026-03/2026-05"),
        ("báo cáo trong 6 tháng đầu năm 2026", "in", "2026-H1"),
        ("Đến năm 2030, hoàn thành hạ tầng số", "<=", "2030"),
        ("thực hiện từ năm học 2026 - 2027;", "from", "2026/2027"),
        ("báo cáo Quốc hội tại kỳ họp cuối năm 2028;", "in", "2028"),
    ],
)
def test_a_period_is_read(text: str, operator: str, period: str) -> None:
    found = one(text)
    assert (found.operator, found.period, found.date) == (operator, period, None)


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("hằng năm báo cáo Thủ tướng Chính phủ", "yearly"),
        ("Định kỳ 6 tháng và hằng năm tổng hợp, báo cáo", "semiannual,yearly"),
        ("Định kỳ hằng năm, hai năm một lần rà soát", "yearly,biennial"),
        ("Ban hành danh sách một năm một lần.", "yearly"),
        ("báo cáo tiến độ trước ngày 23 hàng tháng", "monthly:23"),
        ("báo cáo trước ngày 15 tháng 01 hằng năm.", "yearly:01-15"),
        ("Định kỳ hoặc đột xuất báo cáo Bộ Công Thương", "periodic"),
        ("tổng hợp gửi Bộ Công Thương hằng năm.", "yearly"),
    ],
)
def test_a_recurrence_is_read(text: str, recurrence: str) -> None:
    found = one(text)
    assert found.recurrence == recurrence
    assert found.date is None


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("trong thời hạn 10 ngày kể từ khi nhận được đề nghị.", "P10D after: nhận được đề nghị"),
        (
            "Chậm nhất sau 03 ngày làm việc, kể từ ngày chi bộ ký Kế hoạch",
            "P3WD after: ngày chi bộ ký Kế hoạch",
        ),
        (
            "trong thời gian 90 ngày kể từ ngày ban hành Quyết định này,",
            "P90D after: ngày ban hành Quyết định này",
        ),
        ("Trong thời hạn không quá 06 tháng kể từ khi kết thúc hoạt động,", "P6M after: kết thúc hoạt động"),
        ("ngay sau khi phát hiện", "P0D after: phát hiện"),
        (
            "trình Quốc hội thông qua tại Kỳ họp thứ 2, Quốc hội khóa XVI.",
            "at: Kỳ họp thứ 2, Quốc hội khóa XVI",
        ),
    ],
)
def test_a_span_from_an_event_is_read(text: str, relative: str) -> None:
    assert one(text).relative == relative


@pytest.mark.parametrize(
    "text",
    [
        "Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026.",
        "quy hoạch đã được phê duyệt trước ngày 01 tháng 8 năm 2024",
        "Tính đến hết ngày 24/5/2025, có 22 bộ đã ban hành",
        "Xe ô tô sản xuất từ năm 2017 đến hết năm 2021 áp dụng Mức 3",
        "tầm nhìn đến năm 2050",
        "Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030 chịu",
        "kế hoạch sử dụng đất hằng năm cấp huyện; khen thưởng hằng năm.",
        "giai đoạn 5 năm và hằng năm cho các bộ",
        "trong thời hạn theo quy định của pháp luật",
        "thường xuyên, kịp thời, khẩn trương, dứt điểm",
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
        "trước ngày 31/02/2026",
    ],
)
def test_what_is_no_limit_is_left(text: str) -> None:
    assert read(text, day=DAY).deadlines == ()


def test_a_year_that_nobody_says_is_not_invented() -> None:
    found = one("báo cáo trước ngày 5.5", day=None)
    assert (found.date, found.period) == (None, "--05-05")


def test_the_year_comes_from_the_document_before_the_given_day() -> None:
    text = "Cần Thơ, ngày 02 tháng 3 năm 2024\nBáo cáo trước ngày 30/6."
    assert one(text).date == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        (
            "Thời hạn thẩm định là 22 ngày làm việc, kể từ ngày nhận đủ hồ sơ",
            "P22WD after: ngày nhận đủ hồ sơ",
        ),
        ("thời gian xem xét tối đa là 10 ngày làm việc.", "P10WD"),
        (
            "Chậm nhất 10 ngày trước ngày khai mạc kỳ họp, Thường trực xem xét",
            "P10D before: khai mạc kỳ họp",
        ),
        (
            "gửi thông báo ít nhất 10 ngày làm việc trước khi bắt đầu khảo sát,",
            "P10WD before: bắt đầu khảo sát",
        ),
        (
            "quyết định có hiệu lực pháp luật:\na) Chậm nhất 05 ngày làm việc, kể từ ngày ký, trả lời",
            "P5WD after: ngày ký",
        ),
    ],
)
def test_a_term_or_a_notice_is_read(text: str, relative: str) -> None:
    assert one(text).relative == relative


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("báo cáo chậm nhất là ngày 10 của tháng tiếp theo.", "monthly:10"),
        ("báo cáo chậm nhất là ngày 15 của tháng đầu tiên của quý tiếp theo", "quarterly:15"),
        ("gửi chậm nhất là ngày 01 tháng 3 của năm tiếp theo", "yearly:03-01"),
    ],
)
def test_a_day_of_the_next_period_recurs(text: str, recurrence: str) -> None:
    assert one(text).recurrence == recurrence


def test_a_day_in_brackets_after_an_interval_recurs() -> None:
    found = read("Định kỳ hằng năm (trước ngày 20 tháng 12), báo cáo Sở Nội vụ.", day=DAY).deadlines
    assert [item.recurrence for item in found] == ["yearly", "yearly:12-20"]


def test_a_day_before_the_document_itself_is_no_limit() -> None:
    text = "Hà Nội, ngày 11 tháng 12 năm 2025\nDự án lựa chọn trước ngày 01 tháng 7 năm 2014 thì tiếp tục."
    assert read(text).deadlines == ()


def test_what_happened_until_a_day_is_told_and_no_limit() -> None:
    assert read("Đến 21/5/2025, Cổng đã tiếp nhận 506 hồ sơ. Sau thời hạn 30 ngày thì thôi.").deadlines == ()


def test_the_year_at_the_end_of_a_list_of_quarters_is_that_of_each() -> None:
    found = one("Sở Nội vụ báo cáo kết quả trong quý II và quý III năm 2027.")
    assert found.period == "2027-Q2"
