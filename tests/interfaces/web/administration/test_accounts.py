"""The pages of the administration."""

import re

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Person, Role
from tests.conftest import NOW, PASSWORD, START, Cast

NEW = {
    "full_name": "Ngô Thị Mới", "username": "baocao.moi", "email": "", "role": "reporter",
    "unit": "phuong cai khe", "start": "30/06/2018", "last_day": "31/12/2020",
}  # fmt: skip


def text_of(page) -> str:
    return str(page.content.decode())


@pytest.fixture
def local(cast: Cast) -> User:
    user = User.objects.create_user("quantri.nk", PASSWORD, full_name="Mai Quản Trị Quận")
    operations.grant_role(
        user=user, role=Role.ADMIN, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    return user


def test_the_overview_counts(cast: Cast, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(cast.admin)
    client.get("/")
    with django_assert_max_num_queries(20):
        page = text_of(client.get("/quan-tri/"))
    assert "Bạn quản trị cả hệ thống" in page


def test_the_list_of_accounts_is_in_vietnamese_order_and_few_statements(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.admin)
    client.get("/")
    with django_assert_max_num_queries(20):
        page = text_of(client.get("/quan-tri/tai-khoan/"))
    body = page[page.index("<tbody>") :]
    assert body.index("Bùi Quận Khác") < body.index("Đặng Thủ Trưởng") < body.index("Hồ Không Vai")


@pytest.mark.parametrize(
    ("query", "there", "away"),
    [
        ("q=bao+cao", "Võ Báo Cáo", "Bùi Quận Khác"),
        ("role=reporter", "Bùi Quận Khác", "Lê Lãnh Đạo"),
        ("unit=quan+ninh+kieu", "Võ Báo Cáo", "Bùi Quận Khác"),
        ("state=closed", "Không có tài khoản nào như vậy", "Võ Báo Cáo"),
    ],
)
def test_accounts_are_filtered(cast: Cast, signed_in, query: str, there: str, away: str) -> None:
    page = text_of(signed_in(cast.admin).get(f"/quan-tri/tai-khoan/?{query}"))
    main = page[page.index("</form>", page.index('class="filters"')) :]
    assert there in main
    assert away not in main


def test_a_new_account_shows_its_password_once_and_works(cast: Cast, signed_in) -> None:
    client = signed_in(cast.admin)
    page = client.post("/quan-tri/tai-khoan/them/", NEW)
    password = re.search(r"<code><strong>([\w-]+)</strong></code>", text_of(page))[1]
    assert "no-store" in page["Cache-Control"]
    user = User.objects.get(username="baocao.moi")
    assert user.role_grants.get().in_force.upper.isoformat() == "2021-01-01"
    assert password not in text_of(client.get(f"/quan-tri/tai-khoan/{user.pk}/"))
    guest = Client()
    guest.post("/login/", {"login": "baocao.moi", "password": password})
    assert guest.get("/").url == "/tai-khoan/mat-khau/"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "ADMIN"}, "đã có người dùng"),
        ({"username": "hai chữ"}, "không có dấu cách"),
        ({"unit": "đâu đó"}, "Không có đơn vị nào tên"),
        ({"last_day": "01/01/2018"}, "Ngày cuối phải từ ngày bắt đầu"),
        ({"role": ""}, "Vai trò"),
    ],
)
def test_a_wrong_new_account_is_explained(cast: Cast, signed_in, wrong: dict[str, str], words: str) -> None:
    page = signed_in(cast.admin).post("/quan-tri/tai-khoan/them/", NEW | wrong)
    assert page.status_code == 422
    assert words in text_of(page)
    assert not User.objects.filter(full_name="Ngô Thị Mới").exists()


def test_the_second_editor_sees_what_the_first_changed(cast: Cast, signed_in) -> None:
    address = f"/quan-tri/tai-khoan/{cast.reporter.pk}/"
    opened = {"initial-full_name": "Võ Báo Cáo", "initial-username": "reporter", "initial-email": ""}
    first = {"full_name": "Võ Thị Báo Cáo", "username": "reporter", "email": ""}
    client = signed_in(cast.admin)
    assert client.post(address, first | opened).status_code == 302
    second = client.post(address, first | opened | {"full_name": "Võ Văn Báo Cáo"})
    assert second.status_code == 409
    assert "Võ Thị Báo Cáo" in text_of(second)


