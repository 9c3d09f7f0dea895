"""What was loaded against what is official: the counts of every snapshot, and each old unit's successors."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .source import Source

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
Counts = tuple[int, int, int]
TWO_OF_A_DAY = "Nguồn có hai số liệu của cùng ngày; một ngày có một trạng thái, là của số liệu sau (khớp)."


@dataclass(frozen=True)
class DayChecked:
    """One official count beside what stands here on that day; `reason`: why they differ."""

    day: date
    official: Counts
    loaded: Counts
    reason: str = ""

    @property
    def differs(self) -> bool:
        """Whether the two are not equal."""
        return self.official != self.loaded


def days_checked(source: Source) -> Iterator[DayChecked]:
    """All snapshots in their order, then 1 July 2025."""
    from kientoan.domains.organisation.queries import territories_on

    listed = [(snapshot.day, snapshot.counts) for snapshot in source.snapshots]
    levels = [entry.level for entry in source.after.values()]
    listed.append((AFTER, (levels.count("province"), 0, levels.count("commune"))))
    last = dict(listed)  # of two snapshots of a day the later one
    for day, official in listed:
        counts = territories_on(day)
        loaded = (counts["province"], counts["district"], counts["commune"])
        reason = ""
        if loaded != official:
            reason = "chưa rõ"
            if last[day] != official and last[day] == loaded:
                reason = TWO_OF_A_DAY
        yield DayChecked(day, official, loaded, reason)


@dataclass(frozen=True)
class LineageChecked:
    """How many old units of the mapping were compared, and those whose successors are others."""

    compared: int
    missing: int  # old units of the mapping that are not here
    differing: tuple[str, ...]


def lineage_checked(source: Source) -> LineageChecked:
    """Every old unit of the mapping: its successors of 1 July 2025 and their extent are just those listed."""
    from kientoan.domains.organisation.models import DecisionState, Passing, UnitCode

    old = dict(UnitCode.objects.on(BEFORE).filter(scheme="gso").values_list("unit_id", "code"))
    new = dict(UnitCode.objects.on(AFTER).filter(scheme="gso").values_list("unit_id", "code"))
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = Passing.objects.filter(
        original__event__decision__effective_date=AFTER,
        original__event__decision__state=DecisionState.APPLIED,
    )
    for origin, result, extent in rows.values_list("original__unit", "result__unit", "extent"):
        if origin in old and result in new:
            found[old[origin]].add((new[result], extent))
    wanted: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for link in source.links:
        wanted[link.old].add((link.new, "full" if link.full else "partial"))
    here = set(old.values()) & set(wanted)
    differing = tuple(sorted(code for code in here if found[code] != wanted[code]))
    return LineageChecked(len(here), len(wanted) - len(here), differing)


HEAD = """# Các ngày đã đối chiếu

Số đơn vị công bố từng ngày (`history_snapshots.csv`) và số đơn vị có hiệu lực ngày ấy sau khi nạp. Trang này
do lệnh `kientoan load-units --from DIR --check --markdown` in ra.

"""


def markdown(days: list[DayChecked], lineage: LineageChecked) -> str:
    """The page `docs/snapshots.md`."""
    equal = sum(not one.differs for one in days)
    lines = [
        f"- {equal} trong {len(days)} số liệu khớp ({len(days) - 1} số liệu của lịch sử, và 01/07/2025).",
        f"- Kế tục ngày 01/07/2025: so {lineage.compared:,} đơn vị cũ với `mapping.csv`, "
        f"{len(lineage.differing)} đơn vị lệch.".replace(",", ".", 1),
        "",
        "| ngày | công bố: tỉnh | huyện | xã | đã nạp: tỉnh | huyện | xã | lệch, lý do |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for one in days:
        cells = [f"{one.day:%d/%m/%Y}", *map(str, one.official), *map(str, one.loaded), one.reason]
        lines.append(f"| {' | '.join(cells)} |")
    return HEAD + "\n".join(lines)
