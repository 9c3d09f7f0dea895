"""`kientoan export tasks|targets|annotations`: for other programs and for safe keeping.

The lists come as CSV or Excel; annotations (what people confirmed, corrected, dropped and added in the
documents) as two files a document, `<id>.txt` and `<id>.jsonl`, for `kientoan evaluate --annotations`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from kientoan.domains.organisation.access import Viewer
    from kientoan.engines.sheets import Sheet


class Problem(Exception):
    """Why nothing is exported; the message is for the operator."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    kinds = ["tasks", "targets", "annotations", "organisation"]
    parser.add_argument("what", choices=kinds, help="nhiệm vụ, chỉ tiêu, chú giải, tổ chức")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="CSV (mặc định)")
    form.add_argument("--xlsx", action="store_true", help="Excel; phải có --out")
    parser.add_argument(
        "--unit", "--under", metavar="CODE", help="mã đơn vị: chỉ đơn vị này và các đơn vị bên dưới"
    )
    parser.add_argument("--day", "--on", metavar="D", help="xem theo ngày, dạng 2018-06-30; mặc định hôm nay")
    parser.add_argument("--user", metavar="NAME", help="với quyền của tài khoản này; mặc định thấy tất cả")
    parser.add_argument("--out", metavar="FILE", type=Path, help="ghi vào tệp; mặc định đầu ra chuẩn")
    parser.add_argument("--since", metavar="D", help="chú giải: chỉ văn bản có quyết định từ ngày này")


def run(options: argparse.Namespace) -> int:
    """Write the list; exit code 1 with a message when that is not possible."""
    try:
        day = day_of(options.day)
        if options.what == "organisation":
            _write(_organisation(options, day), options)
            return 0
        viewer = _viewer(options.user, day)
        if options.what == "annotations":
            return _write_annotations(viewer, options)
        _write([_sheet(options.what, viewer, day, _unit_id(options.unit, day))], options)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def day_of(text: str | None) -> date:
    """The day that was written, else the installation's today. Raises `Problem`."""
    from django.utils import timezone

    from kientoan.domains.organisation.models import Installation

    if text is None:
        installation = Installation.objects.first()
        return (installation and installation.example_day) or timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Problem(f"«{text}» không phải là ngày; hãy ghi dạng 2018-06-30.") from None


def _viewer(username: str | None, day: date) -> Viewer:
    """The named account's rights, else those of the operator of the machine: every unit."""
    from kientoan.domains.accounts.models import User
    from kientoan.domains.organisation.access import Viewer, viewer_of
    from kientoan.domains.organisation.models import Role, Unit

    if username is None:
        grants = tuple((str(Role.MONITOR), unit) for unit in Unit.objects.values_list("pk", flat=True))
        return Viewer(user=User(username="operator"), day=day, grants=grants)
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise Problem(f"Không có tài khoản «{username}» đang dùng.")
    return viewer_of(user, day)


def viewer_of_operator(username: str | None, day: date) -> Viewer:
    """The named account's rights, else those of the operator of the machine: to change every unit.

    Raises `Problem`.
    """
    from kientoan.domains.organisation.models import Role, Unit
    from kientoan.domains.organisation.queries import root_on

    if username is not None:
        return _viewer(username, day)
    viewer = _viewer(None, day)
    root = root_on(day)
    units = [root] if root is not None else Unit.objects.values_list("pk", flat=True)
    return type(viewer)(user=viewer.user, day=day, grants=tuple((str(Role.ADMIN), unit) for unit in units))


def _organisation(options: argparse.Namespace, day: date) -> list[Sheet]:
    from kientoan.domains.organisation.sheets import organisation_sheets

    if not options.xlsx:
        raise Problem("Tổ chức gồm bốn trang nên chỉ xuất ra Excel; hãy thêm --xlsx --out TỆP.xlsx.")
    return organisation_sheets(viewer_of_operator(options.user, day), day, _unit_id(options.unit, day))


def _unit_id(code: str | None, day: date) -> int | None:
    from kientoan.domains.organisation.models import UnitCode

    if code is None:
        return None
    found = UnitCode.objects.on(day).filter(code=code).values_list("unit_id", flat=True)[:2]
    if len(found) != 1:
        raise Problem(f"Không có đúng một đơn vị mang mã «{code}» trong ngày {day:%d/%m/%Y}.")
    return int(found[0])


def _write_annotations(viewer: Viewer, options: argparse.Namespace) -> int:
    from django.utils import timezone

    from kientoan.domains.documents.annotations import annotated_documents, annotation_of
    from kientoan.domains.organisation.access import visible_documents
    from kientoan.engines.evaluation import dump_annotation

    if options.out is None:
        raise Problem("Chú giải là nhiều tệp; hãy cho thư mục: --out THƯ_MỤC.")
    since = None
    if options.since:
        since = timezone.make_aware(datetime.combine(day_of(options.since), time.min))
    number = 0
    try:
        options.out.mkdir(parents=True, exist_ok=True)
        for document in annotated_documents(visible_documents(viewer), since=since).iterator(chunk_size=50):
            annotation = annotation_of(document)
            with (options.out / f"{annotation.id}.txt").open("w", encoding="utf-8", newline="") as file:
                file.write(annotation.text)
            lines = dump_annotation(annotation)
            (options.out / f"{annotation.id}.jsonl").write_text(lines, encoding="utf-8")
            number += 1
    except OSError as error:
        raise Problem(f"Không ghi được {options.out}: {error.strerror}.") from None
    print(f"{number} văn bản", file=sys.stderr)
    return 0


def _sheet(what: str, viewer: Viewer, day: date, unit_id: int | None) -> Sheet:
    if what == "targets":
        from kientoan.domains.plans.target_table import target_sheet

        return target_sheet(viewer, day, unit_id=unit_id)
    from kientoan.domains.plans.queries.tasks import TaskFilter, matching, sorted_by
    from kientoan.domains.plans.task_table import task_sheet

    found = matching(TaskFilter(unit=unit_id), viewer, day)
    return task_sheet(sorted_by(found, "id"), viewer, day)


def _write(sheets: list[Sheet], options: argparse.Namespace) -> None:
    from kientoan.engines.sheets import write_csv, write_workbook

    if options.xlsx and options.out is None and sys.stdout.isatty():
        raise Problem("Excel không in ra màn hình được; hãy thêm --out TỆP.xlsx.")
    if options.xlsx:
        with write_workbook(sheets, title=sheets[0].title) as book:
            _pour(iter(lambda: book.read(1 << 20), b""), options.out)
        return
    _pour(write_csv(sheets[0]), options.out)


def _pour(parts: Iterable[bytes], path: Path | None) -> None:
    """Write to standard output, or to a file that appears only when it is whole."""
    if path is None:
        _copy(parts, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    partial = path.with_name(path.name + ".part")
    try:
        with partial.open("wb") as file:
            _copy(parts, file)
        shutil.move(partial, path)
    except OSError as error:
        raise Problem(f"Không ghi được {path}: {error.strerror}.") from None
    finally:
        partial.unlink(missing_ok=True)


def _copy(parts: Iterable[bytes], file: BinaryIO) -> None:
    for part in parts:
        file.write(part)
