"""The tables as one migration, so that a first start takes seconds; it stands for those named in `replaces`."""

import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import kientoan.domains.language.lookups
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ('results', '0001_initial'),
        ('results', '0002_corrections'),
        ('results', '0003_succession'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('documents', '0001_squashed_0004_effects_and_choices'),
        ('language', '0001_functions'),
        ('organisation', '0001_squashed_0011_register_history'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='mã')),
                ('name', models.CharField(max_length=300, verbose_name='tên chỉ tiêu')),
                ('name_en', models.CharField(blank=True, max_length=300)),
                ('unit_of_measure', models.CharField(max_length=60, verbose_name='đơn vị tính')),
                ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='số chữ số thập phân')),
                ('ascending', models.BooleanField(default=True, verbose_name='càng cao càng tốt')),
                ('aggregation', models.CharField(choices=[('none', 'Không cộng, chỉ lấy số báo cáo'), ('sum', 'Cộng'), ('mean', 'Bình quân')], default='none', max_length=8, verbose_name='cách tính cho cấp trên')),
                ('accumulates', models.BooleanField(default=False, verbose_name='cộng dồn các kỳ trong năm')),
                ('definition', models.TextField(blank=True, verbose_name='khái niệm, cách tính')),
                ('field', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.policyfield', verbose_name='lĩnh vực')),
            ],
            options={
                'indexes': [models.Index(kientoan.domains.language.lookups.SortKey('name'), name='indicator_order')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_indicatorevent" ("accumulates", "aggregation", "ascending", "code", "decimals", "definition", "field_id", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "unit_of_measure") SELECT new_values."accumulates", new_values."aggregation", new_values."ascending", new_values."code", new_values."decimals", new_values."definition", new_values."field_id", new_values."id", new_values."name", new_values."name_en", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."row_version", new_values."unit_of_measure" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='36401267161927afed534ef337d8a2547bb60736', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_02f65', referencing='REFERENCING NEW TABLE AS new_values ', table='results_indicator', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_indicatorevent" ("accumulates", "aggregation", "ascending", "code", "decimals", "definition", "field_id", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "unit_of_measure") SELECT new_values."accumulates", new_values."aggregation", new_values."ascending", new_values."code", new_values."decimals", new_values."definition", new_values."field_id", new_values."id", new_values."name", new_values."name_en", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."row_version", new_values."unit_of_measure" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='83a7c4938dbe2cc5bf2996773873dcae0e60d673', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_119db', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='results_indicator', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_indicatorevent" ("accumulates", "aggregation", "ascending", "code", "decimals", "definition", "field_id", "id", "name", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "unit_of_measure") SELECT old_values."accumulates", old_values."aggregation", old_values."ascending", old_values."code", old_values."decimals", old_values."definition", old_values."field_id", old_values."id", old_values."name", old_values."name_en", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."row_version", old_values."unit_of_measure" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='466d7836848b14c6b2b08454c376127d2e0f4b63', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0746d', referencing='REFERENCING OLD TABLE AS old_values ', table='results_indicator', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='IndicatorEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('code', models.SlugField(db_index=False, max_length=60, verbose_name='mã')),
                ('name', models.CharField(max_length=300, verbose_name='tên chỉ tiêu')),
                ('name_en', models.CharField(blank=True, max_length=300)),
                ('unit_of_measure', models.CharField(max_length=60, verbose_name='đơn vị tính')),
                ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='số chữ số thập phân')),
                ('ascending', models.BooleanField(default=True, verbose_name='càng cao càng tốt')),
                ('aggregation', models.CharField(choices=[('none', 'Không cộng, chỉ lấy số báo cáo'), ('sum', 'Cộng'), ('mean', 'Bình quân')], default='none', max_length=8, verbose_name='cách tính cho cấp trên')),
                ('accumulates', models.BooleanField(default=False, verbose_name='cộng dồn các kỳ trong năm')),
                ('definition', models.TextField(blank=True, verbose_name='khái niệm, cách tính')),
                ('field', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.policyfield', verbose_name='lĩnh vực')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.indicator')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('frequency', models.CharField(choices=[('year', 'Năm'), ('half', 'Sáu tháng'), ('quarter', 'Quý'), ('month', 'Tháng')], max_length=8)),
                ('vintage', models.CharField(choices=[('estimate', 'Ước'), ('preliminary', 'Sơ bộ'), ('final', 'Chính thức')], max_length=12, verbose_name='loại số liệu')),
                ('state', models.CharField(choices=[('draft', 'Đang nhập'), ('submitted', 'Chờ thủ trưởng duyệt'), ('approved', 'Đã duyệt'), ('returned', 'Trả lại')], default='draft', max_length=10)),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='nguồn số liệu')),
                ('created_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True, verbose_name='lý do đính chính')),
                ('begun_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='results.submission')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'unit'], name='results_sub_state_3d325d_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'approved'), _negated=True), fields=('unit', 'begun_for', 'in_force', 'vintage'), name='submission_open_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='submission_correction_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_submissionevent" ("begun_for_id", "corrects_id", "created_at", "created_by_id", "decided_at", "decided_by_id", "decision_note", "frequency", "id", "in_force", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "row_version", "source", "state", "submitted_at", "submitted_by_id", "unit_id", "vintage") SELECT new_values."begun_for_id", new_values."corrects_id", new_values."created_at", new_values."created_by_id", new_values."decided_at", new_values."decided_by_id", new_values."decision_note", new_values."frequency", new_values."id", new_values."in_force", new_values."note", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reason", new_values."row_version", new_values."source", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."unit_id", new_values."vintage" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='99e163e6d6d968f0b0c0826baf826eb8674aedb9', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b870e', referencing='REFERENCING NEW TABLE AS new_values ', table='results_submission', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_submissionevent" ("begun_for_id", "corrects_id", "created_at", "created_by_id", "decided_at", "decided_by_id", "decision_note", "frequency", "id", "in_force", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "row_version", "source", "state", "submitted_at", "submitted_by_id", "unit_id", "vintage") SELECT new_values."begun_for_id", new_values."corrects_id", new_values."created_at", new_values."created_by_id", new_values."decided_at", new_values."decided_by_id", new_values."decision_note", new_values."frequency", new_values."id", new_values."in_force", new_values."note", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reason", new_values."row_version", new_values."source", new_values."state", new_values."submitted_at", new_values."submitted_by_id", new_values."unit_id", new_values."vintage" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='05aa79bfdbff8bb32708bbbf74db91b08f87e73b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d8a8e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='results_submission', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_submissionevent" ("begun_for_id", "corrects_id", "created_at", "created_by_id", "decided_at", "decided_by_id", "decision_note", "frequency", "id", "in_force", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "row_version", "source", "state", "submitted_at", "submitted_by_id", "unit_id", "vintage") SELECT old_values."begun_for_id", old_values."corrects_id", old_values."created_at", old_values."created_by_id", old_values."decided_at", old_values."decided_by_id", old_values."decision_note", old_values."frequency", old_values."id", old_values."in_force", old_values."note", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reason", old_values."row_version", old_values."source", old_values."state", old_values."submitted_at", old_values."submitted_by_id", old_values."unit_id", old_values."vintage" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b057f509127423a45d24ed8be3e8993e061ce620', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cc349', referencing='REFERENCING OLD TABLE AS old_values ', table='results_submission', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('frequency', models.CharField(choices=[('year', 'Năm'), ('half', 'Sáu tháng'), ('quarter', 'Quý'), ('month', 'Tháng')], max_length=8)),
                ('vintage', models.CharField(choices=[('estimate', 'Ước'), ('preliminary', 'Sơ bộ'), ('final', 'Chính thức')], max_length=12)),
                ('value', models.DecimalField(decimal_places=6, max_digits=24)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('reported_at', models.DateTimeField()),
                ('approved', models.BooleanField(default=False)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='results.indicator')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='results.submission')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'indicator', 'period_end'], name='results_obs_unit_id_98fc7b_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('approved', True), ('superseded_at__isnull', True)), fields=('indicator', 'unit', 'period_start', 'period_end', 'vintage'), name='observation_counts_once'), models.UniqueConstraint(fields=('submission', 'indicator', 'unit'), name='observation_in_submission_once'), models.CheckConstraint(condition=models.Q(('period_end__gt', models.F('period_start'))), name='observation_period')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_observationevent" ("approved", "frequency", "id", "indicator_id", "note", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "row_version", "submission_id", "superseded_at", "unit_id", "value", "vintage") SELECT new_values."approved", new_values."frequency", new_values."id", new_values."indicator_id", new_values."note", new_values."period_end", new_values."period_start", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."reported_at", new_values."row_version", new_values."submission_id", new_values."superseded_at", new_values."unit_id", new_values."value", new_values."vintage" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1daa00b16f3579e2bb8ecfb5103c0a9366e0645e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_a0b5a', referencing='REFERENCING NEW TABLE AS new_values ', table='results_observation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_observationevent" ("approved", "frequency", "id", "indicator_id", "note", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "row_version", "submission_id", "superseded_at", "unit_id", "value", "vintage") SELECT new_values."approved", new_values."frequency", new_values."id", new_values."indicator_id", new_values."note", new_values."period_end", new_values."period_start", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."reported_at", new_values."row_version", new_values."submission_id", new_values."superseded_at", new_values."unit_id", new_values."value", new_values."vintage" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ec6e6f0f81a68be1457d70e5ed0104dfaa54bab', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_21e2b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='results_observation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "results_observationevent" ("approved", "frequency", "id", "indicator_id", "note", "period_end", "period_start", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reported_at", "row_version", "submission_id", "superseded_at", "unit_id", "value", "vintage") SELECT old_values."approved", old_values."frequency", old_values."id", old_values."indicator_id", old_values."note", old_values."period_end", old_values."period_start", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."reported_at", old_values."row_version", old_values."submission_id", old_values."superseded_at", old_values."unit_id", old_values."value", old_values."vintage" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='33ac265a62f135130644d50927b0bf2e86ab9fb2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_712e0', referencing='REFERENCING OLD TABLE AS old_values ', table='results_observation', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ObservationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('period_start', models.DateField()),
                ('period_end', models.DateField()),
                ('frequency', models.CharField(choices=[('year', 'Năm'), ('half', 'Sáu tháng'), ('quarter', 'Quý'), ('month', 'Tháng')], max_length=8)),
                ('vintage', models.CharField(choices=[('estimate', 'Ước'), ('preliminary', 'Sơ bộ'), ('final', 'Chính thức')], max_length=12)),
                ('value', models.DecimalField(decimal_places=6, max_digits=24)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('reported_at', models.DateTimeField()),
                ('approved', models.BooleanField(default=False)),
                ('superseded_at', models.DateTimeField(null=True)),
                ('indicator', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.indicator')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.observation')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
                ('submission', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.submission')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SubmissionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('frequency', models.CharField(choices=[('year', 'Năm'), ('half', 'Sáu tháng'), ('quarter', 'Quý'), ('month', 'Tháng')], max_length=8)),
                ('vintage', models.CharField(choices=[('estimate', 'Ước'), ('preliminary', 'Sơ bộ'), ('final', 'Chính thức')], max_length=12, verbose_name='loại số liệu')),
                ('state', models.CharField(choices=[('draft', 'Đang nhập'), ('submitted', 'Chờ thủ trưởng duyệt'), ('approved', 'Đã duyệt'), ('returned', 'Trả lại')], default='draft', max_length=10)),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('source', models.CharField(blank=True, max_length=300, verbose_name='nguồn số liệu')),
                ('created_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.TextField(blank=True)),
                ('reason', models.TextField(blank=True, verbose_name='lý do đính chính')),
                ('begun_for', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
                ('corrects', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='results.submission')),
                ('created_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='results.submission')),
                ('submitted_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='files',
            field=models.ManyToManyField(blank=True, related_name='+', to='documents.storedfile'),
        ),
    ]
