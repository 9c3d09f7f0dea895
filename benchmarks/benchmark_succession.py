"""Applying the reorganisation of Cần Thơ of 1 July 2025 with 50,000 open tasks, and undoing it.

    .venv/bin/python benchmarks/benchmark_succession.py --from ../shared/data/units [--tasks 50000]

Makes a database of its own with the units of the old Cần Thơ, Hậu Giang and Sóc Trăng, a post and an account
for each, and tasks led and assigned by them; then applies the one decision that leads to the new city and its
103 communes, and undoes it. Compares the rows before and after. Prints Markdown.
"""

import argparse
import os
import platform
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import city  # noqa: E402

OLD = ("92", "93", "94")
LOADED = date(2025, 1, 1)
AT = datetime(2025, 7, 1, 1, 0, tzinfo=UTC)


def organisation(source: Any) -> dict[str, Any]:
    """Units of the three provinces by code, each with the head's post and a reporter."""
    from kientoan.domains.accounts.models import User
    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.models import Post, RoleGrant, Unit, UnitCode
    from kientoan.domains.organisation.rules.changes import Change, Outcome, Place
    from kientoan.domains.temporal.models import since
    from kientoan.interfaces.cli.nation.source import kind_of

    districts = {key for key, entry in source.before.items() if entry.parent in OLD}
    inside = [*OLD, *districts, *(key for key, entry in source.before.items() if entry.parent in districts)]
    outcomes = []
    for code in inside:
        entry = source.before[code]
        place = Place("government", key=entry.parent) if entry.parent else Place("government")
        outcomes.append(
            Outcome(
                key=code, name=entry.name, kind=kind_of(entry.name, entry.level), level=entry.level,
                code=code, places=(place,),
            )
        )  # fmt: skip
    draft = operations.draft_decision(
        legal_basis="30/06/2025", effective_date=LOADED, at=AT,
        changes=[Change("establish", outcomes=tuple(outcomes))],
    )  # fmt: skip
    operations.apply_decision(decision=draft, at=AT, viewer=None)
    codes = dict(UnitCode.objects.values_list("code", "unit_id"))
    units = {code: Unit.objects.get(pk=codes[code]) for code in inside}
    Post.objects.bulk_create(
        Post(
            unit=unit, title=f"Chủ tịch UBND {source.before[code].name}", rank="head", in_force=since(LOADED)
        )
        for code, unit in units.items()
    )
    users = User.objects.bulk_create(User(username=f"baocao.{code}", full_name=code) for code in units)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role="reporter", unit=unit, in_force=since(LOADED))
        for user, unit in zip(users, units.values(), strict=True)
    )
    return units


def duties(source: Any, units: dict[str, Any], number: int) -> None:
    """Open tasks of communes, given by their districts or provinces; one in five with a cooperating unit."""
    from kientoan.domains.organisation.models import Post
    from kientoan.domains.plans.models import Cooperation, Target, TargetSet, Task
    from kientoan.domains.results.models import Indicator

    draw = random.Random(7)
    posts = dict(Post.objects.values_list("unit_id", "pk"))
    leaders = [code for code in units if code not in OLD]
    tasks = []
    for index in range(number):
        code = draw.choice(leaders)
        above = source.before[code].parent
        giver = draw.choice([above, above if above in OLD else source.before[above].parent])
        tasks.append(
            Task(
                title=f"Nhiệm vụ {index}: rà soát, tham mưu kế hoạch và báo cáo kết quả thực hiện",
                origin_note="Kết luận giao ban", assigner_unit=units[giver], lead_unit=units[code],
                post_id=posts[units[code].pk], start_date=LOADED,
                state=draw.choice(["new", "in_progress", "awaiting_approval"]),
                due_date=LOADED + timedelta(days=draw.randrange(400)), handed_down_at=AT, created_at=AT,
            )
        )  # fmt: skip
    Task.objects.bulk_create(tasks, batch_size=5000)
    Cooperation.objects.bulk_create(
        (
            Cooperation(task=task, unit=unit)
            for task in tasks[::5]
            if (unit := units[draw.choice(leaders)]).pk != task.lead_unit_id
        ),
        batch_size=5000,
    )
    indicator = Indicator.objects.create(
        code="THU", name="Thu ngân sách", unit_of_measure="tỷ đồng", aggregation="sum"
    )
    held = TargetSet.objects.create(name="Chỉ tiêu 2025", year=2025, unit=units["92"])
    Target.objects.bulk_create(
        Target(
            target_set=held, indicator=indicator, unit=units[code], operator=">=", low=Decimal(10),
            period_start=LOADED, period_end=date(2026, 1, 1), created_at=AT,
        )
        for code in leaders
    )  # fmt: skip


