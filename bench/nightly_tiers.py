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
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial

import psycopg2

from bench.import_roster import prepared_database
from bench.large_district import LargeDistrict, fill, insert_days, run
from bench.school_nights import WORKERS, evening, in_every_school, pass_over, set_up, warn

FIRST_NIGHT, CHANGED_NIGHT, IDLE_NIGHT, WARNINGS = 60, 60, 15, 60

_COUNT = """
    SELECT student_id, count(*) FROM attendance_dailyattendance WHERE status = 'absent' GROUP BY student_id
"""


def main(district: LargeDistrict) -> None:
    """Fill, pass three times, print; exit 1 beyond the limits."""
    today, before = district.today, district.yesterday
    with prepared_database() as owner_url:
        fill(district, owner_url)
        os.environ["DJANGO_SETTINGS_MODULE"] = "attendance_site.settings"
        first = in_every_school(before, pass_over)
        idle = in_every_school(before, pass_over)
        run(owner_url, partial(insert_days, first=today, last=today))
        changed = in_every_school(today, pass_over)
        warnings = in_every_school(today, warn)
        page = _page_of_warnings(today)
        floor = _floor(owner_url)
    print(
        f"{district.students:,} students, {district.schools} schools, {district.school_days} school days, "
        f"{WORKERS} workers"
    )
    print(f"first night {first:.1f} s (limit {FIRST_NIGHT}), with every standing, crossing and case")
    print(f"night after a school day {changed:.1f} s (limit {CHANGED_NIGHT})")
    print(f"idle night {idle:.1f} s (limit {IDLE_NIGHT})")
    print(f"early warnings {warnings:.1f} s (limit {WARNINGS}), with their track record")
    print(f"a bare count of the absences {floor:.1f} s")
    print(page)
    sys.exit(first > FIRST_NIGHT or idle > IDLE_NIGHT or changed > CHANGED_NIGHT or warnings > WARNINGS)


def _page_of_warnings(day: date) -> str:
    """What the page of the whole district gathers, in words: its students, and the quickest of five."""
    with ProcessPoolExecutor(1, initializer=set_up) as pool:
        return pool.submit(_gather_warnings, day).result()


def _gather_warnings(day: date) -> str:
    from interventions.selectors.warnings import Asked
    from interventions.selectors.warnings_page import warnings_page

    times = []
    for _ in range(5):
        began = time.perf_counter()
        found = warnings_page(evening(day), Asked())
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
    students, school_days = given + [50_000, 90][len(given) :]
    main(LargeDistrict(students, school_days=school_days))
