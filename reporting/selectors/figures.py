"""The figures of the schools whose months are open to somebody, counted from the ledger's tallies."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_years import school_year
from attendance.selectors.tallies import CountedDays, counted_days
from reporting.models import Certification, ChronicCount
from reporting.rules.figure_lines import Chronic
from reporting.rules.figure_tables import Books, SchoolMonthKey
from reporting.rules.figure_weeks import first_monday
from reporting.rules.figures import Averaged, Group, Tally
from reporting.selectors.counted_months import counted_months, last_counted
from reporting.selectors.session_days import OpenedDays, opened_days
from students.access import Scope
from students.models import School, SchoolYear


@dataclass(frozen=True, slots=True)
class Certified(Averaged):
    """The averages of a school's month as they were certified, exactly."""

    ada: Fraction | None
    adm: Fraction | None
    at: datetime


@dataclass(frozen=True)
class Read:
    """What was read for a page of figures; `counted_at` is the oldest count of chronic absence in it.

    `opened` are the days of the year, and of the one before it where its weeks stand beside. `readable` are the schools
    whose students this person may know.
    """

    year: SchoolYear
    months: list[MonthRange]
    schools: list[School]
    opened: OpenedDays
    books: Books
    certified: dict[SchoolMonthKey, Certified]
    counted_at: datetime | None
    readable: frozenset[int]


def read_figures(scope: Scope, schools: Collection[School]) -> Read:
    """The figures of some schools' year through the last day that is over; the same number of statements however
    many they are. Raises Refused.

    The caller took the schools from the scope.
    """
    year = school_year(scope)
    months = counted_months(scope, year)
    ids = [school.pk for school in schools]
    opened = opened_days(scope, ids, first_monday(year.starts_on), last_counted(scope))
    books, counted_at = _books(scope, ids, year, months, opened)
    readable = frozenset(each for each in ids if scope.reads(each))
    return Read(year, months, list(schools), opened, books, _certified(ids, year), counted_at, readable)


def books_of_every_school(scope: Scope, read: Read) -> Books:
    """The same of the whole district; read anew where less was read, as for a page that shows no month's days."""
    every = set(School.objects.values_list("pk", flat=True))
    if read.books.tallies and every == {school.pk for school in read.schools}:
        return read.books
    opened = opened_days(scope, every, read.year.starts_on, last_counted(scope))
    return _books(scope, every, read.year, read.months, opened)[0]


def _books(
    scope: Scope, ids: Collection[int], year: SchoolYear, months: Collection[MonthRange], opened: OpenedDays
) -> tuple[Books, datetime | None]:
    chronic, counted_at = _chronic(ids, year)
    return Books(_tallies(counted_days(scope, ids, months)), opened.by_month(months), chronic), counted_at


def read_newest(scope: Scope, schools: Collection[School]) -> Read:
    """The schools' year with the days and the chronic absence of its newest month alone, for a page that shows no
    month's days; five statements however many schools they are. Raises Refused.

    The caller took the schools from the scope.
    """
    year = school_year(scope)
    months = counted_months(scope, year)
    ids = [school.pk for school in schools]
    opened = opened_days(scope, ids, year.starts_on, last_counted(scope))
    days = opened.by_month(months)
    chronic, counted_at = _chronic(ids, year, max((month for _, month in days), default=0))
    readable = frozenset(each for each in ids if scope.reads(each))
    return Read(year, months, list(schools), opened, Books({}, days, chronic), {}, counted_at, readable)


def _tallies(counted: Collection[CountedDays]) -> dict[SchoolMonthKey, dict[Group, Tally]]:
    tallies: dict[SchoolMonthKey, dict[Group, Tally]] = defaultdict(dict)
    for each in counted:
        tallies[each.school_id, each.month][Group(each.ada_included, each.grade, each.mode)] = Tally(*each.counts)
    return dict(tallies)


def _chronic(
    school_ids: Collection[int], year: SchoolYear, month: int | None = None
) -> tuple[dict[SchoolMonthKey, dict[tuple[str, str], Chronic]], datetime | None]:
    columns = ("school_id", "month", "grade", "mode", "chronic", "students", "counted_at")
    found = ChronicCount.objects.filter(school__in=school_ids, school_year=year)
    rows = list((found if month is None else found.filter(month=month)).values_list(*columns))
    counted: dict[SchoolMonthKey, dict[tuple[str, str], Chronic]] = defaultdict(dict)
    for school_id, month, grade, mode, chronic, students, _ in rows:
        counted[school_id, month][grade, mode] = Chronic(chronic, students)
    return dict(counted), min((row[-1] for row in rows), default=None)


def _certified(school_ids: Collection[int], year: SchoolYear) -> dict[SchoolMonthKey, Certified]:
    """The newest certification of each month: an amended one stands for the one that it amends."""
    held = Certification.objects.filter(school__in=school_ids, school_year=year).order_by("sequence")
    columns = ("school_id", "month", "run__ada", "run__adm", "certified_at")
    return {
        (school_id, month): Certified(_exactly(ada), _exactly(adm), at)
        for school_id, month, ada, adm, at in held.values_list(*columns)
    }


def _exactly(average: str) -> Fraction | None:
    return Fraction(average) if average else None
