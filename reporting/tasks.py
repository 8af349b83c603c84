"""The month's work in Celery: beat asks for what waits, a worker builds one school's month."""

import logging

from celery import shared_task

from reporting.services.attempts import attempt
from reporting.services.leases import BUILD_TASK, waiting_runs
from students import clock
from students.access import installation_scope
from students.clock import real_now
from students.services.dispatch import hand_to_a_worker

log = logging.getLogger(__name__)


@shared_task(name="reporting.take_up_months")
def take_up_months() -> int:
    """Send every run that nobody works on to a worker, one message a school; how many were sent."""
    waiting = waiting_runs(installation_scope(clock.now()), at=real_now())
    return sum(hand_to_a_worker(BUILD_TASK, run_id) for run_id in waiting)


@shared_task(name=BUILD_TASK)
def build_month(run_id: int) -> None:
    """Build one school's month; a second message for it does nothing."""
    attempt(installation_scope(clock.now()), run_id, instants=real_now)
