"""A certified day changes only with a reason, and never without being noted (DESIGN: frozen months).

Statement-level triggers on the ledger, the marks and the calendar. The reason comes in a setting of the transaction,
`first_bell.amendment`, which attendance/services/freezing.py alone writes; without it the statement is refused. Each
trigger shares a lock of its schools with every other writer, and a certification takes it alone: nobody's change can
slip in between the reading of a month and its freezing.
"""

from django.db import migrations

AMEND = """
CREATE FUNCTION attendance_schools_with_frozen_days(schools bigint[]) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1120, school::int)
        FROM (SELECT DISTINCT unnest(schools) AS school ORDER BY 1) each;
    -- A statement of its own, so that it sees what was committed while this one waited for the lock.
    RETURN EXISTS (SELECT FROM attendance_frozenmonth WHERE school_id = ANY(schools));
END $$;

CREATE FUNCTION attendance_amend(
    touched text, schools bigint[], dates date[], students bigint[], was text[], became text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    amendment text := current_setting('first_bell.amendment', true);
    said jsonb;
BEGIN
    IF schools IS NULL THEN
        RETURN;
    END IF;
    IF COALESCE(amendment, '') = '' THEN
        RAISE EXCEPTION 'Days of a certified month would change.' USING ERRCODE = 'FB001', DETAIL = (
            SELECT concat_ws(' ', count(DISTINCT day), min(day), max(day)) FROM unnest(dates) AS day);
    END IF;
    said := amendment::jsonb;
    INSERT INTO attendance_amendedday
        (school_id, date, student_id, what, was, became, reason, amended_by_id, amended_at, change)
    SELECT school, day, student, touched, left(before, 60), left(after, 60), said->>'reason', (said->>'by')::bigint,
        (said->>'at')::timestamptz, pg_current_xact_id()::text::bigint
    FROM unnest(schools, dates, students, was, became) AS each(school, day, student, before, after);
END $$;
"""

LEDGER = """
CREATE FUNCTION attendance_keep_frozen_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    schools bigint[];
    kept record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT school_id) INTO schools FROM changed;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT school_id) INTO schools FROM before;
    ELSE
        SELECT array_agg(DISTINCT school_id) INTO schools
        FROM (SELECT school_id FROM before UNION SELECT school_id FROM changed) either;
    END IF;
    IF schools IS NULL OR NOT attendance_schools_with_frozen_days(schools) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(school_id) AS s, array_agg(date) AS d, array_agg(student_id) AS p, array_agg(''::text) AS w,
            array_agg(attendance_day_in_short(c)) AS b INTO kept
        FROM changed c JOIN attendance_frozenmonth f USING (school_id) WHERE c.date BETWEEN f.starts_on AND f.ends_on;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(school_id) AS s, array_agg(date) AS d, array_agg(student_id) AS p,
            array_agg(attendance_day_in_short(o)) AS w, array_agg(''::text) AS b INTO kept
        FROM before o JOIN attendance_frozenmonth f USING (school_id) WHERE o.date BETWEEN f.starts_on AND f.ends_on;
    ELSE
        SELECT array_agg(f.school_id) AS s, array_agg(c.date) AS d, array_agg(c.student_id) AS p,
            array_agg(attendance_day_in_short(o)) AS w, array_agg(attendance_day_in_short(c)) AS b INTO kept
        FROM before o JOIN changed c USING (id)
        JOIN attendance_frozenmonth f ON f.school_id IN (o.school_id, c.school_id)
            AND (o.date BETWEEN f.starts_on AND f.ends_on OR c.date BETWEEN f.starts_on AND f.ends_on)
        WHERE o IS DISTINCT FROM c;
    END IF;
    PERFORM attendance_amend('day', kept.s, kept.d, kept.p, kept.w, kept.b);
    RETURN NULL;
END $$;

CREATE FUNCTION attendance_day_in_short(day attendance_dailyattendance) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', day.status, NULLIF(day.absence_kind, ''), day.minutes_attended || '/' || day.minutes_required)
$$;

CREATE TRIGGER ledger_keeps_frozen_days_from_new_rows AFTER INSERT ON attendance_dailyattendance
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_ledger();
CREATE TRIGGER ledger_keeps_frozen_days AFTER UPDATE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_ledger();
CREATE TRIGGER ledger_keeps_frozen_days_from_going AFTER DELETE ON attendance_dailyattendance
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_ledger();
"""

