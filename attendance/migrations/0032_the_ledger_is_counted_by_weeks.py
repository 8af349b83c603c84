"""The ledger counts its days by weeks: one row of 28 numbers instead of a row for each kind of each day, so that two
years of a large district are a twelfth of the rows. As before, triggers note each change in the statement that makes
it, and rows are only ever added.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

_COUNTED_BY_DAYS = import_module("attendance.migrations.0023_the_ledger_is_counted")

_KIND = "school_id, week, grade, ada_included, mode"
_COLUMNS = [f"{each}_{day}" for each in ("present", "excused", "unexcused", "undetermined") for day in range(1, 8)]
_ROW = f"{_KIND}, {', '.join(_COLUMNS)}"
# The year 1 begins on a Monday.
_DAY = "((date - date '0001-01-01') % 7)"
# The place of a day among the 28 columns.
_PLACE = f"""CASE WHEN status = 'present' THEN 0 WHEN status = 'undetermined' THEN 21
            WHEN absence_kind = 'excused' THEN 7 ELSE 14 END + {_DAY}"""
_COUNTS = ", ".join(
    f"coalesce(sum(students) FILTER (WHERE place = {place}), 0)" for place, _ in enumerate(_COLUMNS)
)


def _noted(days: str, number: str) -> str:
    """Write what some days add or take away, a row for each kind of them."""
    return f"""
        INSERT INTO attendance_weektally ({_ROW})
        SELECT {_KIND}, {_COUNTS} FROM (
            SELECT school_id, date - {_DAY} AS week, grade, ada_included, mode, {_PLACE} AS place,
                {number} AS students
            FROM {days} GROUP BY school_id, date, grade, ada_included, mode, status, absence_kind) placed
        GROUP BY {_KIND} ORDER BY week, school_id"""


_EACH = ("school_id", "date", "grade", "ada_included", "mode", "status", "absence_kind")
_BEFORE, _CHANGED = (", ".join(f"{side}.{each}" for each in _EACH) for side in ("before", "changed"))
# A pair that changes places adds up to nothing, and is news all the same: of whom a group consists.
_MOVED = f"""(
            SELECT {_BEFORE}, -1 AS moved FROM before JOIN changed USING (id)
                WHERE ({_BEFORE}) IS DISTINCT FROM ({_CHANGED})
            UNION ALL
            SELECT {_CHANGED}, 1 FROM before JOIN changed USING (id)
                WHERE ({_BEFORE}) IS DISTINCT FROM ({_CHANGED})) both_sides"""

COUNT = f"""
CREATE FUNCTION attendance_count_weeks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {_noted("changed", "count(*)")};
    ELSIF TG_OP = 'DELETE' THEN
        {_noted("before", "-count(*)")};
    ELSE
        {_noted(_MOVED, "sum(moved)")};
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_counts_new_days AFTER INSERT ON attendance_dailyattendance
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_weeks();
CREATE TRIGGER ledger_counts_changed_days AFTER UPDATE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_weeks();
CREATE TRIGGER ledger_counts_gone_days AFTER DELETE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_weeks();

{_noted("attendance_daytally", "sum(students)")};
"""

FORGET = """
DROP TRIGGER ledger_counts_new_days ON attendance_dailyattendance;
DROP TRIGGER ledger_counts_changed_days ON attendance_dailyattendance;
DROP TRIGGER ledger_counts_gone_days ON attendance_dailyattendance;
DROP FUNCTION attendance_count_weeks();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0031_days_in_own_time_are_found_by_student'),
        ('students', '0017_records_are_kept_for_five_years_and_disposed_of_by_two_persons'),
    ]

    operations = [
        migrations.RunSQL(_COUNTED_BY_DAYS.FORGET, _COUNTED_BY_DAYS.COUNT),
        migrations.CreateModel(
            name='WeekTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('week', models.DateField(help_text='Its Monday.')),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('ada_included', models.BooleanField()),
                ('mode', models.CharField(blank=True, choices=[('in_person', 'In person'), ('sync_online', 'Synchronous online'), ('async_online', 'Asynchronous online'), ('offline_digital', 'Offline on a device'), ('offline_packets', 'Paper packets')], max_length=20)),
                ('present_1', models.IntegerField()),
                ('present_2', models.IntegerField()),
                ('present_3', models.IntegerField()),
                ('present_4', models.IntegerField()),
                ('present_5', models.IntegerField()),
                ('present_6', models.IntegerField()),
                ('present_7', models.IntegerField()),
                ('excused_1', models.IntegerField()),
                ('excused_2', models.IntegerField()),
                ('excused_3', models.IntegerField()),
                ('excused_4', models.IntegerField()),
                ('excused_5', models.IntegerField()),
                ('excused_6', models.IntegerField()),
                ('excused_7', models.IntegerField()),
                ('unexcused_1', models.IntegerField()),
                ('unexcused_2', models.IntegerField()),
                ('unexcused_3', models.IntegerField()),
                ('unexcused_4', models.IntegerField()),
                ('unexcused_5', models.IntegerField()),
                ('unexcused_6', models.IntegerField()),
                ('unexcused_7', models.IntegerField()),
                ('undetermined_1', models.IntegerField()),
                ('undetermined_2', models.IntegerField()),
                ('undetermined_3', models.IntegerField()),
                ('undetermined_4', models.IntegerField()),
                ('undetermined_5', models.IntegerField()),
                ('undetermined_6', models.IntegerField()),
                ('undetermined_7', models.IntegerField()),
                ('settled', models.BooleanField(db_default=False, default=False, help_text='Added up with the others of its week.')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
            ],
            options={
                'verbose_name_plural': 'week tallies',
                'indexes': [models.Index(fields=['school', 'week'], name='week_tally_school_week'), models.Index(condition=models.Q(('settled', False)), fields=['school'], name='week_tally_unsettled')],
            },
        ),
        migrations.RunSQL(COUNT, FORGET),
        migrations.DeleteModel(name='DayTally'),
    ]
