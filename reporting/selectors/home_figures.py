"""The figures of a home page: those of /figures/ for the place of the person, and the day as its boards have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.rules.reporting_months import MonthRange
from attendance.selectors.district_board import SchoolLine
from attendance.selectors.school_years import school_year
from attendance.selectors.tallies import counted_days
from interventions.rules.tier_weeks import TIERS, TierCount
from interventions.selectors.pressing import warned
from interventions.selectors.tier_standings import standing_tiers
from reporting.rules.figure_lines import Chronic
from reporting.rules.figure_tables import chronic_in
from reporting.rules.figures import Tally, summed
from reporting.selectors.figure_weeks import WeekFigures, WeekLine, week_figures
from reporting.selectors.figures import read_newest
from reporting.selectors.figures_page import Asked, outs_of
from reporting.selectors.home_months import MonthsDone
from students.access import Scope
from students.models import School
from students.refusals import Refused
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class Attendance:
    """The weeks of a person's place, the newest of them that is settled, and chronic absence through a month.

    `school` is set where the place is one school.
    """

    school: School | None
    weeks: WeekFigures
    week: WeekLine | None
    chronic: Chronic | None
    month: int


@dataclass(frozen=True)
class Day:
    """Today: classes taken of those that should be, and students so far, of every school that somebody reads."""

    taken: int
    due: int
    to_come: int
    students: Tally
    school: School | None

    @property
    def should_be(self) -> int:
        """Classes that began."""
        return self.taken + self.due

    @property
    def absent(self) -> int:
        """Students absent so far, of either kind."""
        return self.students.excused + self.students.unexcused


@dataclass(frozen=True)
class Tiers:
    """The students enrolled today by where they stand, of the schools whose cases are open to somebody; with how many
    are on course to cross a threshold.

    `school` is set where it is one; `has_page`: the pages of tiers are theirs too.
    """

    count: TierCount
    on_course: int
    school: School | None
    has_page: bool

    @property
    def by_tier(self) -> list[tuple[int, int]]:
        """The students of the tiers 1 to 3."""
        return [(tier, self.count.of(tier)) for tier in TIERS]


@dataclass(frozen=True)
class HomeFigures:
    """What is somebody's to see; None where it is not, or where there is nothing yet."""

    attendance: Attendance | None
    day: Day | None
    tiers: Tiers | None
    months: MonthsDone | None

    @property
    def is_data(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.attendance or self.day or self.tiers or self.months)


def home_figures(scope: Scope, lines: Sequence[SchoolLine], months: MonthsDone | None) -> HomeFigures:
    """The figures; so many statements however many schools and students. `lines` are the boards of today."""
    done = months if months and months.over else None
    return HomeFigures(_attendance(scope), _day(scope, lines), _tiers(scope), done)


def _attendance(scope: Scope) -> Attendance | None:
    schools = list(schools_with_right(scope, Right.FIGURES)) if scope.reads_months else []
    if not schools:
        return None
    try:
        read = read_newest(scope, schools)
    except Refused:
        return None
    if not read.books.months:
        return None
    asked, month = Asked(), read.books.months[-1]
    school = schools[0] if len(schools) == 1 else None
    cell, outs = asked.cell(school.pk if school else None), outs_of(scope, read, asked)
    opens = all(scope.reads(each.pk) for each in schools)
    weeks = week_figures(scope, read, cell, outs, opens=opens, with_last_year=False)
    settled = [line for line in weeks.lines if line.week.amount and line.week.amount.is_settled]
    chronic = None if cell in outs.get(month, ()) else chronic_in(read.books, cell, month)
    return Attendance(school, weeks, settled[-1] if settled else None, chronic, month)


def _day(scope: Scope, lines: Sequence[SchoolLine]) -> Day | None:
    held = [line for line in lines if line.in_session]
    if not held:
        return None
    today = MonthRange(0, scope.today, scope.today)
    counted = counted_days(scope, [line.school.pk for line in held], [today])
    tally = summed(Tally(*each.counts) for each in counted)
    taken, due, to_come = (sum(getattr(line, name) for line in held) for name in ("taken", "due", "to_come"))
    return Day(taken, due, to_come, tally, held[0].school if len(lines) == 1 else None)


def _tiers(scope: Scope) -> Tiers | None:
    schools = list(schools_with_right(scope, Right.CASES)) if scope.works_cases else []
    if not schools:
        return None
    try:
        held = standing_tiers(scope, [each.pk for each in schools], school_year(scope))
    except Refused:
        return None
    count = sum(held.values(), TierCount())
    school = schools[0] if len(schools) == 1 else None
    on_course = warned(scope, [each.pk for each in schools]).number
    return Tiers(count, on_course, school, has_page=all(scope.may(Right.FIGURES, each.pk) for each in schools))
