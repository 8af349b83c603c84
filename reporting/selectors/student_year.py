"""A student's school year as a calendar of shapes, with the figures above it and the days behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from attendance.rules.rates import printed_percent
from attendance.selectors.day_words import mode_words
from reporting.rules.family_month import DayCount, Totals, first_of, last_of, month_after, totals, weeks
from reporting.rules.student_year import YearFigures, year_figures, year_shape
from reporting.selectors.family_calendar import CalendarLine, calendar_lines
from reporting.selectors.student_year_words import SHAPES, mode_letter
from students.access import Scope
from students.models import SchoolYear, Student


@dataclass(frozen=True, slots=True)
class YearDay:
    """A date of the year: its shape, what it was, and how the student was taught; `letter` is the mode's sign."""

    date: date
    shape: str
    words: str
    mode: str
    letter: str
    is_day: bool

    @property
    def is_plain(self) -> bool:
        """Whether it was a whole day at school, or none at all."""
        return self.shape == "present" or not self.is_day


@dataclass(frozen=True)
class YearMonth:
    """A month: its weeks, None where a date is no date of it or of the year, and what its days come to."""

    first: date
    rows: Sequence[Sequence[YearDay | None]]
    weekdays: Sequence[date]
    totals: Totals
    is_to_come: bool


@dataclass(frozen=True)
class StudentYear:
    """The year; `through` is the last day that may be known. `letters` are the modes that stand in it, with names."""

    year: SchoolYear
    through: date
    months: Sequence[YearMonth]
    figures: YearFigures
    said: Sequence[YearDay]
    letters: Sequence[tuple[str, str]]
    shapes: Sequence[tuple[str, Promise]] = SHAPES

    @property
    def rate(self) -> str:
        """The share of the determined days that the student was present, as it is printed."""
        return printed_percent(self.figures.rate)

    @property
    def recent_rate(self) -> str:
        """The same of the last of them."""
        return printed_percent(self.figures.recent_rate)

    @property
    def begun_months(self) -> Sequence[YearMonth]:
        """The months in which there is a day."""
        return [each for each in self.months if each.totals.days]


def student_year(scope: Scope, student: Student, year: SchoolYear) -> StudentYear:
    """The year of a student whom the caller took from the scope; four statements."""
    ends_on = year.ends_on or scope.today
    lines = calendar_lines(scope, student, year.starts_on, ends_on)
    days = {line.date: _day(line) for line in lines}
    counts = {line.date: line.count for line in lines if line.is_day}
    taught = {line.mode for line in lines if line.mode}
    return StudentYear(
        year=year,
        through=min(scope.today, ends_on),
        months=[
            _month(scope, first, days, [count for day, count in counts.items() if first_of(day) == first])
            for first in _firsts(year.starts_on, ends_on)
        ],
        figures=year_figures(list(counts.values())),
        said=[each for each in days.values() if not each.is_plain],
        letters=[(mode_letter(each), mode_words(each)) for each in sorted(taught) if mode_letter(each)],
    )


def _day(line: CalendarLine) -> YearDay:
    mode = mode_words(line.mode) if line.mode else ""
    return YearDay(line.date, year_shape(line.count), line.words, mode, mode_letter(line.mode), line.is_day)


def _firsts(starts_on: date, ends_on: date) -> list[date]:
    firsts = [first_of(starts_on)]
    while (after := month_after(firsts[-1])) <= ends_on:
        firsts.append(after)
    return firsts


def _month(scope: Scope, first: date, days: dict[date, YearDay], counts: Sequence[DayCount]) -> YearMonth:
    held = [day for day, each in days.items() if each.is_day and first <= day <= last_of(first)]
    sheet = weeks(first, held)
    monday = first - timedelta(days=first.weekday())
    return YearMonth(
        first=first,
        rows=[[days.get(day) if day else None for day in row] for row in sheet],
        weekdays=[monday + timedelta(days=n) for n in range(len(sheet[0]))],
        totals=totals(counts),
        is_to_come=first > scope.today,
    )
