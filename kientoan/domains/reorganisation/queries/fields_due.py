"""The policy fields in which units have open duties, for whoever passes them on by field."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection


@dataclass(frozen=True, slots=True)
class FieldDue:
    """A field, with how many open tasks and targets of the unit are in it."""

    field: int
    name: str
    tasks: int
    targets: int


_DUE = """
WITH task(unit, field, id) AS (
    SELECT lead_unit_id, field_id, id FROM plans_task
    WHERE lead_unit_id = ANY(%(units)s) AND state <> 'done'
    UNION
    SELECT assigner_unit_id, field_id, id FROM plans_task
    WHERE assigner_unit_id = ANY(%(units)s) AND state <> 'done'
    UNION
    SELECT c.unit_id, t.field_id, t.id FROM plans_cooperation c JOIN plans_task t ON t.id = c.task_id
    WHERE c.unit_id = ANY(%(units)s) AND t.state <> 'done'
),
due(unit, field, tasks, targets) AS (
    SELECT unit, field, count(*), 0 FROM task WHERE field IS NOT NULL GROUP BY 1, 2
    UNION ALL
    SELECT t.unit_id, i.field_id, 0, count(*)
    FROM plans_target t JOIN results_indicator i ON i.id = t.indicator_id
    WHERE t.unit_id = ANY(%(units)s) AND t.period_end > %(day)s AND i.field_id IS NOT NULL
    GROUP BY 1, 2
)
SELECT due.unit, f.id, f.name, sum(due.tasks)::int, sum(due.targets)::int
FROM due JOIN documents_policyfield f ON f.id = due.field
GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC, 5 DESC, f.id
"""


def fields_due(units: Collection[int], day: date) -> dict[int, list[FieldDue]]:
    """Unit → its fields, those with most duties first (one statement)."""
    found: dict[int, list[FieldDue]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DUE, {"units": list(units), "day": day})
        for unit, field, name, tasks, targets in cursor.fetchall():
            found.setdefault(unit, []).append(FieldDue(field, name, tasks, targets))
    return found
