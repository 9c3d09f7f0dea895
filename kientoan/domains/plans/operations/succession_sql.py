"""The statements that pass tasks on. Arguments: see `succession.Estate`.

The rows are joined to the lists of who takes over from whom. What passes is told by a line in the log of the
task, which names the decision; a duty of a unit whose heir is not known stays with it and gets a succession
that waits.
"""

SETTINGS = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"
"""50,000 tasks are joined in memory, and no time goes into compiling a statement that runs once."""

_WHO = """
takeover(unit, rule, heir) AS (
    SELECT * FROM unnest(%(units)s::bigint[], %(rules)s::text[], %(heirs)s::bigint[])
),
by_field(unit, field, heir) AS (
    SELECT * FROM unnest(%(field_units)s::bigint[], %(field_ids)s::bigint[], %(field_heirs)s::bigint[])
),
post_heir(post, unit, heir) AS (
    SELECT * FROM unnest(%(posts)s::bigint[], %(post_units)s::bigint[], %(post_heirs)s::bigint[])
)"""

_OPEN_TASKS = """
SELECT id FROM plans_task WHERE lead_unit_id = ANY(%(units)s) AND state <> 'done'
UNION SELECT id FROM plans_task WHERE assigner_unit_id = ANY(%(units)s) AND state <> 'done'
UNION SELECT t.id FROM plans_task t JOIN organisation_post p ON p.id IN (t.checker_post_id, t.post_id)
      WHERE p.unit_id = ANY(%(units)s) AND t.state <> 'done'
UNION SELECT c.task_id FROM plans_cooperation c JOIN plans_task t ON t.id = c.task_id
      WHERE c.unit_id = ANY(%(units)s) AND t.state <> 'done'
"""

LOCK_TASKS = f"""
SELECT array_agg(id) FROM (
    SELECT id FROM plans_task WHERE id IN ({_OPEN_TASKS}) ORDER BY id FOR UPDATE
) AS locked
"""
"""The tasks that are concerned; nobody else changes them until the end of the transaction."""

_COLUMNS = "(decision_id, task_id, part, from_unit_id, to_unit_id, day, rule, update_id, before, at, by_id)"
_LINE = "plans_update (task_id, kind, decision_id, day, note, changes, by_id, at, approval)"

