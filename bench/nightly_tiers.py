"""Times the nightly pass over 50,000 students in 35 schools, by two workers, in a database of its own.

Three nights: the first of all, on which every standing, crossing and case is written; one after which nothing changed;
and one after a day on which one student in twenty was absent. The floor is a bare grouped count of the absences. Early
warnings with their track record are written beside, of all schools, and their page is asked for in the process.

    python -m bench.nightly_tiers [STUDENTS] [SCHOOL DAYS]
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from datetime import time as hour
from typing import TYPE_CHECKING

import psycopg2

from bench.import_roster import prepared_database

if TYPE_CHECKING:
    from students.access import Scope

FIRST_NIGHT, CHANGED_NIGHT, IDLE_NIGHT, WARNINGS = 60, 60, 15, 60
SCHOOLS = 35
WORKERS = 2

_DISTRICT = """
    INSERT INTO students_district (source_id, name, code, time_zone, only_row)
        VALUES ('d', 'Bench', '2500', 'America/Chicago', true);
    INSERT INTO students_schoolyear (source_id, name, starts_on, ends_on)
        VALUES ('y', '2020-21', '2020-08-03', '2021-05-28');
    INSERT INTO students_school (source_id, name, code, district_id)
        SELECT 's' || n, 'School ' || n, lpad(n::text, 3, '0'), (SELECT id FROM students_district)
        FROM generate_series(1, %(schools)s) n;
    INSERT INTO attendance_schooldays (school_id, opened_through) SELECT id, %(today)s FROM students_school;
    INSERT INTO attendance_bellschedule (school_id, name) SELECT id, 'Regular' FROM students_school;
    INSERT INTO attendance_calendarday (school_id, date, event_type, name, day_kind, rotation_day, bell_schedule_id,
            attendance_frequency, reporting_month)
        SELECT school_id, day, 'IN', '', 'traditional', '', id, 'daily', 1 FROM attendance_bellschedule,
            generate_series('2020-08-03'::date, '2021-05-28', '1 day') day WHERE extract(isodow FROM day) < 6;
    INSERT INTO students_student (source_id, state_id, given_name, middle_name, family_name, preferred_name, sort_name)
        SELECT 'p' || n, lpad(n::text, 9, '0'), 'Given', '', 'Family ' || n, '', 'family ' || n
        FROM generate_series(1, %(students)s) n;
    INSERT INTO students_enrollment (student_id, school_id, grade, is_primary, ada_included, entry_code, exit_code,
            starts_on)
        SELECT student.id, school.id, '09', true, true, 'E1', '', '2020-08-03'
        FROM students_student student JOIN students_school school
            ON school.code = lpad((1 + student.id %% %(schools)s)::text, 3, '0');
"""
# Seven students in ten miss three days in a hundred, two miss seven, one misses fifteen.
_LEDGER = """
    INSERT INTO attendance_dailyattendance (student_id, date, school_id, enrollment_id, grade, ada_included, mode,
        status, absence_kind, minutes_required, minutes_needed, minutes_attended, minutes_excused, minutes_untaken,
        meetings_expected, meetings_untaken, tardies, early_departures, own_time_sections, own_time_open, rules)
    SELECT student_id, date, school_id, enrollment_id, '09', true, 'in_person',
        CASE WHEN missed THEN 'absent' ELSE 'present' END, CASE WHEN missed THEN 'unexcused' ELSE '' END,
        330, 208, CASE WHEN missed THEN 0 ELSE 330 END, 0, 0, 6, 0, CASE WHEN chance < 50 THEN 1 ELSE 0 END, 0,
        '{}', '{}', 'MS-05'
    FROM (
        SELECT held.student_id, day.date, held.school_id, held.id AS enrollment_id,
            hashint8extended(held.student_id * 1000 + (day.date - '2020-08-03'), 7) & 1023 AS chance,
            (hashint8extended(held.student_id * 1000 + (day.date - '2020-08-03'), 1) & 1023)
                < (ARRAY[154, 72, 72, 31, 31, 31, 31, 31, 31, 31])[1 + held.student_id %% 10] AS missed
        FROM students_enrollment held JOIN attendance_calendarday day
            ON day.school_id = held.school_id AND day.date BETWEEN %(from)s AND %(to)s) made
    ORDER BY date, student_id
