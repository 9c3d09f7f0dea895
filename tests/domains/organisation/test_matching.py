"""Bodies named in documents, matched to the units of the example city (no database)."""

import csv
from functools import lru_cache
from pathlib import Path

import pytest

from kientoan.domains.organisation.matching import Match, UnitMatcher, match_bodies
from kientoan.domains.organisation.queries import UnitOnDay
from tests.conftest import DAY, Cast

CITY = Path(__file__).resolve().parents[3] / "example" / "cantho"


@lru_cache(maxsize=1)
def city() -> tuple[UnitMatcher, dict[int, str]]:
    """The matcher of the example city, and the key of each unit in its table."""
    with (CITY / "units.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    number = {row["key"]: index for index, row in enumerate(rows, start=1)}
    units = {
        number[row["key"]]: UnitOnDay(
            number[row["key"]],
            row["name"],
            row["short_name"],
            row["kind"],
            row["level"],
            abbreviations=tuple(words for words in row["abbreviations"].split(";") if words),
        )
        for row in rows
    }
    parents = {
        number[row["key"]]: {
            number[value] for name, value in row.items() if name.endswith("_parent") and value
        }
        for row in rows
    }
    heads = {unit: 1000 + unit for unit in units}
    matcher = UnitMatcher(units, root=number["92"], parents=parents, head_posts=heads)
    return matcher, {index: key for key, index in number.items()}


def keys(match: Match) -> set[str]:
    """The keys of the sure units."""
    return {city()[1][unit] for unit in match.units}


def asked(match: Match) -> set[str]:
    """The keys of the candidates."""
    return {city()[1][unit] for unit in match.candidates}


DISTRICTS = {"916", "917", "918", "919", "923", "924", "925", "926", "927"}
RURAL = {"924", "925", "926", "927"}
PARTY_DISTRICTS = {f"du-{key}" for key in DISTRICTS}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Y tế", {"so-y-te"}),
        ("sở y tế", {"so-y-te"}),
        ("Sở Y tế thành phố", {"so-y-te"}),
        ("Sở Y tế thành phố Cần Thơ", {"so-y-te"}),
        ("Sở Y tế TP. Cần Thơ", {"so-y-te"}),
        ("Giám đốc Sở Y tế", {"so-y-te"}),
        ("Sở Văn hóa, Thể thao và Du lịch", {"so-vhttdl"}),
        ("Sở VH, TT và DL", {"so-vhttdl"}),
        ("Sở Lao động - Thương binh và Xã hội", {"so-ldtbxh"}),
        ("Sở LĐ-TB&XH", {"so-ldtbxh"}),
        ("Sở NN&PTNT", {"so-nnptnt"}),
        ("Sở Kế hoạch và Đầu tư, Sở Tài chính", {"so-khdt", "so-tai-chinh"}),
        ("Sở Kế hoạch và Đầu tư và Sở Tài chính", {"so-khdt", "so-tai-chinh"}),
        ("Công an thành phố", {"cong-an"}),
        ("Công an TP Cần Thơ", {"cong-an"}),
        ("Thanh tra thành phố", {"thanh-tra"}),
        ("Chánh Thanh tra thành phố", {"thanh-tra"}),
        ("Cục Thuế thành phố", {"cuc-thue"}),
        ("Bảo hiểm xã hội thành phố", {"bhxh"}),
        ("Kho bạc Nhà nước thành phố", {"kho-bac"}),
        ("Kho bạc Nhà nước Cần Thơ", {"kho-bac"}),
        ("Văn phòng Ủy ban nhân dân thành phố", {"vp-ubnd"}),
        ("Văn phòng UBND thành phố", {"vp-ubnd"}),
        ("Chánh Văn phòng UBND thành phố", {"vp-ubnd"}),
        ("UBND thành phố", {"ubnd-tp"}),
        ("Uỷ ban nhân dân thành phố", {"ubnd-tp"}),
        ("Chủ tịch Ủy ban nhân dân thành phố", {"ubnd-tp"}),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ", {"ubnd-tp"}),
        ("Hội đồng nhân dân thành phố", {"hdnd-tp"}),
        ("Thường trực HĐND thành phố", {"hdnd-tp"}),
        ("UBND quận Ninh Kiều", {"916"}),
        ("Ủy ban nhân dân quận Ninh Kiều", {"916"}),
        ("Quận Ninh Kiều", {"916"}),
        ("UBND Q. Ninh Kiều", {"916"}),
        ("UBND quận Bình Thuỷ", {"918"}),
        ("Chủ tịch UBND huyện Cờ Đỏ", {"925"}),
        ("Ủy ban nhân dân quận Ô Môn, Ủy ban nhân dân quận Thốt Nốt", {"917", "923"}),
        ("Ủy ban nhân dân các huyện Vĩnh Thạnh, Cờ Đỏ, Thới Lai", {"924", "925", "927"}),
        ("UBND các quận Ninh Kiều và Cái Răng", {"916", "919"}),
        ("các huyện ủy Vĩnh Thạnh, Cờ Đỏ, Thới Lai", {"du-924", "du-925", "du-927"}),
        ("Huyện ủy Cờ Đỏ", {"du-925"}),
        ("Ban Thường vụ Quận ủy Ninh Kiều", {"du-916"}),
        ("Bí thư Quận ủy Ninh Kiều", {"du-916"}),
        ("Thành ủy", {"thanh-uy"}),
        ("Thành uỷ Cần Thơ", {"thanh-uy"}),
        ("Ban Thường vụ Thành ủy", {"thanh-uy"}),
        ("Ban Tổ chức Thành ủy", {"btc-tu"}),
        ("Trưởng Ban Tổ chức Thành uỷ", {"btc-tu"}),
        ("Ủy ban Kiểm tra Thành ủy", {"ubkt-tu"}),
        ("UBKT Thành ủy", {"ubkt-tu"}),
        ("Ban cán sự đảng Ủy ban nhân dân thành phố", {"bcsd-ubnd"}),
        ("Ban cán sự đảng UBND thành phố", {"bcsd-ubnd"}),
        ("Đảng đoàn Ủy ban Mặt trận Tổ quốc Việt Nam thành phố", {"dd-mttq"}),
        ("Đảng đoàn Hội đồng nhân dân thành phố", {"dd-hdnd"}),
        ("Văn phòng Thành ủy", {"vp-tu"}),
        ("Liên đoàn Lao động thành phố", {"ldld"}),
        ("phường Cái Khế", {"31117"}),
        ("UBND phường Cái Khế, quận Ninh Kiều", {"31117"}),
        ("UBND phường An Thới", {"31177"}),
    ],
)  # fmt: skip
def test_a_body_is_one_unit_for_sure(text: str, expected: set[str]) -> None:
    match = city()[0].match(text)
    assert (keys(match), match.certain) == (expected, True)


