"""What the office enters judges the day anew, and withdrawing it judges it back (RD-06, RD-07).

Six classes of 55 minutes, 330 in all, 208 needed; from 8:00, 9:00, 10:00, 11:35, 12:35 and 13:35.
"""

from datetime import time

import pytest

from attendance.models import DailyAttendance
from attendance.services.ledger import check
from attendance.services.office import withdraw_entry
from tests.attendance.acts import excuse, take
from tests.attendance.office.deeds import enter
from tests.world import PERIODS, YESTERDAY, World, at


@pytest.fixture
def taken(opened_world: World) -> World:
    """Yesterday everybody was marked present, but Hollis, who was marked absent in every class."""
    world = opened_world
    for period in PERIODS:
        take(world, period, Hollis="absent")
    return world


def day(world: World, name: str) -> tuple[str, str, int]:
    """A student's yesterday in the ledger: status, kind of absence, minutes attended."""
    row = DailyAttendance.objects.get(student=world.students[name], date=YESTERDAY)
    return row.status, row.absence_kind, row.minutes_attended


def test_RD06_a_late_sign_in_caps_what_can_have_been_attended_and_its_withdrawal_gives_it_back(taken: World) -> None:
    bus = enter(taken, "sign_in", "Abara", "Baptiste", day=YESTERDAY, starts=time(9, 30))
    assert day(taken, "Abara") == day(taken, "Baptiste") == ("present", "", 245)
    withdraw_entry(
        taken.scope("mayfield", at(17)), bus.entry.pk, reason="Wrong.", student_id=taken.students["Abara"].pk
    )
    assert day(taken, "Abara") == ("present", "", 330)
    assert day(taken, "Baptiste") == ("present", "", 245)
    assert check(taken.installation) == []


def test_RD06_a_sign_out_makes_a_day_absent_just_under_the_minutes_needed(taken: World) -> None:
    """208 are needed: 8:00 to 12:18 gives 55 + 55 + 55 + 43."""
    enter(taken, "sign_out", "Abara", day=YESTERDAY, starts=time(12, 18))
    enter(taken, "sign_out", "Baptiste", day=YESTERDAY, starts=time(12, 17))
    assert day(taken, "Abara") == ("present", "", 208)
    assert day(taken, "Baptiste") == ("absent", "unexcused", 207)


def test_RD06_who_left_and_came_back_misses_the_minutes_between(taken: World) -> None:
    enter(taken, "sign_out", "Abara", day=YESTERDAY, starts=time(9))
    enter(taken, "sign_in", "Abara", day=YESTERDAY, starts=time(10))
    assert day(taken, "Abara") == ("present", "", 275)


def test_RD06_an_office_time_never_turns_an_absence_into_presence(taken: World) -> None:
    enter(taken, "sign_in", "Hollis", day=YESTERDAY, starts=time(8))
    assert day(taken, "Hollis") == ("absent", "unexcused", 0)


def test_a_reported_absence_changes_no_mark_and_no_day(taken: World) -> None:
    enter(taken, "reported_absence", "Abara", "Hollis", day=YESTERDAY)
    assert day(taken, "Abara") == ("present", "", 330)
    assert day(taken, "Hollis") == ("absent", "unexcused", 0)


def test_RD07_supervised_time_is_attended_and_not_an_excuse(taken: World) -> None:
    trip = enter(taken, "activity", "Hollis", day=YESTERDAY, starts=time(8), ends=time(12, 30))
    assert day(taken, "Hollis") == ("present", "", 220)
    withdraw_entry(taken.scope("mayfield", at(17)), trip.entry.pk, reason="Did not go.")
    assert day(taken, "Hollis") == ("absent", "unexcused", 0)
    enter(taken, "nurse", "Hollis", day=YESTERDAY, starts=time(10, 5), ends=time(10, 30))
    enter(taken, "counselor", "Hollis", day=YESTERDAY, starts=time(10, 20), ends=time(10, 40))
    assert day(taken, "Hollis") == ("absent", "unexcused", 35)
    enter(taken, "in_school_suspension", "Hollis", day=YESTERDAY)
    assert day(taken, "Hollis") == ("present", "", 330)


def test_RD07_a_suspension_is_an_absence_of_its_own_kind_that_no_excuse_changes(taken: World) -> None:
    suspension = enter(taken, "suspension", "Abara", "Hollis", day=YESTERDAY)
    assert day(taken, "Abara") == day(taken, "Hollis") == ("absent", "suspended", 0)
    excuse(taken, "Hollis")
    assert day(taken, "Hollis") == ("absent", "suspended", 0)
    withdraw_entry(taken.scope("mayfield", at(17)), suspension.entry.pk, reason="Appeal granted.")
    assert day(taken, "Abara") == ("present", "", 330)
    assert day(taken, "Hollis")[:2] == ("absent", "excused")
    assert check(taken.installation) == []
