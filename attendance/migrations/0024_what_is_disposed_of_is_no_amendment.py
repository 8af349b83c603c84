"""Certified days go when their school year is disposed of (MS-31): that is no amendment of a month.

Only what a disposal that is being carried out may remove, by the same words of the database that keep every record.
"""

from django.db import migrations

AMEND = """
CREATE OR REPLACE FUNCTION attendance_amend(
    touched text, schools bigint[], dates date[], students bigint[], was text[], became text[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    amendment text := current_setting('first_bell.amendment', true);
    said jsonb;
BEGIN
    IF schools IS NULL THEN
        RETURN;
    END IF;{disposed}
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
DISPOSED = """
    -- Nothing became of them: they are gone, and what keeps every record lets them go.
    IF COALESCE(current_setting('first_bell.disposal', true), '') <> ''
            AND NOT EXISTS (SELECT FROM unnest(became) AS after WHERE after <> '')
            AND NOT EXISTS (SELECT FROM (SELECT DISTINCT unnest(dates) AS day) each
                WHERE retention_refusal(day, 'documentation') IS NOT NULL) THEN
        RETURN;
    END IF;"""


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0023_the_ledger_is_counted'),
    ]

    operations = [
        migrations.RunSQL(AMEND.replace("{disposed}", DISPOSED), AMEND.replace("{disposed}", "")),
    ]
