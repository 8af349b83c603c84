"""Classes, marks and work in own time that a month finds wanting."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

from attendance.models import (
    ClassMeeting,
    DayReview,
    LearningPlan,
    Mark,
    MeetingState,
    Mode,
    ModeAssignment,
    OfficeEntry,
    OfficeEvent,
    Submission,
)
from students.models import Enrollment, SectionEnrollment
from tests.reporting.months import AFTER, FIRST, LAST
from tests.reporting.trips import changed, judged, there, trips
from tests.world import World, add_student, at, put_on_roster

DAY = date(2020, 10, 21)
WEEK = [FIRST + timedelta(days=each) for each in range(5)]
NOT_TAKEN = {"state": MeetingState.EXPECTED, "taken_by": None, "taken_at": None}


def meetings(world: World, keys: str, day: date) -> list[ClassMeeting]:
    return list(ClassMeeting.objects.filter(section__in=[world.sections[key] for key in keys], date=day))


@contextmanager
def untaken(world: World, keys: str, day: date) -> Iterator[None]:
    held = ClassMeeting.objects.filter(pk__in=[each.pk for each in meetings(world, keys, day)])
    with changed(held, **NOT_TAKEN):
        judged(world, first=day, last=day)
        yield
    judged(world, first=day, last=day)


@trips("meeting_untaken")
def _three_of_six_are_not_taken(world: World) -> Iterator[None]:
    with untaken(world, "246", FIRST):
        yield


@trips("meeting_unmarked")
def _a_student_came_onto_the_rosters_after_the_classes_were_taken(world: World) -> Iterator[None]:
    late = add_student(world, "Late Lee", "300000001", world.lincoln, starts_on=FIRST)
    Enrollment.objects.filter(student=late).update(ends_on=FIRST, exit_code="T2")
    for key in "123456":
        put_on_roster(late, world.sections[key], FIRST)
    judged(world, "Late")
    yield
    marked = {"status": "present", "minutes_attended": 55, "marked_by": world.users["whitfield"], "marked_at": AFTER}
    Mark.objects.bulk_create(Mark(meeting=each, student=late, **marked) for each in meetings(world, "123456", FIRST))
    judged(world, "Late")


@trips("never_taken")
def _one_of_six_is_not_taken(world: World) -> Iterator[None]:
    with untaken(world, "2", FIRST):
        yield


@trips("saved_unopened")
def _a_program_saves_a_class_unseen(world: World) -> Iterator[None]:
    [meeting] = meetings(world, "3", FIRST)
    saved = {"meeting": meeting, "submitted_by": world.users["whitfield"], "submitted_at": AFTER}
    Submission.objects.create(submission_id=uuid4(), version=2, roster_opened=False, **saved)
    yield
    Submission.objects.create(submission_id=uuid4(), version=3, roster_opened=True, **saved)


@trips("absent_became_present")
def _absences_become_presence_after_the_day(world: World) -> Iterator[None]:
    [meeting] = meetings(world, "1", DAY)
    mark = Mark.objects.get(meeting=meeting, student=world.students["Abara"])
    seen = {"status": "present", "minutes_attended": 55, "marked_by": world.users["okafor"], "marked_at": AFTER}
    Mark.objects.filter(pk=mark.pk).update(reason="Was there", **seen)
    judged(world, "Abara", first=DAY, last=DAY)
    # It stays in the history of the class: a fact that nothing mends.
    yield


@trips("nobody_ever_absent")
def _every_mark_of_a_class_is_present(world: World) -> Iterator[None]:
    away = Mark.objects.filter(meeting__in=meetings(world, "5", DAY), status="absent")
    held = Mark.objects.filter(pk__in=list(away.values_list("pk", flat=True)))
    with changed(held, status="present", minutes_attended=55, marked_at=at(15, day=DAY)):
        judged(world, "Abara", "Grant", first=DAY, last=DAY)
        yield
    judged(world, "Abara", "Grant", first=DAY, last=DAY)


@trips("marks_while_not_enrolled")
def _a_student_leaves_before_the_last_marks(world: World) -> Iterator[None]:
    held = Enrollment.objects.filter(student=world.students["Hollis"])
    with changed(held, ends_on=LAST - timedelta(days=1), exit_code="T2"):
        judged(world, "Hollis")
        yield
    judged(world, "Hollis")


@trips("office_disagrees")
def _a_student_is_seen_while_reported_absent(world: World) -> Iterator[None]:
    entry = OfficeEntry.objects.create(
        submission_id=uuid4(), school=world.lincoln, kind="reported_absence", entered_by=world.users["okafor"],
        entered_at=AFTER,
    )  # fmt: skip
    said = {"student": world.students["Nguyen"], "kind": "reported_absence", "starts_on": DAY, "ends_on": DAY}
    event = OfficeEvent.objects.create(entry=entry, **said)
    judged(world, "Nguyen", first=DAY, last=DAY)
    yield
    OfficeEvent.objects.filter(pk=event.pk).update(
        withdrawn_at=AFTER, withdrawn_by=world.users["okafor"], withdrawn_reason="Another student"
    )
    judged(world, "Nguyen", first=DAY, last=DAY)


@trips("nothing_scheduled")
def _a_student_has_no_class(world: World) -> Iterator[None]:
    idle = add_student(world, "Idle Ida", "300000000", world.lincoln)
    judged(world, "Idle")
    yield
    Enrollment.objects.filter(student=idle).update(ends_on=FIRST, exit_code="NS")
    judged(world, "Idle")


def reviews(world: World, keys: str, **more: object) -> list[DayReview]:
    """Completed work of the first week, entered on its Friday."""
    said = {"minutes": 55, "handed_in_on": WEEK[-1], "entered_by": world.users["whitfield"]}
    said |= {"entered_at": at(16, day=WEEK[-1])} | more
    return [
        DayReview(student=world.students["Castillo"], section=world.sections[key], date=day, **said)
        for key in keys
        for day in WEEK
    ]


@contextmanager
def in_own_time(world: World, *entered: DayReview, mode: str = Mode.OFFLINE_PACKETS) -> Iterator[None]:
    """Castillo works in own time in the first week."""
    dates = {"starts_on": WEEK[0], "ends_on": WEEK[-1]}
    with there(ModeAssignment(student=world.students["Castillo"], mode=mode, **dates), *entered):
        judged(world, "Castillo")
        yield
    judged(world, "Castillo")


@trips("work_not_entered")
def _a_week_is_not_entered(world: World) -> Iterator[None]:
    with in_own_time(world):
        yield


@trips("work_not_entered_in_time")
def _a_class_of_the_week_is_not_entered(world: World) -> Iterator[None]:
    with in_own_time(world, *reviews(world, "12345")):
        yield


@trips("missed_interaction", "weeks_not_reported")
def _a_week_passes_without_a_word(world: World) -> Iterator[None]:
    # A minute in a live class would be a word with the teacher.
    live = Mark.objects.filter(student=world.students["Castillo"], meeting__date__in=WEEK)
    with changed(live, status="tardy", minutes_attended=0), in_own_time(world, *reviews(world, "123456")):
        yield
    judged(world, "Castillo")


@trips("entered_late")
def _a_week_is_entered_late(world: World) -> Iterator[None]:
    with in_own_time(world, *reviews(world, "123456", entered_at=AFTER)):
        yield


@trips("own_time_without_plan")
def _the_plan_begins_after_the_week(world: World) -> Iterator[None]:
    with in_own_time(world, *reviews(world, "123456")), changed(LearningPlan.objects.all(), starts_on=WEEK[-1]):
        yield


@trips("own_time_without_measure")
def _the_plan_approves_no_measure(world: World) -> Iterator[None]:
    worked = reviews(world, "123456", measure="work", minutes=None, handed_in_on=None)
    with changed(LearningPlan.objects.all(), measures=[]), in_own_time(world, *worked, mode=Mode.ASYNC_ONLINE):
        yield


@trips("own_time_not_offered")
def _the_plan_does_not_offer_packets(world: World) -> Iterator[None]:
    with in_own_time(world, *reviews(world, "123456")), changed(LearningPlan.objects.all(), modes=["in_person"]):
        yield


@contextmanager
def half_a_day(world: World) -> Iterator[None]:
    """Castillo is on the rosters of three classes alone."""
    lines = SectionEnrollment.objects.filter(
        student=world.students["Castillo"], section__in=[world.sections[key] for key in "456"]
    )
    with changed(lines, ends_on=FIRST - timedelta(days=1)):
        judged(world, "Castillo")
        yield
    judged(world, "Castillo")


@trips("short_student_day")
def _a_student_has_three_classes(world: World) -> Iterator[None]:
    with half_a_day(world):
        yield


@trips("short_own_time_day")
def _a_student_in_own_time_has_three_classes(world: World) -> Iterator[None]:
    with half_a_day(world), in_own_time(world, *reviews(world, "123")):
        yield
