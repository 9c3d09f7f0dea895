"""Any text at all is read without an exception, with spans inside it, also where it was made to be slow."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientoan.engines.reader import RULES, read, read_citations

from .hostile_pieces import PIECES

WORDS = [rule.example for rule in RULES] + list(PIECES)


def check(text: str) -> None:
    reading = read(text)
    size = len(text)
    for items in (reading.citations, reading.deadlines, reading.targets, reading.tasks, reading.provisions):
        for item in items:
            assert 0 <= item.start < item.end <= size
    for before, after in pairwise(reading.citations):
        assert before.end <= after.start
    for before, after in pairwise(reading.deadlines):
        assert before.end <= after.start
    for task in reading.tasks:
        assert task.lead
        assert task.deadline is None or task.deadline < len(reading.deadlines)
        for (start, end), name in zip(task.lead_spans, task.lead, strict=True):
            assert " ".join(text[start:end].split()).startswith(name[:3])
    assert read_citations(text) == reading.citations


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=30),
    st.sampled_from([" ", "", "\n"]),
    st.sampled_from(["NFC", "NFD"]),
)
def test_what_fires_the_rules_in_any_order_is_borne(words: list[str], blank: str, form: str) -> None:
    check(unicodedata.normalize(form, blank.join(words)))  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_borne(text: str) -> None:
    check(f"Giao Sở {text} trước ngày {text} theo Nghị định số {text}")


@pytest.mark.parametrize("piece", PIECES)
def test_the_same_piece_over_and_over_is_borne(piece: str) -> None:
    check(piece * (6_000 // len(piece)))


@pytest.mark.parametrize(
    "text",
    [
        "Ngh| đ|nh số l5/2O20/NĐ-CP ngày l0/l/2O20 của Ch|nh phủ",
        "Giao S0 N0i vu ra soat truoc ngay 3O/6/2O26",
        "phan dau dat 8S% ; t3ng tr0'ng",
        "NghÞ ®Þnh sè 30/2020/N§-CP",
        "trước ngày 45/13/2026, trước ngày 31/02/2026, quý V/2026",
        "The quick brown fox jumps over 13 lazy dogs by 30 June.",
    ],
)
def test_noise_gives_no_value_that_does_not_stand_there(text: str) -> None:
    reading = read(text)
    assert [item.number for item in reading.citations if item.number and item.number not in text] == []
    assert [item for item in reading.deadlines if item.date or item.period] == []
    assert (reading.targets, reading.tasks) == ((), ())