MARKS = """
CREATE FUNCTION attendance_mark_in_short(period text, mark attendance_mark) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', period || ':', mark.status, mark.minutes_attended)
$$;

CREATE FUNCTION attendance_keep_frozen_marks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    schools bigint[];
    kept record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT m.school_id) INTO schools
        FROM attendance_classmeeting m WHERE m.id IN (SELECT meeting_id FROM before);
    ELSE
        SELECT array_agg(DISTINCT m.school_id) INTO schools
        FROM attendance_classmeeting m WHERE m.id IN (SELECT meeting_id FROM changed);
    END IF;
    IF schools IS NULL OR NOT attendance_schools_with_frozen_days(schools) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(m.school_id) AS s, array_agg(m.date) AS d, array_agg(c.student_id) AS p,
            array_agg(''::text) AS w, array_agg(attendance_mark_in_short(m.period, c)) AS b INTO kept
        FROM changed c JOIN attendance_classmeeting m ON m.id = c.meeting_id
        JOIN attendance_frozenmonth f ON f.school_id = m.school_id AND m.date BETWEEN f.starts_on AND f.ends_on;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(m.school_id) AS s, array_agg(m.date) AS d, array_agg(o.student_id) AS p,
            array_agg(attendance_mark_in_short(m.period, o)) AS w, array_agg(''::text) AS b INTO kept
        FROM before o JOIN attendance_classmeeting m ON m.id = o.meeting_id
        JOIN attendance_frozenmonth f ON f.school_id = m.school_id AND m.date BETWEEN f.starts_on AND f.ends_on;
    ELSE
        SELECT array_agg(m.school_id) AS s, array_agg(m.date) AS d, array_agg(c.student_id) AS p,
            array_agg(attendance_mark_in_short(m.period, o)) AS w,
            array_agg(attendance_mark_in_short(m.period, c)) AS b INTO kept
        FROM before o JOIN changed c USING (id) JOIN attendance_classmeeting m ON m.id IN (o.meeting_id, c.meeting_id)
        JOIN attendance_frozenmonth f ON f.school_id = m.school_id AND m.date BETWEEN f.starts_on AND f.ends_on
        WHERE o IS DISTINCT FROM c;
    END IF;
    PERFORM attendance_amend('mark', kept.s, kept.d, kept.p, kept.w, kept.b);
    RETURN NULL;
END $$;

CREATE TRIGGER marks_of_frozen_days_are_not_added AFTER INSERT ON attendance_mark
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_marks();
CREATE TRIGGER marks_of_frozen_days_stay AFTER UPDATE ON attendance_mark
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_marks();
CREATE TRIGGER marks_of_frozen_days_do_not_go AFTER DELETE ON attendance_mark
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_marks();
"""

CALENDAR = """
CREATE FUNCTION attendance_calendar_in_short(day attendance_calendarday) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws(' ', day.event_type, NULLIF(day.day_kind, ''), NULLIF(day.rotation_day, ''),
        'month ' || day.reporting_month)
$$;

CREATE FUNCTION attendance_keep_frozen_calendar() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    schools bigint[];
    kept record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT school_id) INTO schools FROM before;
    ELSE
        SELECT array_agg(DISTINCT school_id) INTO schools FROM changed;
    END IF;
    IF schools IS NULL OR NOT attendance_schools_with_frozen_days(schools) THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(school_id) AS s, array_agg(date) AS d, array_agg(NULL::bigint) AS p, array_agg(''::text) AS w,
            array_agg(attendance_calendar_in_short(c)) AS b INTO kept
        FROM changed c JOIN attendance_frozenmonth f USING (school_id) WHERE c.date BETWEEN f.starts_on AND f.ends_on;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(school_id) AS s, array_agg(date) AS d, array_agg(NULL::bigint) AS p,
            array_agg(attendance_calendar_in_short(o)) AS w, array_agg(''::text) AS b INTO kept
        FROM before o JOIN attendance_frozenmonth f USING (school_id) WHERE o.date BETWEEN f.starts_on AND f.ends_on;
    ELSE
        SELECT array_agg(c.school_id) AS s, array_agg(c.date) AS d, array_agg(NULL::bigint) AS p,
            array_agg(attendance_calendar_in_short(o)) AS w, array_agg(attendance_calendar_in_short(c)) AS b INTO kept
        FROM before o JOIN changed c USING (id) JOIN attendance_frozenmonth f ON f.school_id = c.school_id
            AND (o.date BETWEEN f.starts_on AND f.ends_on OR c.date BETWEEN f.starts_on AND f.ends_on)
        WHERE o IS DISTINCT FROM c;
    END IF;
    PERFORM attendance_amend('calendar', kept.s, kept.d, kept.p, kept.w, kept.b);
    RETURN NULL;
END $$;

CREATE TRIGGER frozen_calendar_takes_no_new_days AFTER INSERT ON attendance_calendarday
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_calendar();
CREATE TRIGGER frozen_calendar_stays AFTER UPDATE ON attendance_calendarday
    REFERENCING OLD TABLE AS before NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_calendar();
CREATE TRIGGER frozen_calendar_keeps_its_days AFTER DELETE ON attendance_calendarday
    REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION attendance_keep_frozen_calendar();
"""

FORGET = """
DROP TRIGGER ledger_keeps_frozen_days_from_new_rows ON attendance_dailyattendance;
DROP TRIGGER ledger_keeps_frozen_days ON attendance_dailyattendance;
DROP TRIGGER ledger_keeps_frozen_days_from_going ON attendance_dailyattendance;
DROP TRIGGER marks_of_frozen_days_are_not_added ON attendance_mark;
DROP TRIGGER marks_of_frozen_days_stay ON attendance_mark;
DROP TRIGGER marks_of_frozen_days_do_not_go ON attendance_mark;
DROP TRIGGER frozen_calendar_takes_no_new_days ON attendance_calendarday;
DROP TRIGGER frozen_calendar_stays ON attendance_calendarday;
DROP TRIGGER frozen_calendar_keeps_its_days ON attendance_calendarday;
DROP FUNCTION attendance_keep_frozen_calendar();
DROP FUNCTION attendance_calendar_in_short(attendance_calendarday);
DROP FUNCTION attendance_keep_frozen_marks();
DROP FUNCTION attendance_mark_in_short(text, attendance_mark);
DROP FUNCTION attendance_keep_frozen_ledger();
DROP FUNCTION attendance_day_in_short(attendance_dailyattendance);
DROP FUNCTION attendance_amend(text, bigint[], date[], bigint[], text[], text[]);
DROP FUNCTION attendance_schools_with_frozen_days(bigint[]);
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0021_certified_months_are_frozen")]
    operations = [migrations.RunSQL(AMEND + LEDGER + MARKS + CALENDAR, FORGET)]
