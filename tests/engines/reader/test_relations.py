"""The relation of each citation comes from the words before it, along a list too."""

import pytest

from kientoan.engines.reader import read

CASES = [
    (
        "Thực hiện Nghị quyết số 15-NQ/TU ngày 12/12/2017 của Thành ủy; căn cứ Quyết định số 1916/QĐ-TTg, "
        "Nghị quyết số 18/NQ-HĐND và Nghị quyết số 22/NQ-HĐND, Ủy ban nhân dân thành phố ban hành Kế hoạch.",
        ["implements", "basis", "basis", "basis"],
    ),
    (
        "Để thực hiện Nghị quyết số 18/NQ-HĐND ngày 07/12/2017 của Hội đồng nhân dân thành phố và Kế hoạch "
        "số 168/KH-UBND ngày 20/12/2017 của Ủy ban nhân dân thành phố, Chủ tịch chỉ thị:",
        ["implements", "implements"],
    ),
    ("Bộ Xây dựng: Thực hiện các nhiệm vụ quy định tại Nghị định số 30/2020/NĐ-CP.", ["refers"]),
]


@pytest.mark.parametrize(("text", "relations"), CASES)
def test_relation_is_read_from_the_words_before(text: str, relations: list[str]) -> None:
    assert [citation.relation for citation in read(text).citations] == relations


def test_issuer_ends_where_the_next_document_of_the_list_begins() -> None:
    first, second = read(CASES[1][0]).citations
    assert first.issuer == "Hội đồng nhân dân thành phố"
    assert second.number == "168/KH-UBND"