TASKS = f"""
WITH {_WHO},
todo AS MATERIALIZED (
    SELECT t.id, t.lead_unit_id AS lead, t.assigner_unit_id AS assigner,
           t.post_id AS post, t.checker_post_id AS checker,
           l.rule AS lead_rule, CASE WHEN lf.unit IS NULL THEN l.heir ELSE lf.heir END AS new_lead,
           a.rule AS assigner_rule, CASE WHEN af.unit IS NULL THEN a.heir ELSE af.heir END AS new_assigner,
           pu.unit_id AS post_unit, p.heir AS post_unit_heir, p.rule AS post_rule,
           cu.unit_id AS checker_unit, c.heir AS checker_unit_heir, c.rule AS checker_rule
    FROM plans_task t
    LEFT JOIN takeover l ON l.unit = t.lead_unit_id
    LEFT JOIN by_field lf ON lf.unit = t.lead_unit_id AND lf.field = t.field_id
    LEFT JOIN takeover a ON a.unit = t.assigner_unit_id
    LEFT JOIN by_field af ON af.unit = t.assigner_unit_id AND af.field = t.field_id
    LEFT JOIN organisation_post pu ON pu.id = t.post_id
    LEFT JOIN takeover p ON p.unit = pu.unit_id
    LEFT JOIN organisation_post cu ON cu.id = t.checker_post_id
    LEFT JOIN takeover c ON c.unit = cu.unit_id
    WHERE t.id = ANY(%(tasks)s)
),
moves AS MATERIALIZED (
    SELECT todo.*,
           post_rule IS NOT NULL AND coalesce(new_lead, post_unit_heir) <> post_unit
               AND (lead_rule IS NULL OR new_lead IS NOT NULL) AS post_moves,
           ph.heir AS new_post, ch.heir AS new_checker
    FROM todo
    LEFT JOIN post_heir ph ON ph.post = todo.post AND ph.unit = coalesce(new_lead, post_unit_heir)
    LEFT JOIN post_heir ch ON ch.post = todo.checker AND ch.unit = checker_unit_heir
),
changed AS MATERIALIZED (
    SELECT id, jsonb_strip_nulls(jsonb_build_object(
        'lead_unit_id', CASE WHEN new_lead <> lead THEN jsonb_build_array(lead, new_lead) END,
        'assigner_unit_id',
            CASE WHEN new_assigner <> assigner THEN jsonb_build_array(assigner, new_assigner) END,
        'post_id', CASE WHEN post_moves THEN jsonb_build_array(post, new_post) END,
        'checker_post_id',
            CASE WHEN checker_unit_heir <> checker_unit THEN jsonb_build_array(checker, new_checker) END
    )) AS changes
    FROM moves
),
written AS (
    UPDATE plans_task t SET
        lead_unit_id = coalesce(m.new_lead, t.lead_unit_id),
        assigner_unit_id = coalesce(m.new_assigner, t.assigner_unit_id),
        post_id = CASE WHEN m.post_moves THEN m.new_post ELSE t.post_id END,
        checker_post_id =
            CASE WHEN m.checker_unit_heir <> m.checker_unit THEN m.new_checker ELSE t.checker_post_id END,
        row_version = t.row_version + 1
    FROM moves m JOIN changed USING (id)
    WHERE t.id = m.id AND changed.changes <> '{{}}'
),
line AS (
    INSERT INTO {_LINE}
    SELECT id, 'succeeded', %(decision)s, %(day)s, %(basis)s, changes, %(by)s, %(at)s, 'not_needed'
    FROM changed WHERE changes <> '{{}}'
),
waits AS (
    SELECT id, 'lead' AS part, lead AS unit, lead_rule AS rule
    FROM moves WHERE lead_rule IS NOT NULL AND new_lead IS NULL
    UNION ALL
    SELECT id, 'lead', post_unit, post_rule
    FROM moves WHERE lead_rule IS NULL AND post_rule IS NOT NULL AND post_unit_heir IS NULL
    UNION ALL
    SELECT id, 'assigner', assigner, assigner_rule
    FROM moves WHERE assigner_rule IS NOT NULL AND new_assigner IS NULL
    UNION ALL
    SELECT id, 'checker', checker_unit, checker_rule
    FROM moves WHERE checker_rule IS NOT NULL AND checker_unit_heir IS NULL
)
INSERT INTO plans_succession {_COLUMNS}
SELECT %(decision)s, id, part, unit, NULL, %(day)s, rule, NULL, '{{}}', %(at)s, %(by)s FROM waits
"""

