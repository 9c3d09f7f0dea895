"""The forms of the organisation: what is in the way is named at its field."""

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Membership, Person, Role, Unit, UnitVersion
from kientoan.domains.organisation.queries import units_on
from tests.conftest import DAY, NOW, PASSWORD, START, Cast

UNIT = {
    "name": "Phòng Y tế", "short_name": "", "abbreviations": "PYT\nPhòng YT", "kind": "division",
    "level": "district", "hierarchy": "government", "parent": "quan ninh kieu", "start": "30/06/2018",
    "code": "",
}  # fmt: skip


@pytest.fixture
def personnel(cast: Cast, signed_in) -> Client:
    user = User.objects.create_user("tochuc", PASSWORD, full_name="Lý Tổ Chức")
    operations.grant_role(
        user=user, role=Role.PERSONNEL, unit=cast.city, start=START, end=None, by=None, at=NOW
    )
    client: Client = signed_in(user)
    return client


def text_of(page) -> str:
    return str(page.content.decode())


def test_a_unit_is_added_under_a_parent_typed_without_diacritics(cast: Cast, personnel: Client) -> None:
    page = personnel.post("/to-chuc/them/", UNIT)
    pk = int(page.url.strip("/").split("/")[-1])
    unit = units_on(DAY, [pk])[pk]
    assert unit.abbreviations == ("PYT", "Phòng YT")
    assert "Phòng Y tế" in text_of(personnel.get(f"/to-chuc/{cast.district.pk}/"))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"parent": "không có đâu"}, "Không có đơn vị nào tên"),
        ({"parent": "quận"}, "chưa rõ là đơn vị nào"),
        ({"parent": ""}, "Hãy chọn một đơn vị"),
        ({"start": "01/01/2000"}, "chỉ có từ 01/01/2017"),
        ({"start": "99/99/2018"}, "Ngày chưa đúng"),
        ({"code": "919"}, "Mã 919 đang là của đơn vị khác"),
    ],
)
def test_a_wrong_unit_is_explained_and_not_written(
    cast: Cast, personnel: Client, wrong: dict[str, str], words: str
) -> None:
    before = Unit.objects.count()
    page = personnel.post("/to-chuc/them/", UNIT | wrong)
    assert page.status_code == 422
    assert words in text_of(page)
    assert Unit.objects.count() == before


def test_a_new_name_and_a_second_one_from_the_same_day(cast: Cast, personnel: Client) -> None:
    address = f"/to-chuc/{cast.ward.pk}/ten-moi/"
    data = {"name": "Phường An Khánh", "kind": "ward", "level": "commune", "start": "01/06/2018"}
    assert personnel.post(address, data).status_code == 302
    assert units_on(DAY, [cast.ward.pk])[cast.ward.pk].name == "Phường An Khánh"
    assert "Từ đúng ngày này đơn vị đã có tên" in text_of(personnel.post(address, data))


def test_a_correction_on_top_of_another_s_shows_both(cast: Cast, personnel: Client) -> None:
    version = cast.ward.versions.get()
    address = f"/to-chuc/ten/{version.pk}/"
    opened = text_of(personnel.get(address))
    assert 'name="initial-name" value="Phường Cái Khế"' in opened
    data = {
        "name": "Phường Cái Khế A", "kind": "ward", "level": "commune", "short_name": "", "abbreviations": "",
        "initial-name": "Phường Cái Khế", "initial-kind": "ward", "initial-level": "commune",
        "initial-short_name": "", "initial-abbreviations": "",
    }  # fmt: skip
    assert personnel.post(address, data).status_code == 302
    page = personnel.post(address, data | {"name": "Phường Cái Khế B"})
    assert page.status_code == 409
    assert "Phường Cái Khế A" in text_of(page)
    assert UnitVersion.objects.get(pk=version.pk).name == "Phường Cái Khế A"


def test_a_unit_gets_a_place_in_one_more_hierarchy_once(cast: Cast, personnel: Client) -> None:
    address = f"/to-chuc/{cast.district.pk}/he-thong/"
    data = {"hierarchy": "party", "parent": "Thành phố Cần Thơ", "start": "30/06/2018"}
    assert personnel.post(address, data).status_code == 302
    assert "Đơn vị đã đứng trong hệ thống" in text_of(personnel.post(address, data))


def test_a_post_is_added_and_corrected(cast: Cast, personnel: Client) -> None:
    data = {"title": "Phó Chủ tịch", "rank": "deputy", "start": "30/06/2018"}
    assert personnel.post(f"/to-chuc/{cast.district.pk}/chuc-danh/", data).status_code == 302
    post = cast.district.posts.get(title="Phó Chủ tịch")
    data = {
        "title": "Phó Chủ tịch UBND",
        "rank": "deputy",
        "initial-title": "Phó Chủ tịch",
        "initial-rank": "deputy",
    }
    assert personnel.post(f"/chuc-danh/{post.pk}/", data).status_code == 302
    assert personnel.post(f"/chuc-danh/{post.pk}/", data).status_code == 409


def appointment(name: str, start: str = "30/06/2018", **more: str) -> dict[str, str]:
    return {"full_name": name, "kind": "hold", "start": start, "last_day": "", **more}


