"""The units in force on a day as a plain list, and how many there are of each level."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ..models import Hierarchy, UnitCode
from .facts import CODE_SCHEME
from .tree import TERRITORIES


@dataclass(frozen=True, slots=True)
class ListedUnit:
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


_LIST = """
SELECT u.unit_id, coalesce(c.code, ''), v.name, v.kind, v.level, u.parent_id, coalesce(pc.code, '')
FROM organisation_placement u
JOIN organisation_unitversion v ON v.unit_id = u.unit_id AND v.in_force @> %(day)s
LEFT JOIN organisation_unitcode c
    ON c.unit_id = u.unit_id AND c.scheme = %(scheme)s AND c.in_force @> %(day)s
LEFT JOIN organisation_unitcode pc
    ON pc.unit_id = u.parent_id AND pc.scheme = %(scheme)s AND pc.in_force @> %(day)s
WHERE u.hierarchy = %(hierarchy)s AND u.in_force @> %(day)s
"""
_UNDER = """
  AND u.unit_id IN (
    SELECT descendant_id FROM organisation_closure
    WHERE ancestor_id = %(under)s AND hierarchy = %(hierarchy)s AND in_force @> %(day)s
  )
"""


def units_listed(
    day: date, *, hierarchy: str = Hierarchy.GOVERNMENT, under: int | None = None, level: str = ""
) -> list[ListedUnit]:
    """The units of a hierarchy on a day, by level from the top, then code; `under`: it and all below."""
    query = _LIST + (_UNDER if under is not None else "")
    query += " AND v.level = %(level)s" if level else ""
    values: dict[str, date | str | int | None] = {
        "day": day,
        "scheme": CODE_SCHEME,
        "hierarchy": str(hierarchy),
        "under": under,
        "level": level,
    }
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = [ListedUnit(*row) for row in cursor.fetchall()]
    rank = {"central": 0, "province": 1, "district": 2, "commune": 3}
    return sorted(found, key=lambda unit: (rank[unit.level], unit.code, unit.name))


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
