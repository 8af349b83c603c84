"""What teachers of a large district did in the weeks in own time: talks with most students, and most weeks reported."""

from __future__ import annotations

from bench.large_district import Cursor, LargeDistrict

# Of ten weeks nine have their talk. One student in thirty cannot be reached any more since four weeks.
_TALKS = """
    INSERT INTO attendance_interaction (submission_id, student_id, section_id, kind, happened_at, day, minutes, note,
            entered_by_id, entered_at, withdrawn_reason)
    SELECT gen_random_uuid(), student_id, section_id,
        (ARRAY['one_to_one', 'group', 'call', 'message'])[1 + chance %% 4], talked, talked::date, 5 + chance %% 20, '',
        user_id, talked, ''
    FROM (
        SELECT own.student_id, named.section_id, teacher.user_id, own.monday, chance,
            (own.monday + chance::integer %% 4 + time '08:15') AT TIME ZONE 'America/Chicago' AS talked
        FROM (SELECT DISTINCT student_id, date_trunc('week', date)::date AS monday, own_time_sections AS sections
            FROM attendance_dailyattendance WHERE own_time_sections <> '{}') own
        CROSS JOIN unnest(own.sections) named(section_id)
        JOIN students_sectionteacher teacher ON teacher.section_id = named.section_id
        CROSS JOIN LATERAL (SELECT hashint8extended(own.student_id * 1000 + (own.monday - %(starts)s),
            named.section_id) & 1023 AS chance) thrown) said
    WHERE chance < 922 AND talked < %(today)s AND NOT (student_id %% 30 = 0 AND monday > %(today)s - 28)
"""
_REPORTS = """
    INSERT INTO attendance_weekreport (submission_id, section_id, week_starts_on, completed, not_completed, not_entered,
            reported_by_id, reported_at)
    SELECT gen_random_uuid(), section_id, monday, students, '{}', '{}', user_id, monday + 7 + time '15:00'
    FROM (SELECT named.section_id, own.monday, array_agg(own.student_id ORDER BY own.student_id) AS students
        FROM (SELECT DISTINCT student_id, date_trunc('week', date)::date AS monday, own_time_sections AS sections
            FROM attendance_dailyattendance WHERE own_time_sections <> '{}') own
        CROSS JOIN unnest(own.sections) named(section_id) GROUP BY named.section_id, own.monday) listed
    JOIN students_sectionteacher teacher USING (section_id)
    WHERE monday < %(today)s - 7 AND hashint8extended(section_id, (monday - %(starts)s)::bigint) & 1023 < 922
"""


def insert_talks_and_reports(district: LargeDistrict, cursor: Cursor) -> None:
    """The talks through yesterday, and the reports of weeks whose turn-in is over, by whoever teaches the class."""
    year = {"starts": district.days[0], "today": district.today}
    cursor.execute(_TALKS, year)
    cursor.execute(_REPORTS, year)
