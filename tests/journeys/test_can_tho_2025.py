"""Resolution 1668 dropped on the example city: from 28 districts and 263 communes to the 103 new units."""

import csv
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kientoan.domains.organisation.models import Decision, Passing, ResultingUnit, UnitCode
from kientoan.domains.organisation.queries import counts_of, units_listed, units_on
from kientoan.domains.plans.models import Cooperation, Succession, Target, Task, Update
from kientoan.domains.plans.models.tasks import OPEN_STATES
from kientoan.engines.vietnamese import plain_name
from tests.conftest import SHARED

BEFORE, DAY = date(2025, 6, 30), date(2025, 7, 1)
UNITS, TEXT = SHARED / "data" / "units", SHARED / "corpus" / "nq2025_1668.txt"

pytestmark = pytest.mark.skipif(
    not (UNITS.is_dir() and TEXT.is_file()), reason="no lists of units and no resolution at ../shared"
)


@pytest.fixture
def three_provinces(example: None) -> None:
    """Cần Thơ of the example brought to 30 June 2025, with Hậu Giang and Sóc Trăng."""
    from kientoan.interfaces.cli import load_units
    from kientoan.interfaces.cli.nation.scope import scope_of
    from kientoan.interfaces.cli.nation.source import read_source

    source = read_source(UNITS)
    assert (
        load_units.load(load_units.steps_of(source), BEFORE, load_units.Manner(scope_of(source, "92,93,94")))
        == 0
    )
    counts = counts_of(units_listed(BEFORE))
    assert (counts["province"], counts["district"], counts["commune"]) == (3, 28, 263)


@pytest.mark.usefixtures("three_provinces")
def test_the_resolution_leads_to_103_units_with_every_duty_at_its_successor(
    live_server: Any, sign_in: Callable[[str], Page]
) -> None:
    open_before = duties()
    register(sign_in("vanthu"), live_server.url)
    page = sign_in("quantri")
    page.goto(f"{live_server.url}/van-ban/")
    page.get_by_role("link", name="1668/NQ-UBTVQH15").first.click()
    page.get_by_role("link", name="Lập dự thảo sắp xếp đơn vị").click()
    expect(page.locator("main")).to_contain_text("108/108 đơn vị cấp xã được nêu tên")
    page.get_by_role("button", name="Lập dự thảo").first.click()
    expect(page.locator("#notices")).to_contain_text("Đã lập dự thảo")
    page.get_by_role("link", name="Xem trước").first.click()
    expect(page.locator("h1")).to_contain_text("01/07/2025")
    page.get_by_role("button", name="Tiếp: thực hiện").first.click()
    page.get_by_role("button", name="Thực hiện").click()
    page.wait_for_url("**/ket-qua/**", timeout=60_000)

    decision = Decision.objects.get(document__number="1668/NQ-UBTVQH15")
    assert decision.state == "applied"
    assert_units()
    assert successors(decision) == wanted()
    assert_nothing_is_orphaned(open_before)


def register(page: Page, base: str) -> None:
    """The clerk drops the file and enters it."""
    page.goto(f"{base}/van-ban/nhap/")
    page.locator("input[type=file]").set_input_files(TEXT)
    page.get_by_role("button", name="Đọc tệp").click()
    page.get_by_role("button", name="Vào sổ").first.click()
    expect(page.locator("h1")).to_contain_text("Đã vào sổ")


