"""The rows behind a student's day beside its classes and excuses, each kind read in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from attendance.models import (
    AssessmentSeat,
    Assignment,
    CalendarDay,
    CollegeDay,
    DayReview,
    Engagement,
    Interaction,
    OfficeEvent,
)
from attendance.rules.evidence import Review, last_turn_in
from attendance.rules.plan import DAILY, Plan
from attendance.selectors.judged import JudgedDay
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import Section

# No turn-in is later than the fifth session day after its week.
_TURN_IN = 5


@dataclass(frozen=True)
class DayRows:
    """What is on file of one student and one day; `talks` are those of its week, from Monday to Sunday."""

    events: Sequence[OfficeEvent]
    engagement: Sequence[Engagement]
    talks: Sequence[Interaction]
    reviews: Sequence[DayReview]
    tasks: Sequence[Assignment]
    seats: Sequence[AssessmentSeat]
    colleges_out: Sequence[CollegeDay]
    titles: dict[int, str]
    teachers: SectionTeachers
    due_on: date | None


def day_rows(scope: Scope, judged: JudgedDay) -> DayRows:
    """Read them; the caller took the student from the scope. No more statements, however much there is of a kind."""
    day, student_id, about = judged.day.date, judged.day.student_id, judged.day.about
    monday = day - timedelta(days=day.weekday())
    sections = {each.section_id for each in judged.facts.meetings} | {each.section_id for each in judged.day.meetings}
    seats = [each.assessment_id for each in about.seats]
    own = judged.own_time_sections
    return DayRows(
        events=list(
            OfficeEvent.objects.filter(student=student_id, starts_on__lte=day, ends_on__gte=day, withdrawn_at=None)
            .select_related("entry__entered_by")
            .order_by("starts_at", "pk")
        ),
        engagement=list(
            Engagement.objects.filter(Q(day=day) | Q(work_of=day), student=student_id)
            .select_related("section", "received_by")
            .order_by("happened_at", "pk")
        ),
        talks=list(
            Interaction.objects.filter(
                student=student_id, day__range=(monday, monday + timedelta(days=6)), withdrawn_at=None
            )
            .select_related("section", "entered_by")
            .order_by("happened_at", "pk")
        ),
        reviews=_reviews(student_id, day) if about.reviews else [],
        tasks=list(
            Assignment.objects.filter(section__in=own, date=day, withdrawn_at=None).select_related("entered_by")
        ),
        seats=list(
            AssessmentSeat.objects.filter(student=student_id, assessment__in=seats)
            .select_related("assessment", "marked_by")
            .order_by("assessment__starts_at", "pk")
        ),
        colleges_out=list(
            CollegeDay.objects.filter(college__sections__section__in=about.colleges_out, date=day)
            .select_related("college")
            .distinct()
        ),
        titles=dict(Section.objects.filter(pk__in=sections).values_list("pk", "title")),
        teachers=SectionTeachers(scope, own),
        due_on=_due_on(judged) if own or about.own_schedule else None,
    )


def _reviews(student_id: int, day: date) -> list[DayReview]:
    found = DayReview.objects.filter(student=student_id, date=day).select_related("section", "entered_by")
    return list(found.order_by("section__title", "pk"))


def _due_on(judged: JudgedDay) -> date | None:
    """By which day the day is entered at the latest (MS-26, RD-25); None while the calendar does not reach so far."""
    day, plan = judged.day.date, judged.plan
    if plan.entry_frequency == DAILY:
        return day
    after = CalendarDay.objects.in_session().filter(
        school=judged.day.school_id, date__gt=day + timedelta(days=6 - day.weekday())
    )
    return _turn_in(tuple(after.order_by("date").values_list("date", flat=True)[:_TURN_IN]), plan)


def _turn_in(after: tuple[date, ...], plan: Plan) -> date | None:
    return last_turn_in(Review(None, next_session_days=after), plan)
