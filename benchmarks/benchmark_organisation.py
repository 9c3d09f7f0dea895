"""The organisation in time: replaying the nation, and asking for trees on a day.

    .venv/bin/python benchmarks/benchmark_organisation.py --from DIR

Makes a database of its own beside the installation's, loads the lists in DIR (see `kientoan load-units`) and
checks them: the counts of every official snapshot, and every old commune against the mapping. Then asks for
the nation and for one province, cold (a new connection, its first question) and warm (median of 30), and the
same of a recursive query on plain parent ids. Prints Markdown.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import city  # noqa: E402

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
WARM = 30
PROVINCE = "92"

# What one would write without dated placements and a closure: one parent id, the tree of today only.
PLAIN = """
DROP TABLE IF EXISTS plain_unit;
CREATE TABLE plain_unit AS
    SELECT unit_id AS id, parent_id FROM organisation_placement
    WHERE hierarchy = 'government' AND in_force @> DATE '2025-07-01';
ALTER TABLE plain_unit ADD PRIMARY KEY (id);
CREATE INDEX ON plain_unit (parent_id);
ANALYZE plain_unit;
"""
PLAIN_TREE = """
WITH RECURSIVE tree AS (
    SELECT id, parent_id, 0 AS depth FROM plain_unit WHERE {root}
  UNION ALL
    SELECT u.id, u.parent_id, tree.depth + 1 FROM plain_unit u JOIN tree ON u.parent_id = tree.id
) SELECT id, parent_id, depth FROM tree
"""
# The same on dated placements without the closure.
DATED_TREE = """
WITH RECURSIVE tree AS (
    SELECT unit_id, parent_id, 0 AS depth FROM organisation_placement
    WHERE hierarchy = 'government' AND in_force @> %(day)s AND {root}
  UNION ALL
    SELECT p.unit_id, p.parent_id, tree.depth + 1
    FROM organisation_placement p JOIN tree ON p.parent_id = tree.unit_id
    WHERE p.hierarchy = 'government' AND p.in_force @> %(day)s
) SELECT unit_id, parent_id, depth FROM tree
"""


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


def timed(ask: Callable[[], Any]) -> tuple[float, float, int]:
    """Milliseconds cold and warm (median), and how many rows came."""
    from django.db import connection

    connection.close()
    connection.ensure_connection()
    started = time.perf_counter()
    size = len(ask())
    cold = (time.perf_counter() - started) * 1000
    times = []
    for _ in range(WARM):
        started = time.perf_counter()
        ask()
        times.append((time.perf_counter() - started) * 1000)
    return cold, statistics.median(times), size


def questions() -> dict[str, Callable[[], Any]]:
    """What is asked, each with a callable that fetches all rows."""
    from django.db import connection

    from kientoan.domains.organisation.queries import (
        ancestor_ids,
        placed_on,
        subtree_ids,
        tree_on,
        unit_with_code,
        units_listed,
    )

    province = unit_with_code(PROVINCE, AFTER)
    commune = unit_with_code("31120", AFTER)

    def sql(query: str, **values: object) -> Callable[[], Any]:
        def ask() -> Any:
            with connection.cursor() as cursor:
                cursor.execute(query, values or None)
                return cursor.fetchall()

        return ask

    roots = {"nation": "parent_id IS NULL", "province": f"{{id}} = {province}"}
    return {
        "nation 30/06/2025: unit and parent (`placed_on`)": lambda: placed_on(BEFORE),
        "nation 01/07/2025: unit and parent (`placed_on`)": lambda: placed_on(AFTER),
        "nation 30/06/2025 with names, kinds, codes (`units_listed`)": lambda: units_listed(BEFORE),
        "nation 01/07/2025 as nested branches in Vietnamese order (`tree_on`)": lambda: tree_on(AFTER),
        "province 01/07/2025, subtree (`subtree_ids`)": lambda: subtree_ids(province, AFTER, "government"),
        "province 01/07/2025 with names (`units_listed`)": lambda: units_listed(AFTER, under=province),
        "units above a commune (`ancestor_ids`)": lambda: ancestor_ids(commune, AFTER),
        "unit of a code on a day (`unit_with_code`)": lambda: [unit_with_code("31120", BEFORE)],
        "recursive, plain parent ids, nation of today": sql(PLAIN_TREE.format(root=roots["nation"])),
        "recursive, plain parent ids, province of today": sql(
            PLAIN_TREE.format(root=roots["province"].format(id="id"))
        ),
        "recursive, dated placements, nation 30/06/2025": sql(
            DATED_TREE.format(root=roots["nation"]), day=BEFORE
        ),
        "recursive, dated placements, province 01/07/2025": sql(
            DATED_TREE.format(root=roots["province"].format(id="unit_id")), day=AFTER
        ),
    }


def main() -> None:
    """Load, check, measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="folder", required=True, help="the folder of the lists")
    parser.add_argument("--loaded", action="store_true", help="measure the database of DATABASE_URL as it is")
    options = parser.parse_args()
    if options.loaded:
        from kientoan.interfaces.cli.nation.source import read_source
        from kientoan.site.cli import setup_django

        setup_django()
        source = read_source(Path(options.folder))
    else:
        city.prepare()
        source = load(Path(options.folder))
    check(source)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        cursor.execute(
            "VACUUM ANALYZE organisation_placement, organisation_closure, organisation_unitversion"
        )
    print(f"| question ({os.cpu_count()} processors) | rows | cold ms | warm ms |\n|---|--:|--:|--:|")
    for name, ask in questions().items():
        cold, warm, size = timed(ask)
        print(f"| {name} | {size:,} | {cold:.1f} | {warm:.1f} |")


if __name__ == "__main__":
    main()
