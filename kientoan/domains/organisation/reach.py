"""Which units the roles of an account reach on a day, through all that became of them.

A role *stands* on a day where it stood then: on its unit; before a decision passed it on, on the unit from
which it passed; after a decision to come, on the one to which it passes. A role on a unit that did not exist
yet, given by hand, stands on the units whose record that unit carries on.

It *reaches* what is under these units on the day, what ended under them, and every unit whose whole record
one of these carries on (`OriginalUnit.heir`). Who got a mere part of a unit reaches nothing of it this way:
what passed to it is seen record by record.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection

from .models import DecisionState

Grant = tuple[str, int]
"""Role and unit."""

_REACH = """
WITH RECURSIVE own(role, unit) AS (SELECT * FROM unnest(%(roles)s::text[], %(units)s::bigint[])),
link AS MATERIALIZED (  -- the account's roles that a decision passed on, from whom to whom
    SELECT DISTINCT g.role, g.unit_id AS giver, n.unit_id AS heir, d.effective_date AS day,
           n.begun_by_id IS NOT DISTINCT FROM d.id AS begun
    FROM organisation_rolegrant g
    JOIN organisation_decision d ON d.id = g.ended_by_id AND d.state = %(applied)s
    JOIN organisation_rolegrant n ON n.user_id = g.user_id AND n.role = g.role AND n.unit_id <> g.unit_id
        AND (n.begun_by_id = d.id OR n.in_force @> d.effective_date)
    WHERE g.user_id = %(user)s AND NOT isempty(g.in_force) AND (
        EXISTS (SELECT FROM organisation_changeevent e
                JOIN organisation_originalunit o ON o.event_id = e.id AND o.unit_id = g.unit_id AND o.ends
                JOIN organisation_passing p ON p.original_id = o.id
                JOIN organisation_resultingunit r ON r.id = p.result_id AND r.unit_id = n.unit_id
                WHERE e.decision_id = d.id)
        OR n.begun_by_id = d.id  -- it waited, and a person gave it to a unit beside the decision
            AND NOT EXISTS (SELECT FROM organisation_changeevent e
                            JOIN organisation_resultingunit r ON r.event_id = e.id AND r.unit_id = n.unit_id
                            WHERE e.decision_id = d.id))
),
kept(role, top, unit) AS (
    SELECT role, unit, unit FROM own
    UNION
    SELECT kept.role, kept.top, step.unit
    FROM kept CROSS JOIN LATERAL (
        SELECT CASE WHEN l.heir = kept.unit THEN l.giver ELSE l.heir END
        FROM link l
        WHERE l.role = kept.role AND (
            l.heir = kept.unit AND l.day <= %(today)s::date
            OR l.giver = kept.unit AND l.day > %(today)s::date AND l.day <= %(day)s::date)
        UNION ALL
        SELECT o.unit_id
        FROM organisation_unit u
        JOIN organisation_originalunit o ON o.heir_id = u.id AND o.ends
        JOIN organisation_changeevent e ON e.id = o.event_id
        JOIN organisation_decision d ON d.id = e.decision_id
            AND d.state = %(applied)s AND d.effective_date <= %(today)s::date
        WHERE u.id = kept.unit AND lower(u.in_force) > %(day)s::date
          AND NOT EXISTS (SELECT FROM link l WHERE l.role = kept.role AND l.heir = kept.unit)
    ) AS step(unit)
),
reach(top, unit, until) AS (  -- `until`: decisions after it are no more those of a unit of this role
    SELECT unit, unit, %(today)s::date FROM kept
    UNION
    SELECT kept.unit, below.unit,
           CASE WHEN below.in_force @> %(day)s::date AND NOT below.in_force @> %(today)s::date
                THEN least(%(day)s::date, %(today)s::date) ELSE %(today)s::date END
    FROM kept CROSS JOIN LATERAL (
        SELECT c.descendant_id, c.in_force
        FROM organisation_closure c JOIN organisation_unit u ON u.id = c.descendant_id
        WHERE c.ancestor_id = kept.unit AND (
            c.in_force @> %(day)s::date
            OR upper(u.in_force) <= %(day)s::date AND upper(c.in_force) = upper(u.in_force))
        OFFSET 0  -- from the unit to what is under it, however few rows the planner expects
    ) AS below(unit, in_force)
    UNION
    SELECT reach.top, before.unit, before.until
    FROM reach CROSS JOIN LATERAL (
        SELECT o.unit_id, d.effective_date
        FROM organisation_originalunit o
        JOIN organisation_changeevent e ON e.id = o.event_id
        JOIN organisation_decision d ON d.id = e.decision_id
            AND d.state = %(applied)s AND d.effective_date <= reach.until
        WHERE o.heir_id = reach.unit AND o.ends
        OFFSET 0
    ) AS origin(unit, ended) CROSS JOIN LATERAL (
        SELECT origin.unit, origin.ended
        UNION
        SELECT c.descendant_id, CASE WHEN upper(u.in_force) <= origin.ended THEN origin.ended
                                     ELSE least(%(day)s::date, origin.ended) END
        FROM organisation_closure c JOIN organisation_unit u ON u.id = c.descendant_id
        WHERE c.ancestor_id = origin.unit AND (
            c.in_force @> %(day)s::date
            OR upper(c.in_force) = upper(u.in_force) AND upper(u.in_force) <= origin.ended)
    ) AS before(unit, until)
)
SELECT kept.role, kept.top, kept.unit,
       u.in_force @> %(day)s::date AND NOT EXISTS (
           SELECT FROM link l
           WHERE l.role = kept.role AND l.heir = kept.unit AND l.begun AND l.day > %(day)s::date),
       TRUE
