"""What a page of figures of classes shows, as a file for a spreadsheet."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attendance.rules.mark_counts import Marked
from reporting.rules.layouts import Form
from reporting.rules.period_figures import Trend
from reporting.selectors.figure_period_plots import WeekLine
from reporting.selectors.figure_periods import PeriodsPage, SchoolLine
from reporting.services.sheets import Table
from reporting.views.table_files import Sheet, as_of, named, table_of, tables_file
from students.access import Scope

_MARKED = ["Present", "Tardy", "Left early", "Absent", "Marks", "Share absent", "Share tardy"]
# Of a month against the one before it.
_TREND = ["Month", "Share absent, points since the month before", "Share tardy, points since the month before"]
_COLUMNS = ["School", "Period", "Day of the week", *_MARKED, *_TREND, "Note", "From", "To", "As of"]
_WEEKS = ["Week of", *_MARKED, "Last year’s tardy", "Last year’s marks", "Last year’s share tardy", "As of"]
_FORMS = {"Week of": Form.DATE, "From": Form.DATE, "To": Form.DATE} | dict.fromkeys(
    ("Month", "Present", "Tardy", "Left early", "Absent", "Marks", "Last year’s tardy", "Last year’s marks"), Form.COUNT
)


def periods_file(page: PeriodsPage, scope: Scope, kind: str) -> HttpResponse | None:
    """The page as a file of a kind: csv, weeks-csv or xlsx; None for any other."""
    sheets = [Sheet(lambda: _classes(page, scope), "csv"), Sheet(lambda: _weeks(page, scope), "weeks-csv")]
    return tables_file(scope, named(_name(page), leaves_out=page.leaves_out), kind, sheets)


def _classes(page: PeriodsPage, scope: Scope) -> Table:
    span = [page.starts_on.isoformat(), page.ends_on.isoformat(), as_of(scope)]
    rows = [[*place, *_counts(marked), *_moved(trend), note, *span] for place, marked, trend, note in _lines(page)]
    return table_of("Classes", _COLUMNS, _FORMS, rows)


def _weeks(page: PeriodsPage, scope: Scope) -> Table:
    return table_of("Weeks", _WEEKS, _FORMS, [[*_week(each), as_of(scope)] for each in page.weeks])


def _lines(page: PeriodsPage) -> Iterator[tuple[list[str], Marked | None, Trend | None, str]]:
    """The whole and each school with where they move, each period, and each period's days of the week."""
    every, place = _("All"), page.school.name if page.school else _("All")
    period = page.asked.period or every
    weekday = dict(page.all_weekdays).get(page.asked.weekday or 0, every)
    left_out = _("without periods and schools under 10 students (RD-63)") if page.left_out else ""
    if page.head:
        yield [place, period, weekday], page.head.marked, page.trend, left_out
    for school in page.schools:
        yield [school.school.name, period, weekday], school.marked, school.trend, _note(school)
    for line in page.periods:
        yield [place, line.name, weekday], line.marked, None, left_out
    for row in page.rows:
        for cell in row.cells:
            if cell:
                yield [place, row.name, cell.name], cell.marked, None, left_out


def _note(school: SchoolLine) -> str:
    if not school.periods_left_out:
        return ""
    if school.marked is None:
        return _("left out: under 10 students (RD-63)")
    return _("without %(periods)s: under 10 students (RD-63)") % {"periods": ", ".join(school.periods_left_out)}


def _counts(marked: Marked | None) -> list[str]:
    if marked is None:
        return [""] * len(_MARKED)
    numbers = (marked.present, marked.tardy, marked.left_early, marked.absent, marked.marks)
    return [*map(str, numbers), marked.absence_rate, marked.tardy_rate]


def _moved(trend: Trend | None) -> list[str]:
    return [str(trend.month), trend.absence, trend.tardiness] if trend else [""] * len(_TREND)


def _week(line: WeekLine) -> list[str]:
    before = line.week.last_year
    last_year = [str(before.tardy), str(before.marks), before.tardy_rate] if before else [""] * 3
    return [line.week.starts_on.isoformat(), *_counts(line.week.marked), *last_year]


def _name(page: PeriodsPage) -> str:
    place = page.school.state_code if page.school else "district"
    return f"classes-{place}-month-{page.asked.month}" if page.asked.month else f"classes-{place}-{page.year}"
