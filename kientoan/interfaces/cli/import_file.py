"""`kientoan import organisation FILE`: an Excel workbook of units, posts, people and holders read back.

The workbook is that of `kientoan export organisation`. `--dry-run` prints what each row would do as
tab-separated values and every fault with its remedy; `--apply` does it, all of it or nothing.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from .export import Problem, day_of, viewer_of_operator

if TYPE_CHECKING:
    from kientoan.domains.organisation.queries.exchange import SheetPlan


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("what", choices=["organisation"], help="tổ chức: đơn vị, chức danh, cán bộ, giữ chức")
    parser.add_argument("file", type=Path, metavar="FILE", help="tệp Excel")
    act = parser.add_mutually_exclusive_group(required=True)
    act.add_argument("--dry-run", action="store_true", help="chỉ in những gì từng dòng sẽ làm")
    act.add_argument("--apply", action="store_true", help="ghi tất cả, hoặc không ghi gì khi còn lỗi")
    parser.add_argument("--on", metavar="D", help="ngày mà tệp được xuất, dạng 2018-06-30; mặc định hôm nay")
    parser.add_argument("--user", metavar="NAME", help="với quyền của tài khoản này; mặc định mọi đơn vị")


def run(options: argparse.Namespace) -> int:
    """Exit code 0; 1 when the file has faults or cannot be read."""
    from django.utils import timezone

    from kientoan.domains.organisation.access import NotAllowed
    from kientoan.domains.organisation.operations import Refused, import_sheets
    from kientoan.domains.organisation.queries.exchange import plan_sheets
    from kientoan.domains.organisation.sheets import COLUMNS
    from kientoan.domains.temporal.models import Stale
    from kientoan.engines.sheets import UnreadableSheet, read_tables

    try:
        day = day_of(options.on)
        viewer = viewer_of_operator(options.user, day)
        book = read_tables(options.file.read_bytes(), name=options.file.name, tables=COLUMNS)
        plan = plan_sheets(book, viewer=viewer, day=day)
        tell(plan)
        if plan.errors:
            return 1
        if options.apply and plan.ready:
            import_sheets(plan=plan, source=options.file.name, viewer=viewer, at=timezone.now())
            print("Đã ghi.", file=sys.stderr)
        else:
            print("Chưa ghi gì.", file=sys.stderr)
    except (Problem, UnreadableSheet) as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Không đọc được {options.file}: {error.strerror}.", file=sys.stderr)
        return 1
    except NotAllowed:
        print("Tài khoản này không có quyền sửa tổ chức.", file=sys.stderr)
        return 1
    except (Stale, Refused):
        print("Người khác vừa sửa cùng chỗ; chưa ghi gì. Hãy xuất tệp mới rồi sửa lại.", file=sys.stderr)
        return 1
    return 0


def tell(plan: "SheetPlan") -> None:
    """The rows that do something, then the counts and all faults."""
    from kientoan.domains.organisation.queries.exchange import Act

    print("\t".join(("trang", "dòng", "việc", "bản ghi", "thay đổi")))
    for line in plan.lines:
        if line.act != Act.SAME:
            changes = "; ".join(f"{one.label}: {one.before} → {one.after}" for one in line.changes)
            print("\t".join((line.table, str(line.row), str(line.act.label), line.name, changes)))
    counts = ", ".join(f"{act.label.lower()} {plan.counts[act]}" for act in Act)
    print(f"{counts}, lỗi {len(plan.errors)}.", file=sys.stderr)
    for error in plan.errors:
        print(f"  {error}", file=sys.stderr)
    if plan.unknown_columns:
        print(f"Cột không dùng đến: {', '.join(plan.unknown_columns)}.", file=sys.stderr)