@pytest.mark.parametrize(
    ("text", "group", "inside", "outside"),
    [
        ("UBND các quận, huyện", "districts", DISTRICTS, {"31117", "so-y-te"}),
        ("Ủy ban nhân dân quận, huyện", "districts", DISTRICTS, set()),
        ("các quận, huyện", "districts", DISTRICTS, set()),
        ("Chủ tịch UBND quận, huyện", "districts", DISTRICTS, set()),
        ("UBND các huyện", "districts", RURAL, {"916"}),
        ("UBND các huyện, quận", "districts", DISTRICTS, set()),
        ("các sở, ban, ngành", "agencies", {"so-y-te", "cuc-thue", "thanh-tra"}, {"916", "vp-tu"}),
        ("Các sở, ban, ngành thành phố", "agencies", {"so-y-te", "cong-an", "vp-ubnd"}, {"btc-tu"}),
        ("các sở, ban ngành", "agencies", {"so-y-te", "cong-an"}, set()),
        ("các sở", "agencies", {"so-y-te", "so-noi-vu"}, {"cong-an", "thanh-tra"}),
        ("Giám đốc sở", "agencies", {"so-y-te"}, {"cong-an"}),
        ("Thủ trưởng cơ quan, ban, ngành thành phố", "agencies", {"cong-an", "so-y-te"}, {"916"}),
        ("Thủ trưởng các sở, ban, ngành", "agencies", {"cong-an", "so-y-te"}, set()),
        ("UBND xã, phường, thị trấn", "communes", {"31117"}, {"916"}),
        ("các quận ủy, huyện ủy", "party_committees", PARTY_DISTRICTS, {"du-ca", "thanh-uy"}),
        (
            "Các quận ủy, huyện ủy, đảng ủy trực thuộc Thành ủy", "party_committees",
            PARTY_DISTRICTS | {"du-ca", "du-dhct"}, {"thanh-uy", "btc-tu"},
        ),
        ("các đảng bộ trực thuộc Thành ủy", "party_committees", PARTY_DISTRICTS | {"du-ca"}, {"thanh-uy"}),
        (
            "Các ban đảng, ban cán sự đảng, đảng đoàn thuộc Thành ủy", "party_commissions",
            {"btc-tu", "bcsd-ubnd", "dd-hdnd"}, {"vp-tu"},
        ),
        (
            "Các sở, ban, ngành thành phố và Ủy ban nhân dân quận, huyện", "agencies+districts",
            DISTRICTS | {"so-y-te"}, {"31117"},
        ),
        (
            "Giám đốc sở, Thủ trưởng cơ quan, ban, ngành thành phố, Chủ tịch Ủy ban nhân dân quận, huyện",
            "agencies+districts", DISTRICTS | {"so-y-te", "cong-an"}, {"31117"},
        ),
    ],
)  # fmt: skip
def test_a_group_is_expanded(text: str, group: str, inside: set[str], outside: set[str]) -> None:
    match = city()[0].match(text)
    assert match.certain
    assert match.group == group
    assert inside <= keys(match)
    assert not outside & keys(match)


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế tỉnh Hậu Giang",
        "Sở Y tế Hậu Giang",
        "UBND thành phố Hồ Chí Minh",
        "UBND tỉnh Vĩnh Long",
        "Bộ Y tế",
        "Thủ tướng Chính phủ",
        "thành phố",
        "",
    ],
)
def test_a_body_of_another_place_is_not_matched(text: str) -> None:
    match = city()[0].match(text)
    assert (match.units, match.candidates, match.certain) == ((), (), False)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Công an quận Ninh Kiều", {"916"}),
        ("các cơ quan, đơn vị", {"so-y-te"}),
        ("Thủ trưởng các cơ quan", {"so-y-te"}),
        ("các sở, ngành liên quan", {"so-y-te"}),
        ("các sở, ban, ngành có liên quan", {"so-y-te"}),
        ("các địa phương", DISTRICTS),
    ],
)
def test_what_is_left_open_is_asked(text: str, candidates: set[str]) -> None:
    match = city()[0].match(text)
    assert not match.certain
    assert not match.units
    assert candidates <= asked(match)


