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
    (
        "Nghị định số 110/2004/NĐ-CP về công tác văn thư và Nghị định số 09/2010/NĐ-CP sửa đổi, bổ sung "
        "một số điều của Nghị định số 110/2004/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
        ["repeals", "repeals", "amends"],
    ),
    (
        "Quyết định số 18/2015/QĐ-UBND hết hiệu lực kể từ ngày Quyết định số 21/2017/QĐ-UBND có hiệu lực.",
        ["refers", "refers"],
    ),
    (
        "Quyết định số 17/2015/QĐ-UBND được thay thế bằng Quyết định số 20/2017/QĐ-UBND.",
        ["refers", "refers"],
    ),
    ("Thông tư này không thay thế Thông tư số 23/2017/TT-BTC.", ["refers"]),
    ("Thông tư này không bãi bỏ Thông tư số 22/2017/TT-BTC.", ["refers"]),
    ("Bộ Xây dựng: Thực hiện các nhiệm vụ quy định tại Nghị định số 30/2020/NĐ-CP.", ["refers"]),
]


@pytest.mark.parametrize(("text", "relations"), CASES)
def test_relation_is_read_from_the_words_before(text: str, relations: list[str]) -> None:
    assert [citation.relation for citation in read(text).citations] == relations


def test_issuer_ends_where_the_next_document_of_the_list_begins() -> None:
    first, second = read(CASES[1][0]).citations
    assert first.issuer == "Hội đồng nhân dân thành phố"
    assert second.number == "168/KH-UBND"
