"""Days of single students of the demo: a state assessment, a college's own calendar, schedules and accommodations."""

from datetime import date, datetime, time
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

from attendance.demo.cast import CLERK, HIGH, YEAR_STARTS
from attendance.demo.modes import own_time_spans
from attendance.demo.people import pupils
from attendance.models import (
    Accommodation,
    Assessment,
    AssessmentSeat,
    College,
    CollegeDay,
    CollegeSection,
    OwnSchedule,
)
from attendance.rules.modes import ASYNC_ONLINE
from students.access import Scope
from students.models import School, Section, Student, User

RETEST = date(2020, 10, 20)
DUAL_CREDIT = "c-lhs-english-iv-b1"
# The first is over; the others lie ahead.
COLLEGE_IS_OUT = {date(2020, 10, 8): "Fall break", date(2020, 11, 12): "Advising day"}


def write_individual_days(scope: Scope) -> None:
    """What the office and the district entered of single students and one college."""
    zone = ZoneInfo(scope.zone)
    entered = {"entered_by": User.objects.get(username=CLERK.username)}
    entered_at = datetime.combine(YEAR_STARTS, time(8, 30), zone)
    online = _online_at_the_high_school()
    _retest(online[:4], entered, datetime.combine(RETEST, time(11, 15), zone))
    _college()
    senior = Student.objects.get(source_id=_senior())
    OwnSchedule.objects.create(
        submission_id=_form("senior"),
        student=senior,
        kind="early_release",
        starts_on=YEAR_STARTS,
        entered_at=entered_at,
        **entered,
    )
    Accommodation.objects.create(
        submission_id=_form("accommodation"),
        student=online[-1],
        measures=["lms_login"],
        reason="Records being present in the LMS, by the student’s plan of services.",
        starts_on=YEAR_STARTS,
        entered_at=entered_at,
        **entered,
    )


def _form(what: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"demo {what}")


def _online_at_the_high_school() -> list[Student]:
    chosen = [
        pupils()[number].source_id
        for number, span in own_time_spans().items()
        if span.mode == ASYNC_ONLINE and not span.weekdays and pupils()[number].home.school == HIGH
    ]
    return list(Student.objects.filter(source_id__in=chosen).order_by("source_id"))


def _senior() -> str:
    return next(pupil.source_id for pupil in pupils() if pupil.home.school == HIGH and pupil.home.grade == "12")


def _retest(students: list[Student], entered: dict[str, User], taken_at: datetime) -> None:
    """All but the last sat it."""
    sitting = Assessment.objects.create(
        submission_id=_form("retest"),
        school=School.objects.get(source_id=HIGH),
        name="English II retest",
        date=RETEST,
        starts_at=time(9),
        ends_at=time(11),
        entered_at=taken_at,
        **entered,
    )
    AssessmentSeat.objects.bulk_create(
        AssessmentSeat(
            assessment=sitting,
            student=student,
            minutes_attended=120 if student != students[-1] else 0,
            marked_by=entered["entered_by"],
            marked_at=taken_at,
        )
        for student in students
    )


def _college() -> None:
    college = College.objects.create(name="Magnolia Community College")
    CollegeSection.objects.create(college=college, section=Section.objects.get(source_id=DUAL_CREDIT))
    CollegeDay.objects.bulk_create(
        CollegeDay(college=college, date=day, name=name) for day, name in COLLEGE_IS_OUT.items()
    )
