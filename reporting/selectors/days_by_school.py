"""The student-days behind a figure of the district, by school: each line leads to the days themselves."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from attendance.rules.rates import absence_rate, printed_percent
from attendance.rules.reporting_months import MonthRange
from attendance.selectors.tallies import counted_days
from reporting.rules.figures import Tally, summed
from reporting.selectors.figure_days import counted_span
from reporting.selectors.figures_page import Asked
from students.access import Scope
from students.models import School
from students.refusals import Forbidden
from students.rules.rights import Right
from students.selectors.places import schools_with_right


@dataclass(frozen=True)
class SchoolDays:
    """A school's student-days; of every school together where there is none."""

    school: School | None
    tally: Tally

    @property
    def determined(self) -> int:
        """The days that are decided."""
        return self.tally.present + self.tally.absent

    @property
    def rate(self) -> str:
        """Absences, for whatever reason, as a share of the decided days; empty for none."""
        return printed_percent(absence_rate(self.tally.absent, self.determined))


@dataclass(frozen=True)
class DaysBySchool:
    """The schools' days of a month, or of dates (month 0), the most absent first."""

    asked: Asked
    month: MonthRange
    lines: Sequence[SchoolDays]
    whole: SchoolDays

    @property
    def query(self) -> str:
        """What asks a school for its days of the same."""
        dates = {"from": self.month.starts_on, "to": self.month.ends_on}
        span = {"month": self.month.month} if self.month.month else dates
        weekday = {"weekday": self.asked.weekday} if self.asked.weekday else {}
        return urlencode({**span, **weekday, **self.asked.cell().asked})


def days_by_school(scope: Scope, asked: Asked) -> DaysBySchool:
    """The student-days counted in ADA of each school whose students somebody may know; a constant number of statements.

    Raises NotInScope for no such month, and Forbidden for whoever sees figures without students: a school's few days
    would be told (RD-63).
    """
    schools = [each for each in schools_with_right(scope, Right.FIGURES) if scope.reads(each.pk)]
    if not schools:
        raise Forbidden("You see figures, and not the students behind them.")
    month = counted_span(scope, asked)
    ids = [each.pk for each in schools]
    tallies = defaultdict(list)
    for each in counted_days(scope, ids, [month], grade=asked.grade, mode=asked.mode, weekday=asked.weekday):
        if each.ada_included:
            tallies[each.school_id].append(Tally(*each.counts))
    lines = [SchoolDays(each, summed(tallies[each.pk])) for each in schools if each.pk in tallies]
    lines.sort(key=lambda line: -(absence_rate(line.tally.absent, line.determined) or 0))
    whole = SchoolDays(None, summed(line.tally for line in lines) if lines else Tally())
    return DaysBySchool(asked, month, lines, whole)
