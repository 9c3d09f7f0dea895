"""`kientoan createadmin`: an administrator from the terminal."""

import argparse
import io

import pytest

from kientoan.domains.accounts.models import User
from kientoan.interfaces.cli import createadmin
from tests.conftest import PASSWORD, Cast


def run(monkeypatch: pytest.MonkeyPatch, *words: str, password: str = PASSWORD) -> int:
    parser = argparse.ArgumentParser()
    createadmin.add_arguments(parser)
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return createadmin.run(parser.parse_args([*words, "--password-stdin"]))


def test_the_new_administrator_administers_everything(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "quantri.hai", "--name", "Lý Thứ Hai") == 0
    assert capsys.readouterr().out == "quantri.hai\n"
    user = User.objects.get(username="quantri.hai")
    assert user.check_password(PASSWORD)
    assert cast.viewer(user).administers_all


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("ADMIN", PASSWORD, "đã có; chọn tên khác"),
        ("hai chữ", PASSWORD, "không có dấu cách"),
        ("quantri.hai", "ngan", "10"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    name: str, password: str, words: str,
) -> None:  # fmt: skip
    before = User.objects.count()
    assert run(monkeypatch, name, password=password) == 1
    assert words in capsys.readouterr().err
    assert User.objects.count() == before


@pytest.mark.usefixtures("db")
def test_before_the_set_up_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "quantri") == 1
    assert "trang thiết lập" in capsys.readouterr().err