"""
# Millions of rows that fit by their making: looking up the keys of each at the end takes longer than writing them.
_WITHOUT_LOOKING_UP = """
    DO $$ DECLARE each record; BEGIN
        FOR each IN SELECT conname FROM pg_constraint
            WHERE conrelid = 'attendance_dailyattendance'::regclass AND contype = 'f'
        LOOP EXECUTE format('ALTER TABLE attendance_dailyattendance DROP CONSTRAINT %I', each.conname); END LOOP;
    END $$
"""
_COUNT = """
    SELECT student_id, count(*) FROM attendance_dailyattendance WHERE status = 'absent' GROUP BY student_id
"""


def main(students: int, school_days: int) -> None:
    """Fill, pass three times, print; exit 1 beyond the limits."""
    with prepared_database() as owner_url:
        today, before = _fill(owner_url, students, school_days)
        os.environ["DJANGO_SETTINGS_MODULE"] = "attendance_site.settings"
        first = _night(before)
        idle = _night(before)
        _teach(owner_url, today)
        changed = _night(today)
        warnings = _night(today, _warn)
        page = _page_of_warnings(today)
        floor = _floor(owner_url)
    print(f"{students:,} students, {SCHOOLS} schools, {school_days} school days, {WORKERS} workers")
    print(f"first night {first:.1f} s (limit {FIRST_NIGHT}), with every standing, crossing and case")
    print(f"night after a school day {changed:.1f} s (limit {CHANGED_NIGHT})")
    print(f"idle night {idle:.1f} s (limit {IDLE_NIGHT})")
    print(f"early warnings {warnings:.1f} s (limit {WARNINGS}), with their track record")
    print(f"a bare count of the absences {floor:.1f} s")
    print(page)
    sys.exit(first > FIRST_NIGHT or idle > IDLE_NIGHT or changed > CHANGED_NIGHT or warnings > WARNINGS)


def _fill(url: str, students: int, school_days: int) -> tuple[date, date]:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(_DISTRICT, {"schools": SCHOOLS, "students": students, "today": date(2021, 5, 28)})
        cursor.execute("SELECT DISTINCT date FROM attendance_calendarday ORDER BY date LIMIT %s", [school_days])
        days = [row[0] for row in cursor.fetchall()]
        connection.commit()
        cursor.execute(_WITHOUT_LOOKING_UP)
        cursor.execute(_LEDGER, {"from": days[0], "to": days[-2]})
    _vacuum(url)
    return days[-1], days[-2]


def _teach(url: str, today: date) -> None:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(_LEDGER, {"from": today, "to": today})


def _vacuum(url: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


def _night(day: date, work: Callable[[int, date], int] | None = None) -> float:
    """Seconds of one pass over every school, each a task as in Celery."""
    with ProcessPoolExecutor(WORKERS, initializer=_set_up) as pool:
        schools = pool.submit(_school_ids).result()
        list(pool.map(_nothing, range(WORKERS)))
        began = time.perf_counter()
        list(pool.map(work or _pass, schools, [day] * len(schools)))
        return time.perf_counter() - began


def _set_up() -> None:
    import django

    django.setup()


def _nothing(number: int) -> int:
    return number


def _school_ids() -> list[int]:
    from students.models import School

    return list(School.objects.order_by("pk").values_list("pk", flat=True))


def _pass(school_id: int, day: date) -> int:
    from interventions.services.passes import pass_school

    return pass_school(_evening(day), school_id).changed


def _warn(school_id: int, day: date) -> int:
    from interventions.services.early_warnings import write_warnings

    return write_warnings(_evening(day), school_id)


def _evening(day: date) -> Scope:
    from students.access import installation_scope

    return installation_scope(datetime.combine(day, hour(20), UTC))


def _page_of_warnings(day: date) -> str:
    """What the page of the whole district gathers, in words: its students, and the quickest of five."""
    with ProcessPoolExecutor(1, initializer=_set_up) as pool:
        return pool.submit(_gather_warnings, day).result()


def _gather_warnings(day: date) -> str:
    from interventions.selectors.warnings import Asked
    from interventions.selectors.warnings_page import warnings_page

    times = []
    for _ in range(5):
        began = time.perf_counter()
        found = warnings_page(_evening(day), Asked())
        times.append(time.perf_counter() - began)
    return f"page of {found.page.paginator.count:,} students warned of {min(times) * 1000:.0f} ms, {found.record}"


def _floor(url: str) -> float:
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(_COUNT)
        cursor.fetchall()
        return time.perf_counter() - began


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:]]
    main(*(given + [50_000, 90][len(given) :]))
