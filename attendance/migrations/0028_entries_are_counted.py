"""What changes an entry is news of its school and date, in the statement that changes it: a class taken late of an old
date is counted again within minutes, and no date is counted in vain. Rows are only added, so two saves never wait for
each other. What a calendar, a plan or a roster moves is left to the night, which counts every date of the year.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_NOTE = "INSERT INTO attendance_entrynews (school_id, date)"
# Of days in own time: the school of each class, which may be another than the student's.
_OF_LEDGER = """
    SELECT day.school_id, day.date FROM {days} day
    UNION SELECT section.school_id, day.date
    FROM {days} day CROSS JOIN unnest(day.own_time_sections || day.own_time_open) its(section_id)
    JOIN students_section section ON section.id = its.section_id"""
_DIFFERS = "(before.own_time_sections, before.own_time_open, before.grade, before.mode, before.school_id)"
_OF_REVIEWS = """
    SELECT DISTINCT section.school_id, review.date
    FROM {reviews} review JOIN students_section section ON section.id = review.section_id"""
# The dates on which a class met, of those that somebody teaches it.
_OF_TEACHING = """
    SELECT DISTINCT meeting.school_id, meeting.date
    FROM {rows} teaching JOIN attendance_classmeeting meeting ON meeting.section_id = teaching.section_id
        AND meeting.date BETWEEN teaching.starts_on AND COALESCE(teaching.ends_on, 'infinity')
    UNION SELECT section.school_id, review.date
    FROM {rows} teaching JOIN students_section section ON section.id = teaching.section_id
    JOIN attendance_dayreview review ON review.section_id = section.id
        AND review.date BETWEEN teaching.starts_on AND COALESCE(teaching.ends_on, 'infinity')"""

TAKE_NOTE = f"""
CREATE FUNCTION attendance_note_meetings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- A class taken once is entered: what is corrected afterwards makes it neither late nor in time.
        {_NOTE} SELECT DISTINCT moved.school_id, moved.date FROM before JOIN changed USING (id)
            CROSS JOIN LATERAL (VALUES (before.school_id, before.date), (changed.school_id, changed.date))
                moved(school_id, date)
            WHERE (before.state, before.section_id, before.school_id, before.date)
                IS DISTINCT FROM (changed.state, changed.section_id, changed.school_id, changed.date);
    ELSE
        {_NOTE} SELECT DISTINCT school_id, date FROM changed;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_note_reviews() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {_NOTE} {_OF_REVIEWS.format(reviews="changed")};
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_note_own_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        {_NOTE} WITH moved AS (
            SELECT before.* FROM before JOIN changed USING (id)
                WHERE {_DIFFERS} IS DISTINCT FROM {_DIFFERS.replace("before.", "changed.")}
            UNION ALL
            SELECT changed.* FROM before JOIN changed USING (id)
                WHERE {_DIFFERS} IS DISTINCT FROM {_DIFFERS.replace("before.", "changed.")})
        {_OF_LEDGER.format(days="moved")};
    ELSE
        {_NOTE} {_OF_LEDGER.format(days="changed")};
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_note_teaching() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        {_NOTE} {_OF_TEACHING.format(rows="changed")};
    END IF;
    IF TG_OP <> 'INSERT' THEN
        {_NOTE} {_OF_TEACHING.format(rows="before")};
    END IF;
    RETURN NULL;
END $$;
"""

# Table, function, and whether its updates are news.
_TABLES = [
    ("attendance_classmeeting", "attendance_note_meetings", True),
    ("attendance_dayreview", "attendance_note_reviews", False),
    ("attendance_dailyattendance", "attendance_note_own_time", True),
]
TRIGGERS = "".join(
    f"""
CREATE TRIGGER entries_are_new AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER entries_are_gone AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
    + (
        f"""
CREATE TRIGGER entries_have_changed AFTER UPDATE ON {table}
    REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""
        if updates
        else ""
    )
    for table, function, updates in _TABLES
) + """
CREATE TRIGGER teaching_is_new AFTER INSERT ON students_sectionteacher
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_note_teaching();
CREATE TRIGGER teaching_has_changed AFTER UPDATE ON students_sectionteacher
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_note_teaching();
CREATE TRIGGER teaching_is_gone AFTER DELETE ON students_sectionteacher
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_note_teaching();
"""
# What stands already is counted by the first round.
_OLD_NEWS = f"{_NOTE} SELECT DISTINCT school_id, date FROM attendance_classmeeting;"

FORGET = "".join(
    f"DROP FUNCTION attendance_note_{each}() CASCADE;" for each in ("meetings", "reviews", "own_time", "teaching")
)


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0027_the_marks_are_counted'),
        ('students', '0017_records_are_kept_for_five_years_and_disposed_of_by_two_persons'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntriesCounted',
            fields=[
                ('school', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='students.school')),
                ('counted_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'entries counted',
            },
        ),
        migrations.CreateModel(
            name='EntryNews',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField()),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
            ],
            options={
                'verbose_name_plural': 'entry news',
            },
        ),
        migrations.CreateModel(
            name='EntryCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('class', 'Class meetings'), ('work', 'Days of students in own time')], max_length=5)),
                ('date', models.DateField()),
                ('due_on', models.DateField(help_text='The last day, inclusive, for entering in time.')),
                ('in_time', models.PositiveIntegerField()),
                ('late', models.PositiveIntegerField(help_text='First entered after the last day.')),
                ('open', models.PositiveIntegerField(help_text='Not entered.')),
                ('students', models.PositiveIntegerField(help_text='At least so many students stand behind days in own time.')),
                ('teacher_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(null=True), default=list, size=None)),
                ('in_time_of', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('late_of', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('open_of', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('school', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='students.school')),
            ],
            options={
                'indexes': [models.Index(fields=['date', 'school', 'kind'], include=('due_on', 'in_time', 'late', 'open', 'students'), name='entry_count_date')],
                'constraints': [models.UniqueConstraint(fields=('school', 'date', 'kind', 'due_on'), name='entries_are_counted_once', violation_error_message='These entries are counted already.'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('date'))), name='entry_is_due_on_its_day_or_later', violation_error_message='Nothing is due before its day.')],
            },
        ),
        migrations.RunSQL(TAKE_NOTE + TRIGGERS + _OLD_NEWS, FORGET),
    ]
