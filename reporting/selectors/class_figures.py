"""The figures of one class, for whoever teaches it or reads its school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from attendance.rules.rates import printed_percent, printed_points, share_taken
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.class_names import class_names
from attendance.selectors.entry_lines import WORK, EntryLine, entered_late, open_entries
from attendance.selectors.entry_lines import Asked as AskedEntries
from attendance.selectors.school_years import reporting_months, school_year
from attendance.selectors.section_page import section_in_scope
from attendance.selectors.section_teachers import SectionTeachers
from reporting.rules.class_figures import RECENT_DAYS, ClassCounts, Count, Course, class_counts
from reporting.selectors.class_days import DueMeeting, Span, class_days, due_meetings
from reporting.selectors.class_plots import ClassPlots, class_plots
from reporting.selectors.class_students import StudentLine, student_lines
from students.access import Scope, visible_to
from students.models import Section, SectionTeacher, User
from students.refusals import Refused

DAYS_A_PAGE = 25
LATE, NOT_TAKEN = "late", "not-taken"


@dataclass(frozen=True)
class AskedClass:
    """What a class's page is narrowed to: dates (both inclusive) or a reporting month, else the year; a weekday, 1 for
    Monday. `entry` narrows the list of days to those entered late or not taken.
    """

    dates: tuple[date, date] | None = None
    month: int | None = None
    weekday: int | None = None
    sort: str = ""
    entry: str = ""
    page: int | str = 1


@dataclass(frozen=True)
class Entered:
    """How a class's meetings were entered: due, and of them late, and not taken at all (RD-25)."""

    due: int
    late: int
    not_taken: int

    @property
    def on_the_day(self) -> int:
        """Taken on the meeting's own day."""
        return self.due - self.late - self.not_taken

    @property
    def rate(self) -> str:
        """The share taken on the day, as printed."""
        return printed_percent(share_taken(self.on_the_day, self.due))

    def points_since(self, before: "Entered") -> str:
        """How far that share moved."""
        now, then = share_taken(self.on_the_day, self.due), share_taken(before.on_the_day, before.due)
        return printed_points(now, then)


@dataclass(frozen=True)
class ClassDayLine:
    """A date of the class: what was counted, and its meetings. A homeroom's are marked together, by its date."""

    date: date
    count: Count
    meetings: Sequence[DueMeeting]
    is_homeroom: bool

    @property
    def to_look_at(self) -> DueMeeting | None:
        """Of its meetings the one that says most: not taken, else late, else the first."""
        return min(self.meetings, key=lambda each: (each.is_taken, not each.is_late), default=None)


@dataclass(frozen=True)
class ClassFigures:
    """The page. `name` tells the class from the others of its teachers; `open_work` and `late_work` are weeks in own
    time that wait for an entry, or were entered late.
    """

    section: Section
    name: str
    asked: AskedClass
    span: Span
    months: Sequence[MonthRange]
    teachers: Sequence[User]
    beside: Sequence[tuple[int, str]]
    is_mine: bool
    counts: ClassCounts
    plots: ClassPlots
    students: Sequence[StudentLine]
    left: Sequence[StudentLine]
    entered: Entered
    entry_trend: str
    open_work: Sequence[EntryLine]
    late_work: Sequence[EntryLine]
    every_day: Sequence[ClassDayLine]
    days: Page

    @property
    def whole(self) -> Course:
        """Everything counted, with its trend."""
        return self.counts.whole

    @property
    def is_empty(self) -> bool:
        """Whether nothing was marked, done in own time, or due."""
        return not (self.whole.all.marks or self.whole.all.own_due or self.entered.due)


