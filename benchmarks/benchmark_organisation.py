"""The organisation in time: replaying the nation, asking for trees on a day, moving units, showing pages.

    .venv/bin/python benchmarks/benchmark_organisation.py --from DIR [--loaded]

Makes a database of its own beside the installation's, loads the lists in DIR (see `kientoan load-units`) and
checks them: the counts of every official snapshot, and every old commune against the mapping. Then asks for
the nation and for one province, cold (a new connection, its first question) and warm (median of 30), and the
same of a recursive query on plain parent ids and of django-treebeard, when it is installed. `--loaded` uses
the database of the last run. Times are of the clock; beside them the time of this process alone, without the
database, which says more on a machine that is shared. Prints Markdown.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import city  # noqa: E402
import organisation_questions as questions  # noqa: E402
import treebeard_trees  # noqa: E402
from organisation_questions import Ask  # noqa: E402

WARM, TIMES = 30, 5
LONGEST = 3.0  # seconds: what is slow is asked less often than `WARM`


def load(folder: Path) -> Any:
    """Load the lists, print the pace, and give the lists back."""
    from kientoan.interfaces.cli import load_units
    from kientoan.interfaces.cli.nation.source import read_source
    from kientoan.interfaces.cli.nation.standing import Standing

    source = read_source(folder)
    steps = list(load_units.steps_of(source))
    standing = Standing.read()
    rows, slowest, started = 0, 0.0, time.perf_counter()
    for step in steps:
        before = time.perf_counter()
        load_units.apply_step(step, standing, datetime.now(UTC))
        slowest = max(slowest, time.perf_counter() - before)
        rows += step.rows
    seconds = time.perf_counter() - started
    print(
        f"Replayed {rows:,} changes as {len(steps)} decisions in {seconds:.0f} s: "
        f"{rows / seconds:.0f} changes a second; the slowest decision took {slowest:.1f} s.\n"
    )
    return source


def check(source: Any) -> None:
    """Compare the loaded units with the official counts and with the mapping."""
    from kientoan.interfaces.cli.nation.checking import days_checked, lineage_checked

    days, lineage = list(days_checked(source)), lineage_checked(source)
    for one in days:
        if one.differs:
            print(f"- {one.day}: official {one.official}, loaded {one.loaded}: {one.reason}")
    print(f"\n{sum(not one.differs for one in days)} of {len(days)} official counts equal.")
    same = lineage.compared - len(lineage.differing)
    print(f"{same:,} of {lineage.compared:,} old units of the mapping have just its successors.\n")


def timed(ask: Ask) -> tuple[float, float, float, int]:
    """Milliseconds cold, warm (median) and of this process (median), and how many rows came."""
    from django.db import connection

    connection.close()
    connection.ensure_connection()
    started = time.perf_counter()
    answer = ask()
    cold = (time.perf_counter() - started) * 1000
    times, own = [], []
    first = time.perf_counter()
    while len(times) < WARM and (len(times) < TIMES or time.perf_counter() - first < LONGEST):
        started, worked = time.perf_counter(), time.process_time()
        ask()
        own.append((time.process_time() - worked) * 1000)
        times.append((time.perf_counter() - started) * 1000)
    return cold, statistics.median(times), statistics.median(own), counted(answer)


def counted(answer: Any) -> int:
    """How many units an answer has, also when they are nested."""
    from kientoan.domains.organisation.queries import Branch, Twig

    if answer and isinstance(answer[0] if isinstance(answer, tuple) else None, Branch | Twig):
        return sum(1 + counted(one.children) for one in answer)
    if answer and isinstance(answer, list) and isinstance(answer[0], dict) and "data" in answer[0]:
        return sum(1 + counted(one.get("children", [])) for one in answer)
    return len(answer)


def ask_all(asked: dict[str, Ask]) -> None:
    """Print a row for each question."""
    print("| question | rows | cold ms | warm ms | of it this process |\n|---|--:|--:|--:|--:|")
    for name, ask in asked.items():
        cold, warm, own, size = timed(ask)
        print(f"| {name} | {size:,} | {cold:.1f} | {warm:.1f} | {own:.1f} |", flush=True)


def move_all(moved: dict[str, Ask]) -> None:
    """Print how long it takes to move the communes of a province, each time undone."""
    from django.db import transaction

    print("\n| moving all communes of a province | units | ms |\n|---|--:|--:|")
    for name, move in moved.items():
        times = []
        for _ in range(TIMES):
            with transaction.atomic():
                started = time.perf_counter()
                size = len(move())
                times.append((time.perf_counter() - started) * 1000)
                transaction.set_rollback(True)
        print(f"| {name} | {size} | {statistics.median(times):.0f} |", flush=True)


def show_all(addresses: dict[str, str], user: Any) -> None:
    """Print how long each page takes within this process, with its statements and its size."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    print("\n| page | SQL | first ms | median ms | kB |\n|---|--:|--:|--:|--:|")
    for name, address in addresses.items():
        times = []
        for _ in range(TIMES + 1):
            started = time.perf_counter()
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            times.append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{address}: {answer.status_code}")
        first, median = times[0], statistics.median(times[1:])
        size = len(answer.content) / 1000
        print(f"| {name} | {len(captured)} | {first:.0f} | {median:.0f} | {size:.0f} |", flush=True)


