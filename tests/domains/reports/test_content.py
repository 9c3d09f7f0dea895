"""The Word report says what the board says, in the prescribed layout, each number linked to its source."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from kientoan.domains.reports import content
from kientoan.domains.reports.queries import board as boards
from kientoan.engines.periods import parse_period
from tests.conftest import Cast
from tests.domains.plans.making import given
from tests.domains.plans.targets import make_set, make_target
from tests.domains.results.figures import report, revenue

DAY = date(2018, 12, 31)
LINKS = content.Links(
    site="http://may-chu",
    board=lambda unit: f"/b/{unit}",
    tasks=lambda unit, status, alone: f"/t/{unit}/{status}",
    task=lambda key: f"/task/{key}",
    target=lambda key: f"/target/{key}",
)


def word(cast: Cast, *, charts: bool) -> Document:  # type: ignore[valid-type]
    board = boards.board(cast.viewer(cast.leader, DAY), cast.city.pk, DAY)
    frame = content.Frame("Cần Thơ", "Chủ tịch", "Lê Văn Ví Dụ")
    return Document(BytesIO(content.report(board, parse_period("2018"), frame, LINKS, charts=charts)))


@pytest.fixture
def city(cast: Cast) -> Cast:
    held, thing = make_set(cast), revenue()
    make_target(cast, held, thing, cast.city, low="100")
    report(cast.city, thing, "2018", "120", "2018-12-20", "estimate")
    given(cast)
    return cast


def test_the_report_has_the_head_and_the_parts_of_an_official_one(city: Cast) -> None:
    found = word(city, charts=False)
    text = "\n".join(p.text for p in found.paragraphs)
    head = "\n".join(cell.text for row in found.tables[0].rows for cell in row.cells)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "BÁO CÁO" in text
    assert "III. KẾT QUẢ THỰC HIỆN NHIỆM VỤ" in text
    assert "[Đơn vị bổ sung đánh giá, nguyên nhân.]" in text


def test_every_number_of_the_report_leads_to_its_source(city: Cast) -> None:
    links = {rel.target_ref for rel in word(city, charts=False).part.rels.values() if rel.is_external}
    assert f"http://may-chu/t/{city.city.pk}/overdue" in links
    assert any(link.startswith("http://may-chu/target/") for link in links)
    assert any(link.startswith("http://may-chu/task/") for link in links)


def test_charts_are_pictures_with_words_for_those_who_do_not_see_them(city: Cast) -> None:
    found = word(city, charts=True)
    assert found.inline_shapes
    assert all(shape._inline.docPr.get("descr") for shape in found.inline_shapes)
