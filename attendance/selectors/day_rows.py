"""The rows behind a student's day beside its classes and excuses, each kind read in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Least

from attendance.models import (
    AssessmentSeat,
    Assignment,
    CalendarDay,
    CollegeDay,
    DayReview,
    Engagement,
    Interaction,
    Mark,
    OfficeEvent,
)
from attendance.selectors.judged import JudgedDay
from attendance.selectors.section_teachers import SectionTeachers
from students.access import Scope
from students.models import Section

# A week's own days, and the five after it of which one is the last for handing work in.
_DAYS_AHEAD = 10


@dataclass(frozen=True)
class DayRows:
    """What is on file of one student and one day; `talks` are those of its week, from Monday to Sunday.

    `marks` are those of its classes, where any is done in own time: who joins a class live has the teacher's contact.
    `session_days` are the school's next ones after a day with work in own time, by which it is to be entered.
    """

    events: Sequence[OfficeEvent]
    engagement: Sequence[Engagement]
    talks: Sequence[Interaction]
    reviews: Sequence[DayReview]
    tasks: Sequence[Assignment]
    seats: Sequence[AssessmentSeat]
    colleges_out: Sequence[CollegeDay]
    titles: dict[int, str]
    marks: Sequence[Mark]
    teachers: SectionTeachers
    session_days: Sequence[date]


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
            .select_related("entry__entered_by", "entry__school")
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
            AssessmentSeat.objects.listed()
            .filter(student=student_id, assessment__in=seats)
            .select_related("assessment", "marked_by")
            .order_by("assessment__starts_at", "pk")
        ),
        colleges_out=list(
            CollegeDay.objects.filter(college__sections__section__in=about.colleges_out, date=day)
            .select_related("college")
            .distinct()
        ),
        titles=dict(Section.objects.filter(pk__in=sections).values_list("pk", "title")),
        marks=_marks(judged) if own else [],
        teachers=SectionTeachers(scope, [each.section_id for each in about.reviews if each.section_id]),
        session_days=_session_days_after(judged) if own or about.own_schedule else [],
    )


def _reviews(student_id: int, day: date) -> list[DayReview]:
    """With `first_entered_at`: what was entered in time is not late because it was corrected later (RD-25)."""
    earlier = apps.get_model("attendance", "DayReviewEvent").objects.filter(pgh_obj=OuterRef("pk"))
    first = Subquery(earlier.order_by("entered_at").values("entered_at")[:1])
    found = DayReview.objects.filter(student=student_id, date=day).select_related("section", "entered_by")
    found = found.annotate(first_entered_at=Least("entered_at", first))
    return list(found.order_by("section__title", "pk"))


def _marks(judged: JudgedDay) -> list[Mark]:
    held = [each.meeting_id for each in judged.day.meetings]
    found = Mark.objects.filter(student=judged.day.student_id, meeting__in=held).select_related("meeting", "marked_by")
    return list(found.order_by("meeting__starts_at", "meeting"))


def _session_days_after(judged: JudgedDay) -> list[date]:
    after = CalendarDay.objects.in_session().filter(school=judged.day.school_id, date__gt=judged.day.date)
    return list(after.order_by("date").values_list("date", flat=True)[:_DAYS_AHEAD])
