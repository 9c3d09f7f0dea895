"""A resolution as a whole: its days, its place, its changes."""

from __future__ import annotations

from datetime import date

import pytest

from kientoan.engines.reader import read_resolution

HEAD = "QUỐC HỘI\nSố: 9/NQ-UBTVQH15\nHà Nội, ngày 16 tháng 6 năm 2025\n\nNGHỊ QUYẾT\nVề việc sắp xếp xã\n\n"


@pytest.mark.parametrize(
    ("words", "effective", "operating"),
    [
        ("có hiệu lực thi hành từ ngày được thông qua.", date(2025, 6, 16), None),
        ("có hiệu lực thi hành kể từ ngày ký ban hành.", date(2025, 6, 16), None),
        ("có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026.", date(2026, 1, 1), None),
        ("có hiệu lực kể từ ngày 1/3/2020.", date(2020, 3, 1), None),
        ("có hiệu lực từ ngày 31 tháng 02 năm 2026.", None, None),
        (
            "có hiệu lực thi hành từ ngày được thông qua. 2. Chính quyền ở xã mới chính thức\nhoạt động từ "
            "ngày 01 tháng 7 năm 2025.",
            date(2025, 6, 16),
            date(2025, 7, 1),
        ),
    ],
)
def test_days_are_read(words: str, effective: date | None, operating: date | None) -> None:
    found = read_resolution(f"{HEAD}1. Nghị quyết này {words}")
    assert found.effective is not None
    assert found.effective.day == effective
    assert (found.operating and found.operating.day) == operating
    assert found.day is not None
    assert found.day.day == (operating or effective)


def test_a_day_has_its_span() -> None:
    text = f"{HEAD}1. Nghị quyết này có hiệu lực thi hành từ ngày 01 tháng 01 năm 2026."
    found = read_resolution(text).effective
    assert found is not None
    assert text[found.start : found.end] == found.words


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("sắp xếp các đơn vị hành chính cấp xã của thành phố Cần Thơ như sau", ("thành phố Cần Thơ",)),
        ("sắp xếp đơn vị hành chính cấp huyện, cấp xã của tỉnh Vĩnh Longnhư sau", ("tỉnh Vĩnh Long",)),
        ("sắp xếp đơn vị hành chính cấp xã thuộc huyện Cờ Đỏ", ("huyện Cờ Đỏ",)),
        ("sắp xếp tổ chức bộ máy", ()),
    ],
)
def test_the_place_is_read(words: str, places: tuple[str, ...]) -> None:
    assert read_resolution(f"{HEAD}Điều 1. Quyết định {words}:").places == places


def test_nothing_is_said_where_nothing_stands() -> None:
    found = read_resolution("Kính gửi: Sở Nội vụ. Đề nghị báo cáo trước ngày 15/7/2025.")
    assert (found.day, found.places, found.changes, found.number) == (None, (), (), None)
