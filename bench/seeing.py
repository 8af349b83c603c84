"""Pages by which people see how somebody stands, over HTTP."""

from __future__ import annotations

import time

from django.db import connection
from django.db.models import Count

from attendance.demo.cast import DISTRICT_ADMINISTRATOR, PASSWORD
from attendance.models import DailyAttendance
from bench.browser import Browser
from bench.figures import Line, milliseconds, percentile

ROUNDS = 25

# The days of the year as they stand: no calendar, no rule, no case, no page.
_DAYS = "SELECT date, status, absence_kind, mode, tardies FROM attendance_dailyattendance WHERE student_id = %s"


def student_page(port: int, rounds: int = ROUNDS) -> list[Line]:
    """The page of the student of whom the ledger holds most days, for whoever sees all of its parts."""
    browser = Browser(port)
    browser.sign_in(DISTRICT_ADMINISTRATOR.username, PASSWORD)
    most = DailyAttendance.objects.order_by().values("student").annotate(days=Count("pk")).order_by("-days", "student")
    student_id, days = most.values_list("student", "days")[0]
    path = f"/students/{student_id}/"
    browser.open(path)
    floor = min(_bare(student_id) for _ in range(rounds))
    pages = [_timed(browser, path) for _ in range(rounds)]
    return [milliseconds(f"A student's page, {days} days, p95", percentile(pages, 95), floor)]


def _timed(browser: Browser, path: str) -> float:
    began = time.perf_counter()
    browser.open(path)
    return time.perf_counter() - began


def _bare(student_id: int) -> float:
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [student_id])
        cursor.fetchall()
    return time.perf_counter() - began
