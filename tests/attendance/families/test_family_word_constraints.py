"""Every constraint of what families tell, broken once."""

from datetime import time, timedelta
from uuid import uuid4

from attendance.models import AbsenceReport, OfficeEntry
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, YESTERDAY, World


def report(world: World, **fields: object) -> AbsenceReport:
    teller = world.users["okafor"]
    entry = OfficeEntry.objects.create(
        submission_id=uuid4(), school=world.lincoln, kind="reported_absence", entered_by=teller, entered_at=NOW
    )
    given = {"submission_id": uuid4(), "student": world.students["Abara"], "school": world.lincoln, "entry": entry}
    given |= {"starts_on": TODAY, "ends_on": TODAY, "reason": "illness", "reported_by": teller, "reported_at": NOW}
    return AbsenceReport(**given | fields)


def test_a_report_that_ends_before_it_begins_is_none(world: World) -> None:
    assert_refused_by("absence_report_ends_after_start", report(world, ends_on=YESTERDAY))


def test_times_are_both_given_in_order_and_of_one_day(world: World) -> None:
    name = "absence_report_times_are_of_one_day"
    assert_refused_by(name, report(world, starts_at=time(9)))
    assert_refused_by(name, report(world, starts_at=time(9), ends_at=time(9)))
    two_days = {"ends_on": TODAY + timedelta(days=1), "starts_at": time(9), "ends_at": time(10)}
    assert_refused_by(name, report(world, **two_days))


def test_a_report_that_was_read_says_by_whom(world: World) -> None:
    assert_refused_by("seen_absence_report_says_by_whom", report(world, seen_at=NOW))
    assert_refused_by("seen_absence_report_says_by_whom", report(world, seen_by=world.users["okafor"]))
