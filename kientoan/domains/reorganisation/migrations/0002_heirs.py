"""Name the heirs of units that ended by decisions applied before heirs were written down."""

from django.db import migrations

FULL = """
UPDATE organisation_originalunit o SET heir_id = r.unit_id
FROM organisation_changeevent e, organisation_decision d, organisation_passing p, organisation_resultingunit r
WHERE o.event_id = e.id AND o.ends AND d.id = e.decision_id AND d.state = 'applied'
  AND p.original_id = o.id AND p.extent = 'full' AND r.id = p.result_id AND r.unit_id <> o.unit_id;
"""
CHOSEN = """
UPDATE organisation_originalunit o SET heir_id = s.to_unit_id
FROM organisation_changeevent e, plans_succession s
WHERE o.event_id = e.id AND o.ends AND o.heir_id IS NULL AND s.decision_id = e.decision_id
  AND s.from_unit_id = o.unit_id AND s.rule = 'one' AND s.to_unit_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0010_heirs"),
        ("plans", "0005_succession"),
        ("reorganisation", "0001_succession"),
    ]

    operations = [migrations.RunSQL(FULL + CHOSEN, migrations.RunSQL.noop)]
