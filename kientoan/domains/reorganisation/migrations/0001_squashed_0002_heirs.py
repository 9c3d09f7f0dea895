"""The tables as one migration, so that a first start takes seconds; it stands for those named in `replaces`."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ('reorganisation', '0001_succession'),
        ('reorganisation', '0002_heirs'),
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
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(choices=[('one', 'Chuyển hết cho một đơn vị'), ('divide', 'Chia cho các đơn vị kế tục'), ('by_field', 'Chuyển theo lĩnh vực'), ('wait', 'Để chờ quyết định')], max_length=8, verbose_name='cách chuyển')),
                ('measure', models.CharField(blank=True, choices=[('population', 'theo dân số'), ('area', 'theo diện tích'), ('headcount', 'theo biên chế'), ('by_hand', 'theo tỷ lệ tự ấn định')], max_length=10, verbose_name='chia theo')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.decision')),
                ('heir', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.unit')),
                ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.resultingunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('decision', 'unit'), name='choice_once'), models.CheckConstraint(condition=models.Q(models.Q(('rule', 'one'), models.Q(('result', None), ('heir', None), _connector='XOR')), models.Q(models.Q(('rule', 'one'), _negated=True), ('heir', None), ('result', None)), _connector='OR'), name='choice_of_one_heir')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_choiceevent" ("at", "by_id", "decision_id", "heir_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "rule", "unit_id") SELECT new_values."at", new_values."by_id", new_values."decision_id", new_values."heir_id", new_values."id", new_values."measure", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."result_id", new_values."rule", new_values."unit_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c2405951b818cee387b42454cc4991b0f22fc643', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d4fe7', referencing='REFERENCING NEW TABLE AS new_values ', table='reorganisation_choice', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_choiceevent" ("at", "by_id", "decision_id", "heir_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "rule", "unit_id") SELECT new_values."at", new_values."by_id", new_values."decision_id", new_values."heir_id", new_values."id", new_values."measure", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."result_id", new_values."rule", new_values."unit_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8ef34aab23281ade79668bd99f65202e1abcd062', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_0a868', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reorganisation_choice', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_choiceevent" ("at", "by_id", "decision_id", "heir_id", "id", "measure", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id", "rule", "unit_id") SELECT old_values."at", old_values."by_id", old_values."decision_id", old_values."heir_id", old_values."id", old_values."measure", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."result_id", old_values."rule", old_values."unit_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7ef911618a1889757e433b2895f5293bcefe2132', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dd03e', referencing='REFERENCING OLD TABLE AS old_values ', table='reorganisation_choice', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='ChoiceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('rule', models.CharField(choices=[('one', 'Chuyển hết cho một đơn vị'), ('divide', 'Chia cho các đơn vị kế tục'), ('by_field', 'Chuyển theo lĩnh vực'), ('wait', 'Để chờ quyết định')], max_length=8, verbose_name='cách chuyển')),
                ('measure', models.CharField(blank=True, choices=[('population', 'theo dân số'), ('area', 'theo diện tích'), ('headcount', 'theo biên chế'), ('by_hand', 'theo tỷ lệ tự ấn định')], max_length=10, verbose_name='chia theo')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.decision')),
                ('heir', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reorganisation.choice')),
                ('result', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.resultingunit')),
                ('unit', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FieldHeir',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fields', to='reorganisation.choice')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.policyfield')),
                ('heir', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.unit')),
                ('result', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.resultingunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('choice', 'field'), name='field_heir_once'), models.CheckConstraint(condition=models.Q(('result', None), ('heir', None), _connector='XOR'), name='field_heir_one')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_fieldheirevent" ("choice_id", "field_id", "heir_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id") SELECT new_values."choice_id", new_values."field_id", new_values."heir_id", new_values."id", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."result_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='316198b2f19e42d404538836cea3a4b8b91fbf4d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0db70', referencing='REFERENCING NEW TABLE AS new_values ', table='reorganisation_fieldheir', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_fieldheirevent" ("choice_id", "field_id", "heir_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id") SELECT new_values."choice_id", new_values."field_id", new_values."heir_id", new_values."id", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."result_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7e5a7e515c2faa232a4f65077dc7a6b756f608a7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a5f5b', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reorganisation_fieldheir', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_fieldheirevent" ("choice_id", "field_id", "heir_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id") SELECT old_values."choice_id", old_values."field_id", old_values."heir_id", old_values."id", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."result_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d99f50dac284e9adc830567c1a6a09412b322178', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_39c32', referencing='REFERENCING OLD TABLE AS old_values ', table='reorganisation_fieldheir', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='FieldHeirEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('choice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reorganisation.choice')),
                ('field', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.policyfield')),
                ('heir', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reorganisation.fieldheir')),
                ('result', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.resultingunit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('passed_at', models.DateTimeField(null=True)),
                ('decision', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='handover', to='organisation.decision')),
                ('installation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.installation')),
                ('root_before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_handoverevent" ("decision_id", "id", "installation_id", "passed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "root_before_id") SELECT new_values."decision_id", new_values."id", new_values."installation_id", new_values."passed_at", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."root_before_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='38837505fea924f7b6caebd7fb1f6d6f3e1e9817', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_503be', referencing='REFERENCING NEW TABLE AS new_values ', table='reorganisation_handover', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_handoverevent" ("decision_id", "id", "installation_id", "passed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "root_before_id") SELECT new_values."decision_id", new_values."id", new_values."installation_id", new_values."passed_at", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."root_before_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0c62027527b19f20fa6307e592e4c06c64ef5f9a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d8825', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='reorganisation_handover', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "reorganisation_handoverevent" ("decision_id", "id", "installation_id", "passed_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "root_before_id") SELECT old_values."decision_id", old_values."id", old_values."installation_id", old_values."passed_at", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."root_before_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='322f1ac34c950b2541981a7cb08179246913f425', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9c21c', referencing='REFERENCING OLD TABLE AS old_values ', table='reorganisation_handover', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='HandoverEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('passed_at', models.DateTimeField(null=True)),
                ('decision', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.decision')),
                ('installation', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.installation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reorganisation.handover')),
                ('root_before', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='organisation.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
