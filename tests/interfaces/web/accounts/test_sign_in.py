"""Signing in, the password of one's own, and the pages of one's own account."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from kientoan.domains.accounts.models import User
from kientoan.domains.audit.models import Entry
from tests.conftest import PASSWORD, Cast


def sign_in(client: Client, username: str, password: str = PASSWORD):
    return client.post("/login/", {"login": username, "password": password})


def confirm(client: Client) -> None:
    """Type the password again, as the pages about security ask."""
    client.post("/tai-khoan/xac-nhan/", {"password": PASSWORD})


def verbs(user: User) -> list[str]:
    return list(
        Entry.objects.filter(subject_id=user.pk, subject_type="accounts.user").values_list("verb", flat=True)
    )


def test_the_sign_in_page_speaks_vietnamese(cast: Cast) -> None:
    page = Client().get("/login/").content.decode()
    for words in ("Đăng nhập", "Tên đăng nhập", "Mật khẩu", "Quên mật khẩu?"):
        assert words in page
    assert "Username" not in page
    assert "placeholder" not in page.split("<form", 2)[-1]


def test_a_right_password_opens_the_start_page_and_the_journal_knows(cast: Cast) -> None:
    client = Client()
    assert sign_in(client, "reporter").url == "/"
    assert client.get("/").status_code == 200
    assert "account.sign_in" in verbs(cast.reporter)


def test_a_wrong_password_says_what_to_try_and_is_noted(cast: Cast) -> None:
    page = sign_in(Client(), "reporter", "sai").content.decode()
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert "account.sign_in_failed" in verbs(cast.reporter)


def test_a_wrong_name_is_not_kept_in_the_journal(cast: Cast) -> None:
    before = Entry.objects.count()
    sign_in(Client(), "mat-khau-go-nham", "sai")
    assert Entry.objects.count() == before


def test_a_closed_account_is_told_so(cast: Cast) -> None:
    User.objects.filter(pk=cast.reporter.pk).update(is_active=False)
    page = Client().post("/login/", {"login": "reporter", "password": PASSWORD}, follow=True).content.decode()
    assert "Tài khoản đang bị khóa" in page


def test_too_many_wrong_passwords_must_wait(cast: Cast, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    cache.clear()
    client = Client()
    for _ in range(4):
        page = sign_in(client, "reporter", "sai").content.decode()
    assert "Đã nhập sai quá nhiều lần" in page
    cache.clear()


def test_too_many_tries_get_a_page_in_words(cast: Cast, settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    client = Client()
    client.get("/login/")
    sign_in(client, "reporter")
    page = sign_in(client, "reporter")
    assert page.status_code == 429
    assert "Quá nhiều lần thử" in page.content.decode()
    cache.clear()


def test_nobody_signs_up(cast: Cast) -> None:
    page = Client().get("/signup/").content.decode()
    assert "Ở đây không tự đăng ký tài khoản" in page
    Client().post("/signup/", {"username": "toi", "password1": PASSWORD})
    assert not User.objects.filter(username="toi").exists()


def test_a_password_handed_over_must_be_changed_first(cast: Cast) -> None:
    User.objects.filter(pk=cast.reporter.pk).update(must_change_password=True)
    client = Client()
    sign_in(client, "reporter")
    assert client.get("/to-chuc/").url == "/tai-khoan/mat-khau/"
    page = client.get("/tai-khoan/mat-khau/").content.decode()
    assert "Đặt mật khẩu của riêng bạn" in page
    assert "10 ký tự" in page
    same = {"oldpassword": PASSWORD, "password1": PASSWORD, "password2": PASSWORD}
    assert "phải khác mật khẩu được cấp" in client.post("/tai-khoan/mat-khau/", same).content.decode()
    new = "mot-mat-khau-khac-han"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/tai-khoan/mat-khau/", data).url == "/"
    assert client.get("/to-chuc/").status_code == 200
    cast.reporter.refresh_from_db()
    assert cast.reporter.check_password(new)
    assert not cast.reporter.must_change_password
    assert "account.change_password" in verbs(cast.reporter)


def test_two_different_new_passwords_are_pointed_out(cast: Cast, signed_in) -> None:
    data = {"oldpassword": PASSWORD, "password1": "mot-mat-khau-moi-1", "password2": "mot-mat-khau-moi-2"}
    page = signed_in(cast.reporter).post("/tai-khoan/mat-khau/", data).content.decode()
    assert "Hai lần nhập mật khẩu mới không giống nhau" in page


def test_signing_out_is_noted(cast: Cast, signed_in) -> None:
    client = signed_in(cast.reporter)
    assert client.post("/logout/").status_code == 302
    assert client.get("/to-chuc/").url.startswith("/login/")
    assert "account.sign_out" in verbs(cast.reporter)


def test_the_language_of_the_account_wins(cast: Cast, signed_in) -> None:
    client = signed_in(cast.reporter)
    client.post("/ngon-ngu/", {"language": "en", "next": "/"})
    cast.reporter.refresh_from_db()
    assert cast.reporter.language == "en"
    client.cookies["django_language"] = "vi"
    assert '<html lang="en">' in client.get("/").content.decode()


def test_signing_out_everywhere_ends_every_session(cast: Cast) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        sign_in(client, "reporter")
        client.get("/")
    assert "2 nơi" in here.get("/tai-khoan/").content.decode()
    assert here.post("/tai-khoan/phien/dang-xuat-het/").url == "/login/"
    assert there.get("/").url.startswith("/login/")
    assert here.get("/").url.startswith("/login/")


def test_the_list_of_sessions_marks_this_one(cast: Cast) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120"})
    sign_in(client, "reporter")
    page = client.get("/tai-khoan/phien/").content.decode()
    assert "Máy này" in page
    assert "Edge trên Windows" in page


def test_a_second_factor_is_set_up_and_asked_for(cast: Cast, django_capture_on_commit_callbacks) -> None:
    client = Client()
    sign_in(client, "reporter")
    assert client.get("/tai-khoan/hai-lop/totp/activate/").url.startswith("/tai-khoan/xac-nhan/")
    confirm(client)
    page = client.get("/tai-khoan/hai-lop/totp/activate/").content.decode()
    secret = re.search(r"<code>(\w+)</code>", page)[1]
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/tai-khoan/hai-lop/totp/activate/", {"code": code_of(secret)}, follow=True)
    assert "Mã dự phòng" in done.content.decode()
    assert "account.add_second_factor" in verbs(cast.reporter)
    assert "Đang bật" in client.get("/tai-khoan/hai-lop/").content.decode()
    assert "Đang bật" in client.get("/tai-khoan/").content.decode()

    other = Client()
    assert sign_in(other, "reporter").url == "/tai-khoan/hai-lop/authenticate/"
    asked = other.get("/tai-khoan/hai-lop/authenticate/").content.decode()
    assert "Xác thực lớp thứ hai" in asked
    wrong = other.post("/tai-khoan/hai-lop/authenticate/", {"code": "000000"}).content.decode()
    assert "Mã chưa đúng" in wrong
    recovery = (
        Authenticator.objects.get(user=cast.reporter, type="recovery_codes").wrap().get_unused_codes()[0]
    )
    assert other.post("/tai-khoan/hai-lop/authenticate/", {"code": recovery}).url == "/"


def code_of(secret: str) -> str:
    """What an authenticator app would show now."""
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


@pytest.mark.parametrize(
    "address",
    [
        "/tai-khoan/", "/tai-khoan/mat-khau/", "/tai-khoan/phien/", "/tai-khoan/hai-lop/",
        "/tai-khoan/hai-lop/totp/activate/", "/tai-khoan/hai-lop/webauthn/",
        "/tai-khoan/hai-lop/webauthn/add/", "/tai-khoan/xac-nhan/", "/logout/", "/ho-so/",
    ],
)  # fmt: skip
def test_every_page_of_the_own_account_is_in_vietnamese(cast: Cast, address: str) -> None:
    client = Client()
    sign_in(client, "reporter")
    confirm(client)
    page = client.get(address)
    assert page.status_code == 200
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", page.content.decode(), flags=re.S)
    for english in (
        "Sign",
        "Authenticator",
        "Password",
        "Activate",
        "Security",
        "Recovery",
        "Current",
        "Add ",
    ):
        assert english not in text


@pytest.mark.parametrize("address", ["/ho-so/", "/tai-khoan/", "/tai-khoan/phien/", "/tai-khoan/mat-khau/"])
def test_a_stranger_is_led_to_sign_in(cast: Cast, address: str) -> None:
    assert Client().get(address).url.startswith("/login/")


def test_a_profile_shows_posts_roles_and_the_last_acts(cast: Cast, django_assert_max_num_queries) -> None:
    client = Client()
    sign_in(client, "head")
    client.get("/")
    with django_assert_max_num_queries(22):
        page = client.get("/ho-so/").content.decode()
    for words in ("Chủ tịch UBND quận", "Thủ trưởng đơn vị", "Quận Ninh Kiều", "Đăng nhập"):
        assert words in page


def test_an_account_without_a_role_is_told_whom_to_ask(cast: Cast, signed_in) -> None:
    page = signed_in(cast.nobody).get("/ho-so/").content.decode()
    assert "Tài khoản chưa có vai trò" in page
    assert "Phạm Quản Trị" in page


def test_the_pages_speak_english_when_asked(cast: Cast, signed_in) -> None:
    User.objects.filter(pk=cast.admin.pk).update(language="en")
    client = signed_in(cast.admin)
    for address, words in (
        ("/tai-khoan/", "Password and security"), ("/to-chuc/", "Organisation"),
        ("/ho-so/", "What I did lately"),
        ("/quan-tri/tai-khoan/them/", "First role"), ("/quan-tri/nhat-ky/", "Check the seals"),
    ):  # fmt: skip
        assert words in client.get(address).content.decode(), address