def test_closing_is_previewed_done_and_undone(cast: Cast, signed_in) -> None:
    client, pk = signed_in(cast.admin), cast.reporter.pk
    preview = text_of(client.get(f"/quan-tri/tai-khoan/{pk}/khoa/"))
    assert "Điều sẽ xảy ra" in preview
    assert "Chuyên viên báo cáo, Quận Ninh Kiều" in preview
    done = client.post(f"/quan-tri/tai-khoan/{pk}/khoa/", follow=True)
    assert "Hoàn tác" in text_of(done)
    cast.reporter.refresh_from_db()
    assert not cast.reporter.is_active
    client.post(f"/quan-tri/tai-khoan/{pk}/mo/")
    cast.reporter.refresh_from_db()
    assert cast.reporter.is_active


def test_the_own_account_is_not_closed(cast: Cast, signed_in) -> None:
    page = signed_in(cast.admin).post(f"/quan-tri/tai-khoan/{cast.admin.pk}/khoa/", follow=True)
    assert "Không tự khóa tài khoản của mình được" in text_of(page)


def test_a_reset_password_and_the_end_of_sessions(cast: Cast, signed_in) -> None:
    guest = Client()
    guest.post("/login/", {"login": cast.reporter.username, "password": PASSWORD})
    assert guest.get("/").status_code == 200
    client, pk = signed_in(cast.admin), cast.reporter.pk
    done = client.post(f"/quan-tri/tai-khoan/{pk}/phien/", follow=True)
    assert "Đã kết thúc 1 phiên" in text_of(done)
    assert guest.get("/").url.startswith("/login/")
    page = text_of(client.post(f"/quan-tri/tai-khoan/{pk}/mat-khau/"))
    password = re.search(r"<code><strong>([\w-]+)</strong></code>", page)[1]
    cast.reporter.refresh_from_db()
    assert cast.reporter.check_password(password)


def test_a_second_factor_is_removed(cast: Cast, signed_in) -> None:
    signed_in(cast.admin).post(f"/quan-tri/tai-khoan/{cast.reporter.pk}/hai-lop/")
    assert Entry.objects.filter(verb="account.remove_second_factor", subject_id=cast.reporter.pk).exists()


def role(unit: str, name: str = "head", **more: str) -> dict[str, str]:
    return {"role-role": name, "role-unit": unit, "role-start": "30/06/2018", "role-last_day": "", **more}


def test_a_role_is_given_and_ended_and_the_clash_is_named(cast: Cast, signed_in) -> None:
    client, pk = signed_in(cast.admin), cast.reporter.pk
    address = f"/quan-tri/tai-khoan/{pk}/vai-tro/"
    assert client.post(address, role("Phường Cái Khế")).status_code == 302
    clash = client.post(address, role("Phường Cái Khế"))
    assert clash.status_code == 422
    assert "đã có vai trò này ở đơn vị này từ 30/06/2018" in text_of(clash)
    grant = cast.reporter.role_grants.get(role="head")
    assert "Ngày cuối cùng còn vai trò" in text_of(client.get(f"/quan-tri/vai-tro/{grant.pk}/"))
    client.post(f"/quan-tri/vai-tro/{grant.pk}/", {"last_day": "31/07/2018"})
    grant.refresh_from_db()
    assert grant.in_force.upper.isoformat() == "2018-08-01"


def test_the_last_administrator_s_role_is_not_ended(cast: Cast, signed_in) -> None:
    grant = cast.admin.role_grants.get()
    page = signed_in(cast.admin).post(f"/quan-tri/vai-tro/{grant.pk}/", {"last_day": "30/06/2018"})
    assert "người quản trị cuối cùng" in text_of(page)


def test_roles_of_a_unit_are_listed(cast: Cast, signed_in) -> None:
    page = text_of(signed_in(cast.admin).get(f"/quan-tri/don-vi/{cast.district.pk}/"))
    assert "Võ Báo Cáo" in page
    assert "Bùi Quận Khác" not in page


