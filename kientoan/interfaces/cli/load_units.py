"""`kientoan load-units --from DIR`: all units of the nation and their changes since 1979 into the database.

`--package` reads the units of one day from the installed PyPI package `vietnam-provinces` instead.

Each day of changes (and each new province of 1 July 2025) is one decision in one transaction: it may be
stopped at any moment and taken up again, and running it twice changes nothing. Units whose code is in force
here already are the same units; only what is missing or differs is written (`--provinces`: of these alone).
Progress goes to standard error; `--check` prints the official counts beside those loaded.
"""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .days import as_day

if TYPE_CHECKING:
    from kientoan.domains.organisation.models import Decision

    from .nation.history import DayOfChange
    from .nation.package import Compared
    from .nation.scope import Scope
    from .nation.source import Source
    from .nation.standing import Standing

MOST_TOLD = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--from", dest="folder", metavar="DIR", help="thư mục có các tệp CSV")
    where.add_argument(
        "--package", action="store_true", help="gói vietnam-provinces đã cài: các đơn vị của ngày lập gói"
    )
    parser.add_argument(
        "--since",
        type=as_day,
        metavar="YYYY-MM-DD",
        help="với --package: ghi các đơn vị có từ ngày này, thay cho ngày lập gói",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="chỉ so số đơn vị, đơn vị kế tục đã nạp với danh mục",
    )
    parser.add_argument("--markdown", action="store_true", help="với --check: in thành trang Markdown")
    parser.add_argument("--until", type=as_day, metavar="YYYY-MM-DD", help="dừng sau ngày này")
    parser.add_argument(
        "--provinces", metavar="92,93,94", help="chỉ các tỉnh có mã này (mã trước 01/07/2025), kể cả bên dưới"
    )
    parser.add_argument("--dry-run", action="store_true", help="chỉ in những gì sẽ làm, không ghi gì")
    parser.add_argument(
        "--list", action="store_true", help="in từng việc đã làm (luôn in khi có --provinces)"
    )


def run(options: argparse.Namespace) -> int:
    """Exit code 0 when all is loaded (or equal, with --check), 1 when the lists cannot be used."""
    from .nation.reform import DAY, require_whole
    from .nation.scope import scope_of
    from .nation.source import BadSource, read_source

    try:
        if options.package:
            return run_package(options)
        if options.since is not None:
            raise BadSource("--since chỉ dùng với --package.")
        source = read_source(Path(options.folder))
        if options.check:
            return check(source, as_markdown=options.markdown)
        scope = scope_of(source, options.provinces) if options.provinces is not None else None
        if scope is not None and (options.until is None or options.until >= DAY):
            require_whole(source, scope)
        listing = options.list or options.dry_run or scope is not None
        return load(steps_of(source), options.until, Manner(scope, options.dry_run, listing))
    except BadSource as error:
        print(f"{error} Chưa ghi thêm gì.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng. Chạy lại lệnh này để nạp tiếp từ chỗ dừng.", file=sys.stderr)
        return 130


def run_package(options: argparse.Namespace) -> int:
    """The same for the installed package. Raises `BadSource`."""
    from .nation.package import DRAFT, FIRST_OFFICIAL, compared, read_package, step_of
    from .nation.scope import scope_among

    listed = read_package()
    if listed.day < FIRST_OFFICIAL:
        print(DRAFT, file=sys.stderr)
    if options.check:
        return tell_compared(compared(listed))
    scope = None
    if options.provinces is not None:
        remedy = "Hãy ghi mã tỉnh của ngày lập gói, cách nhau bằng dấu phẩy, ví dụ 92,79."
        scope = scope_among(listed.entries, options.provinces, f"gói {listed.release}", remedy)
    listing = options.list or options.dry_run or scope is not None
    return load([step_of(listed, options.since)], options.until, Manner(scope, options.dry_run, listing))


@dataclass(frozen=True)
class Manner:
    """How to load: some provinces or all, for show only, telling each change or not."""

    scope: "Scope | None" = None
    dry_run: bool = False
    listing: bool = False


def steps_of(source: "Source") -> "Iterator[DayOfChange]":
    """Every decision, in order."""
    from .nation.history import history_of
    from .nation.reform import reform_of

    yield from history_of(source)
    yield from reform_of(source)


def load(steps: "Iterable[DayOfChange]", until: date | None = None, manner: Manner | None = None) -> int:
    """Apply every decision that the database does not have yet; exit code."""
    from django.db import transaction

    manner = manner or Manner()
    wanted = [step for step in steps if until is None or step.day <= until]
    if not manner.dry_run:
        return _replay(wanted, manner)
    with transaction.atomic():
        code = _replay(wanted, manner)
        transaction.set_rollback(True)
    print("Chạy thử: chưa ghi gì.", file=sys.stderr)
    return code


