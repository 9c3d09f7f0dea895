"""The figures of an indicator on the boundaries of a day: page, export, who sees what."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from kientoan.domains.organisation.models import Unit
from kientoan.domains.results.models import Indicator
from tests.conftest import Cast
from tests.domains.reorganisation import making
from tests.domains.results.figures import poor, report, revenue

DAY = "day=30/06/2020"


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """Two wards of 10 and 11 merge on 30/06/2018; the new one reports 42 for 2019."""
    wards = making.make_wards(cast)
    found = revenue()
    (new,) = making.apply(making.merge([wards.one, wards.two], "Phường Mới", cast.district)).created
    report(wards.one, found, "2017", "10", "2018-01-10")
    report(wards.two, found, "2017", "11", "2018-01-10")
    report(Unit.objects.get(pk=new), found, "2019", "42", "2020-01-10")
    return found


def page_of(client: Client, indicator: Indicator, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/chi-tieu/danh-muc/{indicator.pk}/so-lieu/?{DAY}&{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_same_figures_on_three_boundaries(
    cast: Cast, indicator: Indicator, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.officer)
    reported = page_of(client, indicator)
    assert "Như từng đơn vị đã báo cáo" in reported
    assert "Đơn vị từ 30/06/2018" in reported
    with django_assert_max_num_queries(24):
        new = page_of(client, indicator, "on=2018-06-30")
    assert "Phường Một</a>" not in new
    assert "21,0" in new
    assert "cộng lại" in new
    assert "ước theo tỷ lệ</span>" not in new
    old = page_of(client, indicator, "on=29/06/2018")
    assert "Phường Mới</a>" not in old
    assert "20,0" in old
    assert "22,0" in old
    assert '<span class="badge">ước theo tỷ lệ</span>' in old
    assert "style=" not in old


def test_the_export_is_the_page(cast: Cast, indicator: Indicator, signed_in) -> None:
    client = signed_in(cast.officer)
    address = f"/chi-tieu/danh-muc/{indicator.pk}/so-lieu/?{DAY}&on=29/06/2018&as=xlsx"
    answer = client.get(address)
    body = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()
    cells = [[cell for cell in row if cell != ""] for row in rows]
    assert ["Theo đơn vị của ngày 29/06/2018"] in cells
    by_name = {row[1]: row for row in rows if len(row) > 2}
    assert [round(by_name["Phường Một"][place], 6) for place in (2, 4)] == [20, 10]
    assert [round(by_name["Phường Hai"][place], 6) for place in (2, 4)] == [22, 11]
    assert "ước theo tỷ lệ: Phường Mới 42 × 47,62 %" in by_name["Phường Một"]
    assert by_name["Cộng"][2] == 42


def test_what_is_wrong_is_told_and_nothing_is_invented(cast: Cast, indicator: Indicator, signed_in) -> None:
    client = signed_in(cast.officer)
    assert "Ngày chưa đúng" in page_of(client, indicator, "on=hôm+qua", 422)
    assert "Chưa có số liệu" in page_of(client, poor())
    assert "Không có số liệu nào ở đây" in page_of(client, indicator, f"under={cast.other_district.pk}")


def test_an_outsider_sees_no_figures_of_others(cast: Cast, indicator: Indicator, signed_in) -> None:
    assert "Chưa có số liệu" in page_of(signed_in(cast.outsider), indicator)
    nobody = signed_in(cast.nobody).get(f"/chi-tieu/danh-muc/{indicator.pk}/so-lieu/")
    assert nobody.url == "/ho-so/"
    assert signed_in(cast.officer).get("/chi-tieu/danh-muc/999999/so-lieu/").status_code == 404


def test_the_page_of_the_indicator_leads_there(cast: Cast, indicator: Indicator, signed_in) -> None:
    page = signed_in(cast.officer).get(f"/chi-tieu/danh-muc/{indicator.pk}/").content.decode()
    assert f"/chi-tieu/danh-muc/{indicator.pk}/so-lieu/" in page
    assert date(2018, 6, 30) == making.DAY
