"""What a family may ask to be corrected, what it asked, and what teachers and offices have to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from attendance.access import markable
from attendance.models import CorrectionRequest, DailyAttendance, DayStatus, Mark, MarkStatus, MeetingState
from attendance.rules.family_request import Stood, first_day_to_ask_about, is_corrected
from attendance.rules.titles import meeting_title
from attendance.selectors.explanation import Explanation, explain_day
from attendance.selectors.local_times import local_time, local_time_of
from students.access import Scope, visible_to
from students.models import School, Student
from students.refusals import NotInScope
from students.rules.rights import Right
from students.selectors.families import own_child

PAGE_SIZE = 25
OPEN, ANSWERED = "", "answered"
MOST_SHOWN = 30


@dataclass(frozen=True)
class Askable:
    """A class, or where `meeting_id` is None a whole day, that a family may ask about; times are local."""

    meeting_id: int | None
    date: date
    title: str
    starts_at: time | None
    stood: Stood
    is_asked: bool


@dataclass(frozen=True)
class AskedLine:
    """A request with its answer. `title` is empty for a whole day; `student` is there for the school alone."""

    id: int
    student_id: int
    student: str
    date: date
    title: str
    starts_at: time | None
    words: str
    stood: Stood
    asked_at: datetime
    answer: str
    answer_words: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True)
class CorrectionsPage:
    """A family's page: what may be asked about, and what was asked."""

    child: Student
    askable: Sequence[Askable]
    lines: Sequence[AskedLine]


@dataclass(frozen=True)
class RequestList:
    """The school's list."""

    page: Page
    lines: Sequence[AskedLine]
    schools: Sequence[School]
    state: str


@dataclass(frozen=True)
class RequestPage:
    """One request beside the day's working, which is None for whom the student is no longer in sight.

    `meeting_id` is the class to correct, `homeroom_id` the homeroom where it is marked as one; neither for a whole day.
    """

    line: AskedLine
    meeting_id: int | None
    homeroom_id: int | None
    explanation: Explanation | None
    is_changed: bool


def corrections_page(scope: Scope, student_id: int, day: date | None = None) -> CorrectionsPage:
    """What a family may ask about, of a day alone where one is given, and its own requests. Raises NotInScope."""
    child = own_child(scope, student_id)
    mine = CorrectionRequest.objects.filter(student=child, asked_by=scope.user_id)
    lines = [_line(scope, each) for each in _told(mine)[:MOST_SHOWN]]
    return CorrectionsPage(child, askable(scope, child.pk, day), lines)


def askable(scope: Scope, student_id: int, day: date | None = None) -> list[Askable]:
    """Classes that did not see the whole of a student, and days judged absent, the newest first; three statements.

    The caller took the student from the scope.
    """
    first = first_day_to_ask_about(scope.today)
    span = (day, day) if day and first <= day <= scope.today else (first, scope.today)
    asked = CorrectionRequest.objects.filter(student=student_id, answer="", date__range=span)
    open_ones: set[tuple[int | None, date]] = set(asked.values_list("meeting_id", "date"))
    return sorted(
        [*_classes(student_id, span, open_ones), *_days(student_id, span, open_ones)],
        key=lambda each: (-each.date.toordinal(), each.starts_at or time.min),
    )


def what_stands(scope: Scope, student_id: int, meeting_id: int | None, day: date) -> Stood | None:
    """The mark of a class, or the verdict of a day; None where there is none any more."""
    if meeting_id is None:
        found = DailyAttendance.objects.filter(student=student_id, date=day)
        row = found.values_list("status", "minutes_attended").first()
    else:
        marks = Mark.objects.filter(student=student_id, meeting=meeting_id, meeting__state=MeetingState.TAKEN)
        row = marks.values_list("status", "minutes_attended").first()
    return Stood(*row) if row else None


def requests_to_answer(scope: Scope) -> QuerySet[CorrectionRequest]:
    """The requests that somebody may answer: of the own classes, and of the schools whose office is kept."""
    found = CorrectionRequest.objects.all()
    if scope.everywhere(Right.OFFICE):
        return found
    kept = Q(school__in=scope.schools_with(Right.OFFICE))
    return found.filter(kept | Q(meeting__in=markable(scope)))


