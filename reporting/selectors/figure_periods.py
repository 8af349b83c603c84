"""Absence from classes by period and day of the week, and tardiness by week: of the district and of a school."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

from attendance.rules.mark_counts import CountedMarks, Marked
from attendance.rules.plots import Plot
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.fewest_students import fewest_in_schools
from attendance.selectors.mark_tallies import counted_mark_weeks, counted_marks, fewest_in_periods
from attendance.selectors.school_years import reporting_months, school_year
from reporting.rules.figure_weeks import first_monday
from reporting.rules.period_figures import (
    Narrowed,
    SchoolPeriod,
    Trend,
    class_weeks,
    large_enough,
    natural,
    shade,
    sums,
    together,
    trend,
)
from reporting.rules.suppression import SMALLEST_SHOWN
from reporting.selectors.figure_period_plots import Leads, WeekLine, period_plot, week_lines, week_plot
from reporting.selectors.months import school_with_months
from students.access import Scope
from students.models import School, SchoolYear
from students.refusals import Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class MarkedLine:
    """A period, a school or a cell of both with a day of the week; `asks` are the queries of what made it."""

    name: str
    marked: Marked
    asks_absent: str = ""
    asks_tardy: str = ""
    shade: int = 0


@dataclass(frozen=True)
class PeriodRow:
    """A period with its days of the week; None where nothing was marked."""

    name: str
    cells: Sequence[MarkedLine | None]


@dataclass(frozen=True)
class SchoolLine:
    """A school of the district, its trend, and its periods of too few students; no marks where all are (RD-63)."""

    school: School
    asks: str
    marked: Marked | None
    trend: Trend | None
    periods_left_out: Sequence[str] = ()


@dataclass(frozen=True)
class PeriodsPage:
    """The figures of classes of a month, or of the year so far; the span's both ends are inclusive.

    `left_out` says whether anything is, of too small a group (RD-63): then it is in no sum. `leads_to_marks`: figures
    lead to the marks that made them, for whoever may know the students.
    """

    school: School | None
    year: str
    asked: Narrowed
    leaves_out: bool
    starts_on: date
    ends_on: date
    months: Sequence[int]
    all_periods: Sequence[str]
    all_weekdays: Sequence[tuple[int, str]]
    head: MarkedLine | None
    trend: Trend | None
    periods: Sequence[MarkedLine]
    plot: Plot | None
    weekdays: Sequence[tuple[int, str, str]]
    rows: Sequence[PeriodRow]
    weeks: Sequence[WeekLine]
    week_plot: Plot | None
    schools: Sequence[SchoolLine]
    left_out: bool
    periods_left_out: Sequence[str]
    leads_to_marks: bool


@dataclass(frozen=True)
class _Read:
    """What was counted of the schools' year; `shown` are the periods that are, None for every one."""

    scope: Scope
    year: SchoolYear
    months: Sequence[MonthRange]
    schools: Sequence[School]
    counted: Sequence[CountedMarks]
    out: frozenset[SchoolPeriod]
    shown: Collection[SchoolPeriod] | None


def district_periods(scope: Scope, asked: Narrowed, *, leaves_out: bool = False) -> PeriodsPage:
    """The classes of every school whose months are open to somebody; a constant number of statements. Raises Refused.

    `leaves_out` shows it as somebody without the right to the students would see it (RD-63), for publication.
    """
    schools = list(schools_with_right(scope, Right.FIGURES))
    read = _read(scope, schools, leaves_out=leaves_out)
    page = _page(read, asked, None, leaves_out=leaves_out)
    return replace(page, schools=_schools(read, page.asked, leaves_out=leaves_out))


def school_periods(scope: Scope, school_id: int, asked: Narrowed, *, leaves_out: bool = False) -> PeriodsPage:
    """The classes of a school; a constant number of statements. Raises NotInScope, and Refused as above."""
    school = school_with_months(scope, school_id)
    return _page(_read(scope, [school], leaves_out=leaves_out), asked, school, leaves_out=leaves_out)


def _read(scope: Scope, schools: Sequence[School], *, leaves_out: bool) -> _Read:
    year = school_year(scope)
    months = [each for each in reporting_months(scope, year) if each.starts_on <= scope.today]
    if not months:
        raise Refused("No school day of a reporting month is opened yet. Figures appear on the morning of the first.")
    counted = counted_marks(scope, [each.pk for each in schools], months, scope.today)
    if not leaves_out and all(scope.reads(each.pk) for each in schools):
        return _Read(scope, year, months, schools, counted, frozenset(), None)
    held = {(each.school_id, each.period) for each in counted}
    shown = _shown(scope, year, held)
    kept = [each for each in counted if (each.school_id, each.period) in shown]
    return _Read(scope, year, months, schools, kept, frozenset(held - shown), shown)


