"""The year by weeks, and absences by the day of the week: of what a page of figures is narrowed to."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.rules.plots import Look, Plot, Reading, Series, bar_plot, line_plot
from attendance.rules.rates import absence_rate, printed_percent
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.fewest_students import fewest_on_a_day
from attendance.selectors.tallies import CountedWeekday, counted_weekdays, counted_weeks
from interventions.rules.attendance_weeks import WEEK
from reporting.rules.figure_lines import Amount
from reporting.rules.figure_tables import Cell, LeftOut
from reporting.rules.figure_weeks import WEEKS_BACK, FigureWeek, GradeWeek, first_monday, weeks_left_out, weeks_of
from reporting.rules.figures import Tally, summed
from reporting.rules.suppression import ALL
from reporting.selectors.counted_months import last_counted
from reporting.selectors.figures import Read
from reporting.selectors.session_days import OpenedDays
from students.access import Scope


@dataclass(frozen=True)
class WeekdayLine:
    """Absences on a day of the week (1 for Monday), for whatever reason; `asks` is the query of their list."""

    weekday: int
    name: str
    absent: int
    determined: int
    rate: str
    asks: str


@dataclass(frozen=True)
class WeekLine:
    """A week as the table has it; `asks` is the query of the address of what made it."""

    week: FigureWeek
    asks: str


@dataclass(frozen=True)
class WeekFigures:
    """The weeks of a cell with their plot; neither where the group is left out (RD-63)."""

    lines: Sequence[WeekLine] = ()
    plot: Plot | None = None
    weekdays: Sequence[WeekdayLine] = ()
    weekday_plot: Plot | None = None
    is_left_out: bool = False
    # Whether points lead to days.
    opens: bool = False

    @property
    def has_last_year(self) -> bool:
        """Whether some week has figures of the year before."""
        return any(line.week.last_year for line in self.lines)

    @property
    def waiting(self) -> list[WeekLine]:
        """The weeks without a point, because undetermined days could still move their rate (RD-03)."""
        return [line for line in self.lines if line.week.amount and not line.week.amount.is_settled]


def week_figures(
    scope: Scope, read: Read, cell: Cell, outs: LeftOut, *, opens: bool, with_last_year: bool = True
) -> WeekFigures:
    """The weeks of a cell through the last day that is over; a constant number of statements.

    The caller took what was read from the scope.
    `outs` are the cells left out by month, {} for whoever sees all; `opens`: points lead to the days.
    Without last year's weeks two thirds of the tallies need not be read.
    """
    monday, last = first_monday(read.year.starts_on), last_counted(scope)
    if outs and cell in weeks_left_out(fewest_on_a_day(scope, monday, last), outs):
        return WeekFigures(is_left_out=True)
    ids = [school.pk for school in read.schools if cell.school in (ALL, str(school.pk))]
    back = 0 if with_last_year else WEEKS_BACK
    grade, mode = _one(cell.grade), _one(cell.mode)
    counted = _counted(scope, ids, read.opened, (monday + back * WEEK, last), grade, mode)
    by_weekday = counted_weekdays(scope, ids, read.year.starts_on, last, grade=grade, mode=mode)
    weeks = weeks_of({number + back: held for number, held in counted.items()}, monday)
    lines = [WeekLine(each, _asks(read.months, cell, each, opens=opens)) for each in weeks]
    dates = read.year.starts_on, last
    weekdays = [_weekday(each, dates, cell, opens=opens) for each in by_weekday]
    return WeekFigures(lines, _plot(lines), weekdays, _weekday_plot(weekdays), opens=opens)


def _counted(
    scope: Scope,
    ids: Collection[int],
    opened: OpenedDays,
    dates: tuple[date, date],
    grade: str | None,
    mode: str | None,
) -> dict[int, list[GradeWeek]]:
    days = opened.by_week(dates[0])
    own = {school for (school, _), held in days.items() if held.grades}
    # Schools and grades with the same days are added up first: a large district has a thousand weeks of schools.
    together: dict[tuple[int, int, int], list[Tally]] = defaultdict(list)
    for each in counted_weeks(scope, ids, *dates, by_grade=own, grade=grade, mode=mode):
        if held := days.get((each.school_id, each.number)):
            together[each.number, held.school, held.of(each.grade)].append(Tally(*each.counts))
    by_number: dict[int, list[GradeWeek]] = defaultdict(list)
    for (number, of_school, of_grade), tallies in together.items():
        by_number[number].append(GradeWeek(of_school, of_grade, summed(tallies)))
    return by_number


def _one(value: str) -> str | None:
    return None if value == ALL else value


def _asks(months: Sequence[MonthRange], cell: Cell, week: FigureWeek, *, opens: bool) -> str:
    """A week asks for its days, and for its month where they are not open to somebody."""
    if opens:
        return urlencode({"from": week.starts_on, "to": week.ends_on, **cell.asked})
    held = [each.month for each in months if each.starts_on <= week.ends_on]
    return urlencode({"month": held[-1] if held else "", **cell.asked})


def _weekday(each: CountedWeekday, dates: tuple[date, date], cell: Cell, *, opens: bool) -> WeekdayLine:
    span = {"from": dates[0], "to": dates[1], "weekday": each.weekday, "status": "absent"}
    asks = urlencode({**span, **cell.asked}) if opens else ""
    rate = printed_percent(absence_rate(each.absent, each.determined))
    return WeekdayLine(each.weekday, str(WEEKDAYS[each.weekday - 1]), each.absent, each.determined, rate, asks)


def _plot(lines: Sequence[WeekLine]) -> Plot | None:
    now = [_reading(line.week.starts_on, line.week.amount, line.asks) for line in lines]
    before = [_reading(line.week.starts_on, line.week.last_year, "", _("last year")) for line in lines]
    series = [Series(_("this year"), now), Series(_("last year, same weeks"), before, Look.DASHED)]
    return line_plot(series, months_of([line.week.starts_on for line in lines]))


def _reading(monday: date, amount: Amount | None, asks: str, which: str = "") -> Reading:
    if amount is None or not amount.is_settled:
        return Reading(None, "")
    day = date_format(monday, "M j") + (f" {which}" if which else "")
    words = _("%(day)s: %(rate)s, %(present)s of %(enrolled)s days present") % {
        "day": day,
        "rate": amount.rate or "–",
        "present": f"{amount.tally.present:,}",
        "enrolled": f"{amount.tally.enrolled:,}",
    }
    return Reading(amount.share, words, asks)


def months_of(mondays: Sequence[date]) -> list[str]:
    """The month's name where its first week stands; a first month of one week leaves its place to the next."""
    starts = [place for place, day in enumerate(mondays) if place == 0 or day.month != mondays[place - 1].month]
    if len(starts) > 1 and starts[1] < 2:
        starts.pop(0)
    return [date_format(day, "M") if place in starts else "" for place, day in enumerate(mondays)]


def _weekday_plot(lines: Sequence[WeekdayLine]) -> Plot | None:
    readings = [
        Reading(
            absence_rate(line.absent, line.determined),
            _("%(day)s: %(rate)s, %(absent)s of %(determined)s days absent")
            % {
                "day": line.name,
                "rate": line.rate,
                "absent": f"{line.absent:,}",
                "determined": f"{line.determined:,}",
            },
            line.asks,
        )
        for line in lines
    ]
    return bar_plot(readings, [str(WEEKDAYS_ABBR[line.weekday - 1]) for line in lines])
