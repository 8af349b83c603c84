"""Which classes of a date nobody meets live is found once, and anew where there is news of it: a district's board asked
it class by class each time, and of a school wholly in own time meeting by meeting.

News is of whatever the answer hangs on: the ledger's days and their classes in own time, rosters, and meetings. It is
noted in the statement that changes them. Rows are only added, so two saves never wait for each other.
"""

import django.db.models.deletion
from django.db import migrations, models

_NOTE = "INSERT INTO attendance_owntimenews (school_id, date)"
# A day that comes or goes may make a class live, or no longer: also one that meets in another school than the student's.
_OF_DAYS = """
    SELECT school_id, date FROM {days}
    UNION SELECT section.school_id, day.date
    FROM {days} day
    JOIN students_sectionenrollment roster ON roster.student_id = day.student_id
        AND day.date BETWEEN roster.starts_on AND COALESCE(roster.ends_on, 'infinity')
    JOIN students_section section ON section.id = roster.section_id
    WHERE section.school_id <> day.school_id"""
_MET_ON = """
    SELECT DISTINCT meeting.school_id, meeting.date
    FROM ({moved}) moved(section_id, first, last)
    JOIN attendance_classmeeting meeting ON meeting.section_id = moved.section_id
        AND meeting.date BETWEEN moved.first AND moved.last"""
# Of each class at once, the dates of all: a roster that is imported has thousands of lines.
_OF_LINES = "SELECT section_id, min(starts_on), max(COALESCE(ends_on, 'infinity')) FROM {lines} GROUP BY section_id"
_LINE = "(before.section_id, before.student_id, before.starts_on, before.ends_on)"

TAKE_NOTE = f"""
CREATE FUNCTION attendance_note_live_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        {_NOTE} WITH moved AS (
            SELECT changed.school_id, changed.date, before.own_time_sections || changed.own_time_sections AS sections
            FROM before JOIN changed USING (id)
            WHERE before.own_time_sections IS DISTINCT FROM changed.own_time_sections)
        SELECT school_id, date FROM moved
        UNION SELECT section.school_id, moved.date FROM moved CROSS JOIN unnest(moved.sections) its(section_id)
        JOIN students_section section ON section.id = its.section_id;
    ELSE
        {_NOTE} {_OF_DAYS.format(days="changed")};
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_note_live_rosters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        {_NOTE} {_MET_ON.format(moved=_OF_LINES.format(lines=f'''(
            SELECT before.* FROM before JOIN changed USING (id)
                WHERE {_LINE} IS DISTINCT FROM {_LINE.replace("before.", "changed.")}
            UNION ALL SELECT changed.* FROM before JOIN changed USING (id)
                WHERE {_LINE} IS DISTINCT FROM {_LINE.replace("before.", "changed.")}) lines'''))};
    ELSE
        {_NOTE} {_MET_ON.format(moved=_OF_LINES.format(lines="changed"))};
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_note_live_meetings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_NOTE} SELECT DISTINCT school_id, date FROM changed;
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_note_moved_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_NOTE} VALUES (OLD.school_id, OLD.date), (NEW.school_id, NEW.date);
    RETURN NULL;
END $$;

CREATE TRIGGER live_classes_may_move AFTER UPDATE ON attendance_classmeeting FOR EACH ROW
    WHEN ((OLD.section_id, OLD.school_id, OLD.date) IS DISTINCT FROM (NEW.section_id, NEW.school_id, NEW.date))
    EXECUTE FUNCTION attendance_note_moved_meeting();
"""
# Table, function, and whether its updates are news as a whole.
_TABLES = [
    ("attendance_dailyattendance", "attendance_note_live_days", True),
    ("students_sectionenrollment", "attendance_note_live_rosters", True),
    ("attendance_classmeeting", "attendance_note_live_meetings", False),
]
TRIGGERS = "".join(
    f"""
CREATE TRIGGER live_classes_are_new AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER live_classes_are_gone AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
    + (
        f"""
CREATE TRIGGER live_classes_have_changed AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
        if updates
        else ""
    )
    for table, function, updates in _TABLES
)
# What stands already is found out by the first round.
_OLD_NEWS = f"{_NOTE} SELECT DISTINCT school_id, date FROM attendance_classmeeting;"

FORGET = "".join(
    f"DROP FUNCTION attendance_note_{each}() CASCADE;"
    for each in ("live_days", "live_rosters", "live_meetings", "moved_meeting")
)


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0033_settled_tallies_stand_alone'),
        ('students', '0017_records_are_kept_for_five_years_and_disposed_of_by_two_persons'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnTimeClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('school', models.ForeignKey(db_index=False, help_text='Where it met.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
                ('section', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.section')),
            ],
            options={
                'verbose_name_plural': 'classes in own time',
                'indexes': [models.Index(fields=['school', 'date'], name='own_time_class_school_date')],
                'constraints': [models.UniqueConstraint(fields=('section', 'date', 'school'), name='one_row_of_a_class_in_own_time', violation_error_message='It is known already that nobody meets this class live.')],
            },
        ),
        migrations.CreateModel(
            name='OwnTimeNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
            ],
            options={
                'verbose_name_plural': 'own time news',
                'indexes': [models.Index(fields=['school', 'date'], name='own_time_news_school_date')],
            },
        ),
        migrations.RunSQL(TAKE_NOTE + TRIGGERS + _OLD_NEWS, FORGET),
    ]
