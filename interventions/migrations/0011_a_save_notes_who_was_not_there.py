"""The marks themselves note who was marked otherwise than present: an absence from one class may change no verdict, and
a family is told of it all the same. In the statement that writes them, so that a save costs no statement more.
"""

from django.db import migrations

NOTE = """
CREATE FUNCTION interventions_note_changed_marks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    students bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT student_id) INTO students FROM changed WHERE status <> 'present';
    ELSE
        SELECT array_agg(DISTINCT changed.student_id) INTO students FROM changed JOIN before USING (id)
        WHERE changed.status <> before.status;
    END IF;
    IF students IS NOT NULL THEN
        INSERT INTO interventions_markschanged (student_ids) VALUES (students);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER marks_note_who_was_not_there AFTER INSERT ON attendance_mark
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION interventions_note_changed_marks();
CREATE TRIGGER marks_note_who_was_corrected AFTER UPDATE ON attendance_mark
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION interventions_note_changed_marks();
"""

FORGET = """
DROP TRIGGER marks_note_who_was_not_there ON attendance_mark;
DROP TRIGGER marks_note_who_was_corrected ON attendance_mark;
DROP FUNCTION interventions_note_changed_marks();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0016_lms_activity_files"),
        ("interventions", "0010_what_families_are_told_of_the_day"),
    ]
    operations = [migrations.RunSQL(NOTE, FORGET)]