def class_figures(scope: Scope, section_id: int, asked: AskedClass) -> ClassFigures:
    """The figures of a class; a constant number of statements. Raises NotInScope.

    Whoever sees a class has the right to its students, by teaching them or by reading the school: there is nobody from
    whom a small group would have to be hidden, so RD-63 does not arise here.
    """
    section = section_in_scope(scope, section_id)
    months = _months(scope)
    span = _span(scope, section, asked, months)
    counts = class_counts(class_days(scope, span), through=span.to_date)
    meetings = due_meetings(scope, span)
    listed, left = student_lines(scope, span, counts, asked.sort)
    teachers = SectionTeachers(scope, [section.pk]).all_on(section.pk, scope.today)
    names = _names(scope, section, teachers)
    recent, before = _entered_by_time(meetings, span)
    days = _days(section, counts, meetings, asked)
    open_work, late_work = _work(scope, span) if counts.whole.all.own_due else ([], [])
    return ClassFigures(
        section=section,
        name=names[section.pk],
        asked=asked,
        span=span,
        months=months,
        teachers=teachers,
        beside=[(pk, name) for pk, name in names.items() if pk != section.pk],
        is_mine=scope.user_id in {each.pk for each in teachers},
        counts=counts,
        plots=class_plots(counts, span),
        students=listed,
        left=left,
        entered=_entered(meetings),
        entry_trend=_entered(recent).points_since(_entered(before)),
        open_work=open_work,
        late_work=late_work,
        every_day=days,
        days=Paginator(days, DAYS_A_PAGE).get_page(asked.page),
    )


def _months(scope: Scope) -> list[MonthRange]:
    """Those that have begun; none where the calendars have none, or contradict each other."""
    try:
        months = reporting_months(scope, school_year(scope))
    except Refused:
        return []
    return [each for each in months if each.starts_on <= scope.today]


def _span(scope: Scope, section: Section, asked: AskedClass, months: Sequence[MonthRange]) -> Span:
    from_date, to_date = scope.year_starts_on, scope.today
    month = next((each for each in months if each.month == asked.month), None)
    if asked.dates and asked.dates[0] <= asked.dates[1]:
        from_date, to_date = asked.dates
    elif month:
        from_date, to_date = month.starts_on, month.ends_on
    return Span(section.pk, from_date, min(to_date, scope.today), asked.weekday)


def _entered(meetings: Sequence[DueMeeting]) -> Entered:
    return Entered(len(meetings), sum(each.is_late for each in meetings), sum(not each.is_taken for each in meetings))


def _entered_by_time(meetings: Sequence[DueMeeting], span: Span) -> tuple[list[DueMeeting], list[DueMeeting]]:
    """The last four weeks, and all before."""
    recent = [each for each in meetings if (span.to_date - each.day).days < RECENT_DAYS]
    return recent, list(meetings[: len(meetings) - len(recent)])


def _work(scope: Scope, span: Span) -> tuple[list[EntryLine], list[EntryLine]]:
    asked = AskedEntries(span.from_date, span.to_date, section_ids=[span.section_id])
    waiting, late = open_entries(scope, asked), entered_late(scope, asked)
    return [each for each in waiting if each.kind == WORK], [each for each in late if each.kind == WORK]


def _names(scope: Scope, section: Section, teachers: Sequence[User]) -> dict[int, str]:
    """What it and the other classes of its teachers today are called, by id, as far as this person sees them."""
    taught = SectionTeacher.objects.holding_on(scope.today).filter(user__in=teachers).values("section_id")
    found = visible_to(scope, Section).filter(pk__in=taught)
    return class_names(scope, [section, *found.exclude(pk=section.pk).order_by("title", "pk")])


def _days(
    section: Section, counts: ClassCounts, meetings: Sequence[DueMeeting], asked: AskedClass
) -> list[ClassDayLine]:
    """The newest first."""
    is_homeroom = section.kind == "homeroom"
    held: dict[date, list[DueMeeting]] = {}
    for each in meetings:
        held.setdefault(each.day, []).append(each)
    dates = sorted({*counts.dates, *held}, reverse=True)
    lines = [
        ClassDayLine(day, counts.dates.get(day, Count()), mine, is_homeroom and len(mine) > 1)
        for day in dates
        for mine in [held.get(day, [])]
    ]
    return [each for each in lines if _is_wanted(each.meetings, asked.entry)]


def _is_wanted(meetings: Sequence[DueMeeting], entry: str) -> bool:
    if entry == LATE:
        return any(each.is_late for each in meetings)
    if entry == NOT_TAKEN:
        return any(not each.is_taken for each in meetings)
    return True
