"""A class's week of work in own time: what is given for each day, and whose day it leaves short (MS-21, MS-22)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from attendance.access import markable_sections
from attendance.models import Assignment, ModeAssignment
from attendance.rules.entry_window import entry_due
from attendance.rules.modes import OFFLINE
from attendance.rules.plan import plan_on
from attendance.rules.policy import policy_on
from attendance.selectors.own_time import days_in_own_time
from attendance.selectors.plans import plans
from attendance.selectors.policies import policies
from attendance.selectors.school_days import session_days
from attendance.selectors.section_page import section_in_scope
from attendance.selectors.weeks import Week, school_week
from students.access import Scope
from students.models import Section, SectionEnrollment, Student


@dataclass(frozen=True)
class AssignedDay:
    """A day of the class: work that stands, work that was withdrawn, and the students who do the class in own time.

    `short` counts those of them whose day asks for fewer minutes than the policy's least, in all classes together.
    None of the two is known before the day begins.
    """

    day: date
    given: Sequence[Assignment]
    withdrawn: Sequence[Assignment]
    students: int
    short: int

    @property
    def minutes(self) -> int:
        """What is given for the day in this class."""
        return sum(each.minutes for each in self.given)


@dataclass(frozen=True)
class AssignmentWeek:
    """The page; `least` are the minutes that a day offers at least (MS-02)."""

    section: Section
    week: Week
    days: Sequence[AssignedDay]
    may_give: bool
    can_copy: bool
    least: int

    @property
    def short(self) -> int:
        """Student-days of the week under the least minutes."""
        return sum(each.short for each in self.days)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given."""
        return not any(each.given for each in self.days)


def assignment_week(scope: Scope, section_id: int, monday: date) -> AssignmentWeek:
    """The week of a class; the same number of statements whatever is given. Raises NotInScope."""
    section = section_in_scope(scope, section_id)
    week = school_week(scope, section.school_id, monday)
    rows = list(_rows(section, week.monday, week.sunday))
    counted = _students(scope, section, week, least := policy_on(week.monday, policies(scope)).minimum_minutes)
    dates = sorted({*week.days, *(each.date for each in rows)})
    before = _rows(section, week.before, week.monday).filter(withdrawn_at=None, date__lt=week.monday)
    return AssignmentWeek(
        section=section,
        week=week,
        days=[_day(day, rows, *counted.get(day, (0, 0))) for day in dates],
        may_give=markable_sections(scope).filter(pk=section.pk).exists(),
        can_copy=before.exists(),
        least=least,
    )


def _rows(section: Section, first: date, last: date) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(section=section, date__range=(first, last))
    return rows.select_related("entered_by", "withdrawn_by")


def _day(day: date, rows: Sequence[Assignment], students: int, short: int) -> AssignedDay:
    its = [each for each in rows if each.date == day]
    standing = [each for each in its if each.withdrawn_at is None]
    return AssignedDay(day, standing, [each for each in its if each.withdrawn_at], students, short)


def _students(scope: Scope, section: Section, week: Week, least: int) -> dict[date, tuple[int, int]]:
    """MS-22: the evidence of a day in own time is work of 240 minutes; a day with live classes is judged by RD-01."""
    here = days_in_own_time(scope, [section.pk], week.monday, week.sunday)
    short = Q(minutes_required__lt=least, mode__in=["async_online", *sorted(OFFLINE)])
    rows = here.values("date").annotate(students=Count("pk"), short=Count("pk", filter=short))
    return {row["date"]: (row["students"], row["short"]) for row in rows}


@dataclass(frozen=True)
class Packets:
    """Cover sheets of a week: one a student who works offline; `due_on` is the last day for handing in (RD-22)."""

    page: AssignmentWeek
    students: Sequence[Student]
    due_on: date


def packets(scope: Scope, section_id: int, monday: date) -> Packets:
    """The sheets of a class. Raises NotInScope."""
    page = assignment_week(scope, section_id, monday)
    week, section = page.week, page.section
    listed = SectionEnrollment.objects.filter(section=section, starts_on__lte=week.sunday)
    offline = ModeAssignment.objects.filter(
        Q(section=None) | Q(section=section), Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), mode__in=OFFLINE
    ).filter(Q(ends_on=None) | Q(ends_on__gte=week.monday), starts_on__lte=week.sunday)
    ids = listed.exclude(ends_on__lt=week.monday).values("student_id")
    students = Student.objects.filter(pk__in=ids).filter(pk__in=offline.values("student_id"))
    plan = plan_on(week.monday, plans(scope), school_id=section.school_id, grade="")
    days = session_days(scope, [section.school_id], week.monday)[section.school_id]
    due = entry_due(week.monday, next(iter(sorted(OFFLINE))), plan, days)
    return Packets(page, list(students.order_by("sort_name", "pk")), due)