def test_what_is_sure_is_kept_beside_what_is_open() -> None:
    match = city()[0].match("Sở Y tế, các đơn vị liên quan")
    assert keys(match) == {"so-y-te"}
    assert not match.certain


def test_the_head_of_a_body_is_its_post() -> None:
    match = city()[0].match("Giám đốc Sở Y tế")
    assert match.posts == tuple(1000 + unit for unit in match.units)


def test_a_deputy_is_not_the_head() -> None:
    assert city()[0].match("Phó Giám đốc Sở Y tế").posts == ()


def test_homonyms_are_asked_and_settled_by_the_unit_above() -> None:
    units = {
        1: UnitOnDay(1, "Thành phố Cần Thơ", "", "city", "province"),
        2: UnitOnDay(2, "Quận Ninh Kiều", "", "urban_district", "district"),
        3: UnitOnDay(3, "Quận Ô Môn", "", "urban_district", "district"),
        4: UnitOnDay(4, "Phường Thới Hòa", "", "ward", "commune"),
        5: UnitOnDay(5, "Phường Thới Hoà", "", "ward", "commune"),
    }
    matcher = UnitMatcher(units, root=1, parents={4: {2}, 5: {3}, 2: {1}, 3: {1}}, head_posts={})
    open_match = matcher.match("UBND phường Thới Hòa")
    assert (open_match.units, open_match.candidates, open_match.certain) == ((), (4, 5), False)
    assert matcher.match("UBND phường Thới Hòa, quận Ô Môn").units == (5,)
    assert matcher.match("UBND phường Thới Hòa (quận Ninh Kiều)").units == (4,)


def test_the_leads_of_a_task_are_matched_together() -> None:
    match = city()[0].match("huyện ủy Vĩnh Thạnh", "Cờ Đỏ", "Thới Lai")
    assert keys(match) == {"du-924", "du-925", "du-927"}


def test_decomposed_text_is_the_same_text() -> None:
    import unicodedata

    assert keys(city()[0].match(unicodedata.normalize("NFD", "Sở Kế hoạch và Đầu tư"))) == {"so-khdt"}


def test_the_database_gives_the_same_answer(cast: Cast) -> None:
    match = match_bodies("Giám đốc Sở Y tế và Chủ tịch UBND quận Ninh Kiều", DAY)
    assert set(match.units) == {cast.department.pk, cast.district.pk}
    assert set(match.posts) == {cast.department_head_post.pk, cast.district_head_post.pk}
