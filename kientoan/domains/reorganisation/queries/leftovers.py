"""What came to a unit after the decision that ends it was applied, and is still there on its day."""

from datetime import date

from django.db import connection

from kientoan.domains.organisation.models import Decision, DecisionState

_LEFT = """
SELECT DISTINCT d.id
FROM organisation_decision d
JOIN reorganisation_handover h ON h.decision_id = d.id
JOIN organisation_unit u ON u.ended_by_id = d.id
WHERE d.state = %(applied)s AND d.effective_date <= %(day)s AND (
    EXISTS (SELECT FROM plans_task t WHERE t.lead_unit_id = u.id AND t.state <> 'done' AND NOT EXISTS (
        SELECT FROM plans_succession s
        WHERE s.task_id = t.id AND s.from_unit_id = u.id AND s.part = 'lead' AND s.to_unit_id IS NULL))
    OR EXISTS (SELECT FROM plans_task t WHERE t.assigner_unit_id = u.id AND t.state <> 'done' AND NOT EXISTS (
        SELECT FROM plans_succession s
        WHERE s.task_id = t.id AND s.from_unit_id = u.id AND s.part = 'assigner' AND s.to_unit_id IS NULL))
    OR EXISTS (SELECT FROM plans_cooperation c JOIN plans_task t ON t.id = c.task_id AND t.state <> 'done'
        WHERE c.unit_id = u.id AND NOT EXISTS (
            SELECT FROM plans_succession s
            WHERE s.task_id = t.id AND s.from_unit_id = u.id AND s.part = 'cooperating'
              AND s.to_unit_id IS NULL))
    OR EXISTS (SELECT FROM plans_target t
        WHERE (t.unit_id = u.id OR t.monitor_unit_id = u.id) AND t.period_end > d.effective_date
          AND NOT EXISTS (SELECT FROM plans_succession s WHERE s.target_id = t.id AND s.decision_id = d.id))
    OR EXISTS (SELECT FROM plans_targetset b
        WHERE b.unit_id = u.id
          AND (b.year >= extract(year FROM d.effective_date)
               OR EXISTS (SELECT FROM plans_target t
                          WHERE t.target_set_id = b.id AND t.period_end > d.effective_date))
          AND NOT EXISTS (SELECT FROM plans_succession s
                          WHERE s.target_set_id = b.id AND s.decision_id = d.id))
    OR EXISTS (SELECT FROM plans_programmeduty p
        WHERE p.unit_id = u.id AND p.programme_id IS NULL
          AND NOT EXISTS (SELECT FROM plans_succession s
                          WHERE s.programme_duty_id = p.id AND s.decision_id = d.id))
    OR EXISTS (SELECT FROM results_submission f
        WHERE f.unit_id = u.id AND f.state <> 'approved'
          AND NOT EXISTS (SELECT FROM plans_succession s
                          WHERE s.submission_id = f.id AND s.decision_id = d.id))
    OR EXISTS (SELECT FROM organisation_rolegrant g
        WHERE g.unit_id = u.id AND g.ended_by_id IS DISTINCT FROM d.id
          AND g.in_force && daterange(d.effective_date, NULL))
)
"""


def decisions_with_leftovers(day: date) -> list[Decision]:
    """Applied decisions whose day has come and whose ended units still hold what nobody passed on.

    What waits for a person to decide is none of it. In the order of their days. Two statements.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"applied": DecisionState.APPLIED.value, "day": day})
        keys = [row[0] for row in cursor.fetchall()]
    found = Decision.objects.filter(pk__in=keys) if keys else Decision.objects.none()
    return list(found.order_by("effective_date", "applied_at", "pk"))
