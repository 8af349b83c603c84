"""What the database refuses of notices of truancy and other reports to the attendance officer, by name."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from attendance.models import OfficeEntry, OfficeEvent, OfficeKind
from interventions.models import SuspensionReport, TruancyNotice, UnenrolledReport
from tests.broken_constraints import assert_refused_by
from tests.world import NOW, TODAY, World

FIVE = [date(2020, 10, 19) + timedelta(days=each) for each in range(5)]


def notice(world: World, **given: Any) -> TruancyNotice:
    facts = {
        "student": world.students["Abara"],
        "year": world.year,
        "school": world.lincoln,
        "threshold": 5,
        "is_final": False,
        "unlawful_on": FIVE,
        "crossed_on": FIVE[-1],
        "clock_starts_on": FIVE[-1],
        "due_on": TODAY,
        "noticed_at": NOW,
    }
    return TruancyNotice(**facts | given)


def told(world: World) -> dict[str, Any]:
    return {"reported_on": TODAY, "reported_by": world.users["okafor"], "reported_at": NOW}


def test_a_threshold_is_noticed_once_until_it_is_withdrawn_and_names_its_absences(world: World) -> None:
    first = notice(world)
    first.save()
    assert_refused_by("one_standing_notice_per_threshold", notice(world))
    assert_refused_by("notice_names_its_absences", notice(world, threshold=10))
    assert_refused_by("notice_names_its_absences", notice(world, threshold=0, unlawful_on=[]))
    ten = {"threshold": 10, "unlawful_on": FIVE * 2}
    assert_refused_by("notice_is_due_after_its_clock", notice(world, due_on=FIVE[-1], **ten))
    assert_refused_by("notice_is_due_after_its_clock", notice(world, clock_starts_on=FIVE[-2], **ten))
    assert_refused_by("withdrawn_notice_says_why", notice(world, withdrawn_at=NOW, **ten))
    assert_refused_by("withdrawn_notice_says_why", notice(world, withdrawn_absences=4, **ten))
    first.withdrawn_at, first.withdrawn_why, first.withdrawn_absences = NOW, "count", 4
    first.save()
    notice(world).save()


def test_what_was_reported_says_who_and_only_that_is_taken_back(world: World) -> None:
    back = {"taken_back_on": TODAY, "taken_back_by": world.users["okafor"], "taken_back_at": NOW}
    assert_refused_by("reported_notice_says_who", notice(world, reported_on=TODAY))
    assert_refused_by("reported_notice_says_who", notice(world, reference="By phone"))
    assert_refused_by("reported_notice_says_who", notice(world, **back))
    notice(world, reference="By phone", **told(world), **back).save()


def test_a_suspension_and_a_child_not_enrolled_are_told_by_somebody_and_the_child_once_a_year(world: World) -> None:
    abara = {"student": world.students["Abara"]}
    by = {"entered_by": world.users["okafor"], "entered_at": NOW}
    entry = OfficeEntry.objects.create(submission_id=uuid4(), school=world.lincoln, kind=OfficeKind.SUSPENSION, **by)
    event = OfficeEvent.objects.create(entry=entry, kind=entry.kind, starts_on=TODAY, ends_on=TODAY, **abara)
    assert_refused_by("reported_suspension_says_who", SuspensionReport(event=event, reported_on=TODAY))
    SuspensionReport(event=event, **told(world)).save()
    child = {"year": world.year, **abara}
    assert_refused_by("reported_unenrolled_says_who", UnenrolledReport(reported_on=TODAY, **child))
    UnenrolledReport(**child, **told(world)).save()
    assert_refused_by("one_report_of_not_enrolled_a_year", UnenrolledReport(**child, **told(world)))
