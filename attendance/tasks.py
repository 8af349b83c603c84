"""Attendance's work in Celery. Tasks take ids, are idempotent, and fan out one per school."""

from celery import shared_task

from attendance.services.days import open_day, schools_to_open
from students import clock
from students.access import installation_scope


@shared_task(name="attendance.open_day")
def open_today() -> int:
    """Ask for every school whose days are not opened through today; how many were asked for."""
    scope = installation_scope(clock.now())
    waiting = schools_to_open(scope)
    for school_id in waiting:
        open_school_day.delay(school_id)
    return len(waiting)


@shared_task(name="attendance.open_school_day")
def open_school_day(school_id: int) -> None:
    """Open one school's days through today, catching up after an outage."""
    scope = installation_scope(clock.now())
    open_day(scope, school_id, scope.today)
