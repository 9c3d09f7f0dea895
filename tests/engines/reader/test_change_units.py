"""Which units of a register the clauses of one resolution mean: never by the name alone."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from kientoan.engines.reader import Placed, Register, Registered, find_changes, place_units

UNITS = [
    Registered("1", "Xã Thạnh Phú", "Huyện Cờ Đỏ", "Thành phố Cần Thơ"),
    Registered("2", "Xã Thạnh Phú", "Huyện Mỹ Xuyên", "Tỉnh Sóc Trăng"),
    Registered("3", "Xã Trung Hưng", "Huyện Cờ Đỏ", "Thành phố Cần Thơ"),
    Registered("4", "Thị trấn Mỹ Xuyên", "Huyện Mỹ Xuyên", "Tỉnh Sóc Trăng"),
    Registered("5", "Xã Hòa Tú II", "Huyện Mỹ Xuyên", "Tỉnh Sóc Trăng"),
    Registered("6", "Phường 1", "Thành phố Sóc Trăng", "Tỉnh Sóc Trăng"),
    Registered("7", "Phường 1", "Thị xã Ngã Năm", "Tỉnh Sóc Trăng"),
    Registered("8", "Xã Thủy Hòa", "Huyện Cờ Đỏ", "Thành phố Cần Thơ"),
    Registered("9", "Phường Trung Hưng", "Thành phố Sóc Trăng", "Tỉnh Sóc Trăng"),
    Registered("10", "Xã Ô Lâm", "Huyện Cờ Đỏ", "Thành phố Cần Thơ"),
    Registered("11", "Huyện Cờ Đỏ", "Huyện Cờ Đỏ", "Thành phố Cần Thơ"),
]
REGISTER = Register(UNITS, date(2025, 6, 30))


def clause(units: str, new: str = "xã mới có tên gọi là xã Mới") -> str:
    return f"Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của {units} thành {new}.\n\n"


def placed(*clauses: str) -> list[list[Placed]]:
    return [list(row) for row in place_units(find_changes("".join(clauses)), REGISTER)]


def codes(*clauses: str) -> list[list[tuple[str | None, str]]]:
    return [[(one.unit and one.unit.code, one.why) for one in row] for row in placed(*clauses)]


def test_the_others_of_the_clause_decide_between_two_of_a_name() -> None:
    assert codes(clause("xã Thạnh Phú và xã Trung Hưng")) == [[("1", "neighbours"), ("3", "only")]]
    assert codes(clause("thị trấn Mỹ Xuyên và xã Thạnh Phú")) == [[("4", "only"), ("2", "neighbours")]]


def test_a_district_in_a_bracket_decides() -> None:
    assert codes(clause("xã Thạnh Phú (huyện Mỹ Xuyên) và xã Trung Hưng")) == [
        [("2", "within"), ("3", "only")]
    ]


def test_what_another_clause_takes_whole_is_gone() -> None:
    found = codes(
        clause("xã Thạnh Phú và xã Trung Hưng"),
        "Sau khi sắp xếp có 01 xã không thực hiện sắp xếp là xã Thạnh Phú.",
    )
    assert found == [[("1", "neighbours"), ("3", "only")], [("2", "left")]]


def test_two_that_fit_as_well_are_asked_with_both() -> None:
    ((one, other),) = placed(clause("Phường 1 và xã Thạnh Phú"))
    assert (one.unit, other.unit) == (None, None)
    assert [unit.code for unit in one.candidates] == ["6", "7"]
    assert one.confidence == 0


def test_a_district_that_does_not_hold_the_unit_is_asked() -> None:
    ((one, _),) = placed(clause("xã Trung Hưng (huyện Mỹ Xuyên) và xã Ô Lâm"))
    assert (one.unit, one.why) == (None, "elsewhere")
    assert [unit.code for unit in one.candidates] == ["3"]


@pytest.mark.parametrize(
    ("units", "code", "why"),
    [
        ("xã Thuỷ Hoà và xã Ô Lâm", "8", "only"),
        (unicodedata.normalize("NFD", "xã Thủy Hòa và xã Ô Lâm"), "8", "only"),
        ("X. Thủy Hòa và xã Ô Lâm", "8", "only"),
        ("xã Hòa Tú 2 và thị trấn Mỹ Xuyên", "5", "only"),
        ("Phường 1 (TP. Sóc Trăng) và thị trấn Mỹ Xuyên", "6", "within"),
        ("P. Trung Hưng và thị trấn Mỹ Xuyên", "9", "only"),
        ("thị trấn Thủy Hòa và xã Ô Lâm", "8", "kind"),
        ("xã Thủy Hào và xã Ô Lâm", None, "none"),
    ],
)
def test_spellings_and_kinds(units: str, code: str | None, why: str) -> None:
    assert codes(clause(units))[0][0] == (code, why)


def test_an_unknown_name_is_offered_what_no_clause_names() -> None:
    ((one, _),) = placed(clause("xã Xyzt Qwr và xã Ô Lâm"))
    assert (one.unit, one.why) == (None, "none")
    assert "3" in [unit.code for unit in one.candidates]
    assert "10" not in [unit.code for unit in one.candidates]


def test_parts_of_one_unit_are_the_same_unit_in_each_clause() -> None:
    found = codes(
        "Sắp xếp xã Trung Hưng và một phần diện tích tự nhiên, quy mô dân số của xã Thạnh Phú thành xã "
        "mới có tên gọi là xã A.\n\n",
        "Sắp xếp xã Ô Lâm và phần còn lại của xã Thạnh Phú thành xã mới có tên gọi là xã B.\n\n",
    )
    assert [row[1] for row in found] == [("1", "neighbours"), ("1", "neighbours")]


def test_a_bracket_after_other_words_says_nothing_of_the_unit() -> None:
    (change,) = find_changes(
        clause("xã Kim Trung, xã Kim Đông và khu vực bãi bồi ven biển (do huyện Kim Sơn quản lý)")
    )
    assert [unit.within for unit in change.old_units] == [None, None]
