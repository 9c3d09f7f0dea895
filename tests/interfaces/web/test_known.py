"""Pages as of what the system knew at an earlier moment."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import UnitVersion
from kientoan.domains.plans.models import Task
from kientoan.interfaces.web.known import read_moment
from tests.conftest import DAY, NOW, Cast
from tests.known import backdate

LONG_AGO = "01/01/1990"


@pytest.fixture
def corrected(cast: Cast) -> str:
    """The district was given another name today; the address that asks as of yesterday."""
    Task.objects.create(
        title="Rà soát điểm ngập", lead_unit=cast.district, assigner_unit=cast.city, created_at=NOW,
        created_by=cast.officer, start_date=DAY, origin_note="Kết luận họp", handed_down_at=NOW,
    )  # fmt: skip
    backdate(days=3)
    version = UnitVersion.objects.get(unit=cast.district)
    details = operations.UnitDetails("Quận Đã Sửa", version.kind, version.level)
    viewer = cast.viewer(cast.admin)
    operations.correct_version(version=version, details=details, seen={}, viewer=viewer, at=NOW)
    Task.objects.update(title="Việc đã đổi tên")
    return f"known={timezone.localdate() - timedelta(days=1):%d/%m/%Y}"


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_organisation_board_and_tasks_show_what_was_known(cast: Cast, corrected: str, signed_in) -> None:
    client = signed_in(cast.officer)
    page = page_of(client, f"/to-chuc/?{corrected}")
    assert "Theo những gì hệ thống biết đến" in page
    assert "Quận Ninh Kiều" in page
    for address in (
        "/to-chuc/",
        f"/to-chuc/{cast.district.pk}/",
        "/bang-dieu-hanh/",
        "/nhiem-vu/?mine=0",
        "/can-bo/",
    ):
        kept = page_of(client, address)  # the session remembers
        assert "Theo những gì hệ thống biết đến" in kept
        assert "Quận Đã Sửa" not in kept
    assert "Rà soát điểm ngập" in page_of(client, "/nhiem-vu/?mine=0")
    now = page_of(client, "/to-chuc/?known=")
    assert "Quận Đã Sửa" in now
    assert "hệ thống biết đến" not in now
    assert "Việc đã đổi tên" in page_of(client, "/nhiem-vu/?mine=0")


def test_an_export_tells_what_was_known(cast: Cast, corrected: str, signed_in) -> None:
    client = signed_in(cast.officer)
    client.get(f"/to-chuc/?{corrected}")
    answer = client.get("/nhiem-vu/xuat/?mine=0&as=csv")
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert "Rà soát điểm ngập" in body.decode("utf-8-sig")


def test_nothing_is_changed_while_looking_back(cast: Cast, corrected: str, signed_in) -> None:
    client = signed_in(cast.admin)
    client.get(f"/to-chuc/?{corrected}")
    answer = client.post(f"/to-chuc/{cast.district.pk}/chuc-danh/", {"title": "Phó Chủ tịch"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Đang xem quá khứ nên không sửa được" in page
    assert "?known=" in page
    part = client.post(f"/to-chuc/{cast.district.pk}/chuc-danh/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"]) == (409, "#notices")
    assert "Ghi tên mới" not in page_of(client, f"/to-chuc/{cast.district.pk}/")  # no buttons that change
    assert client.post("/logout/").status_code == 302


@pytest.mark.parametrize("who", ["admin", "officer", "reporter", "head", "clerk"])
def test_no_page_offers_to_change_anything(cast: Cast, corrected: str, signed_in, who: str) -> None:
    client = signed_in(getattr(cast, who))
    client.get(f"/to-chuc/?{corrected}")
    task = Task.objects.get()
    addresses = [
        "/", "/to-chuc/", f"/to-chuc/{cast.district.pk}/", "/can-bo/", "/nhiem-vu/?mine=0&status=open",
        f"/nhiem-vu/{task.pk}/", "/chi-tieu/", "/so-lieu/", "/van-ban/", "/bang-dieu-hanh/", "/sap-xep/",
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert 'method="post"' not in main, address
        assert "/them/" not in main, address


def test_a_page_for_changing_is_told_apart_from_one_that_is_not_allowed(
    cast: Cast, corrected: str, signed_in
) -> None:
    client = signed_in(cast.admin)
    client.get(f"/to-chuc/?{corrected}")
    answer = client.get("/to-chuc/them/")
    assert answer.status_code == 409
    assert "chỉ mở được ở hiện tại" in answer.content.decode()
    assert client.get("/bao-cao/").status_code == 403


def test_rights_are_those_of_today(cast: Cast, corrected: str, signed_in) -> None:
    late = cast.nobody
    operations.grant_role(
        user=late, role="monitor", unit=cast.city, start=DAY, end=None, by=None, at=NOW
    )  # fmt: skip
    assert "Rà soát điểm ngập" in page_of(signed_in(late), f"/nhiem-vu/?mine=0&{corrected}")
    outsider = signed_in(cast.outsider)
    assert "Rà soát điểm ngập" not in page_of(outsider, f"/nhiem-vu/?mine=0&{corrected}")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hôm qua", "không phải là ngày"),
        (LONG_AGO, "Hệ thống bắt đầu có dữ liệu từ"),
        ("01/01/2199", "Thời điểm ấy chưa tới"),
    ],
)
def test_a_moment_that_cannot_be_is_told(
    cast: Cast, corrected: str, signed_in, text: str, words: str
) -> None:
    client = signed_in(cast.officer)
    page = page_of(client, f"/to-chuc/?known={text}")
    assert words in page
    assert "hệ thống biết đến" not in page
    assert words in page_of(client, f"/nhu-da-biet/?at={text}")


def test_the_moment_is_chosen_on_a_page_with_the_days_on_which_something_was_recorded(
    cast: Cast, corrected: str, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.officer)
    client.get("/")
    with django_assert_max_num_queries(12):
        page = page_of(client, "/nhu-da-biet/?next=/can-bo/")
    assert f"{timezone.localdate() - timedelta(days=3):%d/%m/%Y}" in page
    day = timezone.localdate() - timedelta(days=1)
    answer = client.get(f"/nhu-da-biet/?next=/can-bo/&at={day:%d/%m/%Y}&time=14:05")
    assert answer.url == "/can-bo/"
    assert f"14:05 ngày {day:%d/%m/%Y}" in page_of(client, "/can-bo/")
    away = client.get(f"/nhu-da-biet/?next=//evil.example&at={day:%d/%m/%Y}")
    assert away.url == "/to-chuc/"


def test_who_has_no_role_does_not_choose(cast: Cast, signed_in) -> None:
    assert signed_in(cast.nobody).get("/nhu-da-biet/").url == "/ho-so/"
    assert Client().get("/nhu-da-biet/").url.startswith("/login/")


def test_the_pages_take_hardly_more_statements_than_now(
    cast: Cast, corrected: str, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.reporter)
    client.get(f"/to-chuc/?{corrected}")
    with django_assert_max_num_queries(22):  # 16 as of now; the rest switches there and back
        client.get("/to-chuc/")


@pytest.mark.parametrize("text", ["30/06/2018", "2018-06-30", "30/06/2018 14:05", "30/06/2018 14:05:59"])
def test_days_and_moments_are_read(text: str) -> None:
    known = read_moment(text)
    assert known is not None
    assert known.at.year == 2018
    assert known.is_day == (":" not in text)


def test_anything_else_is_no_moment() -> None:
    assert read_moment("") is None
    assert read_moment("31/02/2018") is None