def _replay(steps: "list[DayOfChange]", manner: Manner) -> int:
    from django.utils import timezone

    from kientoan.domains.organisation.models import Decision, DecisionState, Installation
    from kientoan.domains.organisation.operations import Collisions

    from .nation.standing import Standing
    from .nation.telling import COLUMNS, lines_of

    applied = Decision.objects.exclude(source_key="").filter(state=DecisionState.APPLIED)
    done = set(applied.values_list("source_key", flat=True)) if manner.scope is None else set()
    standing, started, rows = Standing.read(), time.monotonic(), 0
    works_here = Installation.objects.exists()  # an office, with duties that must not be orphaned
    if manner.listing:
        print("\t".join(COLUMNS))
    for number, step in enumerate(steps, start=1):
        if step.key not in done:
            try:
                decision = apply_step(step, standing, timezone.now(), manner.scope, passing_on=works_here)
            except Collisions as refusal:
                return _refused(step, refusal)
            if decision is not None:
                rows += step.rows if step.rows and not manner.scope else decision.changes.count()
                if manner.listing:
                    for line in lines_of(decision.pk, standing, step.day, decision.legal_basis):
                        print("\t".join(line))
        _progress(number, len(steps), step.day)
    _tell_left(standing)
    seconds = time.monotonic() - started
    pace = f", {rows / seconds:.0f} thay đổi/giây" if rows else ""
    print(f"\nXong: nạp thêm {rows} thay đổi trong {seconds:.0f} giây{pace}.", file=sys.stderr)
    return 0


def apply_step(
    step: "DayOfChange",
    standing: "Standing",
    at: datetime,
    scope: "Scope | None" = None,
    *,
    passing_on: bool = False,
) -> "Decision | None":
    """One decision, drafted and applied in one transaction; None when the day changes nothing here.

    `standing` follows what it changes. `passing_on`: with what is due from units that end, as in an office.
    """
    from django.db import transaction

    from kientoan.domains.organisation import operations
    from kientoan.domains.reorganisation.operations import apply_decision

    changes = step.build(standing, scope)
    if not changes:
        return None
    with transaction.atomic():
        decision = operations.draft_decision(
            legal_basis=scope.basis(step.legal_basis) if scope else step.legal_basis,
            effective_date=step.day, changes=changes, at=at, note=step.note, source_key=_free_key(step.key),
        )  # fmt: skip
        apply = apply_decision if passing_on else operations.apply_decision
        applied = apply(decision=decision, at=at, viewer=None)
    renewed = (
        one.unit for change in changes for one in change.outcomes if one.unit is not None and one.renews
    )
    standing.refresh({*applied.ended, *applied.created, *renewed})
    return applied.decision


def _free_key(key: str) -> str:
    """The key, or the next of it when a decision of other provinces, or one undone, has it."""
    from kientoan.domains.organisation.models import Decision

    taken = set(Decision.objects.filter(source_key__startswith=key).values_list("source_key", flat=True))
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}/{number}"
    return free


def _tell_left(standing: "Standing") -> None:
    if not standing.left:
        return
    print(f"\n{len(standing.left)} đơn vị để nguyên như ở đây:", file=sys.stderr)
    for code, why in sorted(standing.left.items())[:MOST_TOLD]:
        print(f"  {code}: {why}", file=sys.stderr)
    if len(standing.left) > MOST_TOLD:
        print(f"  … và {len(standing.left) - MOST_TOLD} đơn vị nữa", file=sys.stderr)


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


def check(source: "Source", *, as_markdown: bool = False) -> int:
    """Print day, official and loaded counts and the reason of a difference; exit code 1 when some differ.

    Then the old units of the mapping are compared with their successors here.
    """
    from .nation.checking import days_checked, lineage_checked, markdown

    days, lineage = list(days_checked(source)), lineage_checked(source)
    if as_markdown:
        print(markdown(days, lineage))
    else:
        print("ngày\ttỉnh\thuyện\txã\tđã nạp: tỉnh\thuyện\txã\tlệch")
        for one in days:
            mark = f"lệch: {one.reason}" if one.differs else ""
            print("\t".join([one.day.isoformat(), *map(str, one.official), *map(str, one.loaded), mark]))
    differing = [one for one in days if one.differs]
    print(f"{len(days) - len(differing)}/{len(days)} ngày khớp.", file=sys.stderr)
    print(
        f"Kế tục 01/07/2025: so {lineage.compared} đơn vị cũ với mapping.csv, {len(lineage.differing)} lệch, "
        f"{lineage.missing} không có ở đây.",
        file=sys.stderr,
    )
    for code in lineage.differing[:MOST_TOLD]:
        print(f"  {code}: đơn vị kế tục khác mapping.csv", file=sys.stderr)
    return 1 if differing or lineage.differing or lineage.missing else 0


def tell_compared(found: "Compared") -> int:
    """Print how the package and what is here differ; exit code 1 when they do."""
    lines = [
        *(f"{code}\tkhông có ở đây" for code in found.missing),
        *(f"{code}\tgói ghi “{name}”, ở đây “{here}”" for code, name, here in found.otherwise),
        *(f"{code}\tcó ở đây, gói không ghi" for code in found.more),
        *(f"{was} → {now}\tgói ghi, ở đây không" for was, now in found.pairs_only_listed),
        *(f"{was} → {now}\tở đây ghi, gói không" for was, now in found.pairs_only_here),
    ]
    print("\n".join(lines) if lines else "Không có chỗ nào lệch.")
    print(
        f"Ngày {found.day:%d/%m/%Y}: thiếu {len(found.missing)}, khác tên {len(found.otherwise)}, "
        f"thừa {len(found.more)} đơn vị. Kế tục 01/07/2025: so {found.pairs} cặp, lệch "
        f"{len(found.pairs_only_listed)} + {len(found.pairs_only_here)}.",
        file=sys.stderr,
    )
    return 1 if found.differs else 0