COOPERATIONS = f"""
WITH {_WHO},
todo AS MATERIALIZED (
    SELECT c.id, c.task_id, c.unit_id AS unit, w.rule,
           CASE WHEN f.unit IS NULL THEN w.heir ELSE f.heir END AS heir, t.lead_unit_id AS lead
    FROM plans_cooperation c
    JOIN takeover w ON w.unit = c.unit_id
    JOIN plans_task t ON t.id = c.task_id AND t.state <> 'done'
    LEFT JOIN by_field f ON f.unit = c.unit_id AND f.field = t.field_id
    WHERE CASE WHEN f.unit IS NULL THEN w.heir ELSE f.heir END IS DISTINCT FROM c.unit_id
    UNION ALL  -- who came to lead the task does not cooperate in it as well
    SELECT c.id, c.task_id, c.unit_id, w.rule, c.unit_id, c.unit_id
    FROM plans_update u
    JOIN takeover w ON w.unit = (u.changes->'lead_unit_id'->>0)::bigint
    JOIN plans_cooperation c
        ON c.task_id = u.task_id AND c.unit_id = (u.changes->'lead_unit_id'->>1)::bigint
    WHERE u.decision_id = %(decision)s
),
moves AS MATERIALIZED (
    SELECT todo.*,
           heir IS NOT DISTINCT FROM lead OR row_number() OVER (PARTITION BY task_id, heir ORDER BY id) > 1
               OR EXISTS (SELECT FROM plans_cooperation o
                          WHERE o.task_id = todo.task_id AND o.unit_id = todo.heir) AS there_already
    FROM todo WHERE heir IS NOT NULL
),
gone AS (DELETE FROM plans_cooperation c USING moves m WHERE c.id = m.id AND m.there_already),
moved AS (
    UPDATE plans_cooperation c SET unit_id = m.heir FROM moves m WHERE c.id = m.id AND NOT m.there_already
),
around AS (  -- the cooperating units of each task before, and each as it is afterwards
    SELECT c.task_id, c.unit_id AS unit,
           CASE WHEN m.id IS NULL THEN c.unit_id WHEN m.heir IS DISTINCT FROM m.lead THEN m.heir END AS after
    FROM plans_cooperation c LEFT JOIN moves m ON m.id = c.id
    WHERE c.task_id IN (SELECT task_id FROM moves)
),
changed AS MATERIALIZED (
    SELECT task_id, jsonb_build_object('cooperating', jsonb_build_array(
        jsonb_agg(DISTINCT unit),
        coalesce(jsonb_agg(DISTINCT after) FILTER (WHERE after IS NOT NULL), '[]'))) AS changes
    FROM around GROUP BY task_id
),
same_line AS (  -- a task that passed to another lead just now is told with it
    UPDATE plans_update u SET changes = u.changes || changed.changes
    FROM changed
    WHERE u.task_id = changed.task_id AND u.decision_id = %(decision)s AND u.at = %(at)s
    RETURNING u.id, u.task_id
),
alone AS MATERIALIZED (SELECT * FROM changed WHERE task_id NOT IN (SELECT task_id FROM same_line)),
counted AS (
    UPDATE plans_task SET row_version = row_version + 1 WHERE id IN (SELECT task_id FROM alone)
),
own_line AS (
    INSERT INTO {_LINE}
    SELECT task_id, 'succeeded', %(decision)s, %(day)s, %(basis)s, changes, %(by)s, %(at)s, 'not_needed'
    FROM alone
    RETURNING id, task_id
),
line AS (SELECT * FROM same_line UNION ALL SELECT * FROM own_line)
INSERT INTO plans_succession {_COLUMNS}
SELECT %(decision)s, todo.task_id, 'cooperating', todo.unit, todo.heir, %(day)s, todo.rule,
       line.id,
       jsonb_strip_nulls(jsonb_build_object('cooperation', m.id, 'there_already', m.there_already)),
       %(at)s, %(by)s
FROM todo LEFT JOIN moves m ON m.id = todo.id
LEFT JOIN line ON line.task_id = todo.task_id AND todo.heir IS NOT NULL
"""

COOPERATIONS_BACK = """
WITH passed AS (
    SELECT s.task_id, s.from_unit_id AS unit, (s.before->>'cooperation')::bigint AS id,
           (s.before->>'there_already')::boolean AS there_already
    FROM plans_succession s
    WHERE s.id = ANY(%(ids)s) AND s.part = 'cooperating' AND s.to_unit_id IS NOT NULL
),
again AS (
    INSERT INTO plans_cooperation (id, task_id, unit_id)
    SELECT id, task_id, unit FROM passed WHERE there_already
)
UPDATE plans_cooperation c SET unit_id = p.unit FROM passed p WHERE c.id = p.id AND NOT p.there_already
"""

TASKS_BACK = """
WITH lines AS MATERIALIZED (
    SELECT id, task_id, changes FROM plans_update WHERE id = ANY(%(lines)s)
),
before AS MATERIALIZED (  -- of several lines (passed on, then settled) the value before the first
    SELECT task_id, jsonb_object_agg(key, value->0 ORDER BY lines.id DESC) AS was,
           count(DISTINCT lines.id) AS steps
    FROM lines, jsonb_each(changes) GROUP BY task_id
)
UPDATE plans_task t SET
    lead_unit_id = CASE WHEN was ? 'lead_unit_id' THEN (was->>'lead_unit_id')::bigint ELSE lead_unit_id END,
    assigner_unit_id = CASE WHEN was ? 'assigner_unit_id'
        THEN (was->>'assigner_unit_id')::bigint ELSE assigner_unit_id END,
    post_id = CASE WHEN was ? 'post_id' THEN (was->>'post_id')::bigint ELSE post_id END,
    checker_post_id = CASE WHEN was ? 'checker_post_id'
        THEN (was->>'checker_post_id')::bigint ELSE checker_post_id END,
    state = CASE WHEN was ? 'state' THEN was->>'state' ELSE state END,
    row_version = t.row_version - steps
FROM before WHERE t.id = before.task_id
"""