def test_a_district_administrator_sees_and_does_only_what_is_the_district_s(
    cast: Cast, signed_in, local: User
) -> None:
    client = signed_in(local)
    page = text_of(client.get("/quan-tri/tai-khoan/"))
    assert "Võ Báo Cáo" in page
    assert "Bùi Quận Khác" not in page
    assert client.get(f"/quan-tri/tai-khoan/{cast.outsider.pk}/").status_code == 404
    assert client.post(f"/quan-tri/tai-khoan/{cast.admin.pk}/mat-khau/").status_code == 404
    assert client.get(f"/quan-tri/vai-tro/{cast.outsider.role_grants.get().pk}/").status_code == 404
    assert client.get(f"/quan-tri/don-vi/{cast.other_district.pk}/").status_code == 403
    outside = client.post("/quan-tri/tai-khoan/them/", NEW | {"unit": "quan cai rang"})
    assert "Không có đơn vị nào tên" in text_of(outside)
    assert client.post("/quan-tri/tai-khoan/them/", NEW).status_code == 200


def test_an_account_with_roles_elsewhere_is_not_managed_by_the_district(
    cast: Cast, signed_in, local: User
) -> None:
    operations.grant_role(
        user=cast.leader, role=Role.LEADER, unit=cast.ward, start=START, end=None, by=None, at=NOW
    )
    client = signed_in(local)
    assert "chỉ người quản trị cấp trên" in text_of(client.get(f"/quan-tri/tai-khoan/{cast.leader.pk}/"))
    assert client.post(f"/quan-tri/tai-khoan/{cast.leader.pk}/mat-khau/").status_code == 403


def test_an_outsider_administers_nothing(cast: Cast, signed_in) -> None:
    client, pk = signed_in(cast.outsider), cast.reporter.pk
    grant = cast.reporter.role_grants.get().pk
    for address in (
        "/quan-tri/", "/quan-tri/tai-khoan/", "/quan-tri/tai-khoan/them/", f"/quan-tri/tai-khoan/{pk}/",
        f"/quan-tri/tai-khoan/{pk}/khoa/", f"/quan-tri/vai-tro/{grant}/", f"/quan-tri/don-vi/{cast.ward.pk}/",
        "/quan-tri/nhat-ky/",
    ):  # fmt: skip
        assert client.get(address).status_code == 403, address
    for act in ("mo", "mat-khau", "phien", "hai-lop", "vai-tro", "can-bo"):
        assert client.post(f"/quan-tri/tai-khoan/{pk}/{act}/").status_code == 403, act


def test_an_account_is_linked_to_the_person_whose_it_is(cast: Cast, signed_in) -> None:
    client, address = signed_in(cast.admin), f"/quan-tri/tai-khoan/{cast.nobody.pk}/can-bo/"
    newcomer = Person.objects.create(full_name="Hồ Không Vai")
    assert "Hồ Không Vai" in text_of(client.get(address))
    taken = client.post(address, {"person": str(cast.head.person.pk)}, follow=True)
    assert "Đặng Thủ Trưởng đã có tài khoản khác" in text_of(taken)
    client.post(address, {"person": str(newcomer.pk)})
    newcomer.refresh_from_db()
    assert newcomer.user == cast.nobody
    assert Person.objects.filter(user=cast.nobody).count() == 1
    client.post(address, {"person": ""})
    assert not Person.objects.filter(user=cast.nobody).exists()


def test_a_district_administrator_links_no_person_of_another_district(
    cast: Cast, signed_in, local: User
) -> None:
    post = operations.create_post(unit=cast.other_district, title="Chủ tịch", rank="head", start=START)
    stranger = Person.objects.create(full_name="Võ Báo Cáo")
    operations.appoint(person=stranger, post=post, start=START)
    client, address = signed_in(local), f"/quan-tri/tai-khoan/{cast.reporter.pk}/can-bo/"
    assert "Chủ tịch" not in text_of(client.get(address))
    assert client.post(address, {"person": str(stranger.pk)}).status_code == 403
