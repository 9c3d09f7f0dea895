"""A table of bodies by indicators holds a goal in each filled cell."""

from kientoan.engines.reader import read

TABLE = """Phụ lục I
CHỈ TIÊU NĂM 2018 GIAO CHO QUẬN, HUYỆN
TT | Quận, huyện | Thu ngân sách (tỷ đồng) | Tỷ lệ hộ nghèo (%)
1 | Quận Ninh Kiều | 1.420 | 0,60
2 | Huyện Cờ Đỏ | 78 | -
"""


def test_each_figure_is_a_goal_of_its_body() -> None:
    goals = [(goal.indicator, goal.low, goal.unit, goal.period) for goal in read(TABLE).targets]
    assert goals == [
        ("Thu ngân sách – Quận Ninh Kiều", 1420.0, "tỷ đồng", "2018"),
        ("Tỷ lệ hộ nghèo – Quận Ninh Kiều", 0.6, "%", "2018"),
        ("Thu ngân sách – Huyện Cờ Đỏ", 78.0, "tỷ đồng", "2018"),
    ]


def test_span_is_the_cell() -> None:
    assert [TABLE[goal.start : goal.end] for goal in read(TABLE).targets] == ["1.420", "0,60", "78"]


def test_table_of_results_holds_no_goal() -> None:
    assert read(TABLE.replace("CHỈ TIÊU NĂM 2018 GIAO CHO", "KẾT QUẢ NĂM 2018 CỦA")).targets == ()


def test_a_table_that_hands_goals_down_needs_no_units_in_its_headings() -> None:
    text = (
        "BIỂU GIAO CHỈ TIÊU BIÊN CHẾ\n"
        "TT | Tên đơn vị | Biên chế giao năm 2025 | Biên chế giao năm 2026\n"
        "1 | Sở Nội vụ | 65 | 62\n"
    )
    found = read(text).targets
    assert [(item.indicator, item.low, item.period) for item in found] == [
        ("Biên chế giao năm 2025 – Sở Nội vụ", 65, "2025"),
        ("Biên chế giao năm 2026 – Sở Nội vụ", 62, "2026"),
    ]
