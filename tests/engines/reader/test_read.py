"""Properties that hold for every text, and the shape that other code relies on."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kientoan.engines.reader import Reading, read

WORDS = [
    "Điều 1",
    "khoản 2 ",
    "điểm a ",
    "Nghị quyết số ",
    "60-NQ/TW",
    " ngày 12/4/2025",
    "Luật Đất đai",
    "1. ",
    "a) ",
    "\n",
    "- ",
    "Giao Sở Nội vụ ",
    "Sở Y tế có trách nhiệm: ",
    "chủ trì, phối hợp với ",
    "trước ngày 31/02",
    "hằng năm",
    " báo cáo ",
    "đạt từ 8% trở lên",
    " | ",
    "TT | Nhiệm vụ | Chủ trì | Thời hạn\n",
    "; ",
    ". ",
    "**",
    "(",
    ")",
    "quý IV/2026",
    "trong thời hạn 10 ngày kể từ ngày ",
    "0",
    "9" * 30,
    "|",
    "\t",
    "Số: ",
    "KẾ HOẠCH\n",
    "TM. ỦY BAN NHÂN DÂN\n",
]


def check(reading: Reading, text: str) -> None:
    assert reading.text == text
    found = [*reading.citations, *reading.deadlines, *reading.tasks, *reading.targets, *reading.provisions]
    for item in found:
        assert 0 <= item.start < item.end <= len(text)
        assert text[item.start : item.end].strip()
        assert 0 <= item.confidence <= 1
        assert item.rule
    for task in reading.tasks:
        assert task.deadline is None or 0 <= task.deadline < len(reading.deadlines)
        for start, end in task.lead_spans:
            assert 0 <= start < end <= len(text)
    eids = [provision.eid for provision in reading.provisions]
    assert len(eids) == len(set(eids))
    json.dumps(reading.to_json())


@given(st.text())
def test_any_text_is_read_without_error(text: str) -> None:
    check(read(text), text)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_any_mixture_of_official_words_is_read_without_error(text: str) -> None:
    check(read(text), text)
    assert read(text) == read(text)


@pytest.mark.parametrize(
    "unit", ["Điều 1 khoản 1 ", "((((((((", "1234567890", "Luật ", "số 1/", "a, ", "Giao Sở ", "hằng năm "]
)
def test_a_hostile_text_is_read_in_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    read(text)


def test_json_has_the_keys_that_scoring_expects() -> None:
    plain = read("Căn cứ Nghị quyết số 60-NQ/TW ngày 12/4/2025; báo cáo trước ngày 30/6/2025.").to_json()
    scored = ["text", "head", "structure", "citations", "deadlines", "tasks", "targets"]
    assert list(plain) == [*scored, "links"]
    citation = plain["citations"][0]
    assert citation["number"] == "60-NQ/TW"
    assert citation["date"] == "2025-04-12"
    assert citation["relation"] == "basis"
    assert plain["deadlines"][0]["date"] == "2025-06-30"


@pytest.mark.parametrize(
    "words", ["Nghị định số", "số 1/NĐ-CP tháng", "tháng 5", "Giao Sở Nội vụ", "phấn đấu đạt 5%"]
)
@pytest.mark.parametrize("blank", [" ", "\n", "\t", " \n"])
def test_a_long_run_of_blanks_costs_no_more_than_words(words: str, blank: str) -> None:
    text = words + blank * 60_000 + ":"
    begin = time.process_time()
    read(text)
    assert time.process_time() - begin < 3
