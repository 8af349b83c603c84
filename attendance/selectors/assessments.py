"""State assessments as their pages show them (MS-12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from attendance.models import Assessment, AssessmentSeat
from attendance.selectors.office_days import offices
from students.access import Scope, visible_to
from students.models import Course, Enrollment, School
from students.refusals import NotInScope

PAGE = 40
_LISTED = Q(seats__withdrawn_at__isnull=True)


@dataclass(frozen=True)
class AssessmentsPage:
    """Assessments with how many are listed and how many are taken, the latest first; what another may be for."""

    rows: Page
    schools: Sequence[School]
    offices: Sequence[School]
    grades: Sequence[str]
    courses: Sequence[Course]


@dataclass(frozen=True)
class AssessmentPage:
    """One assessment, the seats of those listed by name, those taken off, and whether somebody may take it now."""

    assessment: Assessment
    seats: Sequence[AssessmentSeat]
    taken_off: Sequence[AssessmentSeat]
    grades: Sequence[str]
    minutes: int
    may_take: bool
    may_keep: bool


def assessments_page(scope: Scope, school_id: int | None, number: int) -> AssessmentsPage:
    """The assessments of somebody's schools; a constant number of statements. Raises NotInScope for who reads none."""
    if not scope.reads_schools:
        raise NotInScope
    schools = list(visible_to(scope, School).order_by("name", "pk"))
    if school_id is not None and school_id not in {each.pk for each in schools}:
        raise NotInScope
    found = Assessment.objects.filter(school__in=[school_id] if school_id else schools).select_related("school")
    counted = found.annotate(
        listed=Count("seats", filter=_LISTED),
        taken=Count("seats", filter=_LISTED & Q(seats__minutes_attended__isnull=False)),
    )
    kept = offices(scope) if scope.keeps_some_office else []
    courses = Course.objects.filter(sections__school__in=kept).distinct().order_by("title", "pk") if kept else ()
    return AssessmentsPage(
        rows=Paginator(counted.order_by("-date", "-starts_at", "-pk"), PAGE).get_page(number),
        schools=schools,
        offices=kept,
        grades=_grades(kept, scope.today) if kept else [],
        courses=list(courses),
    )


def _grades(schools: Sequence[School], day: date) -> list[str]:
    held = Enrollment.attending_on(day).filter(school__in=schools).exclude(grade="")
    return sorted(set(held.values_list("grade", flat=True)))


def assessment_page(scope: Scope, assessment_id: int) -> AssessmentPage:
    """An assessment of a school that somebody reads. Raises NotInScope."""
    if not scope.reads_schools:
        raise NotInScope
    found = Assessment.objects.filter(pk=assessment_id, school__in=visible_to(scope, School))
    assessment = found.select_related("school", "entered_by", "withdrawn_by").first()
    if assessment is None or not scope.reads(assessment.school_id):
        raise NotInScope
    people = ("student", "marked_by", "listed_by", "withdrawn_by")
    seats = list(assessment.seats.select_related(*people).order_by("student__sort_name", "student_id"))
    length = (assessment.ends_at.hour - assessment.starts_at.hour) * 60
    may_keep = scope.keeps_office(assessment.school_id) and assessment.withdrawn_at is None
    return AssessmentPage(
        assessment=assessment,
        seats=[each for each in seats if each.withdrawn_at is None],
        taken_off=[each for each in seats if each.withdrawn_at is not None],
        grades=_grades([assessment.school], assessment.date) if may_keep else [],
        minutes=length + assessment.ends_at.minute - assessment.starts_at.minute,
        may_take=may_keep and assessment.date <= scope.today,
        may_keep=may_keep,
    )
