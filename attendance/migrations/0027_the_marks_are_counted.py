"""The marks count themselves, as the ledger does: in the statement that changes them, and in the one that makes a class
taken or void, so that the sums are right in every transaction. Rows are only ever added, so two saves never wait for
each other.
"""

import django.db.models.deletion
from django.db import migrations, models

_STATUSES = ("present", "tardy", "left_early", "absent")
_COLUMNS = f"school_id, date, period, {', '.join(_STATUSES)}"


def _counts(sign: str) -> str:
    return ", ".join(f"coalesce(sum({sign}) FILTER (WHERE mark.status = '{each}'), 0)" for each in _STATUSES)


def _noted(marks: str, sign: str) -> str:
    """Write what some marks add or take away, of classes that are taken."""
    return f"""
        INSERT INTO attendance_marktally ({_COLUMNS})
        SELECT met.school_id, met.date, met.period, {_counts(sign)}
        FROM {marks} JOIN attendance_classmeeting met ON met.id = mark.meeting_id
        WHERE met.state = 'taken' GROUP BY met.school_id, met.date, met.period"""


_MOVED = """(
            SELECT before.meeting_id, before.status, -1 AS moved FROM before JOIN changed USING (id)
                WHERE (before.meeting_id, before.status) IS DISTINCT FROM (changed.meeting_id, changed.status)
            UNION ALL
            SELECT changed.meeting_id, changed.status, 1 FROM before JOIN changed USING (id)
                WHERE (before.meeting_id, before.status) IS DISTINCT FROM (changed.meeting_id, changed.status)) mark"""
_PLACE = "({0}.state = 'taken', {0}.school_id, {0}.date, {0}.period)"
_DIFFERS = f"{_PLACE.format('before')} IS DISTINCT FROM {_PLACE.format('changed')}"

COUNT = f"""
CREATE FUNCTION attendance_count_marks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        {_noted("changed mark", "1")};
    ELSIF TG_OP = 'DELETE' THEN
        {_noted("before mark", "-1")};
    ELSE
        {_noted(_MOVED, "mark.moved")};
    END IF;
    RETURN NULL;
END $$;

-- A class that becomes taken, void or another's period brings its marks along, or takes them away. No class goes before its
-- marks: the key holds it, and so does what keeps records.
CREATE FUNCTION attendance_count_marks_of_classes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO attendance_marktally ({_COLUMNS})
    SELECT met.school_id, met.date, met.period, {_counts("met.moved")} FROM (
        SELECT before.id, before.school_id, before.date, before.period, -1 AS moved
            FROM before JOIN changed USING (id) WHERE before.state = 'taken' AND {_DIFFERS}
        UNION ALL
        SELECT changed.id, changed.school_id, changed.date, changed.period, 1
            FROM before JOIN changed USING (id) WHERE changed.state = 'taken' AND {_DIFFERS}) met
    JOIN attendance_mark mark ON mark.meeting_id = met.id GROUP BY met.school_id, met.date, met.period;
    RETURN NULL;
END $$;

CREATE TRIGGER marks_count_new_ones AFTER INSERT ON attendance_mark
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_marks();
CREATE TRIGGER marks_count_changed_ones AFTER UPDATE ON attendance_mark
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_marks();
CREATE TRIGGER marks_count_gone_ones AFTER DELETE ON attendance_mark
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_marks();
CREATE TRIGGER classes_count_their_marks AFTER UPDATE ON attendance_classmeeting
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_count_marks_of_classes();

INSERT INTO attendance_marktally ({_COLUMNS}, settled)
SELECT met.school_id, met.date, met.period, {_counts("1")}, true
FROM attendance_mark mark JOIN attendance_classmeeting met ON met.id = mark.meeting_id
WHERE met.state = 'taken' GROUP BY met.school_id, met.date, met.period;
"""

FORGET = """
DROP TRIGGER marks_count_new_ones ON attendance_mark;
DROP TRIGGER marks_count_changed_ones ON attendance_mark;
DROP TRIGGER marks_count_gone_ones ON attendance_mark;
DROP TRIGGER classes_count_their_marks ON attendance_classmeeting;
DROP FUNCTION attendance_count_marks();
DROP FUNCTION attendance_count_marks_of_classes();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0026_documents_are_sealed_by_two_persons'),
        ('students', '0017_records_are_kept_for_five_years_and_disposed_of_by_two_persons'),
    ]

    operations = [
        migrations.CreateModel(
            name='MarkTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('period', models.CharField(max_length=40)),
                ('present', models.IntegerField(help_text='Marks; negative where they are no longer so, as in the others.')),
                ('tardy', models.IntegerField()),
                ('left_early', models.IntegerField()),
                ('absent', models.IntegerField()),
                ('settled', models.BooleanField(db_default=False, default=False, help_text='Added up with the others of its date.')),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
            ],
            options={
                'verbose_name_plural': 'mark tallies',
                'indexes': [models.Index(fields=['school', 'date'], name='mark_tally_school_date'), models.Index(condition=models.Q(('settled', False)), fields=['school'], name='mark_tally_unsettled')],
            },
        ),
        migrations.RunSQL(COUNT, FORGET),
    ]
