"""The counselor's queue: the open cases in scope, most pressing first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import Exact

from attendance.models import DailyAttendance
from interventions.models import Case
from interventions.rules.asked_page import place_of
from interventions.rules.urgency import CaseFacts
from interventions.selectors.queue_order import Figures, OrderedCases, cases_in_order
from students.access import Scope, visible_to
from students.models import Enrollment, School
from students.refusals import Forbidden
from students.rules.names import name_words

PAGE_SIZE = 25
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Asked:
    """What the queue is narrowed to. `owner` is MINE, NOBODYS, a person's id or empty; `show` OVERDUE, TODAY or LOST
    (disengaged, or nobody knows where); `words` are of names, or the beginning of a state id.
    """

    school_id: int | None = None
    grade: str = ""
    mode: str = ""
    tier: int | None = None
    owner: str = ""
    show: str = ""
    words: str = ""
    page: int | str = 1

    @property
    def narrows(self) -> bool:
        """Whether something is left out."""
        return any((self.school_id, self.grade, self.mode, self.tier is not None, self.owner, self.show, self.words))


@dataclass(frozen=True)
class Queue:
    """A page of the cases asked for, its cases in order."""

    page: Page
    cases: Sequence[CaseFacts]
    figures: Figures


def check_works_cases(scope: Scope) -> None:
    """Raises Forbidden for whoever is in no care team."""
    if not scope.works_cases:
        raise Forbidden("The queue is for counselors and administrators: the care team of a school.")


def open_cases(scope: Scope) -> QuerySet[Case]:
    """The open cases in scope."""
    return visible_to(scope, Case).filter(closed_at=None)


def queue(scope: Scope, asked: Asked) -> Queue:
    """A page of the open cases in order; one statement however many they are. Raises Forbidden."""
    found = _ordered(scope, asked, PAGE_SIZE)
    page = Paginator(range(found.found), PAGE_SIZE).get_page(asked.page)
    return Queue(page, found.cases, found.figures)


def whole_queue(scope: Scope, asked: Asked) -> Sequence[CaseFacts]:
    """All of the open cases asked for, in order; one statement. Raises Forbidden."""
    return _ordered(scope, asked, None).cases


def _ordered(scope: Scope, asked: Asked, size: int | None) -> OrderedCases:
    check_works_cases(scope)
    return cases_in_order(
        scope,
        _placed(scope, asked),
        tier=asked.tier,
        owner=asked.owner,
        show=asked.show,
        place=place_of(asked.page),
        size=size,
    )


def _placed(scope: Scope, asked: Asked) -> QuerySet[Case]:
    """The open cases of a school, a grade, a mode, a name."""
    found = placed(scope, open_cases(scope), school_id=asked.school_id, grade=asked.grade, mode=asked.mode)
    for word in name_words(asked.words):
        found = found.filter(Q(student__sort_name__contains=word) | Q(student__state_id__startswith=word))
    return found


def placed(scope: Scope, rows: QuerySet[Row], *, school_id: int | None, grade: str, mode: str) -> QuerySet[Row]:
    """Rows with a student and a school, of one school, grade and mode of instruction; empty narrows nothing."""
    if school_id:
        rows = rows.filter(school=school_id)
    if grade:
        rows = rows.filter(Exists(enrolled(scope).filter(grade=grade)))
    return in_mode(scope, rows, mode) if mode else rows


def in_mode(scope: Scope, rows: QuerySet[Row], mode: str) -> QuerySet[Row]:
    """Rows whose student was taught in a mode on the newest day; a short statement beside theirs.

    Nearly everybody has a day on the newest date of all: of the others alone each is asked for the own newest day.
    """
    newest = newest_date(scope)
    earlier = Exact(Subquery(newest_day(scope).values("mode")[:1]), mode)
    of_mode, any_mode = newest.filter(mode=mode).values("student"), newest.values("student")
    return rows.filter(Q(student__in=of_mode) | (~Q(student__in=any_mode) & Q(earlier)))


def newest_date(scope: Scope) -> QuerySet[DailyAttendance]:
    """The days of the newest date of this school year of which anybody has one, of all schools; one statement."""
    days = DailyAttendance.objects.filter(school=OuterRef("pk"), date__range=(scope.year_starts_on, scope.today))
    last = School.objects.order_by().values_list("pk", Subquery(days.order_by("-date").values("date")[:1]))
    found = [(school_id, day) for school_id, day in last if day]
    newest = max((day for _, day in found), default=scope.today)
    # The schools are named because days are found by school and date.
    return DailyAttendance.objects.filter(date=newest, school__in=[pk for pk, day in found if day == newest])


def enrolled(scope: Scope) -> QuerySet[Enrollment]:
    """Where the student of an outer case goes to school today."""
    return Enrollment.attending_on(scope.today).filter(student=OuterRef("student"), is_primary=True)


def newest_day(scope: Scope) -> QuerySet[DailyAttendance]:
    """The days of the student of an outer case in this school year, newest first."""
    days = DailyAttendance.objects.filter(student=OuterRef("student"), date__range=(scope.year_starts_on, scope.today))
    return days.order_by("-date")
