"""The work of tiers in Celery. Tasks take ids, are idempotent, and fan out one per school."""

from celery import shared_task

from interventions.services.alerts import LOOK_TASK, look_at_school, schools_in_session
from interventions.services.campaign_queueing import (
    QUEUE_TASK,
    queue_campaign,
    settle_campaigns,
    waiting_campaigns,
)
from interventions.services.messages import send_waiting
from interventions.services.outbox import drain, drain_marks
from interventions.services.passes import PASS_TASK, ask_for_passes, run_pass, waiting_passes
from interventions.services.policy_trials import TRY_TASK, remove_old_trials, run_trial, waiting_trials
from students import clock
from students.access import installation_scope
from students.clock import real_now
from students.services.dispatch import hand_to_a_worker

# Rounds of one task, so that a backlog does not keep a worker from everything else.
MOST_ROUNDS = 20


@shared_task(name="interventions.drain_changes")
def drain_changes() -> int:
    """Look at everybody whose days changed since; how many changes there were."""
    drained = 0
    for _ in range(MOST_ROUNDS):
        taken = drain(installation_scope(clock.now())) + drain_marks(installation_scope(clock.now()))
        drained += taken
        if not taken:
            break
    return drained


@shared_task(name="interventions.nightly_pass")
def nightly_pass() -> int:
    """Ask for the pass of every opened school, one message a school; how many were sent."""
    return sum(hand_to_a_worker(PASS_TASK, run_id) for run_id in ask_for_passes(installation_scope(clock.now())))


@shared_task(name="interventions.take_up_passes")
def take_up_passes() -> int:
    """Send every pass that nobody runs to a worker; how many were sent."""
    waiting = waiting_passes(installation_scope(clock.now()), at=real_now())
    return sum(hand_to_a_worker(PASS_TASK, run_id) for run_id in waiting)


@shared_task(name=PASS_TASK)
def pass_one_school(run_id: int) -> None:
    """Run one school's pass; a second message for it does nothing."""
    run_pass(installation_scope(clock.now()), run_id, instants=real_now)


@shared_task(name="interventions.send_messages")
def send_messages() -> int:
    """Send the mail that is due; how many messages were looked at. Any number of workers may do so at once."""
    return send_waiting(installation_scope(clock.now()))


@shared_task(name="interventions.look_for_alerts")
def look_for_alerts() -> int:
    """Ask for a look at every school whose day is open, one message a school; how many were sent."""
    return sum(hand_to_a_worker(LOOK_TASK, each) for each in schools_in_session(installation_scope(clock.now())))


@shared_task(name=LOOK_TASK)
def look_for_alerts_of_a_school(school_id: int) -> int:
    """Queue what no save told: an hour that has passed, a report taken back; how many students were looked at."""
    return look_at_school(installation_scope(clock.now()), school_id)


@shared_task(name="interventions.take_up_campaigns")
def take_up_campaigns() -> int:
    """Send campaigns that nobody queues to a worker, and close those that are through; how many were handed on."""
    scope = installation_scope(clock.now())
    settle_campaigns(scope)
    return sum(hand_to_a_worker(QUEUE_TASK, each) for each in waiting_campaigns(scope, at=real_now()))


@shared_task(name=QUEUE_TASK)
def queue_one_campaign(run_id: int) -> None:
    """Queue one campaign's messages; a second message for it does nothing."""
    queue_campaign(installation_scope(clock.now()), run_id, instants=real_now)


@shared_task(name="interventions.take_up_trials")
def take_up_trials() -> int:
    """Send every trial of a policy that nobody works on to a worker; how many were sent."""
    waiting = waiting_trials(installation_scope(clock.now()), at=real_now())
    return sum(hand_to_a_worker(TRY_TASK, each) for each in waiting)


@shared_task(name=TRY_TASK)
def try_policy(run_id: int) -> None:
    """Compare what one trial asks for; a second message for it does nothing."""
    run_trial(installation_scope(clock.now()), run_id, instants=real_now)


@shared_task(name="interventions.remove_trials")
def remove_trials() -> int:
    """Remove trials of policies after their week; how many."""
    return remove_old_trials(installation_scope(clock.now()))