def _shown(scope: Scope, year: SchoolYear, held: Collection[SchoolPeriod]) -> frozenset[SchoolPeriod]:
    first = first_monday(year.starts_on)
    # A day that is not over says nothing of how many a period has.
    in_periods = fewest_in_periods(scope, first, scope.today - timedelta(days=1))
    in_schools = fewest_in_schools(scope, first, scope.today)
    small = {school for school, students in in_schools.items() if students < SMALLEST_SHOWN}
    return large_enough(in_periods, small, {*held, *in_periods})


def _page(read: _Read, asked: Narrowed, school: School | None, *, leaves_out: bool) -> PeriodsPage:
    held = [each.month for each in read.months]
    asked = asked if asked.month in (None, *held) else replace(asked, month=None)
    counted = together(read.counted)
    chosen = [each for each in counted if asked.holds(each)]
    opens = school is not None and not leaves_out and read.scope.reads(school.pk)
    span = _span(read, asked.month)
    leads = Leads(asked, span, is_school=school is not None, opens=opens, leaves_out=leaves_out)
    whole = sums(chosen, lambda _: 0).get(0)
    weekdays = sorted({each.weekday for each in chosen})
    periods = _periods(chosen, leads)
    weeks = _weeks(read, asked, leads)
    return PeriodsPage(
        school=school,
        year=read.year.name,
        asked=asked,
        leaves_out=leaves_out,
        starts_on=span[0],
        ends_on=span[1],
        months=held,
        all_periods=sorted({each.period for each in counted}, key=natural),
        all_weekdays=[(each, str(WEEKDAYS[each - 1])) for each in sorted({each.weekday for each in counted})],
        head=_line("", whole, leads) if whole else None,
        trend=trend(_by_month(counted, asked), asked.month),
        periods=periods,
        plot=period_plot([(each.name, each.marked, each.asks_absent) for each in periods]),
        weekdays=[(each, str(WEEKDAYS[each - 1]), str(WEEKDAYS_ABBR[each - 1])) for each in weekdays],
        rows=_rows(chosen, weekdays, leads, whole.absence if whole else None),
        weeks=weeks,
        week_plot=week_plot(weeks),
        schools=(),
        left_out=bool(read.out),
        periods_left_out=sorted({period for _, period in read.out}, key=natural) if school else (),
        leads_to_marks=opens,
    )


def _span(read: _Read, month: int | None) -> tuple[date, date]:
    chosen = [each for each in read.months if month in (None, each.month)]
    return chosen[0].starts_on, min(chosen[-1].ends_on, read.scope.today)


def _by_month(counted: Sequence[CountedMarks], asked: Narrowed) -> dict[int, Marked]:
    return sums(filter(asked.holds_in_any_month, counted), lambda each: each.month)


def _line(
    name: str,
    marked: Marked,
    leads: Leads,
    whole: Fraction | None = None,
    *,
    period: str | None = None,
    weekday: int | None = None,
) -> MarkedLine:
    absent, tardy = (leads.to(status, period=period, weekday=weekday) for status in ("absent", "tardy"))
    return MarkedLine(name, marked, absent, tardy, shade(marked.absence or Fraction(0), whole))


def _periods(chosen: Sequence[CountedMarks], leads: Leads) -> list[MarkedLine]:
    by_period = sums(chosen, lambda each: each.period)
    return [_line(each, by_period[each], leads, period=each) for each in sorted(by_period, key=natural)]


def _rows(
    chosen: Sequence[CountedMarks], weekdays: Sequence[int], leads: Leads, whole: Fraction | None
) -> list[PeriodRow]:
    cells = sums(chosen, lambda each: (each.period, each.weekday))

    def cell(period: str, weekday: int) -> MarkedLine | None:
        marked = cells.get((period, weekday))
        name = str(WEEKDAYS[weekday - 1])
        return _line(name, marked, leads, whole, period=period, weekday=weekday) if marked else None

    periods = sorted({period for period, _ in cells}, key=natural)
    return [PeriodRow(each, [cell(each, weekday) for weekday in weekdays]) for each in periods]


def _weeks(read: _Read, asked: Narrowed, leads: Leads) -> list[WeekLine]:
    monday = first_monday(read.year.starts_on)
    ids = [each.pk for each in read.schools]
    counted = counted_mark_weeks(
        read.scope, ids, monday, read.scope.today, period=asked.period, weekday=asked.weekday, shown=read.shown
    )
    return week_lines(class_weeks(counted, monday), read.months, leads)


def _schools(read: _Read, asked: Narrowed, *, leaves_out: bool) -> list[SchoolLine]:
    by_school = sums(filter(asked.holds, read.counted), lambda each: each.school_id)
    months = sums(filter(asked.holds_in_any_month, read.counted), lambda each: (each.school_id, each.month))
    lines = []
    for school in read.schools:
        by_month = {month: marked for (held, month), marked in months.items() if held == school.pk}
        out = sorted({period for held, period in read.out if held == school.pk}, key=natural)
        leads = Leads(asked, (date.min, date.max), is_school=False, opens=False, leaves_out=leaves_out)
        lines.append(SchoolLine(school, leads.to(""), by_school.get(school.pk), trend(by_month, asked.month), out))
    return lines
