"""The headcount of a unit on a day, its past, and what it adds up to with all that is under it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from ..models import Headcount, StaffKind
from .tree import subtree_ids

KIND_ORDER = {kind: place for place, kind in enumerate(StaffKind.values)}


@dataclass(frozen=True)
class HeadcountLine:
    """Given and present of one kind of staff; None where nobody gave the figure.

    `from_assigned`, `from_present`: how many units the sums were made from; `estimates`: how many of these
    figures a decision carried over and nobody has confirmed since.
    """

    kind: str
    assigned: int | None
    present: int | None
    from_assigned: int = 1
    from_present: int = 1
    row: Headcount | None = None
    estimates: int = 0

    @property
    def words(self) -> str:
        """The kind of staff in words."""
        return str(StaffKind(self.kind).label)

    @property
    def difference(self) -> int | None:
        """How many more are present than were given; None unless both come from the same units."""
        if self.assigned is None or self.present is None or self.from_assigned != self.from_present:
            return None
        return self.present - self.assigned

    @property
    def shortage(self) -> int:
        """How many are missing, 0 when none or not known."""
        return max(0, -(self.difference or 0))


@dataclass(frozen=True)
class HeadcountPage:
    """A unit's own lines on the day, all it ever had, and the sums over the units under it."""

    lines: tuple[HeadcountLine, ...]
    history: tuple[Headcount, ...]  # latest first
    totals: tuple[HeadcountLine, ...]
    units: int  # how many units are added up, itself included


def headcount_on(unit_ids: Iterable[int], day: date) -> dict[int, list[HeadcountLine]]:
    """Unit → its own lines on the day, in one statement."""
    found: dict[int, list[HeadcountLine]] = {}
    for row in Headcount.objects.on(day).filter(unit__in=set(unit_ids)):
        found.setdefault(row.unit_id, []).append(_line(row))
    for lines in found.values():
        lines.sort(key=lambda line: KIND_ORDER[line.kind])
    return found


def _line(row: Headcount) -> HeadcountLine:
    carried = int(row.begun_by_id is not None)
    return HeadcountLine(row.kind, row.assigned, row.present, row=row, estimates=carried)


def headcount_page(unit_id: int, day: date) -> HeadcountPage:
    """The page of a unit's headcount, in a fixed number of statements."""
    history = Headcount.objects.filter(unit=unit_id).select_related("document", "ended_by")
    rows = sorted(history.order_by("-in_force"), key=lambda row: KIND_ORDER[row.kind])
    own = [_line(row) for row in rows if day in row.in_force]
    under = subtree_ids(unit_id, day)
    return HeadcountPage(tuple(own), tuple(rows), _totals(under, day), len(under))


def _totals(units: frozenset[int], day: date) -> tuple[HeadcountLine, ...]:
    """The sum of what the units gave; a kind nobody gave has no line."""
    sums = (
        Headcount.objects.on(day)
        .filter(unit__in=units)
        .values("kind")
        .annotate(
            assigned_sum=Sum("assigned"),
            present_sum=Sum("present"),
            from_assigned=Count("assigned"),
            from_present=Count("present"),
            estimates=Count("begun_by"),
        )
        .order_by()
    )
    lines = [
        HeadcountLine(
            row["kind"],
            row["assigned_sum"],
            row["present_sum"],
            row["from_assigned"],
            row["from_present"],
            estimates=row["estimates"],
        )
        for row in sums
    ]
    return tuple(sorted(lines, key=lambda line: KIND_ORDER[line.kind]))
