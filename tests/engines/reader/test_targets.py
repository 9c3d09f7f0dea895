"""Quantified goals: what is one, its bounds and unit; and numbers that are none."""

from __future__ import annotations

import pytest

from kientoan.engines.reader import Target, read


def one(text: str) -> Target:
    (found,) = read(text).targets
    return found


@pytest.mark.parametrize(
    ("text", "operator", "low", "high", "unit"),
    [
        ("mục tiêu tăng trưởng GDP đạt từ 8% trở lên", ">=", 8, None, "%"),
        ("Phấn đấu tăng trưởng GRDP từ 7,5-8%", "range", 7.5, 8, "%"),
        ("Phấn đấu tốc độ tăng trưởng trên 7,5%", ">", 7.5, None, "%"),
        ("Phấn đấu tỷ lệ hộ nghèo dưới 0,5%", "<", None, 0.5, "%"),
        ("Phấn đấu tỷ lệ chậm giải quyết không quá 2%", "<=", None, 2, "%"),
        ("Nhà nước bảo đảm chi đủ tối thiểu 20% tổng chi ngân sách", ">=", 20, None, "%"),
        ("bảo đảm cả nước giảm khoảng 60 - 70% số lượng xã so với hiện nay", "decrease", 60, 70, "%"),
        ("Phấn đấu thu ngân sách đạt 12.345,6 tỷ đồng", "=", 12345.6, None, "tỷ đồng"),
    ],
)
def test_a_goal_in_a_sentence(
    text: str, operator: str, low: float | None, high: float | None, unit: str
) -> None:
    found = one(text)
    assert (found.operator, found.low, found.high, found.unit) == (operator, low, high, unit)


def test_the_year_compared_with_is_the_baseline_and_not_the_period() -> None:
    found = one("Giảm tối thiểu 10% biên chế so với năm 2015.")
    assert (found.operator, found.low, found.unit, found.indicator) == ("decrease", 10, "%", "biên chế")
    assert (found.baseline, found.period) == ("so với năm 2015", None)


def test_numbers_under_a_heading_of_goals_are_goals() -> None:
    text = (
        "II. MỤC TIÊU\n1. Chỉ tiêu đến năm 2027\n- Tỷ lệ hồ sơ đúng hạn đạt 98%;\n- Kết nạp ít nhất "
        "1.600 đảng viên.\n"
        "III. NHIỆM VỤ\n1. Sở Nội vụ quản lý 40% hồ sơ.\n"
    )
    found = read(text).targets
    assert [(item.indicator, item.low, item.period) for item in found] == [
        ("Tỷ lệ hồ sơ đúng hạn", 98, "2027"),
        ("Kết nạp đảng viên", 1600, "2027"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2025, tỷ lệ giải ngân đã đạt 95%.",
        "với định mức không vượt quá 15% tổng kinh phí của Chương trình",
        "doanh nghiệp do Nhà nước nắm giữ 100% vốn điều lệ",
        "phụ cấp ưu đãi với mức tối thiểu 70% đối với giáo viên",
        "Trường hợp vượt quá 10% thì báo cáo",
        "Ước đạt 83,2% kế hoạch",
    ],
)
def test_facts_rates_and_conditions_are_no_goals(text: str) -> None:
    assert read(text).targets == ()


TABLE = """TT | Chỉ tiêu | Đơn vị tính | Thực hiện năm 2025 | Năm 2026
I | Kinh tế | | |
1 | Tăng trưởng GRDP | % | 7,1 | 7,5 - 8
2 | Xếp hạng cải cách hành chính | Thứ bậc | 12 | ≤ 10; ≤ 3 vùng
3 | Xã đạt chuẩn nông thôn mới | xã | 30 | 36
4 | Nâng cao chất lượng phục vụ | | | Có chuyển biến tích cực
"""


def test_a_table_of_indicators_gives_one_goal_a_value() -> None:
    found = read(TABLE).targets
    assert [(item.indicator, item.operator, item.low, item.high, item.unit) for item in found] == [
        ("Tăng trưởng GRDP", "range", 7.5, 8, "%"),
        ("Xếp hạng cải cách hành chính", "<=", None, 10, "Thứ bậc"),
        ("Xếp hạng cải cách hành chính", "<=", None, 3, "Thứ bậc"),
        ("Xã đạt chuẩn nông thôn mới", "=", 36, None, "xã"),
    ]
    assert {item.period for item in found} == {"2026"}
    assert found[0].baseline == "7,1"


def test_a_level_after_a_change_is_a_goal_of_the_same_indicator() -> None:
    found = read("Phấn đấu giảm tỷ lệ hộ nghèo 1%, còn 1,55%.").targets
    assert [(item.indicator, item.operator, item.low) for item in found] == [
        ("tỷ lệ hộ nghèo", "decrease", 1),
        ("tỷ lệ hộ nghèo", "=", 1.55),
    ]


def test_a_pair_holds_what_was_reached_and_what_was_planned() -> None:
    found = one("Thu ngân sách đạt 45.799/36.875 tỷ đồng.")
    assert (found.indicator, found.low, found.actual, found.unit) == (
        "Thu ngân sách",
        36875,
        45799,
        "tỷ đồng",
    )
    assert read("Có 362/459 trường đạt chuẩn; ngày 12/4/2025; 3/4 tháng.").targets == ()


def test_values_on_lines_under_a_criterion_are_its_goals() -> None:
    text = (
        "BỘ TIÊU CHÍ VỀ NÔNG THÔN MỚI GIAI ĐOẠN 2026 - 2030\nTT\nTên tiêu chí\nNội dung tiêu chí\nChỉ tiêu\n"
        "Xã nhóm 1\nXã nhóm 2\n1\nHạ tầng\n2.3. Phòng, chống thiên tai\nĐạt\nTốt\nKhá\n"
        "2.4. Tỷ lệ hộ sử dụng điện an toàn\n≥98%\n≥99%\nBộ Y tế hướng dẫn\n2.5. Tỷ lệ nghèo đa chiều\n≤2%\n"
    )
    found = read(text).targets
    assert [(item.indicator, item.operator, item.low, item.high) for item in found] == [
        ("Tỷ lệ hộ sử dụng điện an toàn", ">=", 98, None),
        ("Tỷ lệ hộ sử dụng điện an toàn", ">=", 99, None),
        ("Tỷ lệ nghèo đa chiều", "<=", None, 2),
    ]
    assert {item.period for item in found} == {"2026/2030"}
    assert text[found[0].start : found[0].end].startswith("Tỷ lệ hộ sử dụng điện an toàn\n≥98%")
    assert text[found[1].start : found[1].end] == "≥99%"
