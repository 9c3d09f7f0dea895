"""Units × fields of work: where the duties are, and where they are late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kientoan.domains.documents.models import PolicyField
from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Closure, Placement, UnitKind
from kientoan.domains.organisation.queries import UnitOnDay, units_on
from kientoan.domains.plans.queries import tasks

MOST_FIELDS = 9


@dataclass
class HeatCell:
    """The duties of a row in a field: all, open, finished, and overdue on the day."""

    field_id: int | None = None
    total: int = 0
    open: int = 0
    done: int = 0
    overdue: int = 0

    def add(self, cell: tasks.Cell) -> None:
        """Count the duties of one more unit in."""
        self.total += cell.total
        self.open += cell.open
        self.done += cell.done
        self.overdue += cell.overdue

    @property
    def tone(self) -> str:
        """How the cell is coloured: none, good (nothing late), warn (some), bad (a third or more)."""
        if not self.total:
            return "none"
        if not self.overdue:
            return "good"
        return "bad" if self.overdue * 3 >= self.total else "warn"


@dataclass
class HeatRow:
    """A unit directly under the one looked at (or itself), with all that is under it."""

    unit: UnitOnDay
    whole: bool  # the row counts the units under it too; else only the unit itself
    cells: list[HeatCell] = field(default_factory=list)
    total: HeatCell = field(default_factory=HeatCell)


@dataclass(frozen=True)
class HeatMap:
    """Fields in the order of how much there is to do; `has_rest`: a last column for all others."""

    fields: tuple[PolicyField, ...]
    has_rest: bool
    rows: tuple[HeatRow, ...]

    @property
    def besides(self) -> str:
        """The fields that are not in the last column, for an address: '3.5.8'."""
        return ".".join(str(one.pk) for one in self.fields)


def heat_map(viewer: Viewer, unit_id: int, unit_ids: Iterable[int], day: date) -> HeatMap:
    """The map of a unit: one row for itself and each unit directly under it that has duties, latest first.

    The departments of a people's committee stand beside its districts, as offices are used to see them. A
    unit under two rows (in two hierarchies) counts in both: each row is all that its unit's list shows.
    """
    counted = tasks.heat_map(viewer, day, unit_ids)
    tops = _tops(unit_id, day)
    volume: dict[int, int] = {}
    for cell in counted:
        if cell.field_id is not None:
            volume[cell.field_id] = volume.get(cell.field_id, 0) + cell.total
    shown = sorted(volume, key=lambda key: (-volume[key], key))[:MOST_FIELDS]
    has_rest = any(cell.field_id not in shown for cell in counted)
    names = units_on(day, {top for cell in counted for top in tops.get(cell.unit_id, {unit_id: False})})
    rows = _rows(counted, tops, unit_id, names, shown, has_rest)
    by_id = PolicyField.objects.in_bulk(shown)
    return HeatMap(tuple(by_id[key] for key in shown), has_rest, tuple(rows))


def _rows(
    counted: Sequence[tasks.Cell],
    tops: dict[int, dict[int, bool]],
    unit_id: int,
    names: dict[int, UnitOnDay],
    shown: Sequence[int],
    has_rest: bool,
) -> list[HeatRow]:
    rows: dict[int, HeatRow] = {}
    place = {key: index for index, key in enumerate(shown)}
    for cell in counted:
        for top, whole in tops.get(cell.unit_id, {unit_id: False}).items():
            row = rows.get(top)
            if row is None:
                cells = [HeatCell(key) for key in shown] + ([HeatCell()] if has_rest else [])
                row = rows[top] = HeatRow(names[top], whole, cells)
            row.cells[place.get(cell.field_id or 0, len(shown))].add(cell)
            row.total.add(cell)
    order = {key: index for index, key in enumerate(names)}
    return sorted(rows.values(), key=lambda row: (-row.total.overdue, order[row.unit.id]))


def _tops(unit_id: int, day: date) -> dict[int, dict[int, bool]]:
    """Each unit under `unit_id` → the rows in which it counts, and whether these hold all under them."""
    children = list(Placement.objects.on(day).filter(parent=unit_id).values_list("unit_id", flat=True))
    kinds = units_on(day, children)
    committees = {key for key in children if kinds[key].kind == UnitKind.PEOPLES_COMMITTEE}
    inner = Placement.objects.on(day).filter(parent__in=committees).values_list("unit_id", flat=True)
    rows = [*inner, *(key for key in children if key not in committees)]
    tops: dict[int, dict[int, bool]] = {key: {key: False} for key in committees}
    below = Closure.objects.on(day).filter(ancestor__in=rows)
    for ancestor, descendant in below.values_list("ancestor_id", "descendant_id"):
        tops.setdefault(descendant, {})[ancestor] = True
    return tops