FORGET = """
WITH gone AS (
    DELETE FROM plans_succession WHERE id = ANY(%(ids)s) RETURNING task_id, before
),
lines AS (DELETE FROM plans_update WHERE id = ANY(%(lines)s))
DELETE FROM plans_task WHERE id IN (SELECT task_id FROM gone WHERE before ? 'made')
"""
"""The successions go, with their lines in the logs, and the parts that were made in dividing tasks."""

WAIT_AGAIN = """
WITH waits AS (
    UPDATE plans_succession SET to_unit_id = NULL, update_id = NULL, before = '{}'
    WHERE id = ANY(%(ids)s)
)
DELETE FROM plans_update WHERE id = ANY(%(lines)s)
"""

DIVIDE = f"""
WITH post_heir(post, unit, heir) AS (
    SELECT * FROM unnest(%(posts)s::bigint[], %(post_units)s::bigint[], %(post_heirs)s::bigint[])
),
share(unit, heir) AS (SELECT * FROM unnest(%(share_units)s::bigint[], %(share_heirs)s::bigint[])),
whole AS MATERIALIZED (
    SELECT t.*, s.id AS succession, s.from_unit_id AS unit
    FROM plans_succession s JOIN plans_task t ON t.id = s.task_id
    WHERE s.decision_id = %(decision)s AND s.rule = 'divide' AND s.part = 'lead' AND s.to_unit_id IS NULL
      AND t.handed_down_at IS NOT NULL AND t.state IN ('new', 'in_progress')
      AND t.assigner_unit_id <> t.lead_unit_id
      AND NOT EXISTS (SELECT FROM plans_succession o
                      WHERE o.task_id = t.id AND o.part = 'assigner' AND o.to_unit_id IS NULL)
),
made AS (
    INSERT INTO plans_task (
        title, output, parent_id, passage_id, document_id, origin_note, assigner_unit_id, lead_unit_id,
        lead_text, post_id, checker_post_id, field_id, target_id, due_date, deadline_operator,
        deadline_text, recurrence, state, percent, start_date, handed_down_at, created_by_id,
        created_at, row_version)
    SELECT w.title, w.output, w.id, w.passage_id, w.document_id, w.origin_note, w.assigner_unit_id,
           share.heir, w.lead_text, ph.heir, w.checker_post_id, w.field_id, w.target_id, w.due_date,
           w.deadline_operator, w.deadline_text, w.recurrence, 'new', 0, %(day)s, %(at)s, %(by)s, %(at)s, 1
    FROM whole w JOIN share ON share.unit = w.unit
    LEFT JOIN post_heir ph ON ph.post = w.post_id AND ph.unit = share.heir
    RETURNING id, parent_id, lead_unit_id, post_id
),
gathers AS (
    UPDATE plans_task t SET lead_unit_id = w.assigner_unit_id, post_id = NULL, state = 'in_progress',
                            row_version = t.row_version + 1
    FROM whole w WHERE t.id = w.id
),
line AS (
    INSERT INTO {_LINE}
    SELECT id, 'succeeded', %(decision)s::bigint, %(day)s::date, %(basis)s, jsonb_build_object(
               'lead_unit_id', jsonb_build_array(lead_unit_id, assigner_unit_id),
               'post_id', jsonb_build_array(post_id, NULL),
               'state', jsonb_build_array(state, 'in_progress')
           ), %(by)s::bigint, %(at)s::timestamptz, 'not_needed'
    FROM whole
    UNION ALL
    SELECT id, 'succeeded', %(decision)s, %(day)s, %(basis)s, '{{}}', %(by)s, %(at)s, 'not_needed' FROM made
    RETURNING id, task_id
),
gathered AS (
    UPDATE plans_succession s
    SET to_unit_id = w.assigner_unit_id, update_id = line.id
    FROM whole w JOIN line ON line.task_id = w.id WHERE s.id = w.succession
)
INSERT INTO plans_succession {_COLUMNS}
SELECT %(decision)s, made.id, 'lead', w.unit, made.lead_unit_id, %(day)s, 'divide',
       line.id, jsonb_build_object('made', TRUE), %(at)s, %(by)s
FROM made JOIN whole w ON w.id = made.parent_id JOIN line ON line.task_id = made.id
"""
"""Tasks to be divided become covers: the assigner gathers one part for each heir."""
