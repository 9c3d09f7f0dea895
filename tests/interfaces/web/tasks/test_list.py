"""The list of tasks, its filters and its exports."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from kientoan.domains.accounts.models import User
from kientoan.domains.plans.models import SavedFilter
from tests.conftest import DAY, Cast
from tests.domains.plans.making import completed, draft, given
from tests.domains.reorganisation import making

SignIn = Callable[[User], Client]
URL = "/nhiem-vu/"


def test_an_outsider_sees_nothing_of_another_unit(cast: Cast, signed_in: SignIn) -> None:
    given(cast, title="Việc riêng của quận Ninh Kiều")
    for address in (URL, f"{URL}?mine=0", f"{URL}?mine=0&unit={cast.district.pk}"):
        assert "Việc riêng" not in signed_in(cast.outsider).get(address).content.decode()
    export = b"".join(signed_in(cast.outsider).get(f"{URL}xuat/?as=csv&mine=0").streaming_content)
    assert "Việc riêng" not in export.decode()


def test_a_visitor_is_sent_to_sign_in(cast: Cast) -> None:
    assert Client().get(URL).status_code == 302


def test_the_first_view_is_ones_own_work(cast: Cast, signed_in: SignIn) -> None:
    given(cast, title="Việc phải báo cáo")
    completed(cast, title="Việc đã báo cáo xong")
    page = signed_in(cast.reporter).get(URL).content.decode()
    assert "Việc phải báo cáo" in page
    assert "Việc đã báo cáo xong" not in page
    assert "Việc đã báo cáo xong" in signed_in(cast.reporter).get(f"{URL}?mine=0").content.decode()


def test_an_empty_list_says_what_to_do(cast: Cast, signed_in: SignIn) -> None:
    assert "Không có việc nào chờ bạn" in signed_in(cast.reporter).get(URL).content.decode()
    assert "Không có nhiệm vụ nào khớp" in signed_in(cast.reporter).get(f"{URL}?q=abc").content.decode()


def test_filters_narrow_the_list(cast: Cast, signed_in: SignIn) -> None:
    given(cast, title="Việc trễ", due_date=DAY - timedelta(days=3))
    given(cast, title="Việc còn hạn")
    client = signed_in(cast.officer)
    late = client.get(f"{URL}?mine=0&status=overdue").content.decode()
    assert "Việc trễ" in late
    assert "chậm 3 ngày" in late
    assert "Việc còn hạn" not in late
    for query in ("page=zzz", "sort=x"):
        assert "Việc còn hạn" in client.get(f"{URL}?mine=0&{query}").content.decode()


@pytest.mark.parametrize("query", ["unit=999999999", "status=zzz", "from=hôm nay", "field=x", "unit=٣"])
def test_a_filter_with_a_wrong_value_finds_nothing_and_says_so(
    cast: Cast, signed_in: SignIn, query: str
) -> None:
    task = given(cast, title="Việc còn hạn")
    client = signed_in(cast.officer)
    page = client.get(f"{URL}?mine=0&{query}")
    assert page.status_code == 200
    assert "Bộ lọc có giá trị không dùng được" in page.content.decode()
    assert "Việc còn hạn" not in page.content.decode()
    answer = client.post(f"{URL}hang-loat/", {"all": "yes", "query": f"mine=0&{query}", "act": "urge"})
    assert answer.status_code == 302
    assert not task.updates.filter(kind="urged").exists()


def test_a_unit_that_has_ended_is_still_a_filter(cast: Cast, signed_in: SignIn) -> None:
    given(cast, cast.ward, title="Việc của phường cũ")
    given(cast, title="Việc khác")
    wards = making.make_wards(cast)
    making.apply(making.merge([cast.ward, wards.one], "Phường Mới", cast.district))
    later = (making.DAY + timedelta(days=1)).isoformat()
    page = signed_in(cast.officer).get(f"{URL}?mine=0&unit={cast.ward.pk}&day={later}", follow=True)
    page = page.content.decode()
    assert "Phường Cái Khế" in page
    assert "Bộ lọc có giá trị không dùng được" not in page
    assert "Việc khác" not in page


@pytest.mark.parametrize("user", ["officer", "reporter", "head"])
def test_the_list_takes_a_bounded_number_of_statements(cast: Cast, signed_in: SignIn, user: str) -> None:
    for _ in range(4):
        given(cast)
    client = signed_in(getattr(cast, user))
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        assert client.get(f"{URL}?mine=0&unit={cast.district.pk}").status_code == 200
    for _ in range(12):
        given(cast)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{URL}?mine=0&unit={cast.district.pk}")
    assert len(many) == len(few)
    assert len(many) <= 20, [query["sql"][:90] for query in many]


def test_the_list_goes_out_as_excel_and_csv_with_all_rows(cast: Cast, signed_in: SignIn) -> None:
    for number in range(60):
        given(cast, title=f"=Việc {number}")
    draft(cast, title="Việc chưa giao")
    client = signed_in(cast.officer)
    book = load_workbook(io.BytesIO(b"".join(client.get(f"{URL}xuat/?mine=0").streaming_content)))
    titles = [row[1].value for row in book.active.iter_rows() if row[1].value]
    assert sum(1 for title in titles if str(title).startswith("=Việc")) == 60
    assert "Việc chưa giao" in titles
    text = b"".join(client.get(f"{URL}xuat/?mine=0&as=csv").streaming_content).decode()
    assert text.count("Việc") >= 61
    assert "'=Việc 7" in text
    only_own = b"".join(signed_in(cast.reporter).get(f"{URL}xuat/?mine=0&as=csv").streaming_content).decode()
    assert "Việc chưa giao" not in only_own


def test_a_filter_is_kept_under_a_name_and_forgotten(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.officer)
    client.post(f"{URL}bo-loc/", {"name": "Trễ", "query": "mine=0&status=overdue&next=//evil"})
    saved = SavedFilter.objects.get()
    assert (saved.name, saved.query) == ("Trễ", "mine=0&status=overdue")
    assert "Trễ" in client.get(URL).content.decode()
    signed_in(cast.leader).post(f"{URL}bo-loc/{saved.pk}/xoa/")
    assert SavedFilter.objects.exists()
    client.post(f"{URL}bo-loc/{saved.pk}/xoa/")
    assert not SavedFilter.objects.exists()


def test_pages_of_fifty(cast: Cast, signed_in: SignIn) -> None:
    for number in range(51):
        given(cast, title=f"Việc {number}")
    page = signed_in(cast.officer).get(f"{URL}?mine=0&page=2").content.decode()
    assert page.count('<tr id="task-') == 1


def test_the_list_speaks_english(cast: Cast, signed_in: SignIn) -> None:
    given(cast)
    cast.officer.language = "en"
    cast.officer.save()
    client = signed_in(cast.officer)
    with translation.override("en"):  # gives the language back to the tests that follow
        assert "All that I may see" in client.get(URL).content.decode()
