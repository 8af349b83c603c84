"""Reporting's work in Celery: beat asks for what waits, a worker builds one school's month or makes one packet."""

import logging

from celery import shared_task

from attendance.selectors.tallies import schools_with_news
from attendance.services.days import opened_schools
from reporting.services.attempts import attempt
from reporting.services.chronic import COUNT_TASK, count_school
from reporting.services.leases import BUILD_TASK, waiting_runs
from reporting.services.packet_making import make_packet
from reporting.services.packets import MAKE_TASK, remove_old_packets, waiting_packets
from students import clock
from students.access import installation_scope
from students.clock import real_now
from students.refusals import Refused
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


@shared_task(name="reporting.take_up_packets")
def take_up_packets() -> int:
    """Send every audit packet that nobody makes to a worker; how many were sent."""
    waiting = waiting_packets(installation_scope(clock.now()), at=real_now())
    return sum(hand_to_a_worker(MAKE_TASK, packet_id) for packet_id in waiting)


@shared_task(name=MAKE_TASK)
def make_audit_packet(packet_id: int) -> None:
    """Make one audit packet; a second message for it does nothing."""
    make_packet(installation_scope(clock.now()), packet_id, instants=real_now)


@shared_task(name="reporting.remove_packets")
def remove_packets() -> None:
    """Remove the bytes of audit packets whose time is over: copies of children's records do not lie about."""
    removed = remove_old_packets(installation_scope(clock.now()))
    if removed:
        log.info("Removed the bytes of %s audit packets whose time was over.", removed)


@shared_task(name="reporting.count_news")
def count_news() -> int:
    """Ask for a count of every school whose ledger changed, one message a school; how many were sent."""
    return sum(hand_to_a_worker(COUNT_TASK, each) for each in schools_with_news(installation_scope(clock.now())))


@shared_task(name="reporting.count_every_school")
def count_every_school() -> int:
    """The same for every opened school: months may begin and end otherwise, which no day tells."""
    return sum(hand_to_a_worker(COUNT_TASK, each) for each in opened_schools(installation_scope(clock.now())))


@shared_task(name=COUNT_TASK)
def count_one_school(school_id: int) -> None:
    """Count one school's chronic absence and add up its tallies; a second message does the same again."""
    try:
        count_school(installation_scope(clock.now()), school_id)
    except Refused as refusal:
        log.warning("School %s is not counted: %s", school_id, refusal)
