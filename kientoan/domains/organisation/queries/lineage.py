"""Where a unit came from and what became of it: the arcs of applied decisions, both ways and to the ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from ..models import DecisionState, Passing, UnitCode, UnitVersion
from .facts import CODE_SCHEME


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as it was called on a day."""

    unit: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Arc:
    """`original` (as on the day before) passed to `result` (as on the day) wholly or in part.

    `steps`: how many arcs away from the unit asked for, from 1. Shares in 0 … 1, None where not known.
    """

    day: date
    kind: str
    original: Named
    result: Named
    full: bool
    population: Decimal | None
    area: Decimal | None
    headcount: Decimal | None
    by_hand: Decimal | None
    decision: int
    legal_basis: str
    steps: int

    @property
    def goes_on(self) -> bool:
        """Whether it is the same unit, with something new about it."""
        return self.original.unit == self.result.unit


@dataclass(frozen=True)
class Lineage:
    """All arcs that lead to the unit, nearest first, and all that lead from it."""

    unit: int
    predecessors: tuple[Arc, ...]
    successors: tuple[Arc, ...]


_AROUND = """
SELECT p.id, o.unit_id, r.unit_id, d.effective_date
FROM organisation_passing p
JOIN organisation_originalunit o ON o.id = p.original_id
JOIN organisation_resultingunit r ON r.id = p.result_id
JOIN organisation_changeevent e ON e.id = o.event_id
JOIN organisation_decision d ON d.id = e.decision_id
WHERE d.state = %(applied)s AND {end}.unit_id = ANY(%(units)s)
"""


def lineage_of(unit: int) -> Lineage:
    """The whole lineage of a unit, across any number of changes (a few queries for each step of the way)."""
    back = _walk(unit, backwards=True)
    onward = _walk(unit, backwards=False)
    arcs = _arcs({**back, **onward})
    return Lineage(
        unit,
        tuple(sorted((arcs[key] for key in back), key=lambda arc: (arc.steps, arc.day, arc.original.code))),
        tuple(sorted((arcs[key] for key in onward), key=lambda arc: (arc.steps, arc.day, arc.result.code))),
    )


def _walk(unit: int, *, backwards: bool) -> dict[int, int]:
    """Passing → how many arcs away it is.

    From each unit only arcs beyond the day on which it was reached: a part that A gave to B does not make
    what came to A later an ancestor of B.
    """
    found: dict[int, int] = {}
    edge: dict[int, date] = {unit: date.max if backwards else date.min}
    steps = 0
    while edge:
        steps += 1
        reached: dict[int, date] = {}
        for key, source, target, day in _around(list(edge), "r" if backwards else "o"):
            here, there = (target, source) if backwards else (source, target)
            beyond = day <= edge[here] if backwards else day >= edge[here]
            if key in found or not beyond:
                continue
            found[key] = steps
            if there != here:
                farther = max if backwards else min
                reached[there] = farther(day, reached.get(there, day))
        edge = reached
    return found


def _around(units: list[int], end: str) -> list[tuple[int, int, int, date]]:
    """Passings that lead from ("o") or to ("r") the units: (passing, from, to, day)."""
    with connection.cursor() as cursor:
        cursor.execute(_AROUND.format(end=end), {"applied": DecisionState.APPLIED.value, "units": units})
        return [(int(key), int(one), int(two), day) for key, one, two, day in cursor.fetchall()]


def _arcs(steps: dict[int, int]) -> dict[int, Arc]:
    rows = Passing.objects.filter(pk__in=steps).select_related("original__event__decision", "result")
    listed = list(rows)
    units = {row.original.unit_id or 0 for row in listed} | {row.result.unit_id or 0 for row in listed}
    names = UnitNames(units)
    found = {}
    for row in listed:
        event, decision = row.original.event, row.original.event.decision
        day = decision.effective_date
        found[row.pk] = Arc(
            day=day,
            kind=event.kind,
            original=names.on(row.original.unit_id or 0, day - timedelta(days=1)),
            result=names.on(row.result.unit_id or 0, day),
            full=row.extent == "full",
            population=row.population,
            area=row.area,
            headcount=row.headcount,
            by_hand=row.by_hand,
            decision=decision.pk,
            legal_basis=decision.legal_basis,
            steps=steps[row.pk],
        )
    return found


class UnitNames:
    """The names and codes of some units at all times."""

    def __init__(self, units: Iterable[int]) -> None:
        wanted = set(units)
        self._versions: dict[int, list[UnitVersion]] = {}
        self._codes: dict[int, list[UnitCode]] = {}
        for version in UnitVersion.objects.filter(unit__in=wanted).order_by("in_force"):
            self._versions.setdefault(version.unit_id, []).append(version)
        for code in UnitCode.objects.filter(unit__in=wanted, scheme=CODE_SCHEME):
            self._codes.setdefault(code.unit_id, []).append(code)

    def on(self, unit: int, day: date) -> Named:
        """The unit as it was on the day, or else as at first."""
        versions = self._versions.get(unit, [])
        version = next((row for row in versions if day in row.in_force), versions[0] if versions else None)
        code = next((row.code for row in self._codes.get(unit, []) if day in row.in_force), "")
        if version is None:
            return Named(unit, code, "", "")
        return Named(unit, code, version.name, version.kind)