def open_requests(scope: Scope, section_ids: set[int]) -> int:
    """How many open requests are about classes of these sections; the caller took them from the scope."""
    return CorrectionRequest.objects.filter(answer="", meeting__section__in=section_ids).count()


def request_list(scope: Scope, *, state: str = OPEN, school_id: int | None = None, page: int | str = 1) -> RequestList:
    """A page of them: the open ones by age, or the answered ones, newest first."""
    found = requests_to_answer(scope)
    if school_id is not None:
        found = found.filter(school=school_id)
    if state == ANSWERED:
        found = found.filter(~Q(answer=""), date__gte=scope.year_starts_on).order_by("-answered_at", "-pk")
    else:
        found = found.filter(answer="").order_by("asked_at", "pk")
    shown = Paginator(_told(found), PAGE_SIZE).get_page(page)
    schools = visible_to(scope, School).order_by("name", "pk") if scope.keeps_some_office else School.objects.none()
    lines = [_line(scope, each, named=True) for each in shown.object_list]
    return RequestList(shown, lines, list(schools), state if state == ANSWERED else OPEN)


def request_page(scope: Scope, request_id: int) -> RequestPage:
    """One request with the day's working. Raises NotInScope."""
    found = _told(requests_to_answer(scope)).filter(pk=request_id).first()
    if found is None:
        raise NotInScope
    line = _line(scope, found, named=True)
    stands = what_stands(scope, found.student_id, found.meeting_id, found.date)
    section = found.meeting.section if found.meeting else None
    return RequestPage(
        line=line,
        meeting_id=found.meeting_id,
        homeroom_id=section.pk if section and section.kind == "homeroom" else None,
        explanation=_explained(scope, found),
        is_changed=is_corrected(line.stood, stands),
    )


def _explained(scope: Scope, asked: CorrectionRequest) -> Explanation | None:
    try:
        return explain_day(scope, asked.student_id, asked.date)
    except NotInScope:
        return None


def _classes(student_id: int, span: tuple[date, date], asked: set[tuple[int | None, date]]) -> list[Askable]:
    marked = Mark.objects.filter(
        student=student_id, meeting__date__range=span, meeting__state=MeetingState.TAKEN
    ).exclude(status=MarkStatus.PRESENT)
    return [
        Askable(
            each.meeting_id,
            each.meeting.date,
            each.meeting.section.course.title,
            each.meeting.starts_at,
            Stood(each.status, each.minutes_attended),
            (each.meeting_id, each.meeting.date) in asked,
        )
        for each in marked.select_related("meeting__section__course")
    ]


def _days(student_id: int, span: tuple[date, date], asked: set[tuple[int | None, date]]) -> list[Askable]:
    days = DailyAttendance.objects.filter(student=student_id, date__range=span, status=DayStatus.ABSENT)
    return [
        Askable(None, day, "", None, Stood(status, minutes), (None, day) in asked)
        for day, status, minutes in days.values_list("date", "status", "minutes_attended")
    ]


def _told(requests: QuerySet[CorrectionRequest]) -> QuerySet[CorrectionRequest]:
    return requests.select_related("student", "meeting__section__course", "answered_by")


def _line(scope: Scope, asked: CorrectionRequest, *, named: bool = False) -> AskedLine:
    meeting = asked.meeting
    title = meeting.section.course.title if meeting else ""
    return AskedLine(
        id=asked.pk,
        student_id=asked.student_id,
        student=asked.student.listed_name if named else "",
        date=asked.date,
        title=meeting_title(title, meeting.period) if meeting and named else title,
        starts_at=meeting.starts_at if meeting else None,
        words=asked.words,
        stood=Stood(asked.stood_as, asked.stood_minutes),
        asked_at=local_time(scope, asked.asked_at),
        answer=asked.answer,
        answer_words=asked.answer_words,
        answered_by=asked.answered_by.full_name if asked.answered_by and named else "",
        answered_at=local_time_of(scope, asked.answered_at),
    )
