"""What a page of figures of classes shows, as a file for a spreadsheet."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attendance.rules.mark_counts import Marked
from reporting.rules.layouts import Column, Form
from reporting.selectors.figure_period_plots import WeekLine
from reporting.selectors.figure_periods import PeriodsPage, SchoolLine
from reporting.services.sheets import Table, sheet_of_tables
from reporting.views.downloads import XLSX, attachment
from students.access import Scope
from students.rules.csv_text import people_csv

_MARKED = ["Present", "Tardy", "Left early", "Absent", "Marks", "Share absent", "Share tardy"]
_COLUMNS = ["School", "Period", "Day of the week", *_MARKED, "Note", "From", "To", "As of"]
_WEEKS = ["Week of", *_MARKED, "Last year’s tardy", "Last year’s marks", "Last year’s share tardy", "As of"]
_FORMS = {"Week of": Form.DATE, "From": Form.DATE, "To": Form.DATE} | dict.fromkeys(
    ("Present", "Tardy", "Left early", "Absent", "Marks", "Last year’s tardy", "Last year’s marks"), Form.COUNT
)


def periods_file(page: PeriodsPage, scope: Scope, kind: str) -> HttpResponse | None:
    """The page as a file of a kind: csv, weeks-csv or xlsx; None for any other."""
    if kind == "xlsx":
        content = sheet_of_tables(scope, _name(page), [_classes(page, scope), _weeks(page, scope)])
        return attachment(content, f"{_name(page)}.xlsx", XLSX)
    tables = {"csv": ("", _classes), "weeks-csv": ("-weeks", _weeks)}
    if kind not in tables:
        return None
    suffix, of_page = tables[kind]
    table = of_page(page, scope)
    content = people_csv([each.name for each in table.columns], table.rows)
    return attachment(content, f"{_name(page)}{suffix}.csv", "text/csv; charset=utf-8")


def _classes(page: PeriodsPage, scope: Scope) -> Table:
    span = [page.starts_on.isoformat(), page.ends_on.isoformat(), _as_of(scope)]
    rows = [[*place, *_counts(marked), note, *span] for place, marked, note in _lines(page)]
    return _table("Classes", _COLUMNS, rows)


def _weeks(page: PeriodsPage, scope: Scope) -> Table:
    return _table("Weeks", _WEEKS, [[*_week(each), _as_of(scope)] for each in page.weeks])


def _table(name: str, columns: list[str], rows: list[list[str]]) -> Table:
    return Table(name, [Column(each, "", _FORMS.get(each, Form.TEXT)) for each in columns], rows)


def _lines(page: PeriodsPage) -> Iterator[tuple[list[str], Marked | None, str]]:
    """The whole, each school, each period, and each period's days of the week."""
    every, place = _("All"), page.school.name if page.school else _("All")
    period = page.asked.period or every
    weekday = dict(page.all_weekdays).get(page.asked.weekday or 0, every)
    left_out = _("without periods and schools under 10 students (RD-63)") if page.left_out else ""
    if page.head:
        yield [place, period, weekday], page.head.marked, left_out
    for school in page.schools:
        yield [school.school.name, period, weekday], school.marked, _note(school)
    for line in page.periods:
        yield [place, line.name, weekday], line.marked, left_out
    for row in page.rows:
        for cell in row.cells:
            if cell:
                yield [place, row.name, cell.name], cell.marked, left_out


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


def _week(line: WeekLine) -> list[str]:
    before = line.week.last_year
    last_year = [str(before.tardy), str(before.marks), before.tardy_rate] if before else [""] * 3
    return [line.week.starts_on.isoformat(), *_counts(line.week.marked), *last_year]


def _as_of(scope: Scope) -> str:
    return scope.now.isoformat(timespec="minutes")


def _name(page: PeriodsPage) -> str:
    place = page.school.state_code if page.school else "district"
    return f"classes-{place}-month-{page.asked.month}" if page.asked.month else f"classes-{place}-{page.year}"
