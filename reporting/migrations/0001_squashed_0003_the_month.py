"""The month, in one step: what the migrations up to 0003 come to."""

import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

from students.tables_together import CreateTogether


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('reporting', '0001_the_month'),
        ('reporting', '0002_what_became_of_a_file_at_the_state'),
        ('reporting', '0003_averages_of_a_month_are_kept_exactly'),
    ]

    dependencies = [
        ('attendance', '0001_squashed_0016_from_the_bell_to_the_day'),
        ('students', '0001_squashed_0011_people_places_and_time'),
    ]

    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='MonthRun',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.PositiveSmallIntegerField()),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('submission_id', models.UUIDField(unique=True)),
                        ('requested_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('blocked', 'Blocked by findings'), ('done', 'Done'), ('failed', 'Failed')], default='waiting', max_length=10)),
                        ('step', models.CharField(blank=True, max_length=100)),
                        ('days_done', models.PositiveSmallIntegerField(default=0)),
                        ('days_total', models.PositiveSmallIntegerField(default=0, help_text='School days of the month.')),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('lease_token', models.UUIDField(blank=True, null=True)),
                        ('leased_until', models.DateTimeField(blank=True, null=True)),
                        ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                        ('as_of', models.DateTimeField(blank=True, null=True)),
                        ('finished_at', models.DateTimeField(blank=True, null=True)),
                        ('problem', models.CharField(blank=True, max_length=500)),
                        ('days_present', models.PositiveIntegerField(blank=True, null=True)),
                        ('days_enrolled', models.PositiveIntegerField(blank=True, null=True)),
                        ('requested_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                        ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_runs', to='students.school')),
                        ('school_year', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='month_runs', to='students.schoolyear')),
                        ('ada', models.CharField(blank=True, max_length=60)),
                        ('adm', models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        'ordering': ['-requested_at', '-id'],
                        'constraints': [
                            models.UniqueConstraint(condition=models.Q(('state__in', ['waiting', 'running'])), fields=('school', 'school_year', 'month'), name='one_unfinished_run_per_school_and_month', violation_error_message='This month is being built already.'),
                            models.CheckConstraint(condition=models.Q(('month__gte', 1), ('month__lte', 9)), name='month_run_is_1_to_9', violation_error_message='Reporting months are numbered 1 to 9.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('state', 'running'), _negated=True), models.Q(('lease_token__isnull', False), ('leased_until__isnull', False)), _connector='OR'), name='running_month_has_a_lease', violation_error_message='A month that is being built is held by a lease.'),
                            models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running']), ('finished_at__isnull', False), _connector='OR'), name='finished_month_says_when', violation_error_message='A finished month says when it was finished.'),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Finding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('severity', models.CharField(choices=[('error', 'Blocks the month'), ('warning', 'To be known')], max_length=10)),
                        ('code', models.CharField(max_length=40)),
                        ('rule', models.CharField(blank=True, max_length=10)),
                        ('message', models.TextField()),
                        ('mend', models.TextField(blank=True)),
                        ('students', models.PositiveIntegerField(default=0, help_text='Students whose days hang on it.')),
                        ('date', models.DateField(blank=True, null=True)),
                        ('meeting', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='attendance.classmeeting')),
                        ('student', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.student')),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='reporting.monthrun')),
                    ],
                    options={
                        'ordering': ['severity', 'date', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='ExportFile',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=100)),
                        ('sha256', models.CharField(max_length=64)),
                        ('content', models.BinaryField()),
                        ('run', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='package', to='reporting.monthrun')),
                        ('files', models.JSONField(default=list)),
                    ],
                    options={
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='packages_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e51e212e9a6f17136dcef8e7e4040f454397123c', operation='UPDATE OR DELETE', pgid='pgtrigger_packages_are_kept_f8fee', table='reporting_exportfile', when='BEFORE')),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name='Filing',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('record_set', models.CharField(max_length=40)),
                        ('sha256', models.CharField(max_length=64)),
                        ('event', models.CharField(choices=[('filed', 'Filed'), ('accepted', 'Accepted by the state'), ('rejected', 'Rejected by the state')], max_length=10)),
                        ('note', models.CharField(blank=True, help_text="The state's reference, or why it rejected the file.", max_length=300)),
                        ('submission_id', models.UUIDField()),
                        ('recorded_at', models.DateTimeField()),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='reporting.monthrun')),
                    ],
                    options={
                        'ordering': ['id'],
                        'constraints': [
                            models.UniqueConstraint(fields=('submission_id', 'record_set', 'event'), name='one_filing_event_per_request', violation_error_message='This was recorded already.'),
                            models.UniqueConstraint(condition=models.Q(('event', 'accepted')), fields=('run', 'record_set'), name='one_acceptance_per_file', violation_error_message='The state accepted this file already.'),
                            models.CheckConstraint(condition=models.Q(models.Q(('event', 'rejected'), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='rejection_says_why', violation_error_message='Say what the state found wrong.'),
                        ],
                        'triggers': [
                            pgtrigger.compiler.Trigger(name='filings_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1f14ff84cf2683bc9e02112abb2ecbb3bc9e082a', operation='UPDATE OR DELETE', pgid='pgtrigger_filings_are_kept_d6ac3', table='reporting_filing', when='BEFORE')),
                        ],
                    },
                ),
            ],
        ),
    ]
