"""The page that compares two days."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from kientoan.domains.organisation.models import Unit
from tests.conftest import Cast
from tests.domains.organisation.test_comparison import reorganise
from tests.domains.organisation.test_events import BASIS, wards  # noqa: F401 - a fixture

Wards = tuple[Unit, Unit, Unit]
DAYS = "start=29/06/2018&end=30/06/2018"
BACKWARDS = "start=30/06/2018&end=29/06/2018"


def page_of(client: Client, query: str = "", status: int = 200) -> str:
    answer = client.get(f"/to-chuc/so-sanh/?{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_counts_come_first_then_the_units_with_their_decision(
    cast: Cast, wards: Wards, signed_in, django_assert_max_num_queries  # noqa: F811
) -> None:  # fmt: skip
    new = reorganise(cast, wards)
    client = signed_in(cast.outsider)
    client.get("/")
    with django_assert_max_num_queries(27):
        page = page_of(client, DAYS)
    assert page.index("Vẫn như trước") < page.index("Phường An Hòa")
    assert f'href="/to-chuc/{new}/"' in page
    for words in ("Mới có", "Không còn", "Đổi tên", "Đổi mã", "Đổi loại, cấp", "Đổi cấp trên", BASIS):
        assert words in page
    came = page_of(client, f"{DAYS}&change=came")
    assert "Thị trấn An Nghiệp" not in came
    under = page_of(client, f"{DAYS}&under={cast.other_district.pk}")
    assert "Thị trấn An Nghiệp" in under
    assert "Phường An Hòa" not in under


def test_without_days_the_last_change_is_compared(cast: Cast, wards: Wards, signed_in) -> None:  # noqa: F811
    reorganise(cast, wards)
    page = page_of(signed_in(cast.outsider))
    assert 'value="29/06/2018"' in page
    assert "Phường Ninh Kiều" in page


def test_two_equal_days_and_days_without_units_say_so(cast: Cast, signed_in) -> None:
    client = signed_in(cast.outsider)
    assert "Hai ngày không khác nhau" in page_of(client, DAYS)
    assert "Cả hai ngày đều chưa có đơn vị" in page_of(client, "start=01/01/1990&end=02/01/1990")


def test_wrong_days_are_all_told_at_once(cast: Cast, signed_in) -> None:
    client = signed_in(cast.outsider)
    page = page_of(client, "start=hôm qua&end=31/02/2018", 422)
    assert page.count("Ngày chưa đúng") >= 2
    assert "Ngày sau phải sau ngày trước (30/06/2018)" in page_of(
        client, "start=30/06/2018&end=29/06/2018", 422
    )


def test_the_comparison_is_taken_away_as_excel_and_csv(cast: Cast, wards: Wards, signed_in) -> None:  # noqa: F811
    reorganise(cast, wards)
    client = signed_in(cast.outsider)
    book = client.get(f"/to-chuc/so-sanh/?{DAYS}&as=xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(book))).active
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"Phường An Hòa", "Thị trấn An Nghiệp", BASIS, "Tên ngày 29/06/2018"} <= texts
    lines = b"".join(client.get(f"/to-chuc/so-sanh/?{DAYS}&as=csv")).decode("utf-8-sig")
    assert "Phường An Hòa; Phường Tân An (một phần)" in lines


def test_rows_are_paged(cast: Cast, wards: Wards, signed_in, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    monkeypatch.setattr("kientoan.interfaces.web.organisation.comparing.PER_PAGE", 2)
    reorganise(cast, wards)
    client = signed_in(cast.outsider)
    assert page_of(client, DAYS).count("<tr>") == 3
    assert page_of(client, f"{DAYS}&page=2").count("<tr>") == 3


def test_without_a_role_there_is_nothing_to_compare(cast: Cast, signed_in) -> None:
    assert signed_in(cast.nobody).get("/to-chuc/so-sanh/").url == "/ho-so/"
    assert Client().get("/to-chuc/so-sanh/").url.startswith("/login/")


def test_a_day_of_the_address_stands_in_its_field_as_people_write_it(cast: Cast, signed_in) -> None:
    page = signed_in(cast.outsider).get("/to-chuc/so-sanh/?start=2018-06-28&end=30/06/2018").content.decode()
    form = page[page.index("<main") :]
    assert 'value="28/06/2018"' in form
    assert 'value="2018-06-28"' not in form
    wrong = signed_in(cast.outsider).get("/to-chuc/so-sanh/?start=31/06/2018").content.decode()
    assert 'value="31/06/2018"' in wrong
