"""Tables of cases and properties for the Vietnamese base module."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.vietnamese import (
    NumberError,
    fold,
    format_number,
    nfc,
    normal_tones,
    parse_number,
    sort_key,
)


def test_nfc_makes_one_character_of_letter_and_tone() -> None:
    assert nfc("Cần Thơ") == "Cần Thơ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thành ủy Cần Thơ", "thanh uy can tho"),
        ("ĐẮK LẮK", "dak lak"),
        ("Người Ơi, ưỡn ẹo!", "nguoi oi, uon eo!"),
        ("Cần Thơ", "can tho"),
        ("São Tomé", "sao tome"),
        ("", ""),
    ],
)
def test_fold_drops_case_and_diacritics(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hoà", "Hòa"),
        ("Thuỷ", "Thủy"),
        ("Đảng uỷ", "Đảng ủy"),
        ("UỶ BAN", "ỦY BAN"),
        ("khoẻ, xoè", "khỏe, xòe"),
        ("hoàn, hoạt, ngoài, khuỷu", "hoàn, hoạt, ngoài, khuỷu"),
        ("quý, Quỳ", "quý, Quỳ"),
        ("hoá-chất", "hóa-chất"),
        ("Hòa", "Hòa"),
    ],
)
def test_normal_tones_moves_the_tone_to_the_first_vowel(text: str, expected: str) -> None:
    assert normal_tones(text) == expected


def test_sort_key_follows_the_vietnamese_alphabet() -> None:
    ordered = [
        "An",
        "Ăn",
        "Ân",
        "Ba",
        "Cần Thơ",
        "Dân",
        "Đà Nẵng",
        "Em",
        "Êm",
        "Gia",
        "Hà Nội",
        "Ô",
        "Ơn",
        "Ư",
    ]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sort_key_orders_tones_after_letters() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ", "mai", "mài", "măn"]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sort_key_puts_a_shorter_name_first_and_small_before_capital() -> None:
    ordered = ["an", "An", "An Bình", "An Cư", "anh"]
    assert sorted(set(ordered), key=sort_key) == ordered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,56", "1234.56"),
        ("66.627,4", "66627.4"),
        ("7,25", "7.25"),
        ("7.253", "7253"),
        ("0", "0"),
        ("-3,5", "-3.5"),
        ("−3,5", "-3.5"),
        ("+12", "12"),
        (" 1 234 567 ", "1234567"),
        ("1\u00a0234,5", "1234.5"),
        ("2025", "2025"),
    ],
)
def test_parse_number_reads_the_vietnamese_way(text: str, expected: str) -> None:
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "trống"),
        ("7.25", "dấu phẩy"),
        ("1,234.5", "dấu chấm"),
        ("1,2,3", "dấu chấm"),
        ("1.23.456", "không rõ nghĩa"),
        ("mười", "không phải là số"),
        ("1.234,", "dấu phẩy"),
        ("5%", "không phải là số"),
        ("٣", "không phải là số"),
    ],
)
def test_parse_number_says_what_is_wrong(text: str, word: str) -> None:
    with pytest.raises(NumberError, match=word):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        ("1234.56", 2, "1.234,56"),
        ("1234.5", 2, "1.234,50"),
        ("1234567", 0, "1.234.567"),
        ("0.125", 2, "0,13"),
        ("-0.001", 2, "0,00"),
        ("-1234.5", 0, "-1.235"),
        ("7.50", None, "7,50"),
        ("12", None, "12"),
        ("1E+3", None, "1.000"),
        ("1E+3", 1, "1.000,0"),
    ],
)
def test_format_number_writes_the_vietnamese_way(value: str, decimals: int | None, expected: str) -> None:
    assert format_number(Decimal(value), decimals) == expected


def test_format_number_refuses_what_is_no_number() -> None:
    with pytest.raises(NumberError):
        format_number(Decimal("NaN"), 2)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_number_survives_writing_and_reading(number: Decimal) -> None:
    assert parse_number(format_number(number)) == number


@given(st.text())
def test_nothing_raises_on_any_text(text: str) -> None:
    assert "\x00" not in sort_key(text)
    assert fold(text) == fold(text)
    assert len(normal_tones(nfc(text))) == len(nfc(text))
    with contextlib.suppress(NumberError):
        parse_number(text)


@given(st.text(alphabet="aàảãáạăằâấbdđeêoôơuưyAĐ "), st.text(alphabet="aàảãáạăằâấbdđeêoôơuưyAĐ "))
def test_different_text_has_different_keys(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)
