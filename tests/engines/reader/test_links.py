"""Short names and words like "nêu trên" are linked to the citations they stand for, where that is certain."""

from __future__ import annotations

import pytest

from kientoan.engines.reader import read


def linked(text: str) -> list[tuple[str, list[str | None]]]:
    reading = read(text)
    for link in reading.links:
        assert reading.text[link.start : link.end] == link.text
    return [
        (link.text, [reading.citations[place].number for place in link.refers_to]) for link in reading.links
    ]


NAMED = "Luật Đất đai số 31/2024/QH15 (sau đây viết tắt là {}). Giá đất theo Luật Đất đai 2024 được công bố."
REWARDS = (
    "Nghị định số 152/2025/NĐ-CP hướng dẫn Luật Thi đua, khen thưởng (sau đây viết tắt là Nghị định 152). "
    "Mức chi theo Nghị định 152 được giữ."
)
DECREE = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020; "
TWO = "Thực hiện Chỉ thị số 05-CT/TW, Nghị quyết số 04-NQ/TW, Nghị quyết số 18-NQ/TW. "


@pytest.mark.parametrize("name", ["Luật Đất đai 2024", "“Luật Đất đai 2024”"])
def test_a_name_given_for_short_is_linked_where_it_is_used(name: str) -> None:
    assert linked(NAMED.format(name)) == [("Luật Đất đai 2024", ["31/2024/QH15"])]


def test_a_name_belongs_to_the_citation_whose_words_it_is_made_of() -> None:
    assert linked(REWARDS) == [("Nghị định 152", ["152/2025/NĐ-CP"])]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            DECREE + "thể thức theo Nghị định nêu trên.",
            [("Nghị định nêu trên", ["30/2020/NĐ-CP"])],
        ),
        (
            TWO + "Kết quả học tập các Chỉ thị, Nghị quyết trên.",
            [("các Chỉ thị, Nghị quyết trên", ["05-CT/TW", "04-NQ/TW", "18-NQ/TW"])],
        ),
        (
            DECREE + "Nghị định số 30/2020/NĐ-CP quy định; theo Nghị định nói trên.",
            [("Nghị định nói trên", ["30/2020/NĐ-CP"])],
        ),
    ],
)
def test_what_stands_above_is_linked_where_it_is_certain(
    text: str, links: list[tuple[str, list[str]]]
) -> None:
    assert linked(text) == links


@pytest.mark.parametrize(
    "text",
    [
        DECREE + "Nghị định này có hiệu lực từ ngày ký.",
        TWO + "Triển khai Nghị quyết nêu trên.",
        DECREE + "Thực hiện Quyết định nêu trên.",
        DECREE + "Các Nghị định nêu trên hết hiệu lực.",
        "Thể thức theo Nghị định nêu trên. " + DECREE,
        DECREE + "ban hành Nghị định trên cơ sở ý kiến các bộ.",
        NAMED.format("Luật"),
        "Theo Luật Thi đua, khen thưởng (sau đây viết tắt là Nghị định 152) và Nghị định 152 được giữ.",
    ],
)
def test_what_is_left_open_is_not_linked(text: str) -> None:
    assert linked(text) == []
