"""`kientoan load-units --from DIR`: all units of the nation and their changes since 1979 into the database.

Each day of changes (and each new province of 1 July 2025) is one decision in one transaction: it may be
stopped at any moment and taken up again, and running it twice changes nothing. Progress goes to standard
error; `--check` prints the official counts beside those loaded.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .nation.history import DayOfChange
    from .nation.source import Source

MOST_TOLD = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--from", dest="folder", required=True, metavar="DIR", help="thư mục có các tệp CSV")
    parser.add_argument(
        "--check", action="store_true", help="chỉ so số đơn vị đã nạp với số công bố, in bảng từng ngày"
    )
    parser.add_argument("--until", type=date.fromisoformat, metavar="YYYY-MM-DD", help="dừng sau ngày này")


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when all is loaded (or equal, with --check), 1 when the lists cannot be used."""
    from .nation.source import BadSource, read_source

    try:
        source = read_source(Path(options.folder))
        return check(source) if options.check else load(source, options.until)
    except BadSource as error:
        print(f"{error} Chưa ghi thêm gì.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng. Chạy lại lệnh này để nạp tiếp từ chỗ dừng.", file=sys.stderr)
        return 130


def steps_of(source: "Source") -> "Iterator[DayOfChange]":
    """Every decision, in order."""
    from .nation.history import history_of
    from .nation.reform import reform_of

    yield from history_of(source)
    yield from reform_of(source)


def load(source: "Source", until: date | None = None) -> int:
    """Apply every decision that the database does not have yet; exit code."""
    from django.utils import timezone

    from kientoan.domains.organisation.models import Decision, DecisionState
    from kientoan.domains.organisation.operations import Collisions

    applied = Decision.objects.exclude(source_key="").filter(state=DecisionState.APPLIED)
    done = set(applied.values_list("source_key", flat=True))
    steps = [step for step in steps_of(source) if until is None or step.day <= until]
    ids = codes_in_force()
    started, rows = time.monotonic(), 0
    for number, step in enumerate(steps, start=1):
        if step.key not in done:
            try:
                apply_step(step, ids, timezone.now())
            except Collisions as refusal:
                return _refused(step, refusal)
            rows += step.rows
        _progress(number, len(steps), step.day)
    seconds = time.monotonic() - started
    pace = f", {rows / seconds:.0f} thay đổi/giây" if rows else ""
    print(f"\nXong: nạp thêm {rows} thay đổi trong {seconds:.0f} giây{pace}.", file=sys.stderr)
    return 0


def codes_in_force() -> dict[str, int]:
    """Code → unit, of all that have not ended."""
    from kientoan.domains.organisation.models import UnitCode

    rows = UnitCode.objects.filter(scheme="gso", in_force__endswith=None)
    return dict(rows.values_list("code", "unit_id"))


def apply_step(step: "DayOfChange", ids: dict[str, int], at: datetime) -> None:
    """One decision, drafted and applied in one transaction; `ids` follows what it changes."""
    from django.db import transaction

    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.models import UnitCode

    with transaction.atomic():
        changes = step.build(ids)
        if not changes:
            return
        decision = operations.draft_decision(
            legal_basis=step.legal_basis, effective_date=step.day, changes=changes, at=at, note=step.note,
            source_key=step.key,
        )  # fmt: skip
        operations.apply_decision(decision=decision, at=at, viewer=None)
        gone = UnitCode.objects.filter(ended_by=decision).values_list("code", "unit_id")
        come = UnitCode.objects.filter(begun_by=decision).values_list("code", "unit_id")
        for code, unit in gone:
            if ids.get(code) == unit:
                del ids[code]
        ids.update(come)


def _progress(number: int, total: int, day: date) -> None:
    if number == total or sys.stderr.isatty() or number % 20 == 0:
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"{number}/{total}  {day:%d/%m/%Y}", end=end, file=sys.stderr, flush=True)


def _refused(step: "DayOfChange", refusal: "Exception") -> int:
    collisions = getattr(refusal, "collisions", ())
    print(f"\nNgày {step.day:%d/%m/%Y}: {len(collisions)} chỗ vướng, ngày này chưa ghi gì.", file=sys.stderr)
    for collision in collisions[:MOST_TOLD]:
        print(f"  {collision}", file=sys.stderr)
    if len(collisions) > MOST_TOLD:
        print(f"  … và {len(collisions) - MOST_TOLD} chỗ nữa", file=sys.stderr)
    print("Hãy sửa dữ liệu rồi chạy lại: phần đã nạp được giữ nguyên.", file=sys.stderr)
    return 1


def check(source: "Source") -> int:
    """Print day, official and loaded counts as tab-separated values; exit code 1 when some differ."""
    from kientoan.domains.organisation.queries import counts_of, units_listed

    print("ngày\ttỉnh\thuyện\txã\tđã nạp: tỉnh\thuyện\txã\tlệch")
    differing = 0
    listed = [(snapshot.day, snapshot.counts) for snapshot in source.snapshots]
    levels = [entry.level for entry in source.after.values()]
    listed.append((date(2025, 7, 1), (levels.count("province"), 0, levels.count("commune"))))
    for day, official in listed:
        counts = counts_of(units_listed(day))
        loaded = (counts["province"], counts["district"], counts["commune"])
        differing += loaded != official
        mark = "" if loaded == official else "lệch"
        print("\t".join([day.isoformat(), *map(str, official), *map(str, loaded), mark]))
    print(f"{len(listed) - differing}/{len(listed)} ngày khớp.", file=sys.stderr)
    return 1 if differing else 0
