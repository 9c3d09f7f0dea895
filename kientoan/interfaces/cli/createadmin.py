"""`kientoan createadmin USERNAME`: an administrator of the whole installation."""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kientoan.domains.organisation.operations import AccountDetails


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("username")
    parser.add_argument("--name", default="Quản trị hệ thống", help="họ và tên")
    parser.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")


def run(options: argparse.Namespace) -> int:
    """Create the account; exit code 1 with a message when that is not possible."""
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.models import Installation

    installation = Installation.objects.first()
    if installation is None:
        print("Chưa thiết lập đơn vị gốc: chạy `serve` rồi mở trang thiết lập trước.", file=sys.stderr)
        return 1
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass("Mật khẩu: ")
    details = operations.AccountDetails(options.username, options.name)
    try:
        _check(details, password)
        user = operations.add_administrator(
            admin=details,
            password=password,
            day=installation.example_day or timezone.localdate(),
            at=timezone.now(),
        )
    except ValidationError as error:
        print("\n".join(error.messages), file=sys.stderr)
        return 1
    except operations.UsernameTaken:
        print(f"Tên đăng nhập «{options.username}» đã có; chọn tên khác.", file=sys.stderr)
        return 1
    print(user.username)
    return 0


def _check(details: "AccountDetails", password: str) -> None:
    """Raise ValidationError for a name or a password against the rules."""
    from django.contrib.auth.password_validation import validate_password
    from django.contrib.auth.validators import UnicodeUsernameValidator

    from kientoan.domains.accounts.models import User

    UnicodeUsernameValidator(
        message="Tên đăng nhập chỉ dùng chữ, số và các dấu @ . + - _, không có dấu cách."
    )(details.username)
    validate_password(password, User(username=details.username, full_name=details.full_name))
