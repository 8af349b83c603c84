"""What the edit checks look at, gathered from a real month; and errors that refuse the month until they are mended."""

from datetime import date, timedelta
from uuid import uuid4

from attendance.models import ClassMeeting, Mark, OfficeEntry, OfficeEvent
from attendance.services.ledger import rebuild
from interventions.models import TruancyNotice
from reporting.models import RunState
from reporting.rules.class_facts import FullClass, TurnedPresent
from reporting.rules.facts import EnrollmentFact, LateNotice, StudentOn
from reporting.selectors.edit_facts import (
    late_notices,
    roster_taken_in_on,
    seen_no_shows,
    stray_marks,
    suspended_days,
    without_contact,
)
from reporting.selectors.marking_habits import full_classes, turned_present
from students.models import Enrollment, Guardian, GuardianLink, RosterImport, Student
from tests.reporting.months import AFTER, FIRST, LAST, after_the_month, build, take_month
from tests.world import World, at

DAY = date(2020, 10, 21)


def enrolled(world: World, name: str, **given: object) -> EnrollmentFact:
    return EnrollmentFact(world.students[name].pk, "09", FIRST, "E1")._replace(**given)


def test_who_turned_absences_into_presence_is_counted_by_person_and_delay(world: World) -> None:
    take_month(world, world.lincoln, absent=[("Abara", DAY), ("Grant", DAY)])
    absent = Mark.objects.filter(status="absent", meeting__date=DAY)
    there = {"status": "present", "minutes_attended": 50, "marked_by": world.users["whitfield"], "reason": "Was there"}
    abara = absent.filter(student=world.students["Abara"]).order_by("pk")
    same_day, later = abara[0].pk, abara[1].pk
    Mark.objects.filter(pk=same_day).update(**there, marked_at=at(15, day=DAY))
    Mark.objects.filter(pk=later).update(**there, marked_at=at(15, day=DAY + timedelta(days=9)))
    grant = absent.filter(student=world.students["Grant"]).order_by("pk")[0].pk
    Mark.objects.filter(pk=grant).update(**there | {"status": "tardy"}, marked_at=at(8, day=DAY + timedelta(days=1)))
    # What stood since is not what turned it.
    Mark.objects.filter(pk=grant).update(minutes_attended=40, marked_by=world.users["okafor"], marked_at=AFTER)
    scope = after_the_month()
    assert turned_present(scope, world.lincoln.pk, FIRST, LAST) == [
        TurnedPresent("Rosa Whitfield", 2, 2, 9, Mark.objects.get(pk=later).meeting_id)
    ]
    assert turned_present(scope, world.washington.pk, FIRST, LAST) == []
    assert turned_present(scope, world.lincoln.pk, FIRST, DAY - timedelta(days=1)) == []


def test_a_class_is_full_while_every_mark_of_the_month_is_present(world: World) -> None:
    take_month(world, world.washington)
    take_month(world, world.lincoln, absent=[("Abara", DAY)])
    scope = after_the_month()
    assert full_classes(scope, world.lincoln.pk, FIRST, LAST) == []
    [whole] = full_classes(scope, world.washington.pk, FIRST, LAST)
    assert (type(whole), whole.meetings, whole.marks) == (FullClass, 15, 15)


def test_RD11_marks_of_days_that_an_enrollment_no_longer_covers_are_stray(world: World) -> None:
    take_month(world, world.lincoln)
    Enrollment.objects.filter(student=world.students["Grant"]).update(ends_on=LAST - timedelta(days=1), exit_code="T2")
    rebuild(after_the_month(), school_ids=[world.lincoln.pk])
    found = stray_marks(after_the_month(), world.lincoln.pk, FIRST, LAST)
    assert set(found) == {StudentOn(world.students["Grant"].pk, LAST)}
    assert len(found) == ClassMeeting.objects.filter(date=LAST, school=world.lincoln).count()


