"""A district of any size, made by the database itself: schools from kindergarten to grade 12, their students in every
mode of instruction, two years' calendars, and a ledger with what is believable in it.

One student in ten is not taught in person. Of ten students seven miss three days in a hundred, two seven, one fifteen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import psycopg2

# Of the database itself or of Django, which is not set up yet where a script begins.
Cursor = Any

YEAR_STARTS, YEAR_ENDS = date(2020, 8, 3), date(2021, 5, 28)
A_YEAR_BACK = 52 * timedelta(weeks=1)
_WEEKEND = 5

# A student's place in the district is the number that the state knows the student by: grades take turns, and the
# schools of a level take turns in each grade.
_PEOPLE_AND_PLACES = """
    INSERT INTO students_district (source_id, name, code, time_zone, only_row)
        VALUES ('d', 'Bench', '2500', 'America/Chicago', true);
    INSERT INTO students_schoolyear (source_id, name, starts_on, ends_on)
        VALUES ('y', '2020-21', %(starts)s, %(ends)s),
            ('z', '2019-20', %(starts)s - %(back)s, %(ends)s - %(back)s);
    INSERT INTO students_school (source_id, name, code, district_id)
        SELECT 's' || n, 'School ' || n, lpad(n::text, 3, '0'), (SELECT id FROM students_district)
        FROM generate_series(1, %(schools)s) n;
    INSERT INTO attendance_schooldays (school_id, opened_through) SELECT id, %(today)s FROM students_school;
    INSERT INTO attendance_bellschedule (school_id, name) SELECT id, 'Regular' FROM students_school;
    INSERT INTO attendance_period (bell_schedule_id, name, kind, grades, starts_at, ends_at, starts_on)
        SELECT id, n::text, 'class', '{}', time '07:00' + n * interval '1 hour',
            time '07:55' + n * interval '1 hour', '1900-01-01'
        FROM attendance_bellschedule, generate_series(1, 6) n;
    INSERT INTO attendance_calendarday (school_id, date, event_type, name, day_kind, rotation_day, bell_schedule_id,
            attendance_frequency, reporting_month)
        SELECT school_id, day, 'IN', '', 'traditional', '', id, 'daily',
            CASE WHEN day >= %(starts)s THEN 1 + (day::date - %(starts)s) / 34 END
        FROM attendance_bellschedule, generate_series(%(starts)s - %(back)s, %(ends)s, interval '1 day') day
        WHERE extract(isodow FROM day) < 6 AND day NOT BETWEEN %(ends)s - %(back)s + 1 AND %(starts)s - 1;
    INSERT INTO students_student (source_id, state_id, given_name, middle_name, family_name, preferred_name, sort_name,
            birth_date)
        SELECT 'p' || n, lpad(n::text, 9, '0'), 'Given', '', 'Family ' || n, '', 'family ' || n,
            %(starts)s - (5 + n %% 13) * 366 - 20
        FROM generate_series(1, %(students)s) n;
    INSERT INTO students_enrollment (student_id, school_id, grade, is_primary, ada_included, entry_code, exit_code,
            starts_on)
        SELECT student.id, school.id, CASE WHEN of.grade = 0 THEN 'KG' ELSE lpad(of.grade::text, 2, '0') END,
            true, true, 'E1', '', %(starts)s
        FROM students_student student
        CROSS JOIN LATERAL (SELECT student.state_id::integer %% 13 AS grade, student.state_id::integer / 13 AS turn) of
        CROSS JOIN LATERAL (SELECT CASE WHEN of.grade < 6 THEN 1 + of.turn %% %(elementary)s
            WHEN of.grade < 9 THEN 1 + %(elementary)s + of.turn %% %(middle)s
            ELSE 1 + %(elementary)s + %(middle)s + of.turn %% %(high)s END AS number) held
        JOIN students_school school ON school.code = lpad(held.number::text, 3, '0');
    INSERT INTO attendance_modeassignment (student_id, mode, weekdays, rotation_days, reason, source, starts_on,
            late_reason, end_reason)
        SELECT id, mode, '{}', '{}', '', 'roster', %(starts)s, '', '' FROM (
            SELECT id, CASE WHEN chance < 51 THEN 'sync_online' WHEN chance < 82 THEN 'async_online'
                WHEN chance < 102 THEN 'offline_packets' END AS mode
            FROM (SELECT id, hashint4(state_id::integer) & 1023 AS chance FROM students_student) thrown) taught
        WHERE mode IS NOT NULL;
