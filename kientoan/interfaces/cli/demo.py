"""`kientoan demo`: load the example city into an empty database."""

import argparse
import sys

EXAMPLE_DAY = "2018-06-30"
NAME = "Thành phố Cần Thơ (ví dụ)"


class NotEmpty(Exception):
    """The database holds something that is not the example."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "--day", default=EXAMPLE_DAY, help="ngày xem bảng của ví dụ, YYYY-MM-DD (mặc định %(default)s)"
    )
    parser.add_argument(
        "--force", action="store_true", help="nạp cả khi đã có đơn vị hoặc văn bản không thuộc ví dụ"
    )


def run(options: argparse.Namespace) -> int:
    """Load once; a second run changes nothing. Exit code 1 when the database holds other data."""
    from datetime import date

    from kientoan.interfaces.cli.migrate import migrate

    try:
        date.fromisoformat(options.day)
    except ValueError:
        print(f"Ngày «{options.day}» không đúng; viết năm-tháng-ngày, ví dụ {EXAMPLE_DAY}.", file=sys.stderr)
        return 1
    migrate()
    try:
        loaded = load(day=options.day, force=options.force)
    except NotEmpty:
        print(
            "Cơ sở dữ liệu đã có dữ liệu khác nên không nạp ví dụ vào. Dùng cơ sở dữ liệu trống "
            "(đặt KIENTOAN_HOME hoặc DATABASE_URL khác), hoặc thêm --force nếu thật sự muốn trộn.",
            file=sys.stderr,
        )
        return 1
    print("Đã nạp thành phố ví dụ." if loaded else "Thành phố ví dụ đã có sẵn; không thay đổi gì.")
    print(accounts_text())
    return 0


def load(*, day: str = EXAMPLE_DAY, force: bool = False) -> bool:
    """Load the example in one transaction; False when it is there already.

    Raises `NotEmpty` when there are other units or documents and `force` is not given, or when another
    installation is set up here.
    """
    from datetime import date

    from django.db import connection, transaction
    from django.utils import timezone

    from kientoan.domains.documents.models import Document
    from kientoan.domains.organisation.models import Installation, Unit

    from .example import duties, figures, organisation, papers, targets
    from .example.source import CITY, Load

    installation = Installation.objects.first()
    if installation is not None and installation.example_day is not None:
        return False
    if installation is not None or (not force and (Unit.objects.exists() or Document.objects.exists())):
        raise NotEmpty
    with transaction.atomic():
        state = Load(folder=CITY, at=timezone.now(), day=date.fromisoformat(day))
        organisation.load_organisation(state)
        organisation.load_map(state)
        organisation.settle(state, NAME)
        figures.load_indicators(state)
        figures.load_observations(state)
        papers.load_documents(state)
        targets.load_targets(state)
        duties.load_duties(state)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def accounts_text() -> str:
    """The example's accounts worth trying first, and the password they share."""
    from .example.organisation import PASSWORD

    return (
        f"Tài khoản ví dụ (mật khẩu chung: {PASSWORD}):\n"
        "  theodoi            chuyên viên theo dõi, Văn phòng UBND thành phố\n"
        "  vanthu             văn thư\n"
        "  bithu, chutich     lãnh đạo thành phố\n"
        "  baocao.ninhkieu    chuyên viên báo cáo, quận Ninh Kiều\n"
        "  lanhdao.ninhkieu   Chủ tịch UBND quận Ninh Kiều\n"
        "  kiemtra, tochuc    cán bộ kiểm tra, cán bộ tổ chức\n"
        "  quantri            quản trị hệ thống\n"
        "  (đủ danh sách: example/cantho/accounts.csv)"
    )