def test_RD50_whoever_cannot_be_reached_is_counted_until_18(world: World) -> None:
    take_month(world, world.lincoln)
    here = [enrolled(world, name) for name in ("Abara", "Grant", "Hollis", "Castillo", "Nguyen")]
    assert without_contact(after_the_month(), here) == []
    Guardian.objects.filter(links__student=world.students["Abara"]).update(phone="")
    GuardianLink.objects.filter(student=world.students["Grant"]).update(may_contact=False)
    GuardianLink.objects.filter(student=world.students["Hollis"]).update(ends_on=LAST)
    GuardianLink.objects.filter(student=world.students["Castillo"]).delete()
    Student.objects.filter(pk=world.students["Castillo"].pk).update(birth_date=date(2002, 11, 9))
    gone = enrolled(world, "Abara", left_on=LAST)
    names = ("Abara", "Grant", "Hollis")
    assert without_contact(after_the_month(), here) == [world.students[name].pk for name in names]
    assert without_contact(after_the_month(), [gone]) == []


def test_ST02_notices_are_late_when_the_day_is_over_or_was(world: World) -> None:
    facts = {"year": world.year, "school": world.lincoln, "threshold": 1, "is_final": False, "noticed_at": AFTER}
    days = {"unlawful_on": [DAY], "crossed_on": DAY, "clock_starts_on": DAY, "due_on": DAY + timedelta(days=2)}
    told = {"Abara": 2, "Grant": 3, "Hollis": None}
    for name, after in told.items():
        reported = {} if after is None else {
            "reported_on": DAY + timedelta(days=after), "reported_by": world.users["osei"], "reported_at": AFTER,
        }  # fmt: skip
        TruancyNotice.objects.create(student=world.students[name], **facts, **days, **reported)
    due, late = days["due_on"], DAY + timedelta(days=3)
    grant, hollis = world.students["Grant"].pk, world.students["Hollis"].pk
    scope = after_the_month()
    assert late_notices(scope, world.lincoln.pk, FIRST, LAST) == [
        LateNotice(grant, due, late),
        LateNotice(hollis, due, None),
    ]
    assert late_notices(scope, world.lincoln.pk, late, LAST) == []


def test_the_newest_roster_counts_by_its_local_day(world: World) -> None:
    assert roster_taken_in_on(after_the_month()) is None
    for day in (2, 3):
        RosterImport.objects.create(applied_at=at(23, day=date(2020, 11, day)), file_name="a", sha256="0", counts={})
    assert roster_taken_in_on(after_the_month()) == date(2020, 11, 3)


def test_MS37_a_no_show_who_was_seen_refuses_the_month_until_the_code_says_how_the_student_left(
    committed_world: World,
) -> None:
    world = committed_world
    take_month(world, world.lincoln)
    grant = Enrollment.objects.filter(student=world.students["Grant"])
    grant.update(ends_on=LAST, exit_code="NS")
    assert seen_no_shows(
        after_the_month(), world.lincoln.pk, [enrolled(world, "Grant", exit_code="NS")], FIRST, LAST
    ) == {world.students["Grant"].pk}
    rebuild(after_the_month(), school_ids=[world.lincoln.pk])
    refused = build(world.lincoln)
    assert refused.state == RunState.BLOCKED
    assert "no_show_was_seen" in refused.findings.values_list("code", flat=True)
    grant.update(exit_code="X9")
    rebuild(after_the_month(), school_ids=[world.lincoln.pk])
    assert set(build(world.lincoln).findings.filter(severity="error").values_list("code", flat=True)) == {
        "unknown_exit_code"
    }
    grant.update(exit_code="T2")
    assert build(world.lincoln).state == RunState.DONE


def test_ST02_each_day_of_a_suspension_that_stands_is_looked_at(world: World) -> None:
    grant = world.students["Grant"]
    entry = OfficeEntry.objects.create(
        submission_id=uuid4(), school=world.lincoln, kind="suspension", entered_by=world.users["okafor"],
        entered_at=AFTER,
    )  # fmt: skip
    span = {"starts_on": FIRST - timedelta(days=4), "ends_on": FIRST + timedelta(days=1)}
    event = OfficeEvent.objects.create(entry=entry, student=grant, kind="suspension", **span)
    scope = after_the_month()
    assert suspended_days(scope, [grant.pk], FIRST, LAST) == [
        StudentOn(grant.pk, FIRST),
        StudentOn(grant.pk, FIRST + timedelta(days=1)),
    ]
    OfficeEvent.objects.filter(pk=event.pk).update(
        withdrawn_at=AFTER, withdrawn_by=world.users["okafor"], withdrawn_reason="Another student"
    )
    assert suspended_days(scope, [grant.pk], FIRST, LAST) == []
