"""A school year of calendars at a glance: twelve small months, what they come to, and the reporting months."""

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from attendance.rules.filing_year import year_around
from attendance.rules.reporting_months import MonthRange, month_of
from attendance.selectors.calendar_book import CalendarBook, calendar_book
from attendance.selectors.calendar_entries import CalendarEntry, CalendarFigures, calendar_figures, entries_in
from attendance.selectors.calendar_words import DIFFERS, NOT_LISTED, EntryWords, Sign, day_name, finding_words, sign_of
from attendance.selectors.school_years import reporting_months, school_year
from students.access import Scope
from students.models import School, SchoolYear
from students.refusals import NotInScope, Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right

# Two shortened days are nothing to mend.
ALLOWED = "shortened"
WEEKS = calendar.Calendar(firstweekday=calendar.SUNDAY)


@dataclass(frozen=True, slots=True)
class DayLine:
    """What the calendar says of a date in some schools alike; `schools` is empty where all of them say it.

    `findings` are to be mended, `remarks` only to be known.
    """

    schools: Sequence[str]
    entry: CalendarEntry | None
    sign: Sign
    words: str
    findings: Sequence[str]
    remarks: Sequence[str]

    @property
    def is_edited(self) -> bool:
        """Whether somebody changed the day on a page."""
        return self.entry is not None and self.entry.is_edited


