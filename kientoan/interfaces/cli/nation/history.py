"""The dated changes of the list as decisions, one for each day: what the day changes on the whole."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from kientoan.domains.organisation.rules.changes import Change, Origin, Outcome, Passing, Place

from .source import Entry, Row, Snapshot, Source, kind_of, plain

HIERARCHY = "government"
FIRST_DAY = date(1979, 3, 29)
NO_SUCCESSOR = "Nguồn không ghi đơn vị kế tục."


@dataclass(frozen=True)
class DayOfChange:
    """What one decision is to hold; `build` makes its changes from the units in force (code → id)."""

    key: str
    day: date
    legal_basis: str
    rows: int  # how many rows of the lists it stands for
    build: Callable[[Mapping[str, int]], list[Change]]
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
    before, nation.entries = nation.entries, after

    def build(ids: Mapping[str, int]) -> list[Change]:
        return list(_changes(before, after, anew, ids))

    return DayOfChange(
        f"history:{day.isoformat()}", day, basis or f"Danh mục ngày {day:%d/%m/%Y}", rows, build
    )


def _changes(
    before: Mapping[str, Entry], after: Mapping[str, Entry], anew: set[str], ids: Mapping[str, int]
) -> Iterator[Change]:
    ending = [code for code in before if code not in after or code in anew]
    new = {code for code in after if code not in before or code in anew}

    def place(entry: Entry) -> tuple[Place, ...]:
        if entry.level == "province":
            return (Place(HIERARCHY),)
        if entry.parent in new:
            return (Place(HIERARCHY, key=entry.parent),)
        return (Place(HIERARCHY, ids[entry.parent]),)

    for code in sorted(ending):
        yield _ending(code, before, after, new, ids)
    for code in sorted(new, key=lambda code: (len(code), code)):
        entry = after[code]
        outcome = Outcome(
            key=code, name=entry.name, kind=kind_of(entry.name, entry.level), level=entry.level, code=code,
            places=place(entry),
        )  # fmt: skip
        yield Change("establish", outcomes=(outcome,))
    for code, entry in after.items():
        was = before.get(code)
        if was is None or code in new or was == entry:
            continue
        parent_ends = was.parent in ending
        yield _going_on(
            was, entry, ids[code], place(entry) if was.parent != entry.parent or parent_ends else ()
        )


def _ending(
    code: str, before: Mapping[str, Entry], after: Mapping[str, Entry], new: set[str], ids: Mapping[str, int]
) -> Change:
    """A unit ends; where the list shows to whom its own units went, those are its successors."""
    heirs = sorted(
        {
            after[child].parent
            for child, entry in before.items()
            if entry.parent == code and child in after and child not in new
        }
    )
    outcomes = tuple(Outcome(unit=ids[heir]) for heir in heirs if heir in ids and heir not in new)
    if not outcomes or len(outcomes) != len(heirs):
        return Change("dissolve", (Origin(ids[code]),), note=NO_SUCCESSOR)
    whole = len(outcomes) == 1
    passings = tuple(Passing(0, at, full=whole) for at in range(len(outcomes)))
    note = "Đơn vị kế tục suy từ nơi các đơn vị trực thuộc được chuyển đến cùng ngày."
    return Change("merge_into" if whole else "dissolve", (Origin(ids[code]),), outcomes, passings, note)


def _going_on(was: Entry, entry: Entry, unit: int, places: tuple[Place, ...]) -> Change:
    kind = kind_of(entry.name, entry.level)
    rekinded = kind != kind_of(was.name, was.level)
    outcome = Outcome(
        unit=unit,
        name=entry.name if entry.name != was.name else "",
        kind=kind if rekinded else "",
        places=places,
    )
    name = "change_kind" if rekinded else "rename" if outcome.name else "reparent"
    return Change(name, outcomes=(outcome,))


def reconciled(nation: Nation, source: Source, day: date) -> DayOfChange:
    """The history against the list of units before 1 July 2025, on the first day after the history."""

    def spelling(name: str) -> str:
        return plain(name).lower()

    after = {}
    for code, entry in nation.entries.items():
        listed = source.before.get(code)
        if listed is None:
            continue
        same = spelling(listed.name) == spelling(entry.name) and listed.parent == entry.parent
        after[code] = entry if same else Entry(code, listed.name, entry.level, listed.parent)
    for code, listed in source.before.items():
        after.setdefault(code, Entry(code, listed.name, listed.level, listed.parent))
    basis = "Đối chiếu với danh mục đơn vị hành chính trước ngày 01/07/2025 (không có căn cứ trong nguồn)"
    count = len(set(nation.entries) ^ set(after)) + sum(
        1 for code in after if code in nation.entries and nation.entries[code] != after[code]
    )
    return _day_of(nation, after, set(), day, basis, count)
