"""Hands work to the workers. The broker may be down: the rows wait, and beat asks again."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

# A message older than beat's round is stale: the next round sends another for a row that still waits.
MESSAGE_LIVES = 15

log = logging.getLogger(__name__)


def hand_to_a_worker(task: str, run_id: int) -> bool:
    """Send a row of work, by its id, to whichever worker is free; False where the broker cannot be reached."""
    impatient = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}
    try:
        with current_app.connection_for_write(connect_timeout=1, transport_options=impatient) as connection:
            current_app.send_task(task, args=[run_id], connection=connection, retry=False, expires=MESSAGE_LIVES)
    except (OperationalError, OSError) as fault:
        log.warning("%s %s waits for the next round: the broker cannot be reached (%s).", task, run_id, fault)
        return False
    return True
