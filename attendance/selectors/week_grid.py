"""A class's week in own time as its page needs it: who, on which days, what was entered, and what the LMS reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from attendance.access import markable_sections
from attendance.models import CalendarDay
from attendance.rules.entry import SETTLED
from attendance.rules.entry_window import sunday_of
from attendance.selectors.asked_days import AskedDay, asked_days, version_of_week
from attendance.selectors.engagement import Engaged, engagements
from attendance.selectors.marking_facts import teachers_on
from attendance.selectors.owed import own_time_students
from students.access import Scope, visible_to
from students.models import Section, Student
from students.refusals import NotInScope


@dataclass(frozen=True, slots=True)
class WeekCell:
    """One student's day: None in `asked` where the class asks for nothing that day; `reports` by their time."""

    day: date
    is_to_come: bool
    asked: AskedDay | None
    reports: Sequence[Engaged]

    @property
    def suggested(self) -> str:
        """What the LMS, or a talk, makes likely where nothing was entered; the teacher still saves it."""
        if self.asked is None or self.asked.review or self.asked.confirms_work:
            return ""
        counting = (each.measure for each in self.reports if each.counts)
        return next((each for each in counting if each in self.asked.choices), "")

    @property
    def is_settled_elsewhere(self) -> bool:
        """Whether another class's entry, or a live class attended, has settled the day (RD-20)."""
        return self.asked is not None and self.asked.state == SETTLED and not any(each.counts for each in self.reports)


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A student's week; `handed_in_on` is the latest day on which offline work of it was handed in."""

    student_id: int
    name: str
    cells: Sequence[WeekCell]

    @property
    def is_offline(self) -> bool:
        """Whether any day asks when the work was handed in."""
        return any(each.asked and each.asked.is_offline for each in self.cells)

    @property
    def handed_in_on(self) -> date | None:
        """The latest day on which work of the week was handed in, as entered."""
        reviews = (each.asked.review for each in self.cells if each.asked and each.asked.review)
        return max((each.handed_in_on for each in reviews if each.handed_in_on), default=None)


@dataclass(frozen=True, slots=True)
class WeekGrid:
    """The page: a class's week, Monday to Sunday. `days` are those of school, and `version` what a save must find."""

    section_id: int
    school_id: int
    title: str
    school: str
    monday: date
    today: date
    days: Sequence[date]
    rows: Sequence[WeekRow]
    version: int
    may_enter: bool
    is_mine: bool
    teachers: Sequence[str]

    @property
    def sunday(self) -> date:
        """The week's last day."""
        return sunday_of(self.monday)

    @property
    def previous(self) -> date:
        """The Monday before."""
        return self.monday - timedelta(days=7)

    @property
    def following(self) -> date | None:
        """The Monday after, unless it is to come."""
        after = self.monday + timedelta(days=7)
        return after if after <= self.today else None

    @property
    def asked(self) -> list[AskedDay]:
        """Every day that the class asks for."""
        return [cell.asked for row in self.rows for cell in row.cells if cell.asked]

    @property
    def wants_reason(self) -> bool:
        """Whether something stands that is changed with a reason alone."""
        return any(each.wants_reason for each in self.asked)


def week_grid(scope: Scope, section_id: int, monday: date) -> WeekGrid:
    """A class's week, in as many statements whatever its size. Raises NotInScope."""
    may_enter = Exists(markable_sections(scope).filter(pk=OuterRef("pk")))
    seen = visible_to(scope, Section).annotate(may_enter=may_enter).select_related("school")
    section = seen.filter(pk=section_id).first()
    if section is None:
        raise NotInScope
    sunday = sunday_of(monday)
    students = own_time_students(scope, [section_id], monday, sunday)
    asked = list(asked_days(scope, section_id, students, monday))
    days = _days(section.school_id, monday, sunday, asked)
    teachers = teachers_on(scope, section_id, min(sunday, scope.today))
    return WeekGrid(
        section_id=section.pk,
        school_id=section.school_id,
        title=section.title,
        school=section.school.name,
        monday=monday,
        today=scope.today,
        days=days,
        rows=_rows(scope, days, asked),
        version=version_of_week(scope, section_id, monday),
        may_enter=section.may_enter,
        is_mine=scope.user_id in {each.user_id for each in teachers},
        teachers=[each.user.full_name for each in teachers],
    )


def _days(school_id: int, monday: date, sunday: date, asked: Sequence[AskedDay]) -> list[date]:
    session = CalendarDay.objects.in_session().filter(school=school_id, date__range=(monday, sunday))
    return sorted(set(session.values_list("date", flat=True)) | {each.day for each in asked})


def _rows(scope: Scope, days: Sequence[date], asked: Sequence[AskedDay]) -> list[WeekRow]:
    by_key: Mapping[tuple[int, date], AskedDay] = {each.key: each for each in asked}
    reports = engagements(scope, [each.judged for each in asked])
    names = Student.objects.filter(pk__in={each.student_id for each in asked}).order_by("sort_name", "pk")
    return [
        WeekRow(
            each.pk,
            each.listed_name,
            [
                WeekCell(day, day > scope.today, by_key.get((each.pk, day)), reports.get((each.pk, day), []))
                for day in days
            ],
        )
        for each in names
    ]