@dataclass(frozen=True, slots=True)
class Cell:
    """A date of a small month: its letters and shape, whether something is found of it, and all of it in words."""

    date: date
    sign: Sign
    is_found: bool
    starts_month: int | None
    words: str


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month in weeks from Sunday; None where the week belongs to another month."""

    first: date
    weeks: Sequence[Sequence[Cell | None]]


@dataclass(frozen=True, slots=True)
class SchoolFigures:
    """A school with what its calendar comes to."""

    school: School
    figures: CalendarFigures


@dataclass(frozen=True, slots=True)
class ReportingMonth:
    """A reporting month, with its days in session: of one school, or from the fewest to the most of several."""

    range: MonthRange
    fewest: int
    most: int


@dataclass(frozen=True)
class SchoolCalendars:
    """A school year of one school's calendar, or of all whose days somebody may read (`school` is None).

    `refusal` says why the reporting months cannot be told; `book` has the days of which the entries tell.
    """

    year: SchoolYear
    schools: Sequence[School]
    school: School | None
    book: CalendarBook
    entries: Sequence[CalendarEntry]
    figures: Mapping[int, CalendarFigures]
    ranges: Sequence[MonthRange]
    refusal: str

    @property
    def shown(self) -> Sequence[School]:
        """The schools whose days are shown."""
        return [self.school] if self.school else self.schools

    @cached_property
    def by_date(self) -> Mapping[date, Sequence[CalendarEntry]]:
        """The entries of each date."""
        found: dict[date, list[CalendarEntry]] = {}
        for entry in self.entries:
            found.setdefault(entry.date, []).append(entry)
        return found

    def findings(self, entry: CalendarEntry) -> Sequence[str]:
        """What is found of a day, by code."""
        shortened = self.figures[entry.school_id].shortened
        if not entry.is_under and entry.date not in shortened.days:
            return ()
        holds = {
            "under": entry.is_under,
            ALLOWED: entry.date in shortened.days and entry.date not in shortened.beyond,
            "beyond": entry.date in shortened.beyond,
            "too_short": entry.date in shortened.too_short,
        }
        return tuple(code for code, is_so in holds.items() if is_so)

    def lines(self, day: date) -> Sequence[DayLine]:
        """What the schools' calendars say of a date, schools that say the same in one line."""
        entries = {entry.school_id: entry for entry in self.by_date.get(day, ())}
        alike: dict[tuple[str, Sequence[str]], list[School]] = {}
        for school in self.shown:
            entry = entries.get(school.pk)
            codes = self.findings(entry) if entry else ()
            alike.setdefault((self._words.of(entry), codes), []).append(school)
        return [
            self._line(schools, entries.get(schools[0].pk), words, codes, len(alike) > 1)
            for (words, codes), schools in alike.items()
        ]

    def _line(
        self, schools: Sequence[School], entry: CalendarEntry | None, words: str, codes: Sequence[str], differs: bool
    ) -> DayLine:
        sign = sign_of(entry) if entry else NOT_LISTED
        minimum = entry.minimum if entry else 0
        found = finding_words([code for code in codes if code != ALLOWED], minimum)
        remarks = finding_words([code for code in codes if code == ALLOWED], minimum)
        return DayLine([each.name for each in schools] if differs else [], entry, sign, words, found, remarks)

    @property
    def months(self) -> Sequence[date]:
        """The first days of the months in which some school's calendar has a day."""
        return sorted({day.replace(day=1) for day in self.by_date})

    @property
    def grids(self) -> Sequence[MonthGrid]:
        """The months at a glance."""
        return [self._grid(first) for first in self.months]

    def _grid(self, first: date) -> MonthGrid:
        weeks = WEEKS.monthdatescalendar(first.year, first.month)
        cells = [[self._cell(day) if day.month == first.month else None for day in week] for week in weeks]
        return MonthGrid(first, cells)

    def _cell(self, day: date) -> Cell:
        lines = self.lines(day)
        said = [": ".join([", ".join(each.schools), each.words]) if each.schools else each.words for each in lines]
        found = [finding for each in lines for finding in (*each.findings, *each.remarks)]
        starts = next((month for month, start in self._starts.items() if start == day), None)
        return Cell(
            day,
            # Schools with bells of their own are alike at a glance; the words tell them apart.
            lines[0].sign if len({each.sign for each in lines}) == 1 else DIFFERS,
            any(each.findings for each in lines),
            starts,
            "; ".join([day_name(day), *said, *dict.fromkeys(found)]),
        )

    @property
    def totals(self) -> Sequence[SchoolFigures]:
        """What each school's calendar comes to."""
        return [SchoolFigures(each, self.figures[each.pk]) for each in self.shown if each.pk in self.figures]

    @property
    def reporting_months(self) -> Sequence[ReportingMonth]:
        """The reporting months with their lengths (RD-70)."""
        months = {day: month_of(day, self._starts) for day in self.by_date}
        lengths = Counter((entry.school_id, months[entry.date]) for entry in self.entries if entry.in_session)
        return [self._reporting_month(each, lengths) for each in self.ranges]

    def _reporting_month(self, held: MonthRange, lengths: Counter) -> ReportingMonth:
        days = [lengths[school.pk, held.month] for school in self.shown]
        return ReportingMonth(held, min(days, default=0), max(days, default=0))

    @cached_property
    def _words(self) -> EntryWords:
        return EntryWords()

    @cached_property
    def _starts(self) -> Mapping[int, date]:
        return {each.month: each.starts_on for each in self.ranges}


def school_calendars(scope: Scope, school_id: int | None = None, first_year: int | None = None) -> SchoolCalendars:
    """The calendars that somebody may read, of one school or all, in a school year (by default today's).

    Raises NotInScope for a school that is not among them, or where there is none; Refused without a school year.
    """
    schools = list(schools_with_right(scope, Right.READ))
    school = next((each for each in schools if school_id in (None, each.pk)), None)
    if school is None:
        raise NotInScope
    chosen = None if school_id is None and len(schools) > 1 else school
    year = school_year(scope, first_year)
    span = year_around(year.starts_on)
    book = calendar_book(scope, [each.pk for each in ([chosen] if chosen else schools)], *span)
    entries = sorted(entries_in(scope, book), key=attrgetter("date", "school_id"))
    figures = calendar_figures(scope, entries, year.starts_on)
    ranges, refusal = _ranges(scope, year)
    return SchoolCalendars(year, schools, chosen, book, entries, figures, ranges, refusal)


def _ranges(scope: Scope, year: SchoolYear) -> tuple[Sequence[MonthRange], str]:
    try:
        return reporting_months(scope, year), ""
    except Refused as refused:
        return [], str(refused)
