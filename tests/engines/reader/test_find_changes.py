"""Changes of units: tables of (clause, kind, new unit, old units) in the wordings of 2004 to 2025."""

from __future__ import annotations

import re
import unicodedata

import pytest

from kientoan.engines.reader import Change, find_changes
from kientoan.engines.reader.change_model import KIND_NAMES
from kientoan.engines.reader.change_rules import TOKENS
from kientoan.engines.reader.change_words import Source, sentences


def one(text: str) -> Change:
    (found,) = find_changes(text)
    return found


def olds(change: Change) -> list[tuple[str, str]]:
    return [(unit.name, unit.extent) for unit in change.old_units]


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các phường Tân An, Thới Bình và "
            "Xuân Khánh "
            "thành phường mới có tên gọi là phường Ninh Kiều.",
            "Phường Ninh Kiều",
            [("Phường Tân An", "full"), ("Phường Thới Bình", "full"), ("Phường Xuân Khánh", "full")],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của phường An Hòa, phường Cái Khế và một phần "
            "diện tích tự nhiên, quy mô dân số của phường Bùi Hữu Nghĩa thành phường mới có tên gọi là "
            "**phường Cái Khế**.",
            "Phường Cái Khế",
            [("Phường An Hòa", "full"), ("Phường Cái Khế", "full"), ("Phường Bùi Hữu Nghĩa", "partial")],
        ),
        (
            "Sắp xếp phần còn lại của xã Tàm Xá và xã Xuân Canh sau khi sắp xếp theo quy định tại khoản 114 "
            "Điều này và phần còn lại của các xã Kim Chung (huyện Đông Anh), Hải Bối sau khi sắp "
            "xếp theo quy "
            "định tại các khoản 114, 115 Điều này thành xã mới có tên gọi là xã Vĩnh Thanh",
            "Xã Vĩnh Thanh",
            [
                ("Xã Tàm Xá", "partial"),
                ("Xã Xuân Canh", "partial"),
                ("Xã Kim Chung", "partial"),
                ("Xã Hải Bối", "partial"),
            ],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của Phường 1 và Phường 2 (thành phố Đà Lạt), "
            "Phường 10 thành phường mới có tên gọi là phường Xuân Hương - Đà Lạt",
            "Phường Xuân Hương - Đà Lạt",
            [("Phường 1", "full"), ("Phường 2", "full"), ("Phường 10", "full")],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số củathị trấn Tân Uyênvàcácxã Trung Đồng,Thân "
            "Thuộc vàxã Bản Bothành xã mới có tên gọi làxã Tân Uyên",
            "Xã Tân Uyên",
            [
                ("Thị trấn Tân Uyên", "full"),
                ("Xã Trung Đồng", "full"),
                ("Xã Thân Thuộc", "full"),
                ("Xã Bản Bo", "full"),
            ],
        ),
        (
            "Sắp xếp xã Hạ Mỗ, một phần diện tích tự nhiên, toàn bộ quy mô dân số của xã Hồng Hà, "
            "toàn bộ diện "
            "tích tự nhiên của xã Kỳ Lợi thành xã mới có tên gọi là xã Ô Diên",
            "Xã Ô Diên",
            [("Xã Hạ Mỗ", "full"), ("Xã Hồng Hà", "partial"), ("Xã Kỳ Lợi", "partial")],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của P. An Hội, P. Tân An và X. Mỹ "
            "Khánh (TP. Cần "
            "Thơ) thành phường mới có tên gọi là P. Ninh Kiều.",
            "Phường Ninh Kiều",
            [("Phường An Hội", "full"), ("Phường Tân An", "full"), ("Xã Mỹ Khánh", "full")],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của thị trấn Đạ M’ri, xã N' Thôn Hạ và xã Cổ "
            "Nhuế 2thành xã mới có tên gọi là xã Đạ Huoai 2",
            "Xã Đạ Huoai 2",
            [("Thị trấn Đạ M'ri", "full"), ("Xã N' Thôn Hạ", "full"), ("Xã Cổ Nhuế 2", "full")],
        ),
        (
            "Thành lập huyện Quảng Hòa trên cơ sở nhập toàn bộ 668,95 km2 diện tích tự nhiên, "
            "63.500 người của "
            "huyện Phục Hòa và huyện Quảng Uyên.",
            "Huyện Quảng Hòa",
            [("Huyện Phục Hòa", "full"), ("Huyện Quảng Uyên", "full")],
        ),
        (
            "Sáp nhập xã An Bình vào xã An Hòa và lấy tên là xã Bình Hòa.",
            "Xã Bình Hòa",
            [("Xã An Bình", "full"), ("Xã An Hòa", "full")],
        ),
        (
            "Hợp nhất tỉnh Hà Nam, tỉnh Ninh Bình và tỉnh Nam Định; lấy tên là tỉnh Ninh Bình, "
            "trung tâm chính "
            "trị - hành chính đặt tại tỉnh Ninh Bình hiện nay.",
            "Tỉnh Ninh Bình",
            [("Tỉnh Hà Nam", "full"), ("Tỉnh Ninh Bình", "full"), ("Tỉnh Nam Định", "full")],
        ),
        (
            "Hợp nhất tỉnh Bà Rịa - Vũng Tàu, tỉnh Bình Dương và Thành phố Hồ Chí Minh, lấy tên là "
            "Thành phố Hồ "
            "Chí Minh.",
            "Thành phố Hồ Chí Minh",
            [
                ("Tỉnh Bà Rịa - Vũng Tàu", "full"),
                ("Tỉnh Bình Dương", "full"),
                ("Thành phố Hồ Chí Minh", "full"),
            ],
        ),
    ],
)
def test_units_become_a_new_one(text: str, new: str, old: list[tuple[str, str]]) -> None:
    found = one(text)
    assert (found.kind, found.new_unit, olds(found)) == ("merge", new, old)


