"""A person answers to what is recorded about them; the officer who keeps the data answers back."""

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation import operations
from kientoan.domains.organisation.models import Role, Statement
from tests.conftest import NOW, PASSWORD, START, Cast
from tests.interfaces.web.organisation.test_editing import text_of


@pytest.fixture
def statement(cast: Cast, signed_in) -> Statement:
    held = cast.district_head_post.memberships.get()
    data = {"membership": str(held.pk), "text": "Tôi giữ chức từ 01/07/2016."}
    assert signed_in(cast.head).post("/ho-so/phan-hoi/", data).status_code == 302
    return Statement.objects.get()


def test_my_profile_shows_what_i_said_and_what_was_answered(
    cast: Cast, signed_in, statement: Statement, personnel: Client
) -> None:
    assert statement.membership == cast.district_head_post.memberships.get()
    mine = signed_in(cast.head)
    assert "Tôi giữ chức từ 01/07/2016." in text_of(mine.get("/ho-so/"))
    assert "Tôi giữ chức từ 01/07/2016." in text_of(personnel.get("/can-bo/phan-hoi/"))
    answer = {"answer": "Đã sửa theo Quyết định 15."}
    assert personnel.post(f"/can-bo/phan-hoi/{statement.pk}/", answer).status_code == 302
    assert "Đã sửa theo Quyết định 15." in text_of(mine.get("/ho-so/"))
    assert "Không có phản hồi nào chờ" in text_of(personnel.get("/can-bo/phan-hoi/"))
    assert "Đã sửa theo" in text_of(personnel.get("/can-bo/phan-hoi/?done=1"))
    again = personnel.post(f"/can-bo/phan-hoi/{statement.pk}/", answer)
    assert "vừa được trả lời" in text_of(again)


def test_an_answer_and_a_statement_are_taken_back(
    cast: Cast, signed_in, statement: Statement, personnel: Client
) -> None:
    address = f"/can-bo/phan-hoi/{statement.pk}/"
    personnel.post(address, {"answer": "Đã sửa."})
    mine = signed_in(cast.head)
    mine.post(f"/ho-so/phan-hoi/{statement.pk}/rut/")
    assert Statement.objects.count() == 1
    assert personnel.post(f"{address}rut/").status_code == 302
    mine.post(f"/ho-so/phan-hoi/{statement.pk}/rut/")
    assert not Statement.objects.exists()


def test_an_outsider_neither_reads_nor_answers(cast: Cast, signed_in, statement: Statement) -> None:
    client = signed_in(cast.outsider)
    assert client.get("/can-bo/phan-hoi/").status_code == 403
    assert client.get(f"/can-bo/phan-hoi/{statement.pk}/").status_code == 404
    assert client.post(f"/ho-so/phan-hoi/{statement.pk}/rut/").status_code == 404
    assert "01/07/2016" not in text_of(client.get(f"/can-bo/{cast.head.person.pk}/"))
    assert "01/07/2016" in text_of(signed_in(cast.admin).get(f"/can-bo/{cast.head.person.pk}/"))


def test_the_officer_of_another_district_does_not_see_it(cast: Cast, signed_in, statement: Statement) -> None:
    user = User.objects.create_user("tochuc.cr", PASSWORD, full_name="Lý Quận Khác")
    operations.grant_role(
        user=user, role=Role.PERSONNEL, unit=cast.other_district, start=START, end=None, by=None, at=NOW
    )
    client = signed_in(user)
    assert "Tôi giữ chức" not in text_of(client.get("/can-bo/phan-hoi/"))
    assert client.post(f"/can-bo/phan-hoi/{statement.pk}/", {"answer": "x"}).status_code == 404


def test_an_account_without_a_person_has_nothing_to_answer(cast: Cast, signed_in) -> None:
    user = User.objects.create_user("may", PASSWORD, full_name="Tài khoản chung")
    client = signed_in(user)
    assert client.get("/ho-so/phan-hoi/").status_code == 404
    assert "Phản hồi của tôi về dữ liệu" not in text_of(client.get("/ho-so/"))


def test_the_list_takes_a_fixed_number_of_statements(
    cast: Cast, statement: Statement, personnel: Client, django_assert_max_num_queries
) -> None:
    personnel.get("/")
    with django_assert_max_num_queries(16):
        personnel.get("/can-bo/phan-hoi/")
