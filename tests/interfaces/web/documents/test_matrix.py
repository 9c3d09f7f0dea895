"""A decision's table of units by indicators: shown as such, accepted by rows, one target for each cell."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kientoan.domains.documents.models import Document, DocumentType, Issuer, Passage
from kientoan.domains.organisation import registering
from kientoan.domains.plans.models import Target, TargetSet
from kientoan.domains.results.models import Indicator
from tests.conftest import NOW, Cast

from .conftest import SignIn
from .test_register import page_text

TEXT = """ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ
QUYẾT ĐỊNH
Về việc giao chỉ tiêu năm 2018
Phụ lục
CHỈ TIÊU NĂM 2018 GIAO CHO CÁC QUẬN, HUYỆN
TT | Quận, huyện | Tỷ lệ hộ nghèo (%) | Tỷ lệ người dân tham gia bảo hiểm y tế (%)
1 | Quận Ninh Kiều | 1,2 | 88
2 | Quận Cái Răng | 1,5 | 87,5
3 | Huyện Không Có | 2 | 86
"""


@pytest.fixture
def handing(cast: Cast) -> Document:
    viewer = cast.viewer(cast.clerk)
    document = registering.take_text(viewer=viewer, unit=cast.city, text=TEXT, at=NOW).document
    Document.objects.filter(pk=document.pk).update(
        type=DocumentType.objects.get(name="Quyết định"), number="9/QĐ-UBND", subject="Giao chỉ tiêu",
        issuer=Issuer.objects.get_or_create(name="Ủy ban nhân dân thành phố Cần Thơ")[0],
        issued_date="2018-01-02",
    )  # fmt: skip
    document.refresh_from_db()
    return registering.enter(viewer=viewer, document=document, at=NOW)


def rows(document: Document) -> dict[str, str]:
    """Body → key of its row: the id of its first cell."""
    found: dict[str, str] = {}
    for passage in Passage.objects.filter(document=document, rule="table.matrix").order_by("start"):
        found.setdefault(passage.data["indicator"].rpartition(" – ")[2], str(passage.pk))
    return found


def test_table_names_the_unit_of_each_row(cast: Cast, signed_in: SignIn, handing: Document) -> None:
    page = page_text(signed_in(cast.officer).get(f"/van-ban/{handing.pk}/doc/bang/"))
    assert "Tỷ lệ hộ nghèo" in page
    assert "Chưa rõ, hãy chọn" in page
    assert page.count("<select") - page.count('name="day"') <= 2
    assert "1,2" in page
    assert "Bảng giao cho từng đơn vị" in page_text(
        signed_in(cast.officer).get(f"/van-ban/{handing.pk}/doc/")
    )


def test_rows_accepted_become_targets_of_their_units(
    cast: Cast, signed_in: SignIn, handing: Document
) -> None:
    client = signed_in(cast.officer)
    keys = rows(handing)
    said = {"ids": [keys["Quận Ninh Kiều"], keys["Quận Cái Răng"]]}
    page = page_text(client.post(f"/van-ban/{handing.pk}/doc/bang/", said, follow=True))
    assert "Đã nhận 4 chỉ tiêu cho 2 đơn vị." in page
    targets = Target.objects.select_related("indicator")
    assert {(item.unit_id, item.indicator.name, item.low) for item in targets} == {
        (cast.district.pk, "Tỷ lệ hộ nghèo", Decimal("1.2")),
        (cast.district.pk, "Tỷ lệ người dân tham gia bảo hiểm y tế", Decimal(88)),
        (cast.other_district.pk, "Tỷ lệ hộ nghèo", Decimal("1.5")),
        (cast.other_district.pk, "Tỷ lệ người dân tham gia bảo hiểm y tế", Decimal("87.5")),
    }
    assert Indicator.objects.filter(name="Tỷ lệ hộ nghèo").count() == 1
    assert TargetSet.objects.get().year == 2018


def test_row_without_a_sure_unit_is_asked_for(cast: Cast, signed_in: SignIn, handing: Document) -> None:
    client = signed_in(cast.officer)
    key = rows(handing)["Huyện Không Có"]
    page = page_text(client.post(f"/van-ban/{handing.pk}/doc/bang/", {"ids": [key]}, follow=True))
    assert "Chọn đơn vị cho: Huyện Không Có." in page
    assert not Target.objects.exists()
    said = {"ids": [key], f"unit-{key}": cast.ward.pk}
    client.post(f"/van-ban/{handing.pk}/doc/bang/", said)
    assert set(Target.objects.values_list("unit_id", flat=True)) == {cast.ward.pk}


@pytest.mark.parametrize("choice", ["known", "new"])
def test_indicator_that_resembles_a_known_one_is_asked_once_for_its_column(
    cast: Cast, signed_in: SignIn, handing: Document, choice: str
) -> None:
    known = Indicator.objects.create(
        code="bhyt", name="Tỷ lệ dân số tham gia bảo hiểm y tế", unit_of_measure="%"
    )
    client, keys = signed_in(cast.officer), rows(handing)
    address = f"/van-ban/{handing.pk}/doc/bang/"
    said = {"ids": [keys["Quận Ninh Kiều"], keys["Quận Cái Răng"]]}
    assert "Là chỉ tiêu nào?" in page_text(client.get(address))
    assert "Còn câu hỏi" in page_text(client.post(address, said, follow=True))
    assert not Target.objects.exists()
    column = Passage.objects.filter(document=handing, data__indicator__icontains="bảo hiểm").earliest("start")
    client.post(address, {**said, f"indicator-{column.pk}": known.pk if choice == "known" else "new"})
    targets = Target.objects.filter(indicator__name__contains="bảo hiểm")
    assert {item.unit_id for item in targets} == {cast.district.pk, cast.other_district.pk}
    assert ({item.indicator_id for item in targets} == {known.pk}) is (choice == "known")
    assert len({item.indicator_id for item in targets}) == 1


def test_undoing_takes_targets_and_new_indicators_away(
    cast: Cast, signed_in: SignIn, handing: Document
) -> None:
    client = signed_in(cast.officer)
    client.post(f"/van-ban/{handing.pk}/doc/bang/", {"ids": list(rows(handing).values())[:2]})
    client.post(f"/van-ban/{handing.pk}/doc/hoan-tac/")
    assert not Target.objects.exists()
    assert not Indicator.objects.filter(code__startswith="ct-moi-").exists()


def test_single_cells_accepted_one_after_another_share_their_indicator(
    cast: Cast, signed_in: SignIn, handing: Document
) -> None:
    client = signed_in(cast.officer)
    for key in list(rows(handing).values())[:2]:
        client.post(f"/van-ban/doan/{key}/nhan/")
    assert Target.objects.count() == 2
    assert Indicator.objects.filter(name="Tỷ lệ hộ nghèo").count() == 1


def test_an_outsider_and_a_clerk_accept_nothing(cast: Cast, signed_in: SignIn, handing: Document) -> None:
    address, said = f"/van-ban/{handing.pk}/doc/bang/", {"ids": list(rows(handing).values())[:1]}
    assert signed_in(cast.outsider).get(address).status_code == 403
    assert signed_in(cast.nobody).get(address).status_code == 404
    assert signed_in(cast.clerk).get(address).status_code == 200
    assert signed_in(cast.clerk).post(address, said).status_code == 403
    assert not Target.objects.exists()


def test_document_without_such_a_table_says_so(cast: Cast, signed_in: SignIn, document: Document) -> None:
    page = signed_in(cast.officer).get(f"/van-ban/{document.pk}/doc/bang/")
    assert "không có bảng giao chỉ tiêu" in page_text(page)


def test_number_of_queries_does_not_grow(
    cast: Cast, signed_in: SignIn, handing: Document, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(cast.officer)
    with django_assert_max_num_queries(24):
        assert client.get(f"/van-ban/{handing.pk}/doc/bang/").status_code == 200
