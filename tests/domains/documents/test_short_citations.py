"""A short mention means the act that the same text names in full."""

from datetime import date

import pytest

from kientoan.domains.documents import intake
from kientoan.domains.documents.models import Citation, Document, DocumentType, Issuer
from kientoan.domains.documents.operations import HeadFields, register_document
from tests.conftest import NOW, Cast

TEXT = """Thực hiện Nghị quyết số 15-NQ/TU ngày 12 tháng 12 năm 2017 của Thành ủy.
1. Sở Nội vụ báo cáo kết quả thực hiện Nghị quyết số 15-NQ/TU.
2. Sở Nội vụ báo cáo kết quả thực hiện Kế hoạch số 15/KH-UBND.
"""


def register_resolution() -> Document:
    head = HeadFields(
        type=DocumentType.objects.get(name="Nghị quyết"),
        number="15-NQ/TU",
        issuer=Issuer.objects.create(name="Thành ủy Cần Thơ"),
        issued_date=date(2017, 12, 12),
        subject="Về nhiệm vụ năm 2018",
    )
    return register_document(head=head, by=None, at=NOW)


@pytest.mark.parametrize("first", ["the act", "the text"])
def test_short_mention_follows_the_full_one(cast: Cast, first: str) -> None:
    if first == "the act":
        act = register_resolution()
    intake.register_text(text=TEXT, by=cast.clerk, at=NOW)
    if first == "the text":
        act = register_resolution()
    cited = dict.fromkeys(["15-NQ/TU", "15/KH-UBND"], 0)
    for citation in Citation.objects.filter(cited=act):
        cited[citation.number] += 1
    assert cited == {"15-NQ/TU": 2, "15/KH-UBND": 0}


def test_an_annex_that_names_its_own_act_cites_no_other(cast: Cast) -> None:
    text = """ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ
Số: 168/KH-UBND
Cần Thơ, ngày 20 tháng 12 năm 2017
KẾ HOẠCH
Giao nhiệm vụ năm 2018
Thực hiện Nghị quyết số 15-NQ/TU ngày 12 tháng 12 năm 2017 của Thành ủy.
PHỤ LỤC
(Kèm theo Kế hoạch số 168/KH-UBND ngày 20 tháng 12 năm 2017 của Ủy ban nhân dân thành phố)
"""
    intake.register_text(text=text, by=cast.clerk, at=NOW)
    assert list(Citation.objects.values_list("number", flat=True)) == ["15-NQ/TU"]
