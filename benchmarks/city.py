"""A city of the size measured elsewhere, in a database of its own: 221 units, 52,000 tasks, 14 targets."""

import os
import random
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

BENCHMARK_DATABASE = "kientoan_benchmark"
DAY = date(2018, 6, 30)
NOW = datetime(2018, 6, 30, 3, 0, tzinfo=UTC)
UNITS = 221
START = date(2017, 1, 1)


def prepare() -> None:
    """A fresh database beside the installation's, migrated; Django is set up on it."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    from kientoan.site import database

    url = database.ensure()
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {BENCHMARK_DATABASE} WITH (FORCE)")
        connection.execute(
            f"CREATE DATABASE {BENCHMARK_DATABASE} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0"
        )
    parts: dict[str, Any] = {**conninfo_to_dict(url), "dbname": BENCHMARK_DATABASE}
    os.environ["DATABASE_URL"] = make_conninfo("", **parts)
    os.environ["DJANGO_SETTINGS_MODULE"] = "kientoan.site.settings"
    import django

    django.setup()
    from kientoan.interfaces.cli.migrate import migrate

    migrate()


def organisation() -> tuple[list[Any], Any]:
    """221 units on three levels, and an officer who covers them all."""
    from kientoan.domains.accounts.models import User
    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.models import Installation, Role

    def unit(name: str, kind: str, level: str, parent: Any, code: str = "") -> Any:
        return operations.establish_unit(
            name=name, kind=kind, level=level, start=START, parents={"government": parent},
            codes={"gso": code} if code else {},
        )  # fmt: skip

    city = unit("Thành phố Mẫu", "city", "province", None, "92")
    departments = [unit(f"Sở thứ {n + 1}", "department", "province", city) for n in range(20)]
    districts = [unit(f"Quận {n + 1}", "urban_district", "district", city, f"9{n:02d}") for n in range(20)]
    wards = [
        unit(f"Phường số {n + 1}", "ward", "commune", districts[n % 20], f"3{n:04d}")
        for n in range(UNITS - 41)
    ]
    operations.refresh_closure()
    units = [city, *departments, *districts, *wards]
    for each in units:
        operations.create_post(unit=each, title="Thủ trưởng", rank="head", start=START)
    officer = User.objects.create_user("benchmark", "x" * 12, full_name="Người đo")
    for role in (Role.MONITOR, Role.LEADER, Role.REPORTER, Role.CLERK):
        operations.grant_role(user=officer, role=role, unit=city, start=START, end=None, by=None, at=NOW)
    Installation.objects.create(name="Thành phố Mẫu", root=city, example_day=DAY, set_up_at=NOW)
    return units, officer


def fields() -> list[Any]:
    """Twelve fields of work."""
    from kientoan.domains.documents.models import PolicyField

    for index in range(12 - PolicyField.objects.count()):
        PolicyField.objects.create(code=f"linh-vuc-{index}", name=f"Lĩnh vực {index}")
    return list(PolicyField.objects.all()[:12])


def tasks(units: Sequence[Any], number: int, fields_: Sequence[Any], document: Any, seed: int) -> None:
    """`number` tasks in all states, deadlines spread over the year."""
    from kientoan.domains.plans.models import Task, TaskState

    rng = random.Random(seed)
    states = [TaskState.NEW, TaskState.IN_PROGRESS, TaskState.IN_PROGRESS, TaskState.AWAITING, TaskState.DONE]
    rows = []
    for index in range(number):
        state = rng.choice(states)
        due = date(2018, 1, 1) + timedelta(days=rng.randrange(365))
        done = due - timedelta(days=rng.randrange(-20, 20)) if state == TaskState.DONE else None
        rows.append(
            Task(
                title=f"Nhiệm vụ {seed}.{index}: rà soát, tham mưu kế hoạch và báo cáo kết quả thực hiện",
                output="Báo cáo", document=document, assigner_unit=units[0],
                lead_unit=units[1 + rng.randrange(len(units) - 1)], field=rng.choice(fields_),
                due_date=due if rng.random() > 0.05 else None, state=state,
                percent=100 if done else rng.randrange(100), start_date=date(2018, 1, 1), done_date=done,
                handed_down_at=NOW, created_at=NOW,
                last_report_date=DAY - timedelta(days=rng.randrange(90)) if rng.random() > 0.2 else None,
            )
        )  # fmt: skip
    Task.objects.bulk_create(rows, batch_size=5000)


def imports(units: Sequence[Any], officer: Any, number: int) -> tuple[float, float]:
    """Rows a second of the operation behind the Excel import: flat, and nine parts to every tenth task."""
    from kientoan.domains.organisation.access import viewer_of
    from kientoan.domains.plans.operations import tasks as operations

    viewer = viewer_of(officer, DAY)
    speeds = []
    for with_parents in (False, True):
        rows = [
            operations.TaskRow(
                fields={
                    "title": f"Nhiệm vụ nhập {index}", "assigner_unit_id": units[0].pk, "due_date": DAY,
                    "origin_note": "Nhập để đo tốc độ", "lead_unit_id": units[1 + index % 220].pk,
                    "start_date": START,
                },
                parent_index=index - index % 10 if with_parents and index % 10 else None,
            )
            for index in range(number)
        ]  # fmt: skip
        started = time.perf_counter()
        operations.bulk_create_tasks(rows=rows, viewer=viewer, by=officer, at=NOW)
        speeds.append(number / (time.perf_counter() - started))
    return speeds[0], speeds[1]


def targets(units: Sequence[Any], fields_: Sequence[Any]) -> Any:
    """14 targets of the city and its 40 departments and districts, with five months of figures.

    Returns a submission of the city's still open, for the grid.
    """
    from kientoan.domains.plans.models import Target, TargetSet
    from kientoan.domains.results.models import Indicator, Observation, Submission

    target_set = TargetSet.objects.create(name="Bộ chỉ tiêu đo tốc độ", year=2018, unit=units[0])
    indicators = []
    for number in range(14):
        indicator = Indicator.objects.create(
            code=f"chi-tieu-{number}", name=f"Chỉ tiêu thứ {number + 1}", unit_of_measure="%",
            field=fields_[number % len(fields_)], aggregation="mean",
        )  # fmt: skip
        indicators.append(indicator)
        parent = None
        for unit in units[:41]:
            target = Target.objects.create(
                target_set=target_set, position=number, indicator=indicator, unit=unit, parent=parent,
                period_start=date(2018, 1, 1), period_end=date(2019, 1, 1), operator=">=", low=Decimal(80),
                created_at=NOW,
            )  # fmt: skip
            parent = parent or target
    for month in range(1, 6):
        begin, end = date(2018, month, 1), date(2018, month + 1, 1)
        for unit in units[:41]:
            submission = Submission.objects.create(
                unit=unit, frequency="month", vintage="final", state="approved", in_force=(begin, end),
                created_at=NOW, decided_at=NOW,
            )  # fmt: skip
            Observation.objects.bulk_create(
                Observation(
                    submission=submission, unit=unit, indicator=indicator, period_start=begin, period_end=end,
                    frequency="month", vintage="final", value=Decimal(70 + month + number % 9),
                    reported_at=NOW, approved=True,
                )
                for number, indicator in enumerate(indicators)
            )  # fmt: skip
    return Submission.objects.create(
        unit=units[0], frequency="month", vintage="final", state="draft", created_at=NOW,
        in_force=(date(2018, 6, 1), date(2018, 7, 1)),
    )  # fmt: skip


def long_document(unit: Any, officer: Any) -> Any:
    """A plan of a hundred pages, registered as a file and read by the reader."""
    from kientoan.domains.documents.intake import register_file
    from kientoan.domains.organisation import operations

    lines = ["KẾ HOẠCH", "Thực hiện nhiệm vụ năm 2018", ""]
    for article in range(1, 161):
        lines.append(f"Điều {article}. Nhiệm vụ, giải pháp thứ {article}")
        lines += [
            f"{point}. Giao Sở thứ {1 + article % 20} chủ trì, phối hợp với Ủy ban nhân dân các quận tham "
            f"mưu Ủy ban nhân dân thành phố triển khai Nghị quyết số {article}/NQ-HĐND ngày 07/12/2017 "
            f"của Hội đồng nhân dân thành phố, hoàn thành trước ngày 28/{1 + article % 12:02d}/2018; phấn "
            f"đấu tỷ lệ hộ dân được cấp nước sạch đạt {80 + point},5% trở lên."
            for point in range(1, 5)
        ]
    registered = register_file(
        data="\n".join(lines).encode(), name="ke-hoach-100-trang.txt", by=officer, at=NOW
    )
    operations.register_documents(unit=unit, documents=[registered.document])
    return registered.document
