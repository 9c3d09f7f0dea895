"""The dated changes of the list as decisions, one for each day: what the day changes on the whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby

from kientoan.domains.organisation.rules.changes import Change

from .differences import Step, changes_of
from .scope import Scope
from .source import Entry, Row, Snapshot, Source, plain
from .standing import Standing

FIRST_DAY = date(1979, 3, 29)
RECONCILED = "Đối chiếu với danh mục đơn vị hành chính trước ngày 01/07/2025 (không có căn cứ trong nguồn)"


@dataclass(frozen=True)
class DayOfChange:
    """What one decision is to hold; `build` makes its changes against what stands here."""

    key: str
    day: date
    legal_basis: str
    rows: int  # how many rows of the lists it stands for; 0: as many as it changes here
    build: Callable[[Standing, Scope | None], list[Change]]
    note: str = ""


@dataclass
class Nation:
    """What is in force at one moment of the replay: code → entry."""

    entries: dict[str, Entry] = field(default_factory=dict)


def history_of(source: Source) -> Iterator[DayOfChange]:
    """The decisions from the first list of provinces to the last before 1 July 2025, in order of days."""
    nation = Nation()
    first = _first_provinces(source.rows)
    bases = _bases(source.snapshots)
    yield _day_of(nation, {**first}, set(), FIRST_DAY, bases.get(FIRST_DAY, ""), len(first))
    last = FIRST_DAY
    for day, rows in groupby(source.rows, key=lambda row: row.day):
        listed = list(rows)
        after, anew = _after(nation.entries, listed)
        yield _day_of(nation, after, anew, day, bases.get(day, ""), len(listed))
        last = day
    yield reconciled(nation, source, last + timedelta(days=1))


def _bases(snapshots: tuple[Snapshot, ...]) -> dict[date, str]:
    found: dict[date, str] = {}
    for snapshot in snapshots:
        parts = [found.get(snapshot.day, ""), snapshot.legal_basis]
        found[snapshot.day] = " ".join(part for part in parts if part)
    return found


def _first_provinces(rows: tuple[Row, ...]) -> dict[str, Entry]:
    """Provinces named only by what became of their codes: abolished, or given to a district."""
    seen: set[str] = set()
    found: dict[str, Entry] = {}
    for row in rows:
        if (
            row.code not in seen
            and row.event != "create"
            and row.old_name.lower().startswith(("tỉnh ", "thành phố "))
        ):
            found[row.code] = Entry(row.code, row.old_name, "province", "")
        seen.add(row.code)
    return found


def _after(before: Mapping[str, Entry], rows: list[Row]) -> tuple[dict[str, Entry], set[str]]:
    """What is in force after the rows of one day, and which codes mean another unit than before."""
    after = dict(before)
    anew: set[str] = set()
    for row in rows:
        was = after.get(row.code)
        if row.event == "abolish":
            after.pop(row.code, None)
            anew.add(row.code)
        elif was is None or was.level != row.level:  # a code of a province given to a district
            after[row.code] = Entry(row.code, row.new_name, row.level, row.new_parent)
            anew.add(row.code)
        else:
            after[row.code] = Entry(row.code, row.new_name, row.level, row.new_parent)
    return after, anew


def _day_of(
    nation: Nation, after: dict[str, Entry], anew: set[str], day: date, basis: str, rows: int
) -> DayOfChange:
    step = Step(dict(nation.entries), after, frozenset(anew), day)
    nation.entries = after

    def build(standing: Standing, scope: Scope | None) -> list[Change]:
        return changes_of(step if scope is None else scope.narrowed(step), standing)

    return DayOfChange(
        f"history:{day.isoformat()}", day, basis or f"Danh mục ngày {day:%d/%m/%Y}", rows, build
    )


def reconciled(nation: Nation, source: Source, day: date) -> DayOfChange:
    """What stands here against the list of units before 1 July 2025, on the first day after the history."""

    def spelling(name: str) -> str:
        return plain(name).lower()

    after = {}
    for code, listed in source.before.items():
        entry = nation.entries.get(code)
        same = entry is not None and spelling(listed.name) == spelling(entry.name)
        after[code] = replace(listed, name=entry.name) if entry is not None and same else listed
    step = Step(dict(nation.entries), after, frozenset(), day)
    count = len(set(step.touched))

    def build(standing: Standing, scope: Scope | None) -> list[Change]:
        part = step if scope is None else scope.narrowed(step)
        return changes_of(part, standing, dict.fromkeys([*part.before, *part.after]))

    return DayOfChange(f"history:{day.isoformat()}", day, RECONCILED, count, build)