@pytest.mark.parametrize(
    ("text", "kind", "new", "old"),
    [
        (
            "Nhập toàn bộ diện tích tự nhiên và quy mô dân số của xã Kênh Giang, thành phố Chí Linh "
            "vào xã Văn "
            "Đức, thành phố Chí Linh.",
            "absorb",
            "Xã Văn Đức",
            [("Xã Kênh Giang", "full")],
        ),
        (
            "Giải thể thị trấn Mộc Châu để nhập vào xã Đông Sang.",
            "absorb",
            "Xã Đông Sang",
            [("Thị trấn Mộc Châu", "full")],
        ),
        (
            "Điều chỉnh 1,4 km2 diện tích tự nhiên và 2.600 người của xã Thường Phước 2 vào xã "
            "Thường Thới Tiền.",
            "transfer",
            "Xã Thường Thới Tiền",
            [("Xã Thường Phước 2", "partial")],
        ),
        (
            "Điều chỉnh toàn bộ diện tích tự nhiên, quy mô dân số của các xã: Đông Lĩnh, Đông Tân "
            "thuộc huyện "
            "Đông Sơn về thành phố Thanh Hóa quản lý.",
            "move",
            "Thành phố Thanh Hóa",
            [("Xã Đông Lĩnh", "full"), ("Xã Đông Tân", "full")],
        ),
        (
            "Thành lập phường Phú Sơn thuộc thị xã Bỉm Sơn trên cơ sở điều chỉnh 287,85 ha diện "
            "tích tự nhiên và "
            "7.163 nhân khẩu của xã Quang Trung.",
            "split",
            "Phường Phú Sơn",
            [("Xã Quang Trung", "partial")],
        ),
        (
            "Thành lập thành phố Tây Ninh trên cơ sở toàn bộ 14.000,81 ha diện tích tự nhiên, "
            "153.537 nhân khẩu, "
            "10 đơn vị hành chính cấp xã của thị xã Tây Ninh.",
            "convert",
            "Thành phố Tây Ninh",
            [("Thị xã Tây Ninh", "full")],
        ),
        (
            "Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của huyện Lý Sơn thành đặc khu có "
            "tên gọi là đặc "
            "khu Lý Sơn",
            "convert",
            "Đặc khu Lý Sơn",
            [("Huyện Lý Sơn", "full")],
        ),
        (
            "Điều chỉnh 5.201,02 ha diện tích tự nhiên của xã Xuân Mỹ; 1.849,42 ha diện tích tự nhiên của xã "
            "Xuân Liên về xã Vạn Xuân thuộc huyện Thường Xuân quản lý.",
            "transfer",
            "Xã Vạn Xuân",
            [("Xã Xuân Mỹ", "partial"), ("Xã Xuân Liên", "partial")],
        ),
        (
            "Thành lập thị trấn Châu Hưng, huyện Vĩnh Lợi, tỉnh Bạc Liêu trên cơ sở toàn bộ 3.155 "
            "ha diện tích "
            "tự nhiên và 11.311 nhân khẩu của xã Châu Hưng và điều chỉnh 265,23 ha diện tích tự "
            "nhiên và 1.438 "
            "nhân khẩu của xã Châu Thới, huyện Vĩnh Lợi.",
            "merge",
            "Thị trấn Châu Hưng",
            [("Xã Châu Hưng", "full"), ("Xã Châu Thới", "partial")],
        ),
        (
            "xã Giang Hải được thành lập trên cơ sở nhập toàn bộ 5,70km2 diện tích tự nhiên, 2.058 "
            "người của xã "
            "Vinh Hải và toàn bộ 18,73km2 diện tích tự nhiên, 4.682 người của xã Vinh Giang.",
            "merge",
            "Xã Giang Hải",
            [("Xã Vinh Hải", "full"), ("Xã Vinh Giang", "full")],
        ),
        (
            "(1) Phường Điện Thắng Bắc trên cơ sở toàn bộ 3,79 km2 diện tích tự nhiên và quy mô dân số 7.670 "
            "người của xã Điện Thắng Bắc.",
            "convert",
            "Phường Điện Thắng Bắc",
            [("Xã Điện Thắng Bắc", "full")],
        ),
        ("Xã Bản Péo được nhập vào xã Nậm Dịch.", "absorb", "Xã Nậm Dịch", [("Xã Bản Péo", "full")]),
        ("Đổi tên xã Hòa Bắc thành xã Hòa Nam.", "rename", "Xã Hòa Nam", [("Xã Hòa Bắc", "full")]),
        (
            "Thị trấn Neo được đổi tên thành thị trấn Nham Biền.",
            "rename",
            "Thị trấn Nham Biền",
            [("Thị trấn Neo", "full")],
        ),
    ],
)
def test_each_kind_of_change_is_named(text: str, kind: str, new: str, old: list[tuple[str, str]]) -> None:
    found = one(text)
    assert (found.kind, found.new_unit, olds(found)) == (kind, new, old)
    assert found.kind in KIND_NAMES


