"""Every person, place and time of the roster, in one step: what the migrations up to 0011 come to."""

import datetime
import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from students.tables_together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('students', '0001_people_places_and_time'),
        ('students', '0002_tokens_for_programs'),
        ('students', '0003_remember_roster_files'),
        ('students', '0004_guardians_and_immunizations'),
        ('students', '0005_each_import_is_a_row_of_work'),
        ('students', '0006_the_grades_of_a_class'),
        ('students', '0007_every_role_at_its_door'),
        ('students', '0008_substitutes_named_on_pages'),
        ('students', '0009_say_what_a_roster_files_hash_is_of'),
        ('students', '0010_who_opened_an_account'),
        ('students', '0011_tokens_may_send_lms_activity'),
    ]

    dependencies = []

    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('source_id', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                        ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()])),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('given_name', models.CharField(max_length=150)),
                        ('family_name', models.CharField(max_length=150)),
                        ('is_enabled', models.BooleanField(default=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('is_active', models.GeneratedField(db_persist=True, expression=models.Case(models.When(closed_at__isnull=True, is_enabled=True, then=models.Value(True)), default=models.Value(False)), output_field=models.BooleanField())),
                        ('link_sent_at', models.DateTimeField(blank=True, null=True)),
                        ('link_sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='closed_account_says_who', violation_error_message='An account that is switched off says who did it and when.'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."is_enabled" IS DISTINCT FROM (NEW."is_enabled"))', func='INSERT INTO "students_userevent" ("closed_at", "closed_by_id", "is_enabled", "opened_at", "opened_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."is_enabled", OLD."opened_at", OLD."opened_by_id", NOW(), \'update\', OLD."id"); RETURN NULL;', hash='b55bacdda2e1dcd8a32ec628b43541e276c41189', operation='UPDATE', pgid='pgtrigger_update_update_cd34b', table='students_user', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_userevent" ("closed_at", "closed_by_id", "is_enabled", "opened_at", "opened_by_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."is_enabled", OLD."opened_at", OLD."opened_by_id", NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='1c27f63fc8fcd8b946d0bdaebd64afeeff75e1ba', operation='DELETE', pgid='pgtrigger_delete_delete_f788d', table='students_user', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Course',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('code', models.CharField(blank=True, max_length=100)),
                    ],
                ),
                migrations.CreateModel(
                    name='District',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('code', models.CharField(help_text="The state's dddd.", max_length=4, validators=[django.core.validators.RegexValidator('^[0-9A-Z]{4}$')])),
                        ('time_zone', models.CharField(default='America/Chicago', max_length=64)),
                        ('only_row', models.BooleanField(default=True, editable=False)),
                    ],
                    options={
                        'constraints': [
                            models.UniqueConstraint(fields=('only_row',), name='one_district', violation_error_message='This installation has its district.'),
                            models.CheckConstraint(condition=models.Q(('only_row', True)), name='one_district_marker', violation_error_message='Always true.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='RosterImport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('applied_at', models.DateTimeField()),
                        ('source_system', models.CharField(blank=True, max_length=200)),
                        ('file_name', models.CharField(max_length=255)),
                        ('sha256', models.CharField(max_length=64)),
                        ('counts', models.JSONField(help_text='Per kind of record: created, changed, ended, unchanged.')),
                        ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-applied_at'],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='imports_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='593f0e39e96aae6839327820deafabc3097ca650', operation='UPDATE OR DELETE', pgid='pgtrigger_imports_are_kept_30617', table='students_rosterimport', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='School',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('code', models.CharField(help_text="The state's sss.", max_length=3, validators=[django.core.validators.RegexValidator('^[0-9A-Z]{3}$')])),
                        ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='schools', to='students.district')),
                    ],
                    options={
                        'ordering': ['name'],
                        'constraints': [
                            models.UniqueConstraint(fields=('district', 'code'), name='one_school_per_code', violation_error_message='Another school of the district has this code.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('role', models.CharField(choices=[('teacher', 'Teacher'), ('clerk', 'Attendance clerk'), ('counselor', 'Counselor'), ('school_administrator', 'School administrator'), ('district_administrator', 'District administrator'), ('outreach', 'Outreach worker'), ('nurse', 'Nurse'), ('auditor', 'Auditor'), ('system_administrator', 'System administrator')], max_length=40)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to=settings.AUTH_USER_MODEL)),
                        ('school', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='role_assignments', to='students.school')),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('source', models.CharField(choices=[('roster', 'From the roster'), ('here', 'Entered here')], default='roster', max_length=10)),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_ends_after_start', violation_error_message='The last day lies before the first.'),
                            models.CheckConstraint(condition=models.Q(('role__in', ['counselor', 'outreach', 'nurse', 'auditor']), models.Q(('role__in', ['district_administrator', 'system_administrator']), ('school__isnull', True)), models.Q(('role__in', ['teacher', 'clerk', 'school_administrator']), ('school__isnull', False)), _connector='OR'), name='role_names_its_place', violation_error_message='A role of the district names no school; a role of a school names one.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['auditor']), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='auditor_role_has_an_end', violation_error_message='An auditor’s role has a last day.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('user'), models.F('user'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.Case(models.When(role='teacher', then=models.Value(0)), models.When(role='clerk', then=models.Value(1)), models.When(role='counselor', then=models.Value(2)), models.When(role='school_administrator', then=models.Value(3)), models.When(role='district_administrator', then=models.Value(4)), models.When(role='outreach', then=models.Value(5)), models.When(role='nurse', then=models.Value(6)), models.When(role='auditor', then=models.Value(7)), models.When(role='system_administrator', then=models.Value(8)), output_field=models.BigIntegerField()), models.Case(models.When(role='teacher', then=models.Value(0)), models.When(role='clerk', then=models.Value(1)), models.When(role='counselor', then=models.Value(2)), models.When(role='school_administrator', then=models.Value(3)), models.When(role='district_administrator', then=models.Value(4)), models.When(role='outreach', then=models.Value(5)), models.When(role='nurse', then=models.Value(6)), models.When(role='auditor', then=models.Value(7)), models.When(role='system_administrator', then=models.Value(8)), output_field=models.BigIntegerField()), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.Case(models.When(source='roster', then=models.Value(0)), models.When(source='here', then=models.Value(1)), output_field=models.BigIntegerField()), models.Case(models.When(source='roster', then=models.Value(0)), models.When(source='here', then=models.Value(1)), output_field=models.BigIntegerField()), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Coalesce(models.F('school'), models.Value(0), output_field=models.BigIntegerField()), django.db.models.functions.comparison.Coalesce(models.F('school'), models.Value(0), output_field=models.BigIntegerField()), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='a_role_once_at_a_time', violation_error_message='This person holds the role on some of these days already.'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "students_roleassignmentevent" ("ended_at", "ended_by_id", "ends_on", "entered_at", "entered_by_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "source", "starts_on", "user_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."ends_on", OLD."entered_at", OLD."entered_by_id", OLD."id", NOW(), \'update\', OLD."id", OLD."role", OLD."school_id", OLD."source", OLD."starts_on", OLD."user_id"); RETURN NULL;', hash='50dd8826aed91960a6fed28af02b3730774055cb', operation='UPDATE', pgid='pgtrigger_update_update_577ac', table='students_roleassignment', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_roleassignmentevent" ("ended_at", "ended_by_id", "ends_on", "entered_at", "entered_by_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "school_id", "source", "starts_on", "user_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."ends_on", OLD."entered_at", OLD."entered_by_id", OLD."id", NOW(), \'delete\', OLD."id", OLD."role", OLD."school_id", OLD."source", OLD."starts_on", OLD."user_id"); RETURN NULL;', hash='9c56cf1f59f44e70f81f1b1067f20dd49ac4da89', operation='DELETE', pgid='pgtrigger_delete_delete_f6374', table='students_roleassignment', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='SchoolYear',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('name', models.CharField(max_length=200)),
                    ],
                    options={
                        'ordering': ['starts_on'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='school_year_ends_after_start', violation_error_message='The last day lies before the first.'),
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', False)), name='school_year_has_an_end', violation_error_message='A school year has a last day.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Section',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('title', models.CharField(max_length=200)),
                        ('code', models.CharField(blank=True, max_length=100)),
                        ('kind', models.CharField(choices=[('scheduled', 'Scheduled'), ('homeroom', 'Homeroom')], max_length=20)),
                        ('location', models.CharField(blank=True, max_length=100)),
                        ('periods', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                        ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='students.course')),
                        ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='students.school')),
                        ('terms', models.ManyToManyField(related_name='sections', to='students.term')),
                        ('grades', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                    ],
                    options={
                        'ordering': ['title', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='SectionTeacher',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('source_id', models.CharField(max_length=255)),
                        ('is_primary', models.BooleanField(default=False)),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teachers', to='students.section')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teaching', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('source', models.CharField(choices=[('roster', 'From the roster'), ('here', 'Entered here')], default='roster', max_length=10)),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='section_teacher_ends_after_start', violation_error_message='The last day lies before the first.'),
                            models.UniqueConstraint(fields=('source_id', 'starts_on'), name='one_section_teacher_per_source_and_start', violation_error_message='The roster names this line from this day already.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('source', 'roster')), expressions=[(models.Func(models.F('user'), models.F('user'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('section'), models.F('section'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='once_a_teacher_of_a_section_a_day', violation_error_message='This person teaches the section on some of these days already.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('source', 'here')), expressions=[(models.Func(models.F('user'), models.F('user'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('section'), models.F('section'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='once_a_substitute_of_a_section_a_day', violation_error_message='This person was named for the section on some of these days already.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('source', 'here'), _negated=True), models.Q(('ends_on__isnull', False), ('entered_by__isnull', False)), _connector='OR'), name='substitute_has_an_end_and_says_who', violation_error_message='A substitute has a last day, and somebody who named them.'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "students_sectionteacherevent" ("ended_at", "ended_by_id", "ends_on", "entered_at", "entered_by_id", "id", "is_primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "section_id", "source", "source_id", "starts_on", "user_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."ends_on", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."is_primary", NOW(), \'update\', OLD."id", OLD."section_id", OLD."source", OLD."source_id", OLD."starts_on", OLD."user_id"); RETURN NULL;', hash='c15fc7460b84b97a79d887c3f4376da72140917f', operation='UPDATE', pgid='pgtrigger_update_update_50f67', table='students_sectionteacher', when='AFTER')),
                            pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "students_sectionteacherevent" ("ended_at", "ended_by_id", "ends_on", "entered_at", "entered_by_id", "id", "is_primary", "pgh_created_at", "pgh_label", "pgh_obj_id", "section_id", "source", "source_id", "starts_on", "user_id") VALUES (OLD."ended_at", OLD."ended_by_id", OLD."ends_on", OLD."entered_at", OLD."entered_by_id", OLD."id", OLD."is_primary", NOW(), \'delete\', OLD."id", OLD."section_id", OLD."source", OLD."source_id", OLD."starts_on", OLD."user_id"); RETURN NULL;', hash='e0fd1cc3ba497d5f295e62e9f2d9fb451e56d5d5', operation='DELETE', pgid='pgtrigger_delete_delete_a114d', table='students_sectionteacher', when='AFTER')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Student',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('state_id', models.CharField(blank=True, max_length=9, validators=[django.core.validators.RegexValidator('^[0-9]{9}$')])),
                        ('given_name', models.CharField(max_length=150)),
                        ('middle_name', models.CharField(blank=True, max_length=150)),
                        ('family_name', models.CharField(max_length=150)),
                        ('preferred_name', models.CharField(blank=True, max_length=150)),
                        ('birth_date', models.DateField(blank=True, null=True)),
                        ('sort_name', models.CharField(max_length=400)),
                    ],
                    options={
                        'ordering': ['sort_name', 'id'],
                        'indexes': [
                            models.Index(fields=['sort_name'], name='student_sort_name'),
                        ],
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('state_id', ''), _negated=True), fields=('state_id',), name='one_student_per_state_id', violation_error_message='Another student has this state id.'),
                            models.CheckConstraint(condition=models.Q(('state_id', ''), ('state_id__regex', '^[0-9]{9}$'), _connector='OR'), name='state_id_has_nine_digits', violation_error_message='A state id has nine digits.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='SectionEnrollment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('source_id', models.CharField(max_length=255)),
                        ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='students.section')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='section_enrollments', to='students.student')),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='section_enrollment_ends_after_start', violation_error_message='The last day lies before the first.'),
                            models.UniqueConstraint(fields=('source_id', 'starts_on'), name='one_section_enrollment_per_source_and_start', violation_error_message='The roster names this line from this day already.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('student'), models.F('student'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('section'), models.F('section'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='once_on_a_roster_a_day', violation_error_message='The student is on this roster on some of these days already.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Enrollment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('grade', models.CharField(blank=True, max_length=20)),
                        ('is_primary', models.BooleanField(default=True)),
                        ('ada_included', models.BooleanField(default=True)),
                        ('entry_code', models.CharField(blank=True, max_length=10)),
                        ('exit_code', models.CharField(blank=True, max_length=10)),
                        ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='students.school')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrollments', to='students.student')),
                    ],
                    options={
                        'indexes': [
                            models.Index(fields=['school', 'starts_on'], name='enrollment_school_start'),
                        ],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='enrollment_ends_after_start', violation_error_message='The last day lies before the first.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('is_primary', True)), expressions=[(models.Func(models.F('student'), models.F('student'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_primary_enrollment_a_day', violation_error_message='The student has another primary enrollment on some of these days (RD-09).'),
                            django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('student'), models.F('student'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('school'), models.F('school'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_enrollment_per_school_a_day', violation_error_message='The student is enrolled in this school on some of these days already.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Term',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('source_id', models.CharField(max_length=255, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('kind', models.CharField(max_length=40)),
                        ('school_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='students.schoolyear')),
                    ],
                    options={
                        'ordering': ['starts_on'],
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='term_ends_after_start', violation_error_message='The last day lies before the first.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='ApiToken',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=100)),
                        ('prefix', models.CharField(max_length=16)),
                        ('sha256', models.CharField(max_length=64)),
                        ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                        ('created_at', models.DateTimeField()),
                        ('expires_at', models.DateTimeField()),
                        ('last_used_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_at', models.DateTimeField(blank=True, null=True)),
                        ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='api_tokens', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-created_at', '-id'],
                        'constraints': [
                            models.UniqueConstraint(fields=('sha256',), name='one_token_per_hash', violation_error_message='This token exists already.'),
                            models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at')), ('expires_at__lte', django.db.models.expressions.CombinedExpression(models.F('created_at'), '+', models.Value(datetime.timedelta(days=366), models.DurationField())))), name='token_expires_within_a_year', violation_error_message='A token ends after it begins, and within a year.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='revoked_token_says_by_whom', violation_error_message='A revoked token says who revoked it and when.'),
                            models.CheckConstraint(condition=models.Q(('scopes__contained_by', ['rosters:read', 'attendance:read', 'attendance:write', 'calendar:read', 'imports:read', 'imports:write', 'lms:write']), ('scopes__len__gt', 0)), name='token_names_known_scopes', violation_error_message='A token names at least one of the things a token may do.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='RosterFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(help_text='Without .csv.', max_length=40, unique=True)),
                        ('version', models.CharField(blank=True, help_text="Of OneRoster; empty for the district's own files.", max_length=10)),
                        ('received_at', models.DateTimeField()),
                        ('sha256', models.CharField(help_text='Of the file or its rows, and of the columns kept.', max_length=64)),
                        ('rows', models.BinaryField(help_text='CSV without passwords and dropped columns, packed by zlib.')),
                    ],
                ),
                migrations.CreateModel(
                    name='Guardian',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('source_id', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                        ('given_name', models.CharField(max_length=150)),
                        ('family_name', models.CharField(max_length=150)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('phone', models.CharField(blank=True, max_length=100)),
                        ('sms', models.CharField(blank=True, max_length=100)),
                        ('language', models.CharField(blank=True, max_length=3, validators=[django.core.validators.RegexValidator('^[a-z]{2,3}$')])),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('language', ''), ('language__regex', '^[a-z]{2,3}$'), _connector='OR'), name='guardian_language_is_a_code', violation_error_message='A language is a code of two or three small letters, as es.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='GuardianLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('relationship', models.CharField(blank=True, max_length=60)),
                        ('contact_order', models.PositiveSmallIntegerField(blank=True, null=True)),
                        ('may_access', models.BooleanField(default=False, help_text="May see the student's records.")),
                        ('may_contact', models.BooleanField(default=False, help_text='May be told of the student, as of an absence.')),
                        ('guardian', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='students.guardian')),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardian_links', to='students.student')),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='guardian_link_ends_after_start', violation_error_message='The last day lies before the first.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('guardian'), models.F('guardian'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(models.F('student'), models.F('student'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='once_a_guardian_of_a_student_a_day', violation_error_message='This person is linked to the student on some of these days already.'),
                            models.CheckConstraint(condition=models.Q(('contact_order__isnull', True), ('contact_order__gte', 1), _connector='OR'), name='contact_order_begins_with_one', violation_error_message='The order of contacts begins with 1.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Immunization',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('is_compliant', models.BooleanField()),
                        ('student', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='immunizations', to='students.student')),
                    ],
                    options={
                        'constraints': [
                            models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='immunization_ends_after_start', violation_error_message='The last day lies before the first.'),
                            django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('student'), models.F('student'), models.Value('[]'), function='int8range', output_field=django.contrib.postgres.fields.ranges.BigIntegerRangeField()), '&&'), (models.Func(django.db.models.functions.comparison.Least(models.F('starts_on'), models.F('ends_on')), models.F('ends_on'), models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='one_immunization_status_a_day', violation_error_message="The student's immunization is known for some of these days already."),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='RosterRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('lease_token', models.UUIDField(blank=True, null=True)),
                        ('leased_until', models.DateTimeField(blank=True, null=True)),
                        ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                        ('problem', models.CharField(blank=True, max_length=500)),
                        ('submission_id', models.UUIDField(unique=True)),
                        ('origin', models.CharField(choices=[('page', 'Upload'), ('folder', 'Watched folder'), ('command', 'Command'), ('api', 'Other program')], max_length=10)),
                        ('received_at', models.DateTimeField()),
                        ('file_name', models.CharField(max_length=150)),
                        ('sha256', models.CharField(blank=True, help_text='Of the archive, byte for byte.', max_length=64)),
                        ('size', models.PositiveBigIntegerField(default=0, help_text='Bytes of the archive.')),
                        ('delivered_at', models.DateTimeField(blank=True, null=True)),
                        ('applies_itself', models.BooleanField(default=False, help_text='Whether it is applied unasked unless held.')),
                        ('stage', models.CharField(choices=[('received', 'Received'), ('planning', 'Being compared'), ('planned', 'Waits for you to apply it'), ('held', 'Held: needs a confirmation'), ('approved', 'Waits to be applied'), ('applying', 'Being applied'), ('applied', 'Applied'), ('unchanged', 'Nothing to change'), ('refused', 'Refused'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('superseded', 'Replaced by a newer set')], default='received', max_length=10)),
                        ('step', models.CharField(blank=True, max_length=20)),
                        ('is_partial', models.BooleanField(default=False, help_text='Whether a file says only what changed.')),
                        ('planned_at', models.DateTimeField(blank=True, null=True)),
                        ('counts', models.JSONField(blank=True, default=dict)),
                        ('notes', models.JSONField(blank=True, default=list)),
                        ('held', models.JSONField(blank=True, default=list, help_text='Why a person must confirm it.')),
                        ('warnings', models.JSONField(blank=True, default=list)),
                        ('faults', models.JSONField(blank=True, default=list, help_text='The first ones, with file, line, column and value.')),
                        ('fault_count', models.PositiveIntegerField(default=0)),
                        ('values_forgotten', models.BooleanField(default=False)),
                        ('plan_digest', models.CharField(blank=True, help_text='Of what a person sees before agreeing.', max_length=64)),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=500)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decided_imports', to=settings.AUTH_USER_MODEL)),
                        ('evidence', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='run', to='students.rosterimport')),
                        ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='received_imports', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ['-received_at', '-id'],
                        'indexes': [
                            models.Index(fields=['stage'], name='roster_runs_by_stage'),
                        ],
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('origin', 'folder')), fields=('sha256', 'delivered_at'), name='one_run_per_delivery', violation_error_message='This file of the watched folder was taken in already.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['planning', 'applying']), _negated=True), models.Q(('lease_token__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='import_at_work_has_a_lease', violation_error_message='An import that is being worked on is held by a lease.'),
                            models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'planning', 'approved', 'applying', 'planned', 'held']), ('finished_at__isnull', False), _connector='OR'), name='ended_import_says_when', violation_error_message='An import that has ended says when.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['approved', 'applying', 'applied']), _negated=True), ('held', []), models.Q(('decided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='confirmed_endings_have_a_reason', violation_error_message='An import that ends so much is confirmed by a person, with a reason.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('evidence__isnull', False), ('stage', 'applied')), models.Q(models.Q(('stage', 'applied'), _negated=True), ('evidence__isnull', True)), _connector='OR'), name='applied_import_has_its_evidence', violation_error_message='An applied import, and no other, has its evidence.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='RosterPart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('content', models.BinaryField()),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='students.rosterrun')),
                    ],
                    options={
                        'ordering': ['run_id', 'number'],
                        'constraints': [
                            models.UniqueConstraint(fields=('run', 'number'), name='one_part_in_each_place', violation_error_message='This part of the archive is there already.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('role', models.CharField(choices=[('teacher', 'Teacher'), ('clerk', 'Attendance clerk'), ('counselor', 'Counselor'), ('school_administrator', 'School administrator'), ('district_administrator', 'District administrator'), ('outreach', 'Outreach worker'), ('nurse', 'Nurse'), ('auditor', 'Auditor'), ('system_administrator', 'System administrator')], max_length=40)),
                        ('source', models.CharField(choices=[('roster', 'From the roster'), ('here', 'Entered here')], default='roster', max_length=10)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='students.roleassignment')),
                        ('school', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='students.school')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='92f0d8e834cd1f1c193bd9e790d655b8b1ecc429', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8b01a', table='students_roleassignmentevent', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='UserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('is_enabled', models.BooleanField(default=True)),
                        ('closed_at', models.DateTimeField(blank=True, null=True)),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                        ('opened_at', models.DateTimeField(blank=True, null=True)),
                        ('opened_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6d9d6700fe0f93187a55663c3ea8ad4cb359dfe8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_300c3', table='students_userevent', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='SectionTeacherEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField(blank=True, null=True)),
                        ('source_id', models.CharField(max_length=255)),
                        ('is_primary', models.BooleanField(default=False)),
                        ('source', models.CharField(choices=[('roster', 'From the roster'), ('here', 'Entered here')], default='roster', max_length=10)),
                        ('entered_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entered_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='students.sectionteacher')),
                        ('section', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='students.section')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7d9ac47e595509d2a9e62a9ae35adc969375b5d2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e805c', table='students_sectionteacherevent', when='BEFORE')),
                        ],
                    },
                ),
            ],
        ),
    ]