"""
_LEDGER = """
    INSERT INTO attendance_dailyattendance (student_id, date, school_id, enrollment_id, grade, ada_included, mode,
        status, absence_kind, minutes_required, minutes_needed, minutes_attended, minutes_excused, minutes_untaken,
        meetings_expected, meetings_untaken, tardies, early_departures, own_time_sections, own_time_open, rules)
    SELECT student_id, date, school_id, enrollment_id, grade, true, mode, status,
        CASE WHEN status <> 'absent' THEN '' WHEN chance < 400 THEN 'excused' WHEN chance < 1000 THEN 'unexcused'
            ELSE 'suspended' END,
        330, 208, CASE WHEN status = 'present' THEN 330 ELSE 0 END, 0,
        CASE WHEN status = 'undetermined' THEN 165 ELSE 0 END, 6, CASE WHEN status = 'undetermined' THEN 3 ELSE 0 END,
        CASE WHEN status = 'present' AND chance < 50 THEN 1 ELSE 0 END, 0, '{}', '{}', 'MS-05'
    FROM (
        SELECT held.student_id, day.date, held.school_id, held.id AS enrollment_id, held.grade,
            coalesce(taught.mode, 'in_person') AS mode,
            hashint8extended(held.student_id * 1000 + (day.date - %(starts)s), 7) & 1023 AS chance,
            CASE WHEN day.date >= %(open)s THEN 'undetermined'
                WHEN (hashint8extended(held.student_id * 1000 + (day.date - %(starts)s), 1) & 1023)
                    < (ARRAY[154, 72, 72, 31, 31, 31, 31, 31, 31, 31])[1 + held.student_id %% 10] THEN 'absent'
                WHEN day.date > %(to)s - 7
                    AND (hashint8extended(held.student_id * 1000 + (day.date - %(starts)s), 3) & 1023) = 0
                    THEN 'undetermined'
                ELSE 'present' END AS status
        FROM students_enrollment held
        JOIN attendance_calendarday day ON day.school_id = held.school_id AND day.date BETWEEN %(from)s AND %(to)s
        LEFT JOIN attendance_modeassignment taught ON taught.student_id = held.student_id) made
    ORDER BY date, student_id
"""
# The year before is there in its tallies alone: nobody opens its days.
_LAST_YEAR = """
    INSERT INTO attendance_weektally (school_id, week, grade, ada_included, mode, {columns}, settled)
    SELECT school_id, week - %(back)s, grade, ada_included, mode, {sums}, true
    FROM attendance_weektally WHERE week >= %(starts)s GROUP BY 1, 2, 3, 4, 5
"""
# Millions of rows that fit by their making: looking up the keys of each at the end takes longer than writing them.
_WITHOUT_LOOKING_UP = """
    DO $$ DECLARE each record; BEGIN
        FOR each IN SELECT conname FROM pg_constraint
            WHERE conrelid = 'attendance_dailyattendance'::regclass AND contype = 'f'
        LOOP EXECUTE format('ALTER TABLE attendance_dailyattendance DROP CONSTRAINT %I', each.conname); END LOOP;
    END $$
"""


@dataclass(frozen=True)
class LargeDistrict:
    """So many students in so many schools (three at least: one of each level), and the school days that are over."""

    students: int = 50_000
    schools: int = 35
    school_days: int = 90

    @property
    def days(self) -> list[date]:
        """The school days, today the last of them."""
        days, day = [], YEAR_STARTS
        while len(days) < self.school_days:
            if day.weekday() < _WEEKEND:
                days.append(day)
            day += timedelta(days=1)
        return days

    @property
    def today(self) -> date:
        """The day that is not taught yet."""
        return self.days[-1]

    @property
    def yesterday(self) -> date:
        """The last school day before it."""
        return self.days[-2]

    @property
    def levels(self) -> dict[str, int]:
        """How many schools are of each level."""
        elementary, high = max(1, self.schools * 4 // 7), max(1, self.schools // 5)
        return {"elementary": elementary, "middle": self.schools - elementary - high, "high": high}


def fill(district: LargeDistrict, url: str) -> None:
    """Make it in an empty database, of whose owner this is the address: everything through yesterday."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        insert_people_and_places(district, cursor)
        connection.commit()
        cursor.execute(_WITHOUT_LOOKING_UP)
        insert_days(cursor, district.days[0], district.yesterday)
    vacuum(url)


def insert_people_and_places(district: LargeDistrict, cursor: Cursor) -> None:
    """Who and what there is, and no day yet."""
    cursor.execute(
        _PEOPLE_AND_PLACES,
        {"schools": district.schools, "students": district.students, "today": district.today, **district.levels}
        | _year(),
    )


def insert_days(cursor: Cursor, first: date, last: date, open_from: date = YEAR_ENDS) -> None:
    """The ledger's rows between two dates, both inclusive; those of the day `open_from` and later are undetermined."""
    cursor.execute(_LEDGER, {"from": first, "to": last, "open": open_from} | _year())


def insert_last_year(cursor: Cursor) -> None:
    """The tallies of the year before, whose weeks were like those of this one so far."""
    standings = ("present", "excused", "unexcused", "undetermined")
    columns = [f"{standing}_{day}" for standing in standings for day in range(1, 8)]
    sums = ", ".join(f"sum({each})" for each in columns)
    cursor.execute(_LAST_YEAR.format(columns=", ".join(columns), sums=sums), _year())


def run(url: str, *inserts: Any) -> None:
    """Let each of some functions insert, all in one transaction."""
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        for insert in inserts:
            insert(cursor)


def vacuum(url: str) -> None:
    """As the database would do by itself, in its own time."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


def _year() -> dict[str, Any]:
    return {"starts": YEAR_STARTS, "ends": YEAR_ENDS, "back": A_YEAR_BACK.days}
