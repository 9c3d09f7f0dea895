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
WITH unit(id) AS (SELECT unnest(%(units)s::bigint[])),
due(unit, field, tasks, targets) AS (
    SELECT u.id, t.field_id, count(DISTINCT t.id), 0
    FROM plans_task t JOIN unit u ON u.id IN (t.lead_unit_id, t.assigner_unit_id)
         OR EXISTS (SELECT FROM plans_cooperation c WHERE c.task_id = t.id AND c.unit_id = u.id)
    WHERE t.state <> 'done' AND t.field_id IS NOT NULL
    GROUP BY 1, 2
    UNION ALL
    SELECT u.id, i.field_id, 0, count(*)
    FROM plans_target t JOIN unit u ON u.id = t.unit_id JOIN results_indicator i ON i.id = t.indicator_id
    WHERE t.period_end > %(day)s AND i.field_id IS NOT NULL
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