def test_a_unit_divided_gives_a_part_to_each() -> None:
    first, second = find_changes("Chia huyện Từ Liêm thành quận Bắc Từ Liêm và quận Nam Từ Liêm.")
    assert [first.new_unit, second.new_unit] == ["Quận Bắc Từ Liêm", "Quận Nam Từ Liêm"]
    assert olds(first) == olds(second) == [("Huyện Từ Liêm", "partial")]


def test_lists_of_the_same_names_pair_up() -> None:
    found = find_changes(
        "Thành lập các phường Khắc Niệm, Khúc Xuyên thuộc thành phố Bắc Ninh trên cơ sở nguyên trạng các xã "
        "Khắc Niệm, Khúc Xuyên."
    )
    assert [(change.new_unit, olds(change), change.new_within) for change in found] == [
        ("Phường Khắc Niệm", [("Xã Khắc Niệm", "full")], "Thành phố Bắc Ninh"),
        ("Phường Khúc Xuyên", [("Xã Khúc Xuyên", "full")], "Thành phố Bắc Ninh"),
    ]


def test_unchanged_units_are_said_without_old_ones() -> None:
    found = find_changes(
        "05 đơn vị hành chính cấp xã không thực hiện sắp xếp là phường Thới Hòa, các xã Long Sơn, Bình Châu."
    )
    assert [(change.kind, change.new_unit, change.old_units) for change in found] == [
        ("unchanged", "Phường Thới Hòa", ()),
        ("unchanged", "Xã Long Sơn", ()),
        ("unchanged", "Xã Bình Châu", ()),
    ]


def test_sizes_seat_and_places_are_kept() -> None:
    found = one(
        "Nhập toàn bộ 0,34 km2 diện tích tự nhiên, quy mô dân số 6.464 người của phường An Hội vào "
        "phường Tân An. "
        "Sau khi nhập, phường Tân An có 1,37 km2 diện tích tự nhiên và quy mô dân số 21.924 người. "
        "Trụ sở làm "
        "việc đặt tại số 1 phường An Hội."
    )
    (old,) = found.old_units
    assert (old.area, old.population, found.area, found.population) == (0.34, 6464, 1.37, 21924)
    assert found.seat == "số 1 phường An Hội"
    other = one(
        "Sắp xếp xã An Phước (huyện Mang Thít) và thị trấn Cái Nhum thành xã mới có tên gọi là xã Cái Nhum"
    )
    assert [unit.within for unit in other.old_units] == ["huyện Mang Thít", None]
    wards = one("Sắp xếp toàn bộ Phường 1, Phường 2 và Phường 4 (Quận 5) thành phường Chợ Quán")
    assert {unit.within for unit in wards.old_units} == {"Quận 5"}


