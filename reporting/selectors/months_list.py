"""The list of months: where each school's month stands, and the district's sum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.rules.rates import printed
from attendance.selectors.school_years import reporting_months, school_year
from reporting.models import Certification, MonthRun, RunState, Severity
from reporting.rules.month_names import MONTHS, MonthName, month_name
from reporting.selectors.certifications import certifications_of
from reporting.selectors.months import (
    SchoolMonth,
    months_of_schools,
    newest_runs,
)
from reporting.selectors.packages import packaged_averages
from students.access import Scope
from students.models import School, SchoolYear
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class MonthWords:
    """A month as the list says it: its number, dates and school days, and the day until which it is provisional."""

    number: str
    dates: str
    days: str
    until: str


@dataclass(frozen=True)
class MonthLine:
    """A school's month in the list; `run` is its newest, with `errors` counted."""

    school: School
    held: SchoolMonth
    words: MonthWords
    name: MonthName
    is_over: bool
    run: MonthRun | None
    # The month's last certification, of this run or an earlier one.
    certified: Certification | None = None

    @property
    def is_approved(self) -> bool:
        """Whether the school has approved its newest package."""
        return hasattr(self.run, "approval")

    @property
    def is_certified(self) -> bool:
        """Whether the district has certified its newest package."""
        return bool(self.run and self.certified and self.certified.run_id == self.run.pk)

    @property
    def ada(self) -> str:
        """Average daily attendance of the package, printed; empty while there is none."""
        return packaged_averages(self.run)[0] if self.run else ""


@dataclass(frozen=True)
class MonthsOfSchool:
    """A school with its months in order."""

    school: School
    months: list[MonthLine]


@dataclass(frozen=True)
class DistrictMonth:
    """ADA of the schools whose month is done, each by its own calendar, summed (RD-10)."""

    name: MonthName
    done: int
    schools: int
    ada: str


@dataclass(frozen=True)
class MonthsPage:
    """Every month of every school whose months are open to somebody."""

    year: SchoolYear
    schools: list[MonthsOfSchool]
    district: list[DistrictMonth]


def months_page(scope: Scope) -> MonthsPage:
    """The list of months; the same number of statements whatever the number of schools. Raises Refused."""
    year = school_year(scope)
    schools = list(schools_with_right(scope, Right.FIGURES))
    held = months_of_schools(scope, [school.pk for school in schools], reporting_months(scope, year))
    runs = {
        (run.school_id, run.month): run
        for run in newest_runs(scope, year)
        .annotate(errors=Count("findings", filter=Q(findings__severity=Severity.ERROR)))
        .select_related("package", "approval")
        .defer("package__content")
    }
    # In the order of the chain: the last of a month stays.
    certified = {(each.school_id, each.month): each for each in certifications_of(scope, year)}
    # Most schools of a district have the same months.
    words = {each: _words(each) for each in set(held.values())}
    listed = [MonthsOfSchool(school, _lines(scope, school, year, held, words, runs, certified)) for school in schools]
    return MonthsPage(year, listed, _district(year, listed) if len(schools) > 1 else [])


def _lines(
    scope: Scope,
    school: School,
    year: SchoolYear,
    held: Mapping[tuple[int, int], SchoolMonth],
    words: Mapping[SchoolMonth, MonthWords],
    runs: Mapping[tuple[int, int], MonthRun],
    certified: Mapping[tuple[int, int], Certification],
) -> list[MonthLine]:
    return [
        MonthLine(
            school,
            month,
            words[month],
            month_name(number, year.starts_on.year),
            month.is_over(scope.today),
            runs.get((school.pk, number)),
            certified.get((school.pk, number)),
        )
        for number in MONTHS
        if (month := held.get((school.pk, number)))
    ]


def _words(month: SchoolMonth) -> MonthWords:
    days = ngettext("%(n)s school day", "%(n)s school days", month.session_days) % {"n": month.session_days}
    return MonthWords(
        _("Month %(number)s") % {"number": month.month},
        f"{date_format(month.starts_on, 'M j')} – {date_format(month.ends_on, 'M j, Y')}",
        days,
        _("Provisional until %(day)s") % {"day": date_format(month.last_day, "M j")} if month.last_day else "",
    )


def _district(year: SchoolYear, schools: Iterable[MonthsOfSchool]) -> list[DistrictMonth]:
    months = []
    lines = [line for school in schools for line in school.months]
    for number in MONTHS:
        these = [line for line in lines if line.held.month == number]
        done = [line.run for line in these if line.run and line.run.state == RunState.DONE]
        if done:
            held = [Fraction(run.ada) for run in done if run.ada]
            summed = sum(held, Fraction(0)) if held else None
            months.append(
                DistrictMonth(month_name(number, year.starts_on.year), len(done), len(these), printed(summed))
            )
    return months
