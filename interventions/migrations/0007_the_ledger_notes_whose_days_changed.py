"""The ledger itself notes whose days changed: in the statement that changes them, so that no way past it is forgotten
and a save costs no statement more. A day that is opened, or judged as before, is no news.
"""

from django.db import migrations

NOTE = """
CREATE FUNCTION interventions_note_changed_days() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    students bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT student_id) INTO students FROM changed WHERE status = 'absent' OR tardies > 0;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT student_id) INTO students FROM before WHERE status = 'absent' OR tardies > 0;
    ELSE
        SELECT array_agg(DISTINCT changed.student_id) INTO students FROM changed JOIN before USING (id)
        WHERE (changed.status, changed.absence_kind, changed.tardies)
            IS DISTINCT FROM (before.status, before.absence_kind, before.tardies);
    END IF;
    IF students IS NOT NULL THEN
        INSERT INTO interventions_dayschanged (student_ids, school_ids) VALUES (students, '{}');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_notes_new_days AFTER INSERT ON attendance_dailyattendance
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION interventions_note_changed_days();
CREATE TRIGGER ledger_notes_changed_days AFTER UPDATE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION interventions_note_changed_days();
CREATE TRIGGER ledger_notes_gone_days AFTER DELETE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION interventions_note_changed_days();
"""

FORGET = """
DROP TRIGGER ledger_notes_new_days ON attendance_dailyattendance;
DROP TRIGGER ledger_notes_changed_days ON attendance_dailyattendance;
DROP TRIGGER ledger_notes_gone_days ON attendance_dailyattendance;
DROP FUNCTION interventions_note_changed_days();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0016_lms_activity_files"),
        ("interventions", "0006_referrals_are_of_cases"),
    ]
    operations = [migrations.RunSQL(NOTE, FORGET)]
