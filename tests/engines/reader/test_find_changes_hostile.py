"""Any text at all gives spans inside it, without an exception, in time proportional to its length."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kientoan.engines.reader import find_changes, register_changes
from kientoan.engines.reader.change_rules import TOKENS
from kientoan.engines.reader.change_words import Source

WORDS = [example for _, _, example in TOKENS] + [
    *("Sắp xếp", "Thành lập", "thành xã mới có tên gọi là", "xã", "các", "A", "(", ")", ",", ".", "\n"),
    *("\n\n1. ", "**", "trên cơ sở", "Điều 1.", "TP. ", "đặt tại", "có 1,5 km2 và 12 người"),
]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from([" ", ""]), st.sampled_from(["NFC", "NFD"])
)
def test_words_in_any_order_give_spans_inside_the_text(words: list[str], blank: str, form: str) -> None:
    check_spans(unicodedata.normalize(form, blank.join(words)))  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_borne(text: str) -> None:
    check_spans(f"Sắp xếp xã {text} và xã B thành xã {text}")


def check_spans(text: str) -> None:
    for change in register_changes(find_changes(text)):
        assert 0 <= change.start < change.end <= len(text)
        assert 0 <= change.provision[0] <= change.start
        assert change.end <= change.provision[1] <= len(text)
        assert 0 < change.confidence <= 1
        for unit in change.old_units:
            assert 0 <= unit.start < unit.end <= len(text)
            shown = Source(text[unit.start : unit.end]).text
            assert unit.name.split()[-1][-1] in shown


@pytest.mark.parametrize(
    "piece",
    [
        "Điều 1 khoản 1 ",
        "(",
        "1.,",
        " ",
        "Sắp xếp ",
        "sau khi sắp xếp theo quy định tại khoản 1, ",
        "A - ",
        "vàcácxã",
        "có diện tích 1 km2 ",
        "xã A thuộc huyện B, ",
        "1. Sắp xếp xã A và xã B thành xã C.\n",
    ],
)
def test_time_is_proportional_to_length(piece: str) -> None:
    times = []
    for length in (40_000, 160_000):
        text = "Thành lập các xã A" + piece * (length // len(piece))
        begin = time.process_time()
        find_changes(text)
        times.append(time.process_time() - begin)
    assert times[1] < 12 * max(times[0], 0.02)


def test_a_megabyte_is_read() -> None:
    text = "Sắp xếp các xã " + "Điều 1 khoản 1 (" * 62_500
    begin = time.process_time()
    assert find_changes(text) == ()
    assert time.process_time() - begin < 30
