"""Plans, modes, and what makes a student's day another: the database refuses what no page should ever send."""

from datetime import date, time
from uuid import uuid4

from attendance.models import (
    Accommodation,
    Assessment,
    AssessmentSeat,
    College,
    CollegeDay,
    Engagement,
    LearningPlan,
    LmsPart,
    LmsRun,
    ModeAssignment,
    OwnSchedule,
    WeekSubmission,
)
from tests.broken_constraints import assert_refused_by, refused_by_the_database
from tests.world import NOW, TODAY, YESTERDAY, World


def _signed(world: World, **more: object) -> dict:
    return {"submission_id": uuid4(), "entered_by": world.users["mayfield"], "entered_at": NOW, **more}


def test_a_learning_plan_offers_something_and_has_one_arbiter(world: World) -> None:
    assert_refused_by("plan_offers_some_mode", LearningPlan(starts_on=TODAY, modes=[]))
    for days in (0, 6):
        plan = LearningPlan(starts_on=TODAY, turn_in_session_days=days)
        assert_refused_by("turn_in_is_within_five_session_days", plan)
    LearningPlan.objects.create(starts_on=TODAY, turn_in_session_days=5)
    assert_refused_by("one_plan_per_day_school_and_grade", LearningPlan(starts_on=TODAY))
    LearningPlan.objects.create(starts_on=TODAY, school=world.lincoln, grade="09")
    assert_refused_by(
        "one_plan_per_day_school_and_grade", LearningPlan(starts_on=TODAY, school=world.lincoln, grade="09")
    )


def test_a_mode_has_its_days_in_order_and_says_who_entered_it(world: World) -> None:
    student = world.students["Abara"]
    backwards = ModeAssignment(student=student, mode="sync_online", starts_on=TODAY, ends_on=YESTERDAY)
    # Django cannot build the range for the check of a form; the database refuses it by name.
    refused_by_the_database("mode_ends_after_start", backwards)
    unsigned = ModeAssignment(student=student, mode="sync_online", starts_on=TODAY, source="here")
    assert_refused_by("mode_entered_here_says_who_and_when", unsigned)


def test_a_schedule_of_the_students_own_stands_alone_on_its_days(world: World) -> None:
    student = world.students["Abara"]
    given = {"student": student, "kind": "part_time", "starts_on": TODAY}
    refused_by_the_database("own_schedule_ends_after_start", OwnSchedule(**_signed(world, **given, ends_on=YESTERDAY)))
    OwnSchedule.objects.create(**_signed(world, **given))
    again = OwnSchedule(**_signed(world, student=student, kind="homebound", starts_on=date(2020, 11, 2)))
    assert_refused_by("one_own_schedule_at_a_time", again)


def test_MS39_an_accommodation_says_what_and_why(world: World) -> None:
    given = {"student": world.students["Abara"], "starts_on": TODAY}
    for wrong in ({"measures": [], "reason": "IEP"}, {"measures": ["contact"], "reason": ""}):
        assert_refused_by("accommodation_says_what_and_why", Accommodation(**_signed(world, **given, **wrong)))
    backwards = Accommodation(**_signed(world, **given, measures=["contact"], reason="IEP", ends_on=YESTERDAY))
    refused_by_the_database("accommodation_ends_after_start", backwards)


def test_an_assessment_ends_after_it_starts_lists_a_student_once_and_is_taken_by_somebody(world: World) -> None:
    given = {"school": world.lincoln, "name": "Algebra I", "date": TODAY, "starts_at": time(9)}
    assert_refused_by("assessment_ends_after_start", Assessment(**_signed(world, **given, ends_at=time(9))))
    sat = Assessment.objects.create(**_signed(world, **given, ends_at=time(11)))
    sat.pk, sat.submission_id, sat.withdrawn_at = None, uuid4(), NOW
    assert_refused_by("withdrawn_assessment_says_who_and_why", sat)
    sat = Assessment.objects.get()
    AssessmentSeat.objects.create(assessment=sat, student=world.students["Abara"])
    twice = AssessmentSeat(assessment=sat, student=world.students["Abara"])
    assert_refused_by("one_seat_per_assessment_and_student", twice)
    nobody = AssessmentSeat(assessment=sat, student=world.students["Baptiste"], minutes_attended=90)
    assert_refused_by("taken_seat_says_who_and_when", nobody)
    gone = AssessmentSeat(assessment=sat, student=world.students["Baptiste"], withdrawn_at=NOW)
    assert_refused_by("withdrawn_seat_says_who_and_why", gone)


def test_RD27_a_college_has_a_day_off_once(world: World) -> None:
    college = College.objects.create(name="Hinds Community College")
    CollegeDay.objects.create(college=college, date=TODAY)
    assert_refused_by("one_day_off_per_college_and_date", CollegeDay(college=college, date=TODAY))


def test_a_week_is_saved_in_order_and_begins_on_a_monday(world: World) -> None:
    def save(version: int, monday: date) -> WeekSubmission:
        its = {"section": world.sections["1"], "monday": monday, "version": version}
        return WeekSubmission(submission_id=uuid4(), submitted_by=world.users["whitfield"], submitted_at=NOW, **its)

    save(1, date(2020, 10, 26)).save()
    assert_refused_by("one_save_per_week_and_version", save(1, date(2020, 10, 26)))
    for day in (TODAY, date(2020, 10, 25)):
        assert_refused_by("week_begins_on_a_monday", save(2, day))


def test_an_event_of_the_lms_fits_in_a_day(world: World) -> None:
    given = {"event_id": "e1", "source": "lms_file", "student": world.students["Abara"], "measure": "work"}
    long = Engagement(
        **given, happened_at=NOW, day=TODAY, minutes=1441, received_by=world.users["reyes"], received_at=NOW
    )
    assert_refused_by("engagement_fits_in_a_day", long)


def test_an_lms_file_at_work_has_a_lease_and_one_that_ended_says_when(world: World) -> None:
    def run(**said: object) -> LmsRun:
        its = {"submission_id": uuid4(), "received_at": NOW, "file_name": "a.csv", "sha256": "0" * 64, "size": 1}
        return LmsRun(**its, received_by=world.users["reyes"], **said)

    assert_refused_by("lms_file_at_work_has_a_lease", run(state="running"))
    assert_refused_by("ended_lms_file_says_when", run(state="refused"))
    its = run()
    its.save()
    LmsPart.objects.create(run=its, number=0, content=b"a")
    assert_refused_by("one_lms_part_in_each_place", LmsPart(run=its, number=0, content=b"b"))
