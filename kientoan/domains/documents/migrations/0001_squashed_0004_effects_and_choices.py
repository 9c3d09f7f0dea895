"""The tables as one migration, so that a first start takes seconds; it stands for those named in `replaces`."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import kientoan.domains.language.lookups
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from ._types import seed


class Migration(migrations.Migration):
    replaces = [
        ('documents', '0001_initial'),
        ('documents', '0002_recognition_and_decisions'),
        ('documents', '0003_document_types'),
        ('documents', '0004_effects_and_choices'),
    ]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('language', '0001_functions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentType',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('abbreviation', models.CharField(max_length=12)),
                ('name', models.CharField(max_length=100, unique=True)),
                ('name_en', models.CharField(blank=True, max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name='Issuer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, unique=True, verbose_name='cơ quan ban hành')),
                ('symbol', models.CharField(blank=True, max_length=30, verbose_name='ký hiệu')),
                ('side', models.CharField(choices=[('state', 'Chính quyền'), ('party', 'Đảng'), ('front', 'Mặt trận, đoàn thể')], default='state', max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='PolicyField',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='tên lĩnh vực')),
                ('name_en', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('file', models.FileField(upload_to='')),
                ('name', models.CharField(max_length=255)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('stored_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='số, ký hiệu')),
                ('issued_date', models.DateField(null=True, verbose_name='ngày ban hành')),
                ('effective_date', models.DateField(blank=True, null=True, verbose_name='ngày hiệu lực')),
                ('expiry_date', models.DateField(blank=True, null=True, verbose_name='ngày hết hiệu lực')),
                ('signer', models.CharField(blank=True, max_length=200, verbose_name='người ký')),
                ('signer_title', models.CharField(blank=True, max_length=300, verbose_name='chức vụ người ký')),
                ('subject', models.TextField(verbose_name='trích yếu')),
                ('urgency', models.CharField(choices=[('0', 'Thường'), ('1', 'Khẩn'), ('2', 'Thượng khẩn'), ('3', 'Hỏa tốc')], default='0', max_length=2, verbose_name='độ khẩn')),
                ('state', models.CharField(choices=[('draft', 'Dự thảo'), ('registered', 'Đã vào sổ'), ('withdrawn', 'Đã thu hồi')], default='draft', max_length=12)),
                ('text', models.TextField(blank=True)),
                ('source_map', models.JSONField(blank=True, default=list)),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('read_at', models.DateTimeField(null=True)),
                ('registered_at', models.DateTimeField()),
                ('registered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.documenttype', verbose_name='loại văn bản')),
                ('issuer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.issuer', verbose_name='cơ quan ban hành')),
                ('field', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.policyfield', verbose_name='lĩnh vực')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['-issued_date', '-id'], name='documents_d_issued__3299fc_idx'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(kientoan.domains.language.lookups.Fold('subject'), 'gin_trgm_ops'), name='document_subject_fold'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(kientoan.domains.language.lookups.Fold('number'), 'gin_trgm_ops'), name='document_number_fold')],
                'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('number', ''), _negated=True), ('issuer__isnull', False), ('type__isnull', False)), fields=('type', 'number', 'issuer', 'issued_date'), name='document_key', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('issuer__isnull', False), ('type__isnull', False)), _connector='OR'), name='document_registered_is_known')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_documentevent" ("effective_date", "expiry_date", "field_id", "file_id", "id", "issued_date", "issuer_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "registered_at", "registered_by_id", "row_version", "signer", "signer_title", "source_map", "state", "subject", "text", "type_id", "urgency", "warnings") SELECT new_values."effective_date", new_values."expiry_date", new_values."field_id", new_values."file_id", new_values."id", new_values."issued_date", new_values."issuer_id", new_values."number", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."read_at", new_values."registered_at", new_values."registered_by_id", new_values."row_version", new_values."signer", new_values."signer_title", new_values."source_map", new_values."state", new_values."subject", new_values."text", new_values."type_id", new_values."urgency", new_values."warnings" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='003d18fd8dd25ec614b5a7ea9488bf3cef26518a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_be524', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_documentevent" ("effective_date", "expiry_date", "field_id", "file_id", "id", "issued_date", "issuer_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "registered_at", "registered_by_id", "row_version", "signer", "signer_title", "source_map", "state", "subject", "text", "type_id", "urgency", "warnings") SELECT new_values."effective_date", new_values."expiry_date", new_values."field_id", new_values."file_id", new_values."id", new_values."issued_date", new_values."issuer_id", new_values."number", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."read_at", new_values."registered_at", new_values."registered_by_id", new_values."row_version", new_values."signer", new_values."signer_title", new_values."source_map", new_values."state", new_values."subject", new_values."text", new_values."type_id", new_values."urgency", new_values."warnings" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0e73214315afa29cc333fb9bd53ad3a980760ad6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a3ed6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='documents_document', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_documentevent" ("effective_date", "expiry_date", "field_id", "file_id", "id", "issued_date", "issuer_id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "read_at", "registered_at", "registered_by_id", "row_version", "signer", "signer_title", "source_map", "state", "subject", "text", "type_id", "urgency", "warnings") SELECT old_values."effective_date", old_values."expiry_date", old_values."field_id", old_values."file_id", old_values."id", old_values."issued_date", old_values."issuer_id", old_values."number", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."read_at", old_values."registered_at", old_values."registered_by_id", old_values."row_version", old_values."signer", old_values."signer_title", old_values."source_map", old_values."state", old_values."subject", old_values."text", old_values."type_id", old_values."urgency", old_values."warnings" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a60d4b1aed3b6e77b746ecdf3bcacbc97ea40674', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_0c008', referencing='REFERENCING OLD TABLE AS old_values ', table='documents_document', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Provision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('eid', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=20)),
                ('number', models.CharField(blank=True, max_length=30)),
                ('heading', models.TextField(blank=True)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='provisions', to='documents.document')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='documents.provision')),
            ],
            options={
                'ordering': ['start', 'id'],
                'constraints': [models.UniqueConstraint(fields=('document', 'eid'), name='provision_eid'), models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='provision_span')],
            },
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('task', 'Nhiệm vụ'), ('target', 'Chỉ tiêu'), ('deadline', 'Thời hạn'), ('citation', 'Viện dẫn')], max_length=10)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('quote', models.TextField()),
                ('reading', models.JSONField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('rule', models.CharField(blank=True, max_length=60)),
                ('confidence', models.FloatField(null=True)),
                ('state', models.CharField(choices=[('proposed', 'Chờ xác nhận'), ('accepted', 'Đã nhận'), ('dropped', 'Đã bỏ')], default='proposed', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='documents.document')),
                ('provision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.provision')),
            ],
            options={
                'ordering': ['start', 'end', 'id'],
                'indexes': [models.Index(fields=['document', 'kind', 'state'], name='documents_p_documen_12fd2f_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='passage_span')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_passageevent" ("confidence", "data", "decided_at", "decided_by_id", "document_id", "end", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provision_id", "quote", "reading", "row_version", "rule", "start", "state") SELECT new_values."confidence", new_values."data", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."end", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."provision_id", new_values."quote", new_values."reading", new_values."row_version", new_values."rule", new_values."start", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fd3b2a9f3eb19d8483197ff8a540be5f6a07bd2a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9ac82', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_passage', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_passageevent" ("confidence", "data", "decided_at", "decided_by_id", "document_id", "end", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provision_id", "quote", "reading", "row_version", "rule", "start", "state") SELECT new_values."confidence", new_values."data", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."end", new_values."id", new_values."kind", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."provision_id", new_values."quote", new_values."reading", new_values."row_version", new_values."rule", new_values."start", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='19beff4d32b9ac836c1ac177c99269ceff2da2cd', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_68fd2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='documents_passage', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_passageevent" ("confidence", "data", "decided_at", "decided_by_id", "document_id", "end", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provision_id", "quote", "reading", "row_version", "rule", "start", "state") SELECT old_values."confidence", old_values."data", old_values."decided_at", old_values."decided_by_id", old_values."document_id", old_values."end", old_values."id", old_values."kind", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."provision_id", old_values."quote", old_values."reading", old_values."row_version", old_values."rule", old_values."start", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='56e67f6fe34321def92241c1613b3d5290c39c29', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_00fd2', referencing='REFERENCING OLD TABLE AS old_values ', table='documents_passage', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('basis', 'Căn cứ'), ('implements', 'Thực hiện'), ('amends', 'Sửa đổi, bổ sung'), ('replaces', 'Thay thế'), ('repeals', 'Bãi bỏ'), ('guides', 'Hướng dẫn'), ('attached', 'Kèm theo'), ('refers', 'Dẫn chiếu')], default='refers', max_length=12)),
                ('type_name', models.CharField(blank=True, max_length=100)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('issued_date', models.DateField(null=True)),
                ('resolved_by', models.CharField(blank=True, choices=[('key', 'số và ngày trùng'), ('year', 'số mang năm, chỉ một văn bản có số này'), ('place', 'cùng số, ngày; chọn theo địa phương của cơ quan ban hành'), ('term', 'cùng số, cùng cấp ủy, cùng nhiệm kỳ'), ('mention', 'văn bản này đã nêu đủ số, ngày ở chỗ khác'), ('person', 'do người chọn')], max_length=10)),
                ('chosen_at', models.DateTimeField(null=True)),
                ('chosen_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cited', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cited_by', to='documents.document')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='documents.document')),
                ('passage', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citation', to='documents.passage')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Upper('number'), name='citation_number'), models.Index(fields=['cited', 'relation'], name='citation_cited')],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('amends', 'Sửa đổi, bổ sung'), ('replaces', 'Thay thế'), ('repeals', 'Bãi bỏ')], max_length=10, verbose_name='tác động')),
                ('parts', models.CharField(blank=True, max_length=300, verbose_name='phần bị tác động')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('state', models.CharField(choices=[('confirmed', 'Đã xác nhận'), ('refused', 'Không phải')], default='confirmed', max_length=10)),
                ('decided_at', models.DateTimeField()),
                ('affected', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affected_by', to='documents.document')),
                ('citation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='documents.citation')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='documents.document')),
            ],
            options={
                'indexes': [models.Index(fields=['affected', 'state', 'from_date'], name='documents_e_affecte_16bfad_idx')],
                'constraints': [models.UniqueConstraint(fields=('document', 'affected', 'kind', 'parts'), name='effect_once'), models.CheckConstraint(condition=models.Q(('document', models.F('affected')), _negated=True), name='effect_on_another_document')],
                'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_effectevent" ("affected_id", "citation_id", "decided_at", "decided_by_id", "document_id", "from_date", "id", "kind", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "state") SELECT new_values."affected_id", new_values."citation_id", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."from_date", new_values."id", new_values."kind", new_values."parts", _pgh_attached_context.value, NOW(), \'insert\', new_values."id", new_values."row_version", new_values."state" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0e29250bf2dfdf12d4e4c280f653e07efc213ff4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_55e81', referencing='REFERENCING NEW TABLE AS new_values ', table='documents_effect', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_effectevent" ("affected_id", "citation_id", "decided_at", "decided_by_id", "document_id", "from_date", "id", "kind", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "state") SELECT new_values."affected_id", new_values."citation_id", new_values."decided_at", new_values."decided_by_id", new_values."document_id", new_values."from_date", new_values."id", new_values."kind", new_values."parts", _pgh_attached_context.value, NOW(), \'update\', new_values."id", new_values."row_version", new_values."state" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='007ffc0cae0d1fba35c66cf804858d3b52b66f1a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_4e5bc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='documents_effect', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "documents_effectevent" ("affected_id", "citation_id", "decided_at", "decided_by_id", "document_id", "from_date", "id", "kind", "parts", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "row_version", "state") SELECT old_values."affected_id", old_values."citation_id", old_values."decided_at", old_values."decided_by_id", old_values."document_id", old_values."from_date", old_values."id", old_values."kind", old_values."parts", _pgh_attached_context.value, NOW(), \'delete\', old_values."id", old_values."row_version", old_values."state" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='31d92d740eb93c898428c26a24942dd427063cea', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_79d4b', referencing='REFERENCING OLD TABLE AS old_values ', table='documents_effect', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='EffectEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('amends', 'Sửa đổi, bổ sung'), ('replaces', 'Thay thế'), ('repeals', 'Bãi bỏ')], max_length=10, verbose_name='tác động')),
                ('parts', models.CharField(blank=True, max_length=300, verbose_name='phần bị tác động')),
                ('from_date', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('state', models.CharField(choices=[('confirmed', 'Đã xác nhận'), ('refused', 'Không phải')], default='confirmed', max_length=10)),
                ('decided_at', models.DateTimeField()),
                ('affected', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                ('citation', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.citation')),
                ('decided_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.effect')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PassageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('kind', models.CharField(choices=[('task', 'Nhiệm vụ'), ('target', 'Chỉ tiêu'), ('deadline', 'Thời hạn'), ('citation', 'Viện dẫn')], max_length=10)),
                ('start', models.PositiveIntegerField()),
                ('end', models.PositiveIntegerField()),
                ('quote', models.TextField()),
                ('reading', models.JSONField(null=True)),
                ('data', models.JSONField(default=dict)),
                ('rule', models.CharField(blank=True, max_length=60)),
                ('confidence', models.FloatField(null=True)),
                ('state', models.CharField(choices=[('proposed', 'Chờ xác nhận'), ('accepted', 'Đã nhận'), ('dropped', 'Đã bỏ')], default='proposed', max_length=10)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.document')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.passage')),
                ('provision', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.provision')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Recognition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Chờ nhận dạng chữ'), ('running', 'Đang nhận dạng chữ'), ('done', 'Đã nhận dạng chữ'), ('failed', 'Không nhận dạng được')], default='waiting', max_length=10)),
                ('pages_done', models.PositiveIntegerField(default=0)),
                ('pages_total', models.PositiveIntegerField(null=True)),
                ('code', models.CharField(blank=True, max_length=30)),
                ('message', models.TextField(blank=True)),
                ('remedy', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recognition', to='documents.document')),
            ],
        ),
        migrations.CreateModel(
            name='DocumentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('row_version', models.PositiveIntegerField(default=1, editable=False)),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='số, ký hiệu')),
                ('issued_date', models.DateField(null=True, verbose_name='ngày ban hành')),
                ('effective_date', models.DateField(blank=True, null=True, verbose_name='ngày hiệu lực')),
                ('expiry_date', models.DateField(blank=True, null=True, verbose_name='ngày hết hiệu lực')),
                ('signer', models.CharField(blank=True, max_length=200, verbose_name='người ký')),
                ('signer_title', models.CharField(blank=True, max_length=300, verbose_name='chức vụ người ký')),
                ('subject', models.TextField(verbose_name='trích yếu')),
                ('urgency', models.CharField(choices=[('0', 'Thường'), ('1', 'Khẩn'), ('2', 'Thượng khẩn'), ('3', 'Hỏa tốc')], default='0', max_length=2, verbose_name='độ khẩn')),
                ('state', models.CharField(choices=[('draft', 'Dự thảo'), ('registered', 'Đã vào sổ'), ('withdrawn', 'Đã thu hồi')], default='draft', max_length=12)),
                ('text', models.TextField(blank=True)),
                ('source_map', models.JSONField(blank=True, default=list)),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('read_at', models.DateTimeField(null=True)),
                ('registered_at', models.DateTimeField()),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='documents.document')),
                ('registered_by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('type', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.documenttype', verbose_name='loại văn bản')),
                ('issuer', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.issuer', verbose_name='cơ quan ban hành')),
                ('field', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.policyfield', verbose_name='lĩnh vực')),
                ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='documents.storedfile')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=12)),
                ('before', models.JSONField(default=list)),
                ('created', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('undone_at', models.DateTimeField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='documents.document')),
            ],
            options={
                'indexes': [models.Index(fields=['document', 'by', '-id'], name='documents_d_documen_f5e359_idx')],
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
