"""Rebuild of a month of one school: every row wrong, and every row right already."""

from __future__ import annotations

import time
from datetime import date
from statistics import median

from django.db import connection

from attendance.demo.cast import SCHOOL_CODE
from attendance.services.ledger import Rebuilt, rebuild
from bench.figures import Line, rate
from students import clock
from students.access import Scope, installation_scope

ROUNDS = 5

_MONTH = """
    SELECT school_id, min(date), max(date) FROM attendance_calendarday day
    JOIN students_school school ON school.id = day.school_id
    WHERE day.reporting_month = %s AND school.code = %s GROUP BY school_id
"""
_SPOIL = """
    UPDATE attendance_dailyattendance SET status = 'undetermined', absence_kind = '', minutes_required = 0
    WHERE school_id = %s AND date BETWEEN %s AND %s
"""
_BARE_TABLE = """
    CREATE TEMPORARY TABLE bare_day (student_id bigint, date date, minutes bigint, UNIQUE (student_id, date))
"""
_BARE_DAYS = """
    INSERT INTO bare_day SELECT mark.student_id, meeting.date, sum(mark.minutes_attended)
    FROM attendance_mark mark JOIN attendance_classmeeting meeting ON meeting.id = mark.meeting_id
    WHERE meeting.school_id = %s AND meeting.date BETWEEN %s AND %s
    GROUP BY mark.student_id, meeting.date
"""


def demo_month() -> list[Line]:
    """Month 2 of the demo's high school, wholly taught."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTH, [2, SCHOOL_CODE])
        school_id, first, last = cursor.fetchone()
    return month(installation_scope(clock.now()), school_id, first, last)


def month(scope: Scope, school_id: int, first: date, last: date, rounds: int = ROUNDS) -> list[Line]:
    """Student-days in a second, both dates inclusive; the floor only adds up the marks of each student and day."""
    spoiled, settled, floors = [], [], []
    for _ in range(rounds):
        _run(_SPOIL, school_id, first, last)
        spoiled.append(_rebuilt(scope, school_id, first, last))
        settled.append(_rebuilt(scope, school_id, first, last))
        floors.append(_bare(school_id, first, last))
    floor = median(floors)
    return [
        rate("Rebuild of a month, every row wrong", "days/s", median(spoiled), floor),
        rate("Rebuild of a month, every row right", "days/s", median(settled), floor),
    ]


def _rebuilt(scope: Scope, school_id: int, first: date, last: date) -> float:
    began = time.perf_counter()
    done: Rebuilt = rebuild(scope, school_ids=[school_id], from_date=first, to_date=last)
    return done.judged / (time.perf_counter() - began)


def _bare(school_id: int, first: date, last: date) -> float:
    _run(_BARE_TABLE)
    try:
        began = time.perf_counter()
        written = _run(_BARE_DAYS, school_id, first, last)
        return written / (time.perf_counter() - began)
    finally:
        _run("DROP TABLE bare_day")


def _run(statement: str, *asked: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.rowcount
