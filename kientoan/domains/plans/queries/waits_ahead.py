"""What would wait for somebody to decide if duties passed on now, counted before anything is written.

Targets are judged by the very rules that pass them on (`rules.target_fates`). Of the rest only what a unit
without an heir has can wait; it is counted as `operations.succession_sql` and `other_succession` pass it
on. A test with random decisions compares both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from ..models import Part, Target
from ..rules.succession import Takeover
from ..rules.target_fates import Fate, Fated, WhyWaits, fates
from .targets_due import due_of, targets_due, targets_held


class WaitsFor(models.TextChoices):
    """Why something waits; the label says it."""

    NO_HEIR = "no_heir", _("chưa chọn đơn vị nhận")
    FIELD = "field", _("lĩnh vực của việc chưa giao cho đơn vị nào")
    NOT_DIVIDED = "not_divided", _("chưa giao xuống hoặc không có bên giao đứng ra gom, nên không chia được")
    WHOLE = "whole", _("không chia được, cần chọn một đơn vị nhận")
    ROLE = "role", _("vai trò chỉ chuyển sang đơn vị kế tục, không tự chuyển lên cấp trên")
    ROLE_REST = "role_rest", _("vai trò không theo lĩnh vực, mà chưa chọn đơn vị nhận phần còn lại")
    RATES = "rates", _("đơn vị nhận đã có chỉ tiêu ấy với con số khác, và hai số này không cộng được")
    OPERATORS = "operators", _("đơn vị nhận đã có chỉ tiêu ấy nhưng một bên ghi “từ”, một bên ghi khác")


@dataclass(frozen=True, slots=True)
class Ahead:
    """So many records of one kind of a unit would wait, for one reason.

    `subject`: a field of a succession. `target`, `fated`: of one target, and what becomes of it.
    """

    unit: int
    subject: str
    part: str
    why: WaitsFor
    count: int
    fated: Fated | None = None
    target: Target | None = None


_COUNTED = """
WITH takeover(unit, rule, heir) AS (
    SELECT * FROM unnest(%(units)s::bigint[], %(rules)s::text[], %(heirs)s::bigint[])
),
by_field(unit, field, heir) AS (
    SELECT * FROM unnest(%(field_units)s::bigint[], %(field_ids)s::bigint[], %(field_heirs)s::bigint[])
),
waiting AS (SELECT unit, rule FROM takeover WHERE heir IS NULL),
task AS MATERIALIZED (
    SELECT t.id, t.field_id AS field, t.lead_unit_id AS lead, t.assigner_unit_id AS assigner,
           p.unit_id AS post_unit, c.unit_id AS checker_unit,
           t.handed_down_at IS NOT NULL AND t.state IN ('new', 'in_progress') AND NOT EXISTS (
               SELECT FROM plans_succession o
               WHERE o.task_id = t.id AND o.part = 'assigner' AND o.to_unit_id IS NULL) AS at_work
    FROM plans_task t
    LEFT JOIN organisation_post p ON p.id = t.post_id
    LEFT JOIN organisation_post c ON c.id = t.checker_post_id
    WHERE t.state <> 'done' AND (
        t.lead_unit_id IN (SELECT unit FROM waiting) OR t.assigner_unit_id IN (SELECT unit FROM waiting)
        OR p.unit_id IN (SELECT unit FROM waiting) OR c.unit_id IN (SELECT unit FROM waiting))
),
assigned AS MATERIALIZED (  -- after: who assigns the task then, NULL when that waits too
    SELECT task.*, w.rule AS assigner_rule,
           CASE WHEN w.unit IS NULL THEN task.assigner
                WHEN f.unit IS NULL THEN w.heir ELSE f.heir END AS after
    FROM task LEFT JOIN takeover w ON w.unit = task.assigner
    LEFT JOIN by_field f ON f.unit = task.assigner AND f.field = task.field
),
found(unit, subject, part, why) AS (
    SELECT w.unit, 'task', 'lead',
           CASE w.rule WHEN 'by_field' THEN 'field' WHEN 'divide' THEN 'not_divided' ELSE 'no_heir' END
    FROM assigned t JOIN waiting w ON w.unit = t.lead
    WHERE NOT EXISTS (SELECT FROM by_field f WHERE f.unit = t.lead AND f.field = t.field)
      AND NOT (w.rule = 'divide' AND t.at_work AND coalesce(t.after <> t.lead, FALSE))
    UNION ALL
    SELECT w.unit, 'task', 'lead', CASE w.rule WHEN 'wait' THEN 'no_heir' ELSE 'whole' END
    FROM task t JOIN waiting w ON w.unit = t.post_unit
    WHERE NOT EXISTS (SELECT FROM takeover o WHERE o.unit = t.lead)
    UNION ALL
    SELECT t.assigner, 'task', 'assigner',
           CASE t.assigner_rule WHEN 'by_field' THEN 'field' WHEN 'divide' THEN 'whole' ELSE 'no_heir' END
    FROM assigned t WHERE t.after IS NULL
    UNION ALL
    SELECT w.unit, 'task', 'checker', CASE w.rule WHEN 'wait' THEN 'no_heir' ELSE 'whole' END
    FROM task t JOIN waiting w ON w.unit = t.checker_unit
    UNION ALL
    SELECT w.unit, 'task', 'cooperating',
           CASE w.rule WHEN 'by_field' THEN 'field' WHEN 'divide' THEN 'whole' ELSE 'no_heir' END
    FROM plans_cooperation c JOIN waiting w ON w.unit = c.unit_id
    JOIN plans_task t ON t.id = c.task_id AND t.state <> 'done'
    WHERE NOT EXISTS (SELECT FROM by_field f WHERE f.unit = c.unit_id AND f.field = t.field_id)
    UNION ALL
    SELECT w.unit, 'target_set', 'unit', CASE w.rule WHEN 'wait' THEN 'no_heir' ELSE 'whole' END
    FROM plans_targetset s JOIN waiting w ON w.unit = s.unit_id
    WHERE s.year >= %(year)s
       OR EXISTS (SELECT FROM plans_target t WHERE t.target_set_id = s.id AND t.period_end > %(day)s)
    UNION ALL
    SELECT w.unit, 'programme_duty', 'unit', CASE w.rule WHEN 'wait' THEN 'no_heir' ELSE 'whole' END
    FROM plans_programmeduty d JOIN waiting w ON w.unit = d.unit_id WHERE d.programme_id IS NULL
    UNION ALL
    SELECT w.unit, 'submission', 'unit', CASE w.rule WHEN 'wait' THEN 'no_heir' ELSE 'whole' END
    FROM results_submission s JOIN waiting w ON w.unit = s.unit_id WHERE s.state <> 'approved'
)
SELECT unit, subject, part, why, count(*) FROM found GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