def rows(name: str) -> list[dict[str, str]]:
    with (UNITS / f"{name}.csv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def assert_units() -> None:
    """Under Cần Thơ stand just the communes of the list, and nothing else is left of the three provinces."""
    counts = counts_of(units_listed(DAY))
    assert (counts["province"], counts["district"], counts["commune"]) == (1, 0, 103)
    listed = [unit for unit in units_listed(DAY) if unit.level == "commune"]
    assert {unit.parent_code for unit in listed} == {"92"}
    official = [row["name"] for row in rows("units_post2025") if row["parent_code"] == "92"]
    assert sorted(plain_name(unit.name) for unit in listed) == sorted(map(plain_name, official))


def wanted() -> dict[str, set[tuple[str, bool]]]:
    """Code of an old commune → names of its successors, whole or in part, as the official mapping has it."""
    names = {row["code"]: plain_name(row["name"]) for row in rows("units_post2025")}
    old = set(UnitCode.objects.on(BEFORE).values_list("code", flat=True))
    districts = {row["code"] for row in rows("units_pre2025") if row["level"] == "district"}
    found: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    for row in rows("mapping"):
        if row["old_code"] in old - districts:
            found[row["old_code"]].add((names[row["new_code"]], row["kind"].startswith("full")))
    return found


def successors(decision: Decision) -> dict[str, set[tuple[str, bool]]]:
    """The same of what was applied; a commune that goes on is its own successor."""
    codes = dict(UnitCode.objects.on(BEFORE).values_list("unit_id", "code"))
    units = units_on(BEFORE)
    names = {unit.id: plain_name(unit.name) for unit in units_on(DAY).values()}
    found: defaultdict[str, set[tuple[str, bool]]] = defaultdict(set)
    passings = Passing.objects.filter(original__event__decision=decision)
    for origin, result, extent in passings.values_list("original__unit", "result__unit", "extent"):
        if units[origin].level == "commune":
            found[codes[origin]].add((names[result], extent == "full"))
    for unit in ResultingUnit.objects.filter(event__decision=decision, event__kind="reparent"):
        assert unit.unit_id is not None
        found[codes[unit.unit_id]].add((names[unit.unit_id], True))
    return found


def duties() -> set[tuple[str, int, int]]:
    """Every open duty of a unit that is there the day before: (what, record, unit)."""
    living = set(units_on(BEFORE, None))
    tasks = Task.objects.filter(state__in=OPEN_STATES)
    found = {("lead", pk, unit) for pk, unit in tasks.values_list("pk", "lead_unit") if unit}
    found |= {("assigner", pk, unit) for pk, unit in tasks.values_list("pk", "assigner_unit")}
    together = Cooperation.objects.filter(task__in=tasks)
    found |= {("cooperating", pk, unit) for pk, unit in together.values_list("task", "unit")}
    targets = Target.objects.filter(period_end__gt=DAY)
    found |= {("unit", pk, unit) for pk, unit in targets.values_list("pk", "unit")}
    return {one for one in found if one[2] in living}


def assert_nothing_is_orphaned(before: set[tuple[str, int, int]]) -> None:
    """Each duty of a unit that ended is with its successor, or in the list of what waits."""
    living = set(units_on(DAY))
    waiting = {
        (row.part, row.task_id or row.target_id, row.from_unit_id) for row in Succession.objects.waiting()
    }
    ended = {one for one in before if one[2] not in living}
    assert ended, "the example has duties of districts and communes"
    left = {one for one in duties_now() if one[2] not in living}
    assert left <= waiting
    passed = Succession.objects.exclude(to_unit=None)
    assert {row.to_unit_id for row in passed} <= living
    known = {(row.part, row.task_id or row.target_id, row.from_unit_id) for row in Succession.objects.all()}
    assert ended <= known | told_in_logs()


def told_in_logs() -> set[tuple[str, int, int]]:
    """What passed of tasks, as the lines of decisions in their logs tell it."""
    found: set[tuple[str, int, int]] = set()
    for task, changes in Update.objects.exclude(decision=None).values_list("task", "changes"):
        for part, name in (("lead", "lead_unit_id"), ("assigner", "assigner_unit_id")):
            if name in changes:
                found.add((part, task, changes[name][0]))
        gone, came = (set(units) for units in changes.get("cooperating", ([], [])))
        found |= {("cooperating", task, unit) for unit in gone - came}
    return found


def duties_now() -> set[tuple[str, int, int]]:
    """Every open duty as it stands now, whatever became of its unit."""
    tasks = Task.objects.filter(state__in=OPEN_STATES)
    found = {("lead", pk, unit) for pk, unit in tasks.values_list("pk", "lead_unit") if unit}
    ended_before = set(units_on(BEFORE))
    return {one for one in found if one[2] in ended_before}
