"""Attendance's work in Celery. Tasks take ids, are idempotent, and fan out one per school."""

import logging
from datetime import timedelta

from celery import shared_task

from attendance.selectors.entry_counts import schools_with_entry_news
from attendance.selectors.own_time_classes import schools_with_own_time_news
from attendance.services.days import open_day, opened_schools, schools_to_open
from attendance.services.entry_counts import COUNT_TASK, count_entries, count_every_entry
from attendance.services.excuse_documents import sweep_documents
from attendance.services.ledger import rebuild
from attendance.services.lms_files import READ_TASK, read_lms_file, waiting_lms_files
from attendance.services.own_time_classes import find_every_own_time_class, find_own_time_classes
from attendance.services.tallies import mend_tallies
from students import clock
from students.access import installation_scope
from students.clock import real_now
from students.services.dispatch import hand_to_a_worker

log = logging.getLogger(__name__)

# Longer than any form takes, and long enough to restore a database that lost its last rows.
KEEP_NOBODYS_DOCUMENTS = timedelta(days=7)


@shared_task(name="attendance.open_day")
def open_today() -> int:
    """Ask for every school whose days are not opened through today; how many were asked for."""
    scope = installation_scope(clock.now())
    waiting = schools_to_open(scope, scope.today)
    for school_id in waiting:
        open_school_day.delay(school_id)
    return len(waiting)


@shared_task(name="attendance.open_school_day")
def open_school_day(school_id: int) -> None:
    """Open one school's days through today, catching up after an outage."""
    scope = installation_scope(clock.now())
    open_day(scope, school_id, scope.today)
    find_own_time_classes(scope, school_id)


@shared_task(name="attendance.rebuild")
def rebuild_nightly() -> int:
    """Ask for a rebuild of every opened school: the signals are quick, the nightly pass is the truth."""
    opened = opened_schools(installation_scope(clock.now()))
    for school_id in opened:
        rebuild_school.delay(school_id)
    return len(opened)


@shared_task(name="attendance.rebuild_school")
def rebuild_school(school_id: int) -> None:
    """Rebuild one school's ledger, and say so where it was not what its facts say."""
    scope = installation_scope(clock.now()).amending("Nightly rebuild: the ledger was not what its facts say")
    changed = rebuild(scope, school_ids=[school_id], from_date=scope.year_starts_on).changed
    if changed:
        log.warning("The nightly rebuild changed %s rows of school %s.", changed, school_id)
    if wrong := mend_tallies(scope, [school_id]):
        log.warning("The nightly rebuild mended %s tallies of school %s.", wrong, school_id)
    # Calendars, plans and rosters tell no news of entries: this is when they are heard.
    count_every_entry(scope, school_id, from_date=scope.year_starts_on)
    if wrong := find_every_own_time_class(scope, school_id, from_date=scope.year_starts_on):
        log.warning("The nightly rebuild found %s classes of school %s in own time, or not.", wrong, school_id)


@shared_task(name="attendance.count_entry_news")
def count_entry_news() -> int:
    """Ask for a count of every school with news of entries or own time, one message a school; how many were sent."""
    scope = installation_scope(clock.now())
    schools = {*schools_with_entry_news(scope), *schools_with_own_time_news(scope)}
    return sum(hand_to_a_worker(COUNT_TASK, each) for each in sorted(schools))


@shared_task(name=COUNT_TASK)
def count_school_entries(school_id: int) -> None:
    """Count one school's dates of which there is news; a second message finds none."""
    scope = installation_scope(clock.now())
    find_own_time_classes(scope, school_id)
    count_entries(scope, school_id)


@shared_task(name="attendance.sweep_documents")
def sweep_nobodys_documents() -> None:
    """Remove files of documents that no row names: a worker that was killed, or a form that was refused, left them."""
    # Files are dated by the machine.
    swept = sweep_documents(installation_scope(clock.now()), before=real_now() - KEEP_NOBODYS_DOCUMENTS)
    if swept:
        log.info("Swept %s files of documents that no row named.", swept)


@shared_task(name=READ_TASK)
def read_lms_activity(run_id: int) -> None:
    """Read one LMS activity file; a second message for it does nothing."""
    read_lms_file(installation_scope(clock.now()), run_id, instants=real_now)


@shared_task(name="attendance.sweep_lms_files")
def sweep_lms_files() -> int:
    """Send every LMS file that nobody reads to a worker; how many were sent."""
    waiting = waiting_lms_files(installation_scope(clock.now()), at=real_now())
    return sum(hand_to_a_worker(READ_TASK, run_id) for run_id in waiting)
