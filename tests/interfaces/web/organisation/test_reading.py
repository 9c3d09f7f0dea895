"""The pages of the organisation: tree, unit, people, person."""

import pytest
from django.test import Client

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Hierarchy
from tests.conftest import START, Cast


def test_the_tree_shows_the_units_of_the_day_with_counts(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.reporter)
    client.get("/to-chuc/")
    with django_assert_max_num_queries(16):
        page = client.get("/to-chuc/").content.decode()
    assert page.index("Quận Cái Răng") < page.index("Quận Ninh Kiều") < page.index("Sở Y tế")
    assert '<span class="count">5</span>' in page  # under the city
    assert '<span class="count">6</span>' in page  # in the hierarchy


def test_before_the_units_existed_the_tree_is_empty(cast: Cast, signed_in) -> None:
    page = signed_in(cast.reporter).get("/to-chuc/?day=2010-01-01").content.decode()
    assert "Chưa có đơn vị nào trong hệ thống này" in page


def test_another_hierarchy_has_its_own_tree(cast: Cast, signed_in) -> None:
    operations.establish_unit(
        name="Thành ủy Cần Thơ", kind="party_committee", level="province", start=START,
        parents={Hierarchy.PARTY: None},
    )  # fmt: skip
    page = signed_in(cast.reporter).get("/to-chuc/?hierarchy=party").content.decode()
    assert "Thành ủy Cần Thơ" in page
    assert "Quận Ninh Kiều" not in page


def test_units_are_searched_without_diacritics(cast: Cast, signed_in) -> None:
    page = signed_in(cast.reporter).get("/to-chuc/?q=cai khe").content.decode()
    assert "Phường Cái Khế" in page
    assert "Quận Ninh Kiều" in page  # the unit above tells which one
    assert "Không thấy đơn vị nào" in signed_in(cast.reporter).get("/to-chuc/?q=xyz").content.decode()


def test_a_unit_page_has_posts_places_and_children(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.outsider)
    client.get("/")
    with django_assert_max_num_queries(26):
        page = client.get(f"/to-chuc/{cast.district.pk}/").content.decode()
    for words in ("Chủ tịch UBND quận", "Đặng Thủ Trưởng", "Phường Cái Khế", "916", "Thành phố Cần Thơ"):
        assert words in page


def test_a_vacant_post_is_said_to_be_vacant(cast: Cast, signed_in) -> None:
    assert "đang khuyết" in signed_in(cast.reporter).get(f"/to-chuc/{cast.department.pk}/").content.decode()


def test_an_outsider_sees_public_office_but_neither_roles_nor_buttons(cast: Cast, signed_in) -> None:
    page = signed_in(cast.outsider).get(f"/to-chuc/{cast.district.pk}/").content.decode()
    for words in ("Ai có vai trò ở đây", "Ghi người giữ", "Ghi tên mới", "Võ Báo Cáo"):
        assert words not in page


def test_the_administrator_sees_roles_and_buttons(cast: Cast, signed_in) -> None:
    page = signed_in(cast.admin).get(f"/to-chuc/{cast.district.pk}/").content.decode()
    for words in ("Ai có vai trò ở đây", "Ghi người giữ", "Ghi tên mới", "Võ Báo Cáo"):
        assert words in page


def test_a_unit_out_of_its_time_says_so(cast: Cast, signed_in) -> None:
    page = signed_in(cast.reporter).get(f"/to-chuc/{cast.district.pk}/?day=2010-01-01").content.decode()
    assert "đơn vị này không hoạt động" in page
    assert "từ 01/01/2017" in page


def test_an_unknown_unit_or_person_is_not_found(cast: Cast, signed_in) -> None:
    client = signed_in(cast.admin)
    assert client.get("/to-chuc/99999999/").status_code == 404
    assert client.get("/can-bo/99999999/").status_code == 404


def test_people_are_listed_with_their_posts_and_searched_without_diacritics(
    cast: Cast, signed_in, django_assert_max_num_queries
) -> None:
    client = signed_in(cast.reporter)
    client.get("/")
    with django_assert_max_num_queries(16):
        page = client.get("/can-bo/?q=thu truong").content.decode()
    assert "Đặng Thủ Trưởng" in page
    assert "Chủ tịch UBND quận" in page
    assert "Lê Lãnh Đạo" not in page


def test_a_person_page_tells_posts_and_hides_roles_from_outsiders(cast: Cast, signed_in) -> None:
    address = f"/can-bo/{cast.head.person.pk}/"
    page = signed_in(cast.outsider).get(address).content.decode()
    assert "Chủ tịch UBND quận" in page
    assert "Vai trò của tài khoản" not in page
    assert "Vai trò của tài khoản" in signed_in(cast.admin).get(address).content.decode()


@pytest.mark.parametrize("address", ["/to-chuc/", "/can-bo/", "unit", "person"])
def test_an_account_without_a_role_sees_only_its_profile(cast: Cast, signed_in, address: str) -> None:
    address = {"unit": f"/to-chuc/{cast.city.pk}/", "person": f"/can-bo/{cast.head.person.pk}/"}.get(
        address, address
    )
    assert signed_in(cast.nobody).get(address).url == "/ho-so/"
    assert Client().get(address).url.startswith("/login/")


def test_the_sign_nul_is_refused_before_it_reaches_the_database(cast: Cast, signed_in) -> None:
    assert signed_in(cast.officer).get("/to-chuc/?q=%00").status_code == 400