def test_what_is_left_is_marked() -> None:
    found = one(
        "Sắp xếp toàn bộ xã Vĩnh Hòa và phần còn lại của xã Tam Lập sau khi sắp xếp theo quy định "
        "tại khoản 138 "
        "Điều này thành xã mới có tên gọi là xã Phước Hòa"
    )
    assert [(unit.extent, unit.rest) for unit in found.old_units] == [("full", False), ("partial", True)]


RESOLUTION = """**Điều 1. Sắp xếp các đơn vị hành chính cấp xã của thành phố Cần Thơ**

Trên cơ sở Đề án số 371/ĐA-CP của Chính phủ về sắp xếp đơn vị hành chính cấp xã của thành phố Cần Thơ
(mới) năm 2025, Ủy ban Thường vụ Quốc hội quyết định sắp xếp để thành lập các đơn vị hành chính cấp xã của
thành phố Cần Thơ như sau:

1. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của các phường Tân
An, Thới Bình và Xuân Khánh thành phường mới có tên gọi là **phường Ninh
Kiều**.

2. Sắp xếp toàn bộ diện tích tự nhiên, quy mô dân số của phường An
Khánh và phường Hưng Lợi thành phường mới có tên gọi là **phường Tân
An**.

**Điều 2. Hiệu lực thi hành**
"""


def test_clauses_of_a_resolution_have_their_provisions() -> None:
    first, second = find_changes(RESOLUTION)
    assert [(first.article, first.clause), (second.article, second.clause)] == [("1", "1"), ("1", "2")]
    assert RESOLUTION[slice(*first.provision)].startswith("1. Sắp xếp")
    assert RESOLUTION[slice(*first.provision)].endswith("Kiều**.")
    assert RESOLUTION[slice(*second.provision)].endswith("An**.")
    assert second.new_unit == "Phường Tân An"
    unit = first.old_units[0]
    assert RESOLUTION[unit.start : unit.end] == "phường Tân\nAn"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Giao Sở Nội vụ báo cáo trước ngày 15/12/2026.",
        "Sắp xếp các đơn vị hành chính cấp xã của tỉnh Thanh Hóa như sau:",
        "Thành lập Ban Chỉ đạo thành phố Cần Thơ trên cơ sở Ban cũ của thành phố Cần Thơ.",
        "Chuyển hồ sơ cho Ủy ban nhân dân xã nơi người đó cư trú.",
        "Nghị định về việc điều chỉnh địa giới hành chính xã Hàm Giang để thành lập xã Hàm Tân",
        "Điều chỉnh địa giới hành chính xã Hàm Giang để thành lập xã Hàm Tân như sau:",
        "Sắp xếp, ổn định bộ máy của các cơ quan thành phố Hà Nội thành nền nếp.",
    ],
)
def test_other_sentences_hold_no_change(text: str) -> None:
    assert find_changes(text) == ()


def test_letters_with_separate_marks_keep_their_places() -> None:
    text = "1. Sắp xếp toàn bộ xã Yên Giả và xã Hoà Bình thành xã mới có tên gọi là xã Chi Lăng."
    apart = unicodedata.normalize("NFD", text)
    found = one(apart)
    assert olds(found) == [("Xã Yên Giả", "full"), ("Xã Hoà Bình", "full")]
    assert [unicodedata.normalize("NFC", apart[unit.start : unit.end]) for unit in found.old_units] == [
        "xã Yên Giả",
        "xã Hoà Bình",
    ]


def test_words_not_understood_lower_the_confidence() -> None:
    sure = one("Sắp xếp toàn bộ xã Kim Trung và xã Kim Đông thành xã mới có tên gọi là xã Kim Hải")
    doubtful = one(
        "Sắp xếp toàn bộ xã Kim Trung và khu vực bãi bồi ven biển thành xã mới có tên gọi là xã Kim Hải"
    )
    assert doubtful.confidence < 0.6 < 0.9 < sure.confidence


@pytest.mark.parametrize(("does", "pattern", "example"), TOKENS, ids=[f"{t[0]}-{t[2]}" for t in TOKENS])
def test_each_rule_finds_its_example(does: str, pattern: str, example: str) -> None:
    assert re.search(pattern, example)
    tokens = [token.does for part in sentences(Source(f"Sắp xếp xã A, {example} Trị")) for token in part]
    assert does in tokens


def test_plain_data_has_the_keys_of_the_score() -> None:
    plain = one("Sắp xếp toàn bộ xã Yên Giả và xã Chi Lăng thành xã mới có tên gọi là xã Chi Lăng").to_json()
    assert plain["new_unit"] == "Xã Chi Lăng"
    assert [(unit["name"], unit["extent"]) for unit in plain["old_units"]] == [
        ("Xã Yên Giả", "full"),
        ("Xã Chi Lăng", "full"),
    ]
