"""State assessments: who is listed, who sat, and what is taken back (MS-12, RD-23). The days are judged anew."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import Assessment, AssessmentSeat
from attendance.rules.minutes import minute_of
from attendance.selectors.office_days import enrolled_between, office
from attendance.services.day_changes import Touched, hold, judge_anew
from students.access import Scope, visible_to
from students.models import School, SectionEnrollment
from students.refusals import Forbidden, NotInScope, Refused

KINDERGARTEN = "KG"


@dataclass(frozen=True, slots=True)
class Sitting:
    """An assessment with those listed for it: students by id, all of some grades, all of some courses."""

    name: str
    date: date
    starts_at: time
    ends_at: time
    student_ids: tuple[int, ...] = ()
    grades: tuple[str, ...] = ()
    course_ids: tuple[int, ...] = ()
    may_be_remote: bool = False


def list_assessment(scope: Scope, school_id: int, sitting: Sitting, *, submission_id: UUID) -> Assessment:
    """Enter an assessment of a school and list its students. Sent twice it is entered once.

    Raises NotInScope, Forbidden (not its office), or Refused: nobody listed, somebody of another school, times that
    cannot be, or from home what is not Kindergarten Readiness.
    """
    school = office(scope, school_id)
    with transaction.atomic():
        hold(scope, ())
        if before := Assessment.objects.filter(submission_id=submission_id).first():
            return before
        listed = chosen_students(scope, school, sitting)
        assessment = _assessment(scope, school, sitting, submission_id)
        AssessmentSeat.objects.bulk_create(AssessmentSeat(assessment=assessment, student_id=each) for each in listed)
        judge_sitting(scope, assessment, listed)
    return assessment


def take_assessment(scope: Scope, assessment_id: int, minutes: Mapping[int, int]) -> Touched:
    """Write down the minutes that listed students sat, by student; again, where it was wrong. Nobody is left out.

    Raises NotInScope, Forbidden, or Refused: it has not begun, is withdrawn, or somebody is missing or not listed.
    """
    with transaction.atomic():
        assessment = locked_assessment(scope, assessment_id)
        if assessment.date > scope.today:
            raise Refused("This assessment is on a day to come.")
        seats = {each.student_id: each for each in listed_seats(scope, assessment)}
        if seats.keys() != minutes.keys():
            raise Refused("The list changed since you looked: every student listed has minutes, and nobody else.")
        longest = minute_of(assessment.ends_at) - minute_of(assessment.starts_at)
        if any(not 0 <= each <= longest for each in minutes.values()):
            raise Refused(f"The assessment lasts {longest} minutes.")
        for student_id, seat in seats.items():
            if seat.minutes_attended != minutes[student_id]:
                seat.minutes_attended = minutes[student_id]
                seat.marked_by_id, seat.marked_at = scope.person, scope.now
                seat.save(update_fields=["minutes_attended", "marked_by", "marked_at"])
        return judge_sitting(scope, assessment, minutes.keys())


def withdraw_assessment(scope: Scope, assessment_id: int, *, reason: str) -> Touched:
    """Take an assessment back, visibly. Raises NotInScope, Forbidden, or Refused without a reason."""
    if not reason.strip():
        raise Refused("Say why the assessment is withdrawn.")
    with transaction.atomic():
        assessment = locked_assessment(scope, assessment_id)
        assessment.withdrawn_by_id, assessment.withdrawn_at = scope.person, scope.now
        assessment.withdrawn_reason = reason.strip()[:300]
        assessment.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        return judge_sitting(scope, assessment, [each.student_id for each in listed_seats(scope, assessment)])


def listed_seats(scope: Scope, assessment: Assessment) -> list[AssessmentSeat]:
    """The seats of those still listed, locked, in the order of their students; inside the caller's transaction."""
    return list(assessment.seats.listed().select_for_update().order_by("student_id"))


def kept_assessment(scope: Scope, assessment_id: int) -> Assessment:
    """An assessment of a school whose office somebody keeps. Raises NotInScope or Forbidden."""
    seen = Assessment.objects.filter(pk=assessment_id, school__in=visible_to(scope, School))
    found = seen.select_related("school").first()
    if found is None:
        raise NotInScope
    if not scope.keeps_office(found.school_id):
        raise Forbidden("Only the office of the school takes its assessments.")
    return found


def locked_assessment(scope: Scope, assessment_id: int, also: Collection[int] = ()) -> Assessment:
    """The same, locked with the days of its students and of some more. Raises Refused where it is withdrawn."""
    found = kept_assessment(scope, assessment_id)
    hold(scope, {*found.seats.values_list("student_id", flat=True), *also})
    locked = Assessment.objects.select_for_update().get(pk=found.pk)
    if locked.withdrawn_at is not None:
        raise Refused("This assessment is withdrawn.")
    return locked


def chosen_students(scope: Scope, school: School, sitting: Sitting) -> list[int]:
    """The students that a sitting names, by id in order. Raises Refused as `list_assessment` does."""
    held = enrolled_between(scope, school.pk, sitting.date, sitting.date)
    grades = dict(held.order_by("student_id").values_list("student_id", "grade"))
    roster = SectionEnrollment.objects.holding_on(sitting.date).filter(section__course__in=sitting.course_ids)
    of_course = set(roster.values_list("student_id", flat=True)) if sitting.course_ids else set()
    if set(sitting.student_ids) - grades.keys():
        raise Refused("Somebody on the list is not enrolled in this school on that day.")
    chosen = set(sitting.student_ids) | (of_course & grades.keys())
    listed = {each: grade for each, grade in grades.items() if each in chosen or grade in sitting.grades}
    if not listed:
        raise Refused("Nobody is listed: choose grades, courses or students.")
    if sitting.may_be_remote and set(listed.values()) != {KINDERGARTEN}:
        raise Refused("Only Kindergarten Readiness may be taken from home, by kindergarten alone (MS-12).")
    return list(listed)


def _assessment(scope: Scope, school: School, sitting: Sitting, submission_id: UUID) -> Assessment:
    assessment = Assessment(
        submission_id=submission_id,
        school=school,
        name=sitting.name.strip(),
        date=sitting.date,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        may_be_remote=sitting.may_be_remote,
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    try:
        assessment.full_clean(exclude=["school", "entered_by"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    assessment.save(force_insert=True)
    return assessment


def judge_sitting(scope: Scope, assessment: Assessment, students: Collection[int]) -> Touched:
    """Judge the day of an assessment anew for some of its students, and tell the apps above."""
    ids = sorted(students)
    hold(scope, ids)
    touched = judge_anew(scope, ids, assessment.date, assessment.date, asked=[assessment.pk])
    touched.tell(Assessment)
    return touched
