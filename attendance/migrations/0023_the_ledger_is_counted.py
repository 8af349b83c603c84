"""The ledger counts its own days: in the statement that changes them, so that no way past it is forgotten and the sums
are right in every transaction. Rows are only ever added, so two saves never wait for each other.
"""

import django.db.models.deletion
from django.db import migrations, models

_KIND = "school_id, date, grade, ada_included, mode, status, absence_kind"
_DIFFERS = ", ".join(f"before.{each.strip()}" for each in _KIND.split(",")), ", ".join(
    f"changed.{each.strip()}" for each in _KIND.split(",")
)

COUNT = f"""
CREATE FUNCTION attendance_count_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO attendance_daytally ({_KIND}, students)
        SELECT {_KIND}, count(*) FROM changed GROUP BY {_KIND};
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO attendance_daytally ({_KIND}, students)
        SELECT {_KIND}, -count(*) FROM before GROUP BY {_KIND};
    ELSE
        -- A pair that changes places adds up to nothing, and is news all the same: of whom a group consists.
        INSERT INTO attendance_daytally ({_KIND}, students)
        SELECT {_KIND}, sum(moved) FROM (
            SELECT {_DIFFERS[0]}, -1 AS moved FROM before JOIN changed USING (id)
                WHERE ({_DIFFERS[0]}) IS DISTINCT FROM ({_DIFFERS[1]})
            UNION ALL
            SELECT {_DIFFERS[1]}, 1 FROM before JOIN changed USING (id)
                WHERE ({_DIFFERS[0]}) IS DISTINCT FROM ({_DIFFERS[1]})) both_sides
        GROUP BY {_KIND};
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_counts_new_days AFTER INSERT ON attendance_dailyattendance
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_days();
CREATE TRIGGER ledger_counts_changed_days AFTER UPDATE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_days();
CREATE TRIGGER ledger_counts_gone_days AFTER DELETE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_days();

INSERT INTO attendance_daytally ({_KIND}, students)
SELECT {_KIND}, count(*) FROM attendance_dailyattendance GROUP BY {_KIND};
"""

FORGET = """
DROP TRIGGER ledger_counts_new_days ON attendance_dailyattendance;
DROP TRIGGER ledger_counts_changed_days ON attendance_dailyattendance;
DROP TRIGGER ledger_counts_gone_days ON attendance_dailyattendance;
DROP FUNCTION attendance_count_days();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0022_changes_of_certified_days_are_noted'),
        ('students', '0016_where_an_invitation_was_mailed_to'),
    ]

    operations = [
        migrations.CreateModel(
            name='DayTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('grade', models.CharField(blank=True, max_length=20)),
                ('ada_included', models.BooleanField()),
                ('mode', models.CharField(blank=True, choices=[('in_person', 'In person'), ('sync_online', 'Synchronous online'), ('async_online', 'Asynchronous online'), ('offline_digital', 'Offline on a device'), ('offline_packets', 'Paper packets')], max_length=20)),
                ('status', models.CharField(choices=[('present', 'Present'), ('absent', 'Absent'), ('undetermined', 'Undetermined')], max_length=15)),
                ('absence_kind', models.CharField(blank=True, choices=[('excused', 'Excused'), ('unexcused', 'Unexcused'), ('suspended', 'Suspended')], max_length=10)),
                ('students', models.IntegerField(help_text='Student-days; negative where they are no longer so.')),
                ('settled', models.BooleanField(db_default=False, default=False, help_text='Added up with the others of its date.')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
            ],
            options={
                'verbose_name_plural': 'day tallies',
                'indexes': [models.Index(fields=['school', 'date'], name='tally_school_date'), models.Index(condition=models.Q(('settled', False)), fields=['school'], name='tally_unsettled')],
            },
        ),
        migrations.RunSQL(COUNT, FORGET),
    ]
