"""The board: everything a leader asks of a unit on a day, loaded in a handful of statements."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from kientoan.domains.organisation.access import Viewer
from kientoan.domains.organisation.models import Closure, Placement
from kientoan.domains.organisation.queries import UnitOnDay, ancestor_ids, children_ids, subtree_ids, units_on
from kientoan.domains.plans.models import AnnualTheme
from kientoan.domains.plans.models.target_standing import targets_on
from kientoan.domains.plans.queries import programmes, reporting, targets, tasks
from kientoan.domains.plans.target_access import visible_targets

from .heat import HeatMap, heat_map

LATE_SHOWN = 10


class UnitUnseen(Exception):
    """The unit does not exist on the day, or the viewer does not cover it."""


@dataclass(frozen=True)
class Board:
    """A unit with all under it, on a day.

    `path`: the units above that the viewer covers, from the top; `own`: those on which the viewer has a role.
    """

    day: date
    year: int
    years: tuple[int, ...]
    unit: UnitOnDay
    path: tuple[UnitOnDay, ...]
    own: tuple[UnitOnDay, ...]
    below: tuple[UnitOnDay, ...]
    themes: tuple[AnnualTheme, ...]
    sets: tuple[targets.SetView, ...]
    duties: tasks.Summary
    heat: HeatMap
    late: tuple[tasks.TaskRow, ...]
    silent: int
    silences: tuple[reporting.Silence, ...]
    coverage: tuple[programmes.Coverage, ...]

    @property
    def unit_text(self) -> str:
        """The unit's number for an address."""
        return str(self.unit.id)

    @property
    def late_more(self) -> int:
        """Overdue duties beyond those listed."""
        return max(0, self.duties.overdue - len(self.late))

    @property
    def lacking(self) -> tuple[programmes.Coverage, ...]:
        """Documents for which a programme is still missing."""
        return tuple(one for one in self.coverage if one.missing)


def default_unit(viewer: Viewer) -> int | None:
    """The unit of the viewer's roles with most under it, or None without any role."""
    sizes = dict.fromkeys(viewer.own_unit_ids, 0)
    rows = Closure.objects.on(viewer.day).filter(ancestor__in=sizes)
    for ancestor in rows.values_list("ancestor_id", flat=True):
        sizes[ancestor] += 1
    return max(sizes, key=lambda unit: (sizes[unit], -unit), default=None)


def board(viewer: Viewer, unit_id: int, day: date, year: int | None = None) -> Board:
    """The board of a unit. Raises `UnitUnseen` when the viewer does not cover it."""
    covered = viewer.unit_ids()
    if unit_id not in covered:
        raise UnitUnseen(unit_id)
    inside = subtree_ids(unit_id, day) & covered
    chain, roots = ancestor_ids(unit_id, day), _roots(day)
    above = [key for key in reversed(chain) if key in covered]
    under = [key for key in children_ids(unit_id, day) if key in covered]
    names = units_on(day, [unit_id, *above, *under, *viewer.own_unit_ids])
    years = years_of(unit_id, viewer)
    year = year or _year(years, day)
    return Board(
        day=day,
        year=year,
        years=years,
        unit=names[unit_id],
        path=tuple(names[key] for key in above),
        own=tuple(unit for key, unit in names.items() if key in viewer.own_unit_ids and key != unit_id),
        below=tuple(unit for key, unit in names.items() if key in set(under)),
        themes=tuple(programmes.theme_of([unit_id, *chain, *roots], year)),
        sets=_sets(viewer, unit_id, roots, day, year),
        duties=tasks.summary(viewer, day, inside),
        heat=heat_map(viewer, unit_id, inside, day),
        late=tuple(tasks.late(viewer, day, inside, limit=LATE_SHOWN)),
        silent=tasks.silent_count(viewer, day, inside),
        silences=tuple(reporting.not_reported(viewer=viewer, day=day, unit_ids=inside)),
        coverage=tuple(programmes.programme_coverage(viewer, day, unit_ids=inside)),
    )


def _sets(
    viewer: Viewer, unit_id: int, roots: list[int], day: date, year: int
) -> tuple[targets.SetView, ...]:
    """The sets in which the unit has targets, with these targets.

    For a unit on top of a hierarchy the sets come whole, with what they demand of the other top units: the
    Party committee's fourteen are fourteen, whoever of the city answers for each.
    """
    mine = visible_targets(viewer).filter(Q(unit_on=unit_id), target_set__year=year)
    wanted = Q(unit_on=unit_id)
    if unit_id in roots:
        wanted |= Q(unit_on__in=roots, parent=None)
    held = visible_targets(viewer).filter(wanted, target_set__in=mine.values("target_set"))
    return tuple(targets.by_set(targets.rows_of(held, day, ahead=viewer.changes_ahead), day))


def _roots(day: date) -> list[int]:
    """The units on top of each hierarchy: the theme that the Party committee sets is everybody's."""
    return list(Placement.objects.on(day).filter(parent=None).values_list("unit_id", flat=True))


def years_of(unit_id: int, viewer: Viewer) -> tuple[int, ...]:
    """The years for which the unit had targets on the viewer's day, latest first."""
    rows = (
        targets_on(viewer.day, ahead=viewer.changes_ahead)
        .filter(Q(unit_on=unit_id))
        .values_list("target_set__year", flat=True)
    )
    return tuple(sorted(set(rows), reverse=True))


def _year(years: tuple[int, ...], day: date) -> int:
    """The year of the day, or the last one before it that has targets."""
    if day.year in years:
        return day.year
    return next((year for year in years if year < day.year), day.year)