def fingerprint() -> tuple[Any, ...]:
    """A checksum over every row of the tables that a decision may touch."""
    from django.db import connection

    tables = (
        "organisation_unit", "organisation_unitversion", "organisation_placement", "organisation_post",
        "organisation_rolegrant", "plans_task", "plans_cooperation", "plans_update", "plans_target",
        "plans_targetset", "plans_succession", "plans_tasktitle",
    )  # fmt: skip
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT count(*), sum(hashtextextended(t::text, 0)) FROM {table} t")
            found.append(cursor.fetchone())
    return tuple(found)


def processor() -> float:
    """Seconds of processor time of this process and of its database session (on the same machine)."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, seconds of processor time, and the result."""
    busy, started = processor(), time.perf_counter()
    result = work()
    return time.perf_counter() - started, processor() - busy, result


def main() -> None:
    """Prepare, apply, undo, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, default=ROOT.parent / "shared/data/units")
    parser.add_argument("--tasks", type=int, default=50_000)
    options = parser.parse_args()
    city.prepare()
    from django.db import connection

    from kientoan.domains.organisation import operations as organisation_operations
    from kientoan.domains.organisation.models import Unit
    from kientoan.domains.plans.models import Succession, Task
    from kientoan.domains.reorganisation import operations
    from kientoan.domains.reorganisation.queries import effects
    from kientoan.domains.reorganisation.queries.passed import passed_on
    from kientoan.interfaces.cli.nation.reform import reform_of
    from kientoan.interfaces.cli.nation.source import read_source
    from kientoan.interfaces.cli.nation.standing import Standing

    source = read_source(options.folder)
    units = organisation(source)
    duties(source, units, options.tasks)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    step = next(one for one in reform_of(source) if one.key == f"reform:{source.provinces['92']}")
    draft = organisation_operations.draft_decision(
        legal_basis=step.legal_basis,
        effective_date=step.day,
        at=AT,
        changes=step.build(Standing.read(), None),
    )
    before = fingerprint()
    looked, looking, _ = timed(lambda: effects(draft, None))
    seconds, applying, applied = timed(lambda: operations.apply_decision(decision=draft, at=AT, viewer=None))
    numbers = passed_on(draft)
    ended = Unit.objects.exclude(in_force__endswith=None)
    left = Task.objects.filter(lead_unit__in=ended).exclude(state="done")
    lost = left.exclude(pk__in=Succession.objects.waiting().values("task")).count()
    print(f"applied in {seconds:.2f} s, {applying:.2f} s of processor time", file=sys.stderr)
    undone, undoing, _ = timed(lambda: operations.undo_decision(decision=draft, at=AT, viewer=None))
    same = fingerprint() == before
    version = connection.pg_version
    print(
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, PostgreSQL {version // 10000}.{version % 10000}\n"
    )
    print(
        f"{len(units)} units, {options.tasks:,} open tasks; {len(applied.ended)} units end, "
        f"{len(applied.created)} come; {numbers.done:,} duties passed on, {numbers.waiting:,} wait, "
        f"{lost} lost.\n"
    )
    print("| step | seconds by the clock | of processor time |\n|---|--:|--:|")
    print(f"| effects before applying | {looked:.2f} | {looking:.2f} |")
    print(f"| apply, units and duties, with history | {seconds:.2f} | {applying:.2f} |")
    print(f"| undo | {undone:.2f} | {undoing:.2f} |\n")
    print("After undoing every row is as before." if same else "AFTER UNDOING SOMETHING DIFFERS.")


if __name__ == "__main__":
    main()
