"""The units in force on a day as a plain list, and how many there are of each level."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection

from ..models import Hierarchy, UnitCode
from .facts import CODE_SCHEME
from .tree import TERRITORIES, placed_on, units_on


class ListedUnit(NamedTuple):
    """One unit in force on the day, with its parent in the hierarchy (None, '' for a root)."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    parent_id: int | None
    parent_code: str


class NoSuchCode(Exception):
    """No unit has the code on the day. `code`, `day`."""

    def __init__(self, code: str, day: date) -> None:
        super().__init__(f"{code} {day}")
        self.code, self.day = code, day


def unit_with_code(code: str, day: date, scheme: str = CODE_SCHEME) -> int:
    """The unit that has the code on the day (codes are given to other places over the years).

    Raises `NoSuchCode`.
    """
    unit = UnitCode.objects.on(day).filter(scheme=scheme, code=code).values_list("unit_id", flat=True).first()
    if unit is None:
        raise NoSuchCode(code, day)
    return int(unit)


def units_listed(
    day: date, *, hierarchy: str = Hierarchy.GOVERNMENT, under: int | None = None, level: str = ""
) -> list[ListedUnit]:
    """The units of a hierarchy on a day, by level from the top, then code; `under`: it and all below."""
    found = _all_listed(day, hierarchy) if under is None else _listed_under(day, hierarchy, under)
    wanted = [unit for unit in found if unit.level == level] if level else found
    return sorted(wanted, key=lambda unit: (_RANKS[unit.level], unit.code, unit.name))


_RANKS = {"central": 0, "province": 1, "district": 2, "commune": 3}


def _all_listed(day: date, hierarchy: str) -> list[ListedUnit]:
    units = units_on(day)
    return [
        ListedUnit(
            key, unit.code, unit.name, unit.kind, unit.level, parent, units[parent].code if parent else ""
        )
        for key, parent in placed_on(day, hierarchy).items()
        if (unit := units.get(key)) is not None
    ]


_UNDER = """
SELECT u.unit_id, coalesce(c.code, ''), v.name, v.kind, v.level, u.parent_id, coalesce(pc.code, '')
FROM organisation_closure below
JOIN organisation_placement u
    ON u.unit_id = below.descendant_id AND u.hierarchy = %(hierarchy)s AND u.in_force @> %(day)s
JOIN organisation_unitversion v ON v.unit_id = u.unit_id AND v.in_force @> %(day)s
LEFT JOIN organisation_unitcode c
    ON c.unit_id = u.unit_id AND c.scheme = %(scheme)s AND c.in_force @> %(day)s
LEFT JOIN organisation_unitcode pc
    ON pc.unit_id = u.parent_id AND pc.scheme = %(scheme)s AND pc.in_force @> %(day)s
WHERE below.ancestor_id = %(under)s AND below.hierarchy = %(hierarchy)s AND below.in_force @> %(day)s
"""


def _listed_under(day: date, hierarchy: str, under: int) -> list[ListedUnit]:
    values: dict[str, date | str | int] = {
        "day": day,
        "scheme": CODE_SCHEME,
        "hierarchy": str(hierarchy),
        "under": under,
    }
    with connection.cursor() as cursor:
        cursor.execute(_UNDER, values)
        return [ListedUnit(*row) for row in cursor.fetchall()]


def counts_of(units: Iterable[ListedUnit]) -> dict[str, int]:
    """How many provinces, districts and communes there are, and how many other bodies."""
    counts = Counter(unit.level if unit.kind in TERRITORIES else "other" for unit in units)
    return {name: counts[name] for name in ("province", "district", "commune", "other")}


def territories_on(day: date) -> Counter[str]:
    """Level → how many provinces, districts, communes stand in the government on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.level, count(*) FROM organisation_placement p "
            "JOIN organisation_unitversion v ON v.unit_id = p.unit_id AND v.in_force @> %(day)s "
            "WHERE p.hierarchy = %(hierarchy)s AND p.in_force @> %(day)s AND v.kind = ANY(%(kinds)s) "
            "GROUP BY v.level",
            {
                "day": day,
                "hierarchy": str(Hierarchy.GOVERNMENT),
                "kinds": [str(kind) for kind in TERRITORIES],
            },
        )
        return Counter(dict(cursor.fetchall()))