def waits_ahead(takeovers: Sequence[Takeover], day: date) -> list[Ahead]:
    """What would wait of the units that do not pass on everything, but for roles (three statements)."""
    leaving = [one for one in takeovers if one.heir != one.unit or one.fields or one.shares]
    return [*_counted(leaving, day), *_targets(leaving, day)]


def _counted(takeovers: Sequence[Takeover], day: date) -> list[Ahead]:
    """Everything but targets: one statement, none when every unit has an heir."""
    leaving = [one for one in takeovers if one.heir != one.unit or one.fields]
    if all(one.heir is not None for one in leaving):
        return []
    fields = [(one.unit, *pair) for one in leaving for pair in one.fields.items()]
    arguments: dict[str, Any] = {
        "units": [one.unit for one in leaving],
        "rules": [one.rule for one in leaving],
        "heirs": [one.heir for one in leaving],
        "field_units": [unit for unit, _, _ in fields],
        "field_ids": [field for _, field, _ in fields],
        "field_heirs": [heir for _, _, heir in fields],
        "day": day,
        "year": day.year,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, arguments)
        return [
            Ahead(unit, subject, part, WaitsFor(why), count)
            for unit, subject, part, why, count in cursor.fetchall()
        ]


def _targets(takeovers: Sequence[Takeover], day: date) -> list[Ahead]:
    """The targets that would wait, each with what it would meet."""
    by_unit = {one.unit: one for one in takeovers}
    rows = {one.pk: one for one in targets_due(by_unit, day)}
    found: list[Ahead] = []
    for target in rows.values():
        watched = by_unit.get(target.monitor_unit_id or 0)
        if watched is not None and watched.heir is None:
            found.append(_of(target, watched, Part.MONITOR))
        alone = by_unit.get(target.post.unit_id) if target.post is not None else None
        if alone is not None and alone.heir is None and target.unit_id not in by_unit:
            found.append(_of(target, alone, Part.LEAD))
    due = [due_of(one) for one in rows.values() if one.unit_id in by_unit]
    heirs = {heir for one in takeovers for heir in one.heirs if heir > 0}
    held = map(due_of, targets_held(heirs, day)) if due else ()
    for fated in fates(due, held, by_unit):
        if fated.fate == Fate.WAITS:
            target, takeover = rows[fated.due.key], by_unit[fated.due.unit]
            found.append(_of(target, takeover, Part.UNIT, fated))
    return found


def _of(target: Target, takeover: Takeover, part: Part, fated: Fated | None = None) -> Ahead:
    why = WaitsFor.NO_HEIR
    if fated is not None and fated.why is not None and fated.why != WhyWaits.NO_HEIR:
        why = WaitsFor(fated.why.value)
    elif takeover.fields:
        why = WaitsFor.FIELD
    elif takeover.shares:
        why = WaitsFor.WHOLE
    return Ahead(takeover.unit, "target", part, why, 1, fated, target)
