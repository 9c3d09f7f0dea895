"""The page of a post: who held it when, its end, and what came after."""

import re

import pytest
from django.test import Client

from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Membership, Person
from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome
from kientoan.domains.temporal.models import since
from tests.conftest import DAY, NOW, START, Cast
from tests.interfaces.web.organisation.test_editing import text_of
from tests.interfaces.web.organisation.test_headcount import undo


@pytest.fixture
def admin(cast: Cast, signed_in) -> Client:
    client: Client = signed_in(cast.admin)
    return client


def test_the_page_tells_who_held_the_post_when(cast: Cast, signed_in, django_assert_max_num_queries) -> None:
    client = signed_in(cast.outsider)
    client.get("/")
    with django_assert_max_num_queries(16):
        page = text_of(client.get(f"/chuc-danh/{cast.district_head_post.pk}/nguoi-giu/"))
    assert "Đặng Thủ Trưởng" in page
    assert "Quận Ninh Kiều" in page
    assert "Kết thúc, sửa thời gian" not in page
    assert client.get("/chuc-danh/99999999/nguoi-giu/").status_code == 404


def test_a_vacant_post_says_so(cast: Cast, admin: Client) -> None:
    page = text_of(admin.get(f"/chuc-danh/{cast.department_head_post.pk}/nguoi-giu/"))
    assert "chưa có người giữ chức" in page
    assert "Chưa ghi ai giữ chức danh này" in page


def test_a_post_ends_with_its_holder_and_both_come_back(cast: Cast, admin: Client) -> None:
    post = cast.district_head_post
    address = f"/chuc-danh/{post.pk}/thoi-gian/"
    data = {
        "start": "01/01/2017", "last_day": "29/06/2018",
        "initial-start": "2017-01-01", "initial-last_day": "",
    }  # fmt: skip
    assert admin.post(address, data).status_code == 302
    assert post.memberships.get().in_force.upper == DAY
    page = f"/chuc-danh/{post.pk}/nguoi-giu/"
    assert "không có chức danh này" in text_of(admin.get(f"{page}?day=2018-06-30"))
    assert "người khác đã sửa thành" in text_of(admin.post(address, data))
    admin.post(address, data | {"last_day": "28/06/2018", "initial-last_day": "2018-06-29"})
    undo(admin, page)
    assert post.memberships.get().in_force.upper == DAY


def test_a_standing_deputy_is_called_so(cast: Cast, admin: Client) -> None:
    data = {"title": "Phó Chủ tịch Thường trực", "rank": "deputy", "standing": "on", "start": "30/06/2018"}
    assert admin.post(f"/to-chuc/{cast.district.pk}/chuc-danh/", data).status_code == 302
    assert cast.district.posts.get(title="Phó Chủ tịch Thường trực").standing
    assert "thường trực" in text_of(admin.get(f"/to-chuc/{cast.district.pk}/"))


def test_a_post_ended_by_a_merger_leads_to_the_new_unit(cast: Cast, admin: Client) -> None:
    post = operations.create_post(unit=cast.ward, title="Chủ tịch UBND phường", rank="head", start=START)
    operations.appoint(person=cast.reporter.person, post=post, start=START)
    other = operations.establish_unit(
        name="Phường An Hòa", kind="ward", level="commune", start=START, parents={"government": cast.district}
    )
    new = Outcome(key="new", name="Phường Ninh Kiều", kind="ward", level="commune", code="31199")
    decision = operations.draft_decision(
        legal_basis="Nghị quyết 893", effective_date=DAY, at=NOW,
        changes=[Change("merge_new", (Origin(cast.ward.pk), Origin(other.pk)), (new,))],
    )  # fmt: skip
    operations.apply_decision(decision=decision, at=NOW, viewer=None)
    for page in (f"/chuc-danh/{post.pk}/nguoi-giu/", f"/can-bo/{cast.reporter.person.pk}/"):
        shown = text_of(admin.get(page))
        assert "Nghị quyết 893" in shown
        assert "Phường Ninh Kiều" in shown
    days = {
        "start": "01/01/2017", "last_day": "", "initial-start": "2017-01-01",
        "initial-last_day": "2018-06-29",
    }  # fmt: skip
    refused = text_of(admin.post(f"/chuc-danh/{post.pk}/thoi-gian/", days))
    assert "hãy hủy thực hiện quyết định ấy" in refused


def test_an_outsider_ends_no_post(cast: Cast, signed_in) -> None:
    client = signed_in(cast.outsider)
    assert client.post(f"/chuc-danh/{cast.district_head_post.pk}/thoi-gian/", {}).status_code == 403
    assert client.post("/to-chuc/hoan-tac/post-1.user-2/").status_code == 404
    assert client.get("/to-chuc/hoan-tac/post-1/").status_code == 405


def test_an_appointment_made_by_mistake_is_taken_back_later(cast: Cast, admin: Client) -> None:
    post = operations.create_post(unit=cast.ward, title="Chủ tịch", rank="head", start=START)
    person = Person.objects.create(full_name="Lê Nhầm")
    held = Membership.objects.create(post=post, person=person, kind="hold", in_force=since(START))
    page = admin.get(f"/giu-chuc/{held.pk}/").content.decode()
    (address,) = re.findall(r'action="(/to-chuc/hoan-tac/[^"]+)"', page)
    assert admin.post(address).status_code == 302
    assert not Membership.objects.filter(pk=held.pk).exists()
    assert Person.objects.filter(pk=person.pk).exists()
