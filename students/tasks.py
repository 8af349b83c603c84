"""Imports and disposals in Celery: beat looks into the watched folder and asks for what waits; a worker does it."""

import logging
from datetime import timedelta
from pathlib import Path

from celery import shared_task
from django.conf import settings

from students import clock
from students.access import installation_scope
from students.clock import real_now
from students.refusals import Refused
from students.services.dispatch import hand_to_a_worker
from students.services.disposing import DISPOSE_TASK, dispose, waiting_disposals
from students.services.imports.applying import apply_run
from students.services.imports.folder import take_in
from students.services.imports.planning import plan_run
from students.services.imports.sweeping import tidy, waiting_imports
from students.services.imports.work import APPLY_TASK, PLAN_TASK

log = logging.getLogger(__name__)


@shared_task(name=PLAN_TASK)
def plan_import(run_id: int) -> None:
    """Plan one received set, and go straight on where it applies itself; a second message for it does nothing."""
    plan_run(installation_scope(clock.now()), run_id, instants=real_now)
    apply_run(installation_scope(clock.now()), run_id, instants=real_now)


@shared_task(name=APPLY_TASK)
def apply_import(run_id: int) -> None:
    """Apply one plan that was agreed to; a second message for it does nothing."""
    apply_run(installation_scope(clock.now()), run_id, instants=real_now)


@shared_task(name="students.watch_roster_folder")
def watch_roster_folder() -> int:
    """Take in what is new in ROSTER_FOLDER; how many sets there were."""
    if not settings.ROSTER_FOLDER:
        return 0
    scope = installation_scope(clock.now())
    try:
        received = take_in(
            scope, Path(settings.ROSTER_FOLDER), at=real_now(), most_bytes=settings.ROSTER_UPLOAD_LIMIT_BYTES
        )
    except Refused as refusal:
        log.warning("%s", refusal)
        return 0
    for run_id in received:
        hand_to_a_worker(PLAN_TASK, run_id)
    return len(received)


@shared_task(name="students.sweep_imports")
def sweep_imports() -> int:
    """Send every import that nobody works on to a worker, and forget what need not be kept; how many were sent."""
    scope = installation_scope(clock.now())
    tidy(scope, keep_values_for=timedelta(days=settings.ROSTER_FAULT_VALUES_DAYS))
    return sum(hand_to_a_worker(task, run_id) for task, run_id in waiting_imports(scope, at=real_now()))


@shared_task(name=DISPOSE_TASK)
def carry_out_disposal(disposal_id: int) -> None:
    """Carry out one disposal that two persons agreed on; a second message for it does nothing."""
    dispose(installation_scope(clock.now()), disposal_id, instants=real_now)


@shared_task(name="students.take_up_disposals")
def take_up_disposals() -> int:
    """Send every disposal that nobody works on to a worker; how many were sent."""
    waiting = waiting_disposals(installation_scope(clock.now()), at=real_now())
    return sum(hand_to_a_worker(DISPOSE_TASK, disposal_id) for disposal_id in waiting)
