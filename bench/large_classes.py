"""The classes of a large district: six sections for every 25 students of a grade, their teachers, the meetings of all
schools, and the marks of one of them, the largest high school: of its last month, and of a few teachers' whole year.
"""

from __future__ import annotations

from typing import Any

from bench.large_district import YEAR_STARTS, Cursor, LargeDistrict

# Nearly all classes are taken; of those of today the first three, as in the middle of a morning.
_CLASSES = """
    CREATE TEMPORARY TABLE bench_group ON COMMIT DROP AS
        SELECT student_id, school_id, grade, dense_rank() OVER (ORDER BY school_id, grade, bunch) AS number
        FROM (SELECT student_id, school_id, grade,
                (row_number() OVER (PARTITION BY school_id, grade ORDER BY student_id) - 1) / 25 AS bunch
            FROM students_enrollment) bunched;
    INSERT INTO students_course (source_id, title, code)
        SELECT 'c' || n, 'Subject ' || n, n::text FROM generate_series(1, 6) n;
    INSERT INTO students_user (source_id, username, password, email, given_name, family_name, is_enabled, new_email,
            language)
        SELECT DISTINCT 't' || number, 'teacher' || number, '', '', 'Pat', 'Teacher ' || number, true, '', ''
        FROM bench_group;
    INSERT INTO students_section (source_id, course_id, school_id, title, code, kind, location, grades, periods)
        SELECT DISTINCT 'g' || number || '-' || course.code, course.id, school_id,
            course.title || ' of ' || number, course.code, 'scheduled', '', '{}'::varchar[], '{}'::varchar[]
        FROM bench_group CROSS JOIN students_course course;
    INSERT INTO attendance_sectionmeetingtime (section_id, period, rotation_days, starts_on)
        SELECT id, code, '{}', %(starts)s FROM students_section;
    INSERT INTO students_sectionenrollment (source_id, student_id, section_id, starts_on)
        SELECT 'e' || section.id || '-' || student_id, student_id, section.id, %(starts)s
        FROM bench_group JOIN students_section section ON section.source_id LIKE 'g%%'
            AND split_part(substr(section.source_id, 2), '-', 1)::integer = number;
    INSERT INTO students_sectionteacher (source_id, user_id, section_id, is_primary, source, starts_on)
        SELECT 'h' || section.id, teacher.id, section.id, true, 'roster', %(starts)s
        FROM students_section section JOIN (SELECT school_id, min(number) AS first, count(DISTINCT number) AS held
            FROM bench_group GROUP BY school_id) groups USING (school_id)
        CROSS JOIN LATERAL (SELECT split_part(substr(section.source_id, 2), '-', 1)::integer AS number) of
        JOIN students_user teacher ON teacher.source_id = 't' ||
            (groups.first + (of.number - groups.first + section.code::integer) %% groups.held);
    INSERT INTO attendance_classmeeting (section_id, school_id, date, period, starts_at, ends_at,
            instructional_minutes, state, version, taken_by_id, taken_at, void_reason)
        SELECT section_id, school_id, date, period, time '07:00' + period::integer * interval '1 hour',
            time '07:55' + period::integer * interval '1 hour', 55,
            CASE WHEN is_taken THEN 'taken' ELSE 'expected' END, is_taken::integer,
            CASE WHEN is_taken THEN user_id END,
            CASE WHEN is_taken THEN date + time '13:30' + period::integer * interval '1 hour' END, ''
        FROM (SELECT section.id AS section_id, section.school_id, day.date, section.code AS period, teacher.user_id,
                (day.date < %(today)s OR section.code < '4') AND (hashint8extended(section.id,
                    (day.date - %(starts)s)::bigint) & 1023) >= 20 AS is_taken
            FROM students_section section JOIN students_sectionteacher teacher ON teacher.section_id = section.id
            JOIN attendance_calendarday day ON day.school_id = section.school_id
                AND day.date BETWEEN %(starts)s AND %(today)s) held
        ORDER BY date, school_id;
"""
_LARGEST = "SELECT school_id FROM students_enrollment WHERE grade = '12' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
# Who works in own time does so in every class, beside others who meet it live; what was done today is not entered yet.
_OWN_TIME = """
    UPDATE attendance_dailyattendance day SET own_time_sections = held.sections,
        own_time_open = CASE WHEN day.date = %(today)s THEN held.sections ELSE '{}' END
    FROM (SELECT student_id, array_agg(section_id ORDER BY section_id) AS sections FROM students_sectionenrollment
        GROUP BY student_id) held
    WHERE held.student_id = day.student_id AND day.mode IN ('async_online', 'offline_packets')
        AND day.own_time_sections = '{}'
"""
# Who was absent that day was absent in each class; of the others one in forty came late. The teachers of the first
# sections have the whole year of theirs.
_MARKS = """
    INSERT INTO attendance_mark (meeting_id, student_id, status, minutes_attended, marked_by_id, marked_at, reason)
    SELECT meeting.id, roster.student_id, seen.status,
        CASE seen.status WHEN 'absent' THEN 0 WHEN 'tardy' THEN 45 ELSE 55 END, meeting.taken_by_id,
        meeting.taken_at, ''
    FROM attendance_classmeeting meeting
    JOIN students_sectionenrollment roster ON roster.section_id = meeting.section_id
    JOIN attendance_dailyattendance day ON day.student_id = roster.student_id AND day.date = meeting.date
    CROSS JOIN LATERAL (SELECT CASE WHEN day.status = 'absent' THEN 'absent'
        WHEN hashint8extended(meeting.id, roster.student_id) & 1023 < 26 THEN 'tardy' ELSE 'present' END AS status) seen
    WHERE meeting.school_id = %(school)s AND meeting.state = 'taken' AND day.own_time_sections = '{}'
        AND (meeting.date >= %(from)s OR meeting.taken_by_id IN (
            SELECT teacher.user_id FROM students_sectionteacher teacher WHERE teacher.section_id IN (
                SELECT id FROM students_section WHERE school_id = %(school)s ORDER BY id LIMIT %(sections)s)))
"""
_STAFF = """
    INSERT INTO students_user (source_id, username, password, email, given_name, family_name, is_enabled, new_email,
            language)
        SELECT 'r-' || name, name, '', '', 'Sam', name, true, '', '' FROM unnest(%(roles)s) name;
    INSERT INTO students_roleassignment (user_id, role, school_id, source, starts_on, ends_on)
        SELECT id, username, CASE WHEN username = ANY(%(of_school)s) THEN %(school)s END, 'roster', %(starts)s,
            CASE WHEN username = 'auditor' THEN '2021-05-28'::date END
        FROM students_user WHERE username = ANY(%(roles)s);
"""
_OF_DISTRICT = ["district_administrator", "auditor", "system_administrator", "outreach"]
_OF_SCHOOL = ["school_administrator", "clerk", "counselor", "nurse"]
# The marks of the other schools, and those of the year before, are there in their tallies alone.
_TALLIES = """
    INSERT INTO attendance_marktally (school_id, date, period, present, tardy, left_early, absent, settled)
    SELECT school_id, date, period::text, held - absent - held / 40, held / 40, 0, absent, true
    FROM (SELECT school_id, week + place AS date, sum(present + absent + open) AS held, sum(absent) AS absent
        FROM attendance_weektally CROSS JOIN LATERAL (VALUES
            (0, present_1, excused_1 + unexcused_1, undetermined_1),
            (1, present_2, excused_2 + unexcused_2, undetermined_2),
            (2, present_3, excused_3 + unexcused_3, undetermined_3),
            (3, present_4, excused_4 + unexcused_4, undetermined_4),
            (4, present_5, excused_5 + unexcused_5, undetermined_5)) day(place, present, absent, open)
        GROUP BY school_id, week + place) day CROSS JOIN generate_series(1, 6) period
    WHERE held > 0 AND (school_id <> %(school)s OR date < %(starts)s)
"""
# A month of school, as the marks of one school have it; and the sections whose teachers have them of the year.
MONTH_OF_DAYS = 20
SECTIONS_OF_THE_YEAR = 5