FROM kept CROSS JOIN LATERAL (SELECT in_force FROM organisation_unit WHERE id = kept.unit OFFSET 0) AS u
UNION ALL
SELECT NULL, reach.top, reach.unit,
       (SELECT in_force @> %(day)s::date FROM organisation_unit WHERE id = reach.unit),
       bool_or(reach.until > %(day)s::date)
FROM reach GROUP BY reach.top, reach.unit
"""


@dataclass(frozen=True)
class Reach:
    """What the roles reach.

    `kept`: grant → the units on which it is, was or will be, and whether it stands there on the day. `rows`:
    each of these units → the units in its reach, and whether they exist on the day. `lasting`: of these, on a
    day in the past, those that did not leave it since.
    """

    kept: dict[Grant, dict[int, bool]] = field(default_factory=dict)
    rows: dict[int, dict[int, bool]] = field(default_factory=dict)
    lasting: frozenset[int] = frozenset()

    def standing(self, grants: Iterable[Grant]) -> frozenset[int]:
        """The units on which the grants stand on the day, without what is under them."""
        return frozenset(unit for one in grants for unit, stands in self.kept[one].items() if stands)

    def everything(self, grants: Iterable[Grant]) -> frozenset[int]:
        """Every unit in reach."""
        return frozenset(unit for one in grants for seed in self.kept[one] for unit in self.rows[seed])

    def there(self, grants: Iterable[Grant]) -> frozenset[int]:
        """The units in reach that exist on the day, and those of the grants themselves."""
        chosen = list(grants)
        own = {unit for _role, unit in chosen}
        held = {seed for one in chosen for seed in self.kept[one]}
        return frozenset(own.union(*(self._there[seed] for seed in held)))

    @cached_property
    def _there(self) -> dict[int, set[int]]:
        return {seed: {unit for unit, there in rows.items() if there} for seed, rows in self.rows.items()}


def reach_of(grants: Collection[Grant], day: date, *, today: date, user_id: int | None = None) -> Reach:
    """The reach on the day of the grants that hold today. One statement.

    `user_id`: whose they are; without it nothing is known about how they passed on.
    """
    if not grants:
        return Reach()
    kept: dict[Grant, dict[int, bool]] = {}
    rows: dict[int, dict[int, bool]] = {}
    lasting: set[int] = set()
    arguments: dict[str, Any] = {
        "roles": [role for role, _ in grants],
        "units": [unit for _, unit in grants],
        "user": user_id,
        "day": day,
        "today": today,
        "applied": DecisionState.APPLIED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(_REACH, arguments)
        for role, top, unit, holds, lasts in cursor.fetchall():
            if role is not None:
                kept.setdefault((role, top), {})[unit] = holds
                continue
            rows.setdefault(top, {})[unit] = holds
            if lasts:
                lasting.add(unit)
    return Reach(kept, rows, frozenset(lasting))


def units_in_reach(unit: int, day: date) -> frozenset[int]:
    """The units that a role on the unit reaches on the day."""
    grant = ("", unit)
    return reach_of([grant], day, today=day).everything([grant])
