"""The reporting months as figures of days count them: a day counts once it is over.

At noon most of a day's classes are still to come and its students undetermined (RD-03): in a rate of the month they
would read as a fall.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from attendance.rules.reporting_months import MonthRange
from attendance.selectors.school_years import reporting_months
from students.access import Scope
from students.models import SchoolYear


def last_counted(scope: Scope) -> date:
    """The last day that is over."""
    return scope.today - timedelta(days=1)


def through_the_last(scope: Scope, spans: Iterable[MonthRange]) -> list[MonthRange]:
    """Spans as far as they are over; those of which no day is are left out."""
    last = last_counted(scope)
    return [each._replace(ends_on=min(each.ends_on, last)) for each in spans if each.starts_on <= last]


def counted_months(scope: Scope, year: SchoolYear) -> list[MonthRange]:
    """The months of a year that have begun, the one under way as far as it is over. Raises Refused."""
    return through_the_last(scope, reporting_months(scope, year))