def insert_classes(district: LargeDistrict, cursor: Cursor) -> None:
    """Classes with their meetings through today, the tallies of schools without marks, and a person for each role."""
    cursor.execute(_CLASSES, {"starts": YEAR_STARTS, "today": district.today})
    insert_own_time(district, cursor)
    school = largest_school(cursor)
    cursor.execute(_TALLIES, {"school": school, "starts": YEAR_STARTS})
    roles: dict[str, Any] = {"roles": _OF_DISTRICT + _OF_SCHOOL, "of_school": _OF_SCHOOL}
    cursor.execute(_STAFF, {**roles, "school": school, "starts": YEAR_STARTS})


def insert_marks(district: LargeDistrict, cursor: Cursor) -> None:
    """The marks of the largest high school, today's too, whose day is in the ledger by then."""
    since = district.days[-MONTH_OF_DAYS:][0]
    cursor.execute(_MARKS, {"school": largest_school(cursor), "from": since, "sections": SECTIONS_OF_THE_YEAR})


def insert_own_time(district: LargeDistrict, cursor: Cursor) -> None:
    """Which classes the days of those who work in own time are of, as far as they do not say so yet."""
    cursor.execute(_OWN_TIME, {"today": district.today})


def largest_school(cursor: Cursor) -> int:
    """The id of the high school with most seniors."""
    cursor.execute(_LARGEST)
    return int(cursor.fetchone()[0])
