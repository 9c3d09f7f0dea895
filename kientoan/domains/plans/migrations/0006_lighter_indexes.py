"""What is dear to write with each task stands beside it, or is written only where there is something.

The folded titles come into a table of their own, kept by triggers. A task that passed on at once is told by its
log alone: its successions of before become the decision of the line.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

TITLES = """
CREATE FUNCTION plans_title_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO plans_tasktitle (task_id, folded) SELECT id, kt_fold(title) FROM written;
    RETURN NULL;
END $$;
CREATE FUNCTION plans_title_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE plans_tasktitle SET folded = kt_fold(NEW.title) WHERE task_id = NEW.id;
    RETURN NULL;
END $$;
CREATE FUNCTION plans_title_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM plans_tasktitle WHERE task_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;
CREATE FUNCTION plans_titles_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM plans_tasktitle;
    RETURN NULL;
END $$;
CREATE TRIGGER title_written AFTER INSERT ON plans_task REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION plans_title_written();
CREATE TRIGGER title_changed AFTER UPDATE OF title ON plans_task
    FOR EACH ROW WHEN (OLD.title IS DISTINCT FROM NEW.title) EXECUTE FUNCTION plans_title_changed();
CREATE TRIGGER title_gone AFTER DELETE ON plans_task REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION plans_title_gone();
CREATE TRIGGER titles_gone AFTER TRUNCATE ON plans_task
    FOR EACH STATEMENT EXECUTE FUNCTION plans_titles_gone();
INSERT INTO plans_tasktitle (task_id, folded) SELECT id, kt_fold(title) FROM plans_task;
"""
NO_TITLES = """
DROP TRIGGER title_written ON plans_task; DROP FUNCTION plans_title_written();
DROP TRIGGER title_changed ON plans_task; DROP FUNCTION plans_title_changed();
DROP TRIGGER title_gone ON plans_task; DROP FUNCTION plans_title_gone();
DROP TRIGGER titles_gone ON plans_task; DROP FUNCTION plans_titles_gone();
"""
LINES = """
UPDATE plans_update u SET decision_id = s.decision_id FROM plans_succession s WHERE s.update_id = u.id;
DELETE FROM plans_succession
WHERE task_id IS NOT NULL AND to_unit_id IS NOT NULL AND part <> 'cooperating' AND rule IN ('one', 'by_field');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_effects_and_choices'),
        ('organisation', '0009_unit_search'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('plans', '0005_succession'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TaskTitle',
            fields=[
                ('task', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='plans.task')),
                ('folded', models.TextField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='task',
            name='update_update',
        ),
        migrations.RemoveIndex(
            model_name='task',
            name='plans_task_documen_f43eaa_idx',
        ),
        migrations.RemoveIndex(
            model_name='task',
            name='task_title_folded',
        ),
        migrations.RemoveIndex(
            model_name='update',
            name='plans_updat_approva_3a97bb_idx',
        ),
        migrations.RemoveField(
            model_name='task',
            name='title_folded',
        ),
        migrations.AddField(
            model_name='update',
            name='decision',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.decision'),
        ),
        migrations.AlterField(
            model_name='cooperation',
            name='task',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='cooperations', to='plans.task'),
        ),
        migrations.AlterField(
            model_name='task',
            name='assigner_unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị giao'),
        ),
        migrations.AlterField(
            model_name='task',
            name='checker_post',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.post', verbose_name='người kiểm tra'),
        ),
        migrations.AlterField(
            model_name='task',
            name='closed_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='task',
            name='created_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='task',
            name='document',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='documents.document'),
        ),
        migrations.AlterField(
            model_name='task',
            name='field',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.policyfield'),
        ),
        migrations.AlterField(
            model_name='task',
            name='lead_unit',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AlterField(
            model_name='task',
            name='parent',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='plans.task'),
        ),
        migrations.AlterField(
            model_name='task',
            name='passage',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='documents.passage'),
        ),
        migrations.AlterField(
            model_name='task',
            name='target',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tasks', to='plans.target'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='assigner_unit',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='đơn vị giao'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='checker_post',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.post', verbose_name='người kiểm tra'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='closed_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='created_by',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='field',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.policyfield'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='lead_unit',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit', verbose_name='đơn vị chủ trì'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='passage',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.passage'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='plans.task'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='post',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.post', verbose_name='người chịu trách nhiệm'),
        ),
        migrations.AlterField(
            model_name='taskevent',
            name='target',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='plans.target'),
        ),
        migrations.AlterField(
            model_name='update',
            name='approved_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='update',
            name='by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='update',
            name='unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='task_parent'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('passage__isnull', False)), fields=['passage'], name='task_passage'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('document__isnull', False)), fields=['document'], name='task_document'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('checker_post__isnull', False)), fields=['checker_post'], name='task_checker_post'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('field__isnull', False)), fields=['field'], name='task_field'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('target__isnull', False)), fields=['target'], name='task_target'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('closed_by__isnull', False)), fields=['closed_by'], name='task_closed_by'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('created_by__isnull', False)), fields=['created_by'], name='task_created_by'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('approval', 'waiting')), fields=['task'], name='update_waiting'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('decision__isnull', False)), fields=['decision'], name='update_decision'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('unit__isnull', False)), fields=['unit'], name='update_unit'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('by__isnull', False)), fields=['by'], name='update_by'),
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('approved_by__isnull', False)), fields=['approved_by'], name='update_approved_by'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='task',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "plans_taskevent" ("assigner_unit_id", "checker_post_id", "closed_by_id", "created_at", "created_by_id", "deadline_operator", "deadline_text", "document_id", "done_date", "due_date", "field_id", "handed_down_at", "id", "last_report_date", "lead_text", "lead_unit_id", "origin_note", "output", "parent_id", "passage_id", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "recurrence", "row_version", "start_date", "state", "target_id", "title") SELECT new_values."assigner_unit_id", new_values."checker_post_id", new_values."closed_by_id", new_values."created_at", new_values."created_by_id", new_values."deadline_operator", new_values."deadline_text", new_values."document_id", new_values."done_date", new_values."due_date", new_values."field_id", new_values."handed_down_at", new_values."id", new_values."last_report_date", new_values."lead_text", new_values."lead_unit_id", new_values."origin_note", new_values."output", new_values."parent_id", new_values."passage_id", new_values."percent", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."post_id", new_values."recurrence", new_values."row_version", new_values."start_date", new_values."state", new_values."target_id", new_values."title" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4d4cd11d42fe4dcf20d22d27e28460312967a051', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_57082', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='plans_task', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='tasktitle',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('folded'), 'gin_trgm_ops'), name='task_title_folded'),
        ),
        migrations.RunSQL(TITLES, NO_TITLES),
        migrations.RunSQL(LINES, migrations.RunSQL.noop),
    ]
