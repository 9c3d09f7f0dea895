"""`kientoan createadmin USERNAME`: an administrator of the whole installation."""

import argparse
import getpass
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("username")
    parser.add_argument("--name", default="Quản trị hệ thống", help="họ và tên")
    parser.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")


def run(options: argparse.Namespace) -> int:
    """Create the account; exit code 1 with a message when that is not possible."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from kientoan.domains.accounts.models import User
    from kientoan.domains.organisation.models import Installation, Role
    from kientoan.domains.organisation.operations import grant_role

    installation = Installation.objects.select_related("root").first()
    if installation is None:
        print("Chưa thiết lập đơn vị gốc: chạy `serve` rồi mở trang thiết lập trước.", file=sys.stderr)
        return 1
    if User.objects.filter(username=options.username).exists():
        print(f"Tên đăng nhập «{options.username}» đã có; chọn tên khác.", file=sys.stderr)
        return 1
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass("Mật khẩu: ")
    user = User(username=options.username, full_name=options.name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        print("\n".join(error.messages), file=sys.stderr)
        return 1
    user.set_password(password)
    user.save()
    day = timezone.localdate()
    grant_role(
        user=user, role=Role.ADMIN, unit=installation.root, start=day, end=None, by=None, at=timezone.now()
    )
    print(user.username)
    return 0
