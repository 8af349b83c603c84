"""Whom a school's office has to call today: missing from the first class, and nobody has said why."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from attendance.models import AbsenceCall, CallOutcome, Excuse, Mark, MeetingState, OfficeEvent
from attendance.rules.calls import SoFar
from attendance.selectors.local_times import local_time
from attendance.selectors.office_days import office, offices
from attendance.selectors.school_days import Beside, school_days_beside
from students.access import Scope, visible_to
from students.models import Enrollment, GuardianLink, School, Student
from students.selectors.guardians import Contact, contacts_of

PAGE_SIZE = 50
UNCALLED = "uncalled"
# By when the office means to have called everybody.
CALLED_BY = time(10)


@dataclass(frozen=True)
class CallLine:
    """One call that was made; the time is local."""

    outcome: str
    whom: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ToCall:
    """A student to be called about. `is_gone_so_far`: no class has seen the student yet."""

    student_id: int
    name: str
    grade: str
    missed: int
    taken: int
    is_gone_so_far: bool
    contacts: Sequence[Contact]
    calls: Sequence[CallLine]


@dataclass(frozen=True)
class CallsPage:
    """The list of a day. `called` of `total` have been called, and not yet reached anybody who knew."""

    school: School
    schools: Sequence[School]
    day: date
    today: date
    beside: Beside
    show: str
    page: Page
    lines: Sequence[ToCall]
    total: int
    called: int
    outcomes: Sequence[tuple[str, str]]
    knows_contacts: bool
    is_late: bool

    @property
    def uncalled(self) -> int:
        """Students nobody has called about."""
        return self.total - self.called


def calls_page(scope: Scope, school_id: int | None, day: date, *, show: str = "", page: int | str = 1) -> CallsPage:
    """The list of a school's day, the uncalled first, by name; so many statements however many students are missing.

    Raises NotInScope or Forbidden.
    """
    school = office(scope, school_id)
    missing = {student_id: each for (_, student_id), each in _missing([school.pk], day).items()}
    called = set(_calls(school, day, missing).values_list("student_id", flat=True))
    asked = [each for each in missing if show != UNCALLED or each not in called]
    names = Student.objects.filter(pk__in=asked).order_by("sort_name", "pk").values_list("pk", flat=True)
    ordered = sorted(names, key=lambda each: each in called)
    shown = Paginator(ordered, PAGE_SIZE).get_page(page)
    return CallsPage(
        school=school,
        schools=offices(scope),
        day=day,
        today=scope.today,
        beside=school_days_beside(scope, [school.pk], day),
        show=show if show == UNCALLED else "",
        page=shown,
        lines=_lines(scope, school, day, list(shown.object_list), missing),
        total=len(missing),
        called=len(called),
        outcomes=CallOutcome.choices,
        knows_contacts=visible_to(scope, GuardianLink).exists(),
        is_late=day == scope.today and local_time(scope, scope.now).time() >= CALLED_BY,
    )


def uncalled(scope: Scope, school_ids: Collection[int], day: date) -> int:
    """How many students of some schools nobody has called about; two statements.

    The caller took the schools from the scope.
    """
    calls = AbsenceCall.objects.filter(school__in=list(school_ids), date=day)
    return len(_missing(school_ids, day).keys() - set(calls.values_list("school_id", "student_id")))


def _missing(school_ids: Collection[int], day: date) -> dict[tuple[int, int], SoFar]:
    """Students by school and what was marked there so far, but for those of whom somebody has said why."""
    covers = {"student": OuterRef("student"), "withdrawn_at": None, "starts_on__lte": day, "ends_on__gte": day}
    enrolled = Enrollment.attending_on(day).filter(student=OuterRef("student"), school=OuterRef("meeting__school"))
    marks = Mark.objects.filter(
        Exists(enrolled),
        ~Exists(OfficeEvent.objects.filter(**covers)),
        ~Exists(Excuse.objects.filter(**covers)),
        meeting__school__in=list(school_ids),
        meeting__date=day,
        meeting__state=MeetingState.TAKEN,
    )
    in_order = ArrayAgg("status", order_by=["meeting__starts_at", "meeting_id"])
    place = ("meeting__school_id", "student_id")
    rows = marks.order_by().values(*place).annotate(statuses=in_order).values_list(*place, "statuses")
    so_far = {(school_id, student_id): SoFar(statuses) for school_id, student_id, statuses in rows}
    return {key: each for key, each in so_far.items() if each.is_to_be_called}


def _calls(school: School, day: date, student_ids: Collection[int]) -> QuerySet[AbsenceCall]:
    return AbsenceCall.objects.filter(school=school, date=day, student__in=list(student_ids))


def _lines(
    scope: Scope, school: School, day: date, student_ids: Sequence[int], missing: dict[int, SoFar]
) -> list[ToCall]:
    students = Student.objects.in_bulk(list(student_ids))
    grades = dict(
        Enrollment.attending_on(day).filter(school=school, student__in=student_ids).values_list("student_id", "grade")
    )
    contacts = contacts_of(scope, student_ids)
    calls: dict[int, list[CallLine]] = defaultdict(list)
    for call in _calls(school, day, student_ids).select_related("guardian", "called_by"):
        calls[call.student_id].append(_call(scope, call))
    return [
        ToCall(
            student_id=each,
            name=students[each].listed_name,
            grade=grades.get(each, ""),
            missed=missing[each].missed,
            taken=len(missing[each].statuses),
            is_gone_so_far=missing[each].is_gone_so_far,
            contacts=contacts.get(each, []),
            calls=calls[each],
        )
        for each in student_ids
    ]


def _call(scope: Scope, call: AbsenceCall) -> CallLine:
    return CallLine(
        outcome=call.get_outcome_display(),
        whom=str(call.guardian) if call.guardian else "",
        note=call.note,
        by=call.called_by.full_name,
        at=local_time(scope, call.called_at),
    )