def test_an_appointment_to_a_held_post_names_the_holder_and_the_way_out(
    cast: Cast, personnel: Client
) -> None:
    page = personnel.post(f"/chuc-danh/{cast.district_head_post.pk}/giu-chuc/", appointment("Châu Mới"))
    assert page.status_code == 422
    assert "do Đặng Thủ Trưởng giữ từ 01/01/2017" in text_of(page)
    assert not Person.objects.filter(full_name="Châu Mới").exists()


def test_a_known_name_asks_who_is_meant(cast: Cast, personnel: Client) -> None:
    address = f"/chuc-danh/{cast.department_head_post.pk}/giu-chuc/"
    page = personnel.post(address, appointment("dang thu truong"))
    assert "Đã có người tên này" in text_of(page)
    assert "Chủ tịch UBND quận, Quận Ninh Kiều" in text_of(page)
    chosen = appointment("Đặng Thủ Trưởng", person=str(cast.head.person.pk))
    assert personnel.post(address, chosen).status_code == 302
    assert cast.head.person.memberships.count() == 2


def test_a_new_name_makes_a_new_person(cast: Cast, personnel: Client) -> None:
    address = f"/chuc-danh/{cast.department_head_post.pk}/giu-chuc/"
    assert personnel.post(address, appointment("Châu Mới", last_day="31/12/2020")).status_code == 302
    membership = Membership.objects.get(person__full_name="Châu Mới")
    assert membership.in_force.upper.isoformat() == "2021-01-01"


def test_an_appointment_ends_on_its_last_day_and_can_be_opened_again(cast: Cast, personnel: Client) -> None:
    membership = cast.district_head_post.memberships.get()
    address = f"/giu-chuc/{membership.pk}/"
    opened = {"initial-start": "2017-01-01", "initial-last_day": ""}
    data = {"start": "01/01/2017", "last_day": "29/06/2018"}
    assert personnel.post(address, data | opened).status_code == 302
    membership.refresh_from_db()
    assert membership.in_force.upper == DAY
    stale = personnel.post(address, data | opened)
    assert "người khác đã sửa thành: từ 01/01/2017 đến 29/06/2018" in text_of(stale)
    again = {
        "start": "01/01/2017",
        "last_day": "",
        "initial-start": "2017-01-01",
        "initial-last_day": "2018-06-29",
    }
    assert personnel.post(address, again).status_code == 302
    membership.refresh_from_db()
    assert membership.in_force.upper is None


def test_days_backwards_are_refused(cast: Cast, personnel: Client) -> None:
    membership = cast.district_head_post.memberships.get()
    data = {
        "start": "01/06/2018",
        "last_day": "01/01/2018",
        "initial-start": "2017-01-01",
        "initial-last_day": "",
    }
    assert "Ngày cuối phải từ ngày bắt đầu" in text_of(personnel.post(f"/giu-chuc/{membership.pk}/", data))


def test_a_person_is_added_and_renamed(cast: Cast, personnel: Client) -> None:
    page = personnel.post("/can-bo/them/", {"full_name": "Châu Mới"})
    pk = int(page.url.strip("/").split("/")[-1])
    data = {"full_name": "Châu Thị Mới", "initial-full_name": "Châu Mới"}
    assert personnel.post(f"/can-bo/{pk}/ten/", data).status_code == 302
    assert Person.objects.get(pk=pk).full_name == "Châu Thị Mới"


def test_an_outsider_opens_no_form(cast: Cast, signed_in) -> None:
    client = signed_in(cast.outsider)
    version, membership = cast.ward.versions.get(), cast.district_head_post.memberships.get()
    for address in (
        "/to-chuc/them/", f"/to-chuc/{cast.ward.pk}/ten-moi/", f"/to-chuc/{cast.ward.pk}/he-thong/",
        f"/to-chuc/{cast.ward.pk}/chuc-danh/", f"/to-chuc/ten/{version.pk}/",
        f"/chuc-danh/{cast.district_head_post.pk}/", f"/chuc-danh/{cast.district_head_post.pk}/giu-chuc/",
        f"/giu-chuc/{membership.pk}/", "/can-bo/them/", f"/can-bo/{cast.head.person.pk}/ten/",
    ):  # fmt: skip
        assert client.get(address).status_code == 403, address
        assert client.post(address, {}).status_code == 403, address


def test_a_district_s_officer_changes_only_the_district(cast: Cast, signed_in) -> None:
    user = User.objects.create_user("tochuc.nk", PASSWORD, full_name="Lý Tổ Chức Quận")
    operations.grant_role(
        user=user, role=Role.PERSONNEL, unit=cast.district, start=START, end=None, by=None, at=NOW
    )
    client = signed_in(user)
    assert client.get(f"/to-chuc/{cast.ward.pk}/ten-moi/").status_code == 200
    assert client.get(f"/to-chuc/{cast.other_district.pk}/ten-moi/").status_code == 403
    assert "Không có đơn vị nào tên" in text_of(client.post("/to-chuc/them/", UNIT | {"parent": "cai rang"}))
