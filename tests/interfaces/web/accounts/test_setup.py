"""The set-up page of an empty installation."""

import pytest
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.organisation.models import Installation
from tests.conftest import Cast

DATA = {
    "name": "Thành phố Cần Thơ",
    "kind": "city",
    "code": "92",
    "start": "01/01/2004",
    "full_name": "Phạm Quản Trị",
    "username": "quantri",
    "password1": "mot-mat-khau-rat-dai",
    "password2": "mot-mat-khau-rat-dai",
}


@pytest.mark.usefixtures("db")
def test_an_empty_installation_leads_to_the_set_up() -> None:
    assert Client().get("/").url == "/thiet-lap/"
    assert Client().get("/login/").url == "/thiet-lap/"
    page = Client().get("/thiet-lap/").content.decode()
    assert "Thiết lập Kiện Toàn" in page
    assert "kientoan demo" in page


@pytest.mark.usefixtures("db")
def test_the_first_administrator_signs_in_and_administers() -> None:
    client = Client()
    assert client.post("/thiet-lap/", DATA).url == "/login/"
    assert Installation.objects.get().name == "Thành phố Cần Thơ"
    client.post("/login/", {"login": "quantri", "password": DATA["password1"]})
    assert client.get("/quan-tri/").status_code == 200


@pytest.mark.usefixtures("db")
def test_afterwards_the_page_does_not_exist() -> None:
    client = Client()
    client.post("/thiet-lap/", DATA)
    assert client.get("/thiet-lap/").status_code == 404
    assert client.post("/thiet-lap/", DATA | {"username": "ke.khac"}).status_code == 404
    assert not User.objects.filter(username="ke.khac").exists()


def test_an_installation_in_use_has_no_set_up(cast: Cast) -> None:
    assert Client().get("/thiet-lap/").status_code == 404


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"password2": "khac-han-cai-kia"}, "Hai lần nhập mật khẩu không giống nhau"),
        ({"password1": "ngan", "password2": "ngan"}, "ít nhất 10 ký tự"),
        ({"code": "9x"}, "Mã gồm đúng hai chữ số"),
        ({"start": "31/02/2004"}, "Ngày chưa đúng"),
        ({"username": "quan tri"}, "không có dấu cách"),
        ({"name": ""}, "Tên tỉnh hoặc thành phố"),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(wrong: dict[str, str], words: str) -> None:
    page = Client().post("/thiet-lap/", DATA | wrong).content.decode()
    assert words in page
    assert not Installation.objects.exists()
    assert not User.objects.exists()