def office(province: int) -> Any:
    """An office on the province, and somebody with a role in it."""
    from kientoan.domains.accounts.models import User
    from kientoan.domains.organisation import operations
    from kientoan.domains.organisation.models import Installation, Role, Unit

    found = User.objects.filter(username="benchmark").first()
    if found is not None:
        return found
    unit, at = Unit.objects.get(pk=province), datetime.now(UTC)
    Installation.objects.create(name="Cần Thơ", root=unit, example_day=questions.AFTER, set_up_at=at)
    user = User.objects.create_user("benchmark", "x" * 12, full_name="Người đo")
    operations.grant_role(
        user=user, role=Role.MONITOR, unit=unit, start=questions.AFTER, end=None, by=None, at=at
    )
    return user


def most_changed() -> int:
    """The commune of after the reform with the most decisions on it and on what it came of."""
    from django.db.models import Count

    from kientoan.domains.organisation.models import ResultingUnit, UnitVersion
    from kientoan.domains.organisation.queries import lineage_of

    communes = UnitVersion.objects.on(questions.AFTER).filter(level="commune").values("unit")
    parts = (
        ResultingUnit.objects.filter(unit__in=communes, event__decision__effective_date=questions.AFTER)
        .annotate(size=Count("passings"))
        .order_by("-size", "unit")
    )
    candidates = list(parts.values_list("unit_id", flat=True)[:50])
    return max(candidates, key=lambda unit: len(lineage_of(unit).predecessors))


def machine() -> str:
    """Day, processors, load, versions."""
    import platform

    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    return (
        f"{datetime.now():%d/%m/%Y %H:%M}, {platform.machine()}, {os.cpu_count()} processors, load {load} "
        f"(1, 5, 15 minutes), Python {platform.python_version()}."
    )


def measure() -> None:
    """Ask, move and show, in the database that Django is set up on."""
    from django.core.management import call_command
    from django.db import connection

    from kientoan.domains.organisation.queries import placed_on, unit_with_code, units_on

    province, other = (
        unit_with_code(code, questions.AFTER) for code in (questions.PROVINCE, questions.OTHER)
    )
    commune, city = (unit_with_code(code, questions.AFTER) for code in (questions.COMMUNE, "01"))
    call_command("collectstatic", interactive=False, verbosity=0)
    user = office(province)
    with connection.cursor() as cursor:
        cursor.execute(questions.PLAIN)
        cursor.execute("VACUUM ANALYZE")
    print(f"{machine()}\n")
    ask_all(
        questions.whole_nation()
        | questions.of_a_province(province, commune)
        | questions.recursive(province, commune)
    )
    try:
        kinds = treebeard_trees.models()
    except treebeard_trees.NotInstalled as missing:
        print(f"\n{missing}")
        kinds = {}
    with treebeard_trees.tables(kinds):
        for name, model in kinds.items():
            started = time.perf_counter()
            treebeard_trees.fill(model, units_on(questions.AFTER), placed_on(questions.AFTER))
            print(f"\n{name}: filled in {time.perf_counter() - started:.1f} s.")
        ask_all(questions.of_treebeard(kinds, province, commune))
        move_all(questions.moves(kinds, province, other))
    show_all(questions.pages(province, most_changed(), city), user)
    print(f"\nAt the end: {machine()}")


def set_up_loaded() -> None:
    """Django on the database of the last run."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    from kientoan.site import database

    url = conninfo_to_dict(database.ensure())
    os.environ["DATABASE_URL"] = make_conninfo("", **{**url, "dbname": city.BENCHMARK_DATABASE})
    os.environ["DJANGO_SETTINGS_MODULE"] = "kientoan.site.settings"
    import django

    django.setup()


def main() -> None:
    """Load, check, measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="folder", help="the folder of the lists")
    parser.add_argument("--loaded", action="store_true", help="use the database of the last run as it is")
    options = parser.parse_args()
    if options.loaded:
        set_up_loaded()
    elif options.folder:
        city.prepare()
        check(load(Path(options.folder)))
    else:
        parser.error("--from DIR, or --loaded")
    measure()


if __name__ == "__main__":
    main()
