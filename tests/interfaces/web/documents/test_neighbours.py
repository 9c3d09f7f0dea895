"""The documents around one: picture, list, and what cites it with the sentence; nothing hidden is told."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document
from kientoan.domains.organisation import registering
from kientoan.interfaces.web.layered import LETTERS, NARROW, Box, Joint, Text, below, beside, wrapped
from tests.conftest import NOW, Cast
from tests.domains.documents.test_citing import make

from .conftest import SignIn
from .test_register import page_text

TEXT = """Căn cứ Luật Ngân sách nhà nước;
Căn cứ Quyết định số 5/QĐ-UBND ngày 05/01/2016 của Ủy ban nhân dân thành phố Cần Thơ;
Giao Sở Y tế thực hiện Quyết định số 5/QĐ-UBND, báo cáo kết quả trước ngày 15/6/2018. Sở Y tế làm việc khác.
"""


@pytest.fixture
def cited(cast: Cast) -> Document:
    """A decision in the city's register, that all below may read."""
    act = make("5/QĐ-UBND", "Ủy ban nhân dân thành phố Cần Thơ", date(2016, 1, 5), "Quyết định")
    registering.register_documents(unit=cast.city, documents=[act])
    return act


@pytest.fixture
def citing(cast: Cast, cited: Document) -> Document:
    """A draft that cites it: seen by those who work for the city only."""
    return registering.take_text(viewer=cast.viewer(cast.clerk), unit=cast.city, text=TEXT, at=NOW).document


@pytest.mark.parametrize("part", ["quan-he", "duoc-vien-dan"])
def test_an_outsider_finds_no_page_of_a_draft(
    cast: Cast, signed_in: SignIn, citing: Document, part: str
) -> None:
    assert signed_in(cast.outsider).get(f"/van-ban/{citing.pk}/{part}/").status_code == 404
    assert signed_in(cast.nobody).get(f"/van-ban/{citing.pk}/{part}/").status_code == 404


@pytest.mark.parametrize("part", ["quan-he", "duoc-vien-dan", ""])
def test_citing_draft_is_counted_and_not_named_to_those_who_may_not_see_it(
    cast: Cast, signed_in: SignIn, cited: Document, citing: Document, part: str
) -> None:
    address = f"/van-ban/{cited.pk}/{part}/".replace("//", "/")
    text = page_text(signed_in(cast.outsider).get(address))
    assert "báo cáo kết quả" not in text
    assert f"/van-ban/{citing.pk}/" not in text
    if part:
        assert "1 văn bản viện dẫn mà bạn" in text or "bạn không được xem: 1" in text


def test_picture_and_list_name_the_same_documents(
    cast: Cast, signed_in: SignIn, cited: Document, citing: Document
) -> None:
    page = signed_in(cast.clerk).get(f"/van-ban/{citing.pk}/quan-he/")
    html = page.content.decode()
    assert html.count(f'<a class="layered__box layered__box--known" href="/van-ban/{cited.pk}/">') == 2
    assert "layered__box--unknown" in html  # the law is named only
    text = page_text(page)
    assert "Luật Ngân sách nhà nước" in text
    assert 'style="' not in html


def test_relation_filters_picture_and_list(
    cast: Cast, signed_in: SignIn, cited: Document, citing: Document
) -> None:
    client = signed_in(cast.clerk)
    page = client.get(f"/van-ban/{citing.pk}/quan-he/?relation=repeals")
    assert "Chưa thấy quan hệ nào" in page_text(page)
    assert client.get(f"/van-ban/{citing.pk}/quan-he/?relation=basis&steps=2").status_code == 200


def test_sentence_is_quoted_with_the_citation_marked(
    cast: Cast, signed_in: SignIn, cited: Document, citing: Document
) -> None:
    page = signed_in(cast.clerk).get(f"/van-ban/{cited.pk}/duoc-vien-dan/")
    text = page_text(page)
    assert (
        "Giao Sở Y tế thực hiện <mark>Quyết định số 5/QĐ-UBND</mark>, báo cáo kết quả trước ngày "
        "15/6/2018.</q>" in text
    )
    assert "Sở Y tế làm việc khác" not in text
    passage = citing.passages.filter(kind="citation").order_by("-start")[0]
    assert f'href="/van-ban/{citing.pk}/doc/#p{passage.pk}"' in text


def test_many_citing_documents_are_folded_and_paged(cast: Cast, signed_in: SignIn, cited: Document) -> None:
    for number in range(14):
        text = f"Thực hiện Quyết định số 5/QĐ-UBND ngày 05/01/2016, giao Sở Y tế làm việc số {number}. " * 3
        registering.take_text(viewer=cast.viewer(cast.clerk), unit=cast.city, text=text, at=NOW)
    client = signed_in(cast.clerk)
    folded = client.get(f"/van-ban/{cited.pk}/quan-he/").content.decode()
    assert "… và 6 văn bản nữa" in folded
    unfolded = client.get(f"/van-ban/{cited.pk}/quan-he/?all=1").content.decode()
    assert "… và 6 văn bản nữa" not in unfolded
    first = client.get(f"/van-ban/{cited.pk}/duoc-vien-dan/").content.decode()
    assert first.count("<mark>") == 30
    assert client.get(f"/van-ban/{cited.pk}/duoc-vien-dan/?page=2").content.decode().count("<mark>") == 12


@pytest.mark.parametrize(("part", "queries"), [("quan-he/?steps=2", 18), ("duoc-vien-dan/", 14)])
def test_number_of_queries_does_not_grow(
    cast: Cast,
    signed_in: SignIn,
    cited: Document,
    citing: Document,
    part: str,
    queries: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(cast.clerk)
    for number in range(5):
        text = f"Thực hiện Quyết định số 5/QĐ-UBND ngày 05/01/2016, giao Sở Y tế làm việc số {number}."
        registering.take_text(viewer=cast.viewer(cast.clerk), unit=cast.city, text=text, at=NOW)
    with django_assert_max_num_queries(queries):
        assert client.get(f"/van-ban/{cited.pk}/{part}").status_code == 200


def test_boxes_of_a_drawing_never_overlap() -> None:
    boxes = [Box(f"{layer}{n}", layer, (Text("a"),) * (n + 1)) for layer in (-1, 0, 1) for n in range(5)]
    for drawing in (beside(boxes, [Joint("-10", "00")]), below(boxes, [Joint("00", "14")])):
        placed = [(box.x, box.y, box.right, box.bottom) for box in drawing.boxes]
        for number, one in enumerate(placed):
            assert 0 <= one[0] < one[2] <= drawing.width
            assert 0 <= one[1] < one[3] <= drawing.height
            for other in placed[number + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart
    assert below(boxes, []).width <= 360 - 2 * 16
    assert NARROW <= 328


def test_long_words_are_cut_to_the_box() -> None:
    rows = wrapped("Về việc " * 20, 2)
    assert len(rows) == 2
    assert rows[1].endswith("…")
    assert all(len(row) <= LETTERS for row in rows)
    assert wrapped("", 2) == []
