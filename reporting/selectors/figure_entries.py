"""The pages of entry completeness: the district's by school, and a school's by teacher (RD-25)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from attendance.models import EntryKind
from attendance.rules.entry_window import sunday_of, week_of
from attendance.rules.plots import Plot
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.entry_counts import entries_counted_at
from attendance.selectors.entry_totals import (
    Dates,
    PlaceTotal,
    entries_by_place,
    students_behind,
)
from attendance.selectors.school_years import reporting_months, school_year
from reporting.rules.figure_entries import (
    Entries,
    EntryLine,
    LeftOutWork,
    StudentsBehind,
    by_name,
    work_left_out,
    worst_first,
)
from reporting.rules.suppression import ALL
from reporting.selectors.figure_entry_weeks import WEEK, WeekLine, entry_plot, entry_weeks
from reporting.selectors.months import school_with_months
from students.access import Scope
from students.models import School, SchoolYear, User
from students.refusals import Refused
from students.rules.names import folded
from students.rules.rights import Right
from students.selectors.places import schools_with_right

EVERY_MONTH = "year"


@dataclass(frozen=True)
class AskedEntries:
    """What a page is narrowed to: a month (None is the newest), the year, or the week of a Monday; and one kind.

    `leaves_out` shows it as somebody without the right to the students would see it (RD-63), for publication.
    """

    month: int | None = None
    whole_year: bool = False
    week: date | None = None
    kind: str = EntryKind.CLASS
    sorts_by_name: bool = False
    leaves_out: bool = False

    @property
    def beside(self) -> dict[str, str]:
        """What an address asks for beside the dates."""
        kind = {"kind": self.kind} if self.kind != EntryKind.CLASS else {}
        return kind | ({"small": "left-out"} if self.leaves_out else {})


@dataclass(frozen=True)
class Period:
    """The dates asked for, and those before them that they are compared with; both inclusive."""

    dates: Dates
    before: Dates | None
    month: int | None = None
    week: date | None = None

    @property
    def asked(self) -> dict[str, str]:
        """What asks for it, in an address."""
        if self.week:
            return {"week": self.week.isoformat()}
        return {"month": str(self.month or EVERY_MONTH)}


@dataclass(frozen=True)
class EntriesPage:
    """A page of entry completeness, of entries that were due by `through`.

    `names_teachers`: the lines are of teachers, else of schools. `reads`: whether this person may look at what waits.
    `counted_at` is the instant as of which entries are counted; None where no school is counted yet.
    """

    school: School | None
    year: str
    period: Period
    asked: AskedEntries
    months: Sequence[int]
    through: date
    classes: EntryLine
    work: EntryLine
    lines: Sequence[EntryLine]
    weeks: Sequence[WeekLine]
    weeks_are_left_out: bool
    plot: Plot | None
    names_teachers: bool
    reads: bool
    counted_at: datetime | None
    is_counted: bool

    @property
    def head(self) -> EntryLine:
        """The whole of the kind that is asked for."""
        return self.work if self.asked.kind == EntryKind.WORK else self.classes

    @property
    def query(self) -> str:
        """What asks for the same of a school."""
        return urlencode(self.period.asked | self.asked.beside)


def district_entries(scope: Scope, asked: AskedEntries) -> EntriesPage:
    """Every school whose months are open to somebody; a constant number of statements.

    Raises Refused where there is no year, or none of its days is over.
    """
    return _page(scope, asked, list(schools_with_right(scope, Right.FIGURES)), None)


def school_entries(scope: Scope, school_id: int, asked: AskedEntries) -> EntriesPage:
    """A school by teacher; a constant number of statements. Raises NotInScope, and Refused as above."""
    school = school_with_months(scope, school_id)
    return _page(scope, asked, [school], school)


def _page(scope: Scope, asked: AskedEntries, schools: list[School], school: School | None) -> EntriesPage:
    year = school_year(scope)
    months = [each for each in reporting_months(scope, year) if each.starts_on < scope.today]
    if not months:
        raise Refused("No school day of a reporting month is over yet. Entries show on the morning after the first.")
    ids, monday = [each.pk for each in schools], week_of(year.starts_on)
    place = str(school.pk) if school else ALL
    outs = _outs(scope, asked, ids, months, monday)
    period = _period(scope, asked, months, year, outs, place)
    # Teachers are named to whoever reads the school's classes anyway; what is published names schools alone.
    names = school is not None and scope.reads(school.pk) and not asked.leaves_out
    totals = entries_by_place(scope, ids, period.dates, period.before, by_teacher=names)
    shown_month = str(period.month or ALL)
    hides_work = outs.hides_weeks(place) if period.week else outs.hides(place, shown_month)
    of_kind = [each for each in totals if each.kind == asked.kind]
    lines = _of_teachers(of_kind) if names else _of_schools(of_kind, schools, asked, outs, period) if not school else []
    hides_weeks = asked.kind == EntryKind.WORK and outs.hides_weeks(place)
    weeks = [] if hides_weeks else entry_weeks(scope, ids, monday, asked.kind, asked.beside)
    at, is_counted = entries_counted_at(scope, ids)
    return EntriesPage(
        school=school,
        year=year.name,
        period=period,
        asked=asked,
        months=[each.month for each in months],
        through=scope.today - timedelta(days=1),
        classes=_sum_of(totals, EntryKind.CLASS),
        work=_left_out("") if hides_work else _sum_of(totals, EntryKind.WORK),
        lines=by_name(lines) if asked.sorts_by_name else worst_first(lines),
        weeks=weeks,
        weeks_are_left_out=hides_weeks,
        plot=entry_plot(weeks, asked.kind),
        names_teachers=names,
        reads=scope.reads(school.pk) if school else scope.everywhere(Right.READ),
        counted_at=at,
        is_counted=is_counted,
    )


def _outs(
    scope: Scope, asked: AskedEntries, ids: Collection[int], months: Sequence[MonthRange], monday: date
) -> LeftOutWork:
    """Whether classes were taken is about staff, so RD-63 leaves none out; days in own time are of students."""
    if not asked.leaves_out and all(scope.reads(each) for each in ids):
        return LeftOutWork()
    # Of the whole district, whoever asks for however little: two pages must leave out the same, or one tells the other.
    return work_left_out(StudentsBehind(*each) for each in students_behind(scope, months, monday))


def _period(
    scope: Scope, asked: AskedEntries, months: Sequence[MonthRange], year: SchoolYear, outs: LeftOutWork, place: str
) -> Period:
    hides_weeks = asked.kind == EntryKind.WORK and outs.hides_weeks(place)
    if asked.week and year.starts_on - WEEK < asked.week <= scope.today and not hides_weeks:
        monday = week_of(asked.week)
        return Period((monday, sunday_of(monday)), (monday - WEEK, monday - timedelta(days=1)), week=monday)
    if asked.whole_year:
        return Period((year.starts_on, scope.today), None)
    number = next((place for place, each in enumerate(months) if each.month == asked.month), len(months) - 1)
    month = months[number]
    before = months[number - 1] if number else None
    return Period((month.starts_on, month.ends_on), before and (before.starts_on, before.ends_on), month.month)


def _now(total: PlaceTotal) -> Entries:
    return Entries(total.in_time, total.late, total.open, total.overdue)


def _before(total: PlaceTotal) -> Entries:
    return Entries(total.earlier_in_time, total.earlier_late, total.earlier_open)


def _sum_of(totals: Iterable[PlaceTotal], kind: str) -> EntryLine:
    held = [each for each in totals if each.kind == kind]
    return EntryLine("", sum(map(_now, held), Entries()), sum(map(_before, held), Entries()))


def _left_out(name: str, place: int | None = None) -> EntryLine:
    return EntryLine(name, Entries(), place=place, order=folded(name, ""), is_left_out=True)


def _of_schools(
    totals: Iterable[PlaceTotal], schools: Iterable[School], asked: AskedEntries, outs: LeftOutWork, period: Period
) -> list[EntryLine]:
    by_school, lines = {each.school_id: each for each in totals}, []
    for school in schools:
        total, place = by_school.get(school.pk), str(school.pk)
        hides = outs.hides_weeks(place) if period.week else outs.hides(place, str(period.month or ALL))
        if asked.kind == EntryKind.WORK and hides:
            lines.append(_left_out(school.name, school.pk))
        elif total and _now(total).due:
            lines.append(EntryLine(school.name, _now(total), _before(total), school.pk, order=folded(school.name, "")))
    return lines


def _of_teachers(totals: Iterable[PlaceTotal]) -> list[EntryLine]:
    held = [each for each in totals if _now(each).due]
    people = User.objects.in_bulk([each.teacher_id for each in held if each.teacher_id])
    lines = []
    for each in held:
        person = people.get(each.teacher_id) if each.teacher_id else None
        order = folded(person.family_name, person.given_name) if person else ""
        lines.append(EntryLine(person.full_name if person else "", _now(each), _before(each), each.teacher_id, order))
    return lines
