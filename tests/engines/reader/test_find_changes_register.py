"""Old units are found in the register only where one place fits, whatever the spelling."""

from __future__ import annotations

from datetime import date

import pytest

from kientoan.engines.reader import find_changes, read_changes, register_changes
from kientoan.engines.reader.change_register import Register, Registered


def codes(text: str) -> list[tuple[str | None, str | None]]:
    (change,) = register_changes(find_changes(text))
    return [(unit.registered, unit.code) for unit in change.old_units]


@pytest.mark.parametrize(
    ("units", "registered"),
    [
        # (old units as written, registered name and code)
        ("xã Đăk Ngọk và xã Đăk Ui", [("Xã Đăk Ngọk", "23510"), ("Xã Đắk Ui", "23509")]),
        ("xã Zuôih và xã Chà Vàl", [("Xã Zuôich", "20701"), ("Xã Chà Vàl", None)]),
        (
            "các xã Cà Dy, Tà Bhing và Tà Pơơ",
            [("Xã Cà Dy", None), ("Xã Tà Bhinh", "20710"), ("Xã Tà Pơơ", None)],
        ),
        (
            "phường Sông Đà, phường Na Lay, xã Lay Nưa và xã Sá Tổng",
            [
                ("Phường Sông Đà", "03148"),
                ("Phường Na Lay", "03151"),
                ("Xã Lay Nưa", "03184"),
                ("Xã Xá Tổng", "03178"),
            ],
        ),
        ("xã Hòa Tú 1 và xã Hòa Tú 2", [("Xã Hòa Tú 1", None), ("Xã Hòa Tú II", None)]),
        (
            "Phường 1, Phường 2 và Phường 4 (Quận 5)",
            [("Phường 1", None), ("Phường 2", "27307"), ("Phường 4", "27301")],
        ),
    ],
)
def test_other_spellings_are_recognised(units: str, registered: list[tuple[str, str | None]]) -> None:
    found = codes(
        f"Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của {units} thành xã mới có tên gọi là xã Mới"
    )
    assert len(found) == len(registered)
    for (name, code), (wanted, wanted_code) in zip(found, registered, strict=True):
        assert name == wanted
        assert code is not None
        assert wanted_code in (None, code)


def test_a_name_that_stands_in_many_places_stays_open() -> None:
    assert codes("Sắp xếp toàn bộ xã Tân Lập và xã Tân Tiến thành xã mới có tên gọi là xã Tân") == [
        (None, None),
        (None, None),
    ]


def test_a_district_beside_the_name_decides() -> None:
    register = Register(
        [
            Registered("1", "Xã Tân An", "Huyện A", "Tỉnh X"),
            Registered("2", "Xã Tân An", "Huyện B", "Tỉnh X"),
            Registered("3", "Xã Bình An", "Huyện A", "Tỉnh X"),
        ],
        date(2025, 6, 30),
    )
    changes = find_changes(
        "Sắp xếp toàn bộ xã Tân An (huyện B) và xã Bình An thành xã mới có tên gọi là xã An"
    )
    (change,) = register_changes(changes, register)
    assert [unit.code for unit in change.old_units] == ["2", "3"]
    assert {unit.code_day for unit in change.old_units} == {date(2025, 6, 30)}


def test_an_unknown_unit_keeps_its_name() -> None:
    (change,) = register_changes(
        find_changes("Sắp xếp toàn bộ xã Xyzt Qwr và xã Wwww thành xã mới có tên gọi là xã Z")
    )
    assert [(unit.name, unit.registered, unit.code) for unit in change.old_units] == [
        ("Xã Xyzt Qwr", None, None),
        ("Xã Wwww", None, None),
    ]


def test_a_text_of_another_year_gets_no_codes() -> None:
    clause = "\n\n1. Nhập toàn bộ xã Đăk Ngọk và xã Đăk Ui thành xã mới có tên gọi là xã Đăk Ui.\n"
    for year, known in ((2012, False), (2025, True)):
        head = (
            f"CHÍNH PHỦ\nSố: 99/NQ-CP\nHà Nội, ngày 19 tháng 8 năm {year}\n\nNGHỊ QUYẾT\nVề việc sắp xếp xã\n"
        )
        (change,) = read_changes(head + clause)
        assert [unit.code is not None for unit in change.old_units] == [known, known]
