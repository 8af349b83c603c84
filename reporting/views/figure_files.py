"""What a page of figures shows, as a file for a spreadsheet."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attendance.selectors.day_words import mode_words
from reporting.rules.figure_lines import Mean
from reporting.rules.layouts import Form
from reporting.rules.suppression import ALL
from reporting.selectors.days_by_school import DaysBySchool, SchoolDays
from reporting.selectors.figure_weeks import WeekLine
from reporting.selectors.figures_page import FiguresPage, Shown
from reporting.services.sheets import Table
from reporting.views.table_files import Sheet, as_of, named, table_of, tables_file
from students.access import Scope

_COLUMNS = [
    "Month", "School", "Grade", "Mode", "School days", "Days present", "Days enrolled", "Days undetermined", "ADA",
    "ADM", "ADA / ADM", "Points since the month before", "Chronically absent", "Enrolled 10 days or more",
    "Chronic absence", "Mean ADA of months 2 and 3", "Mean ADM of months 2 and 3", "Mean ADA / ADM of months 2 and 3",
    "Standing", "As of",
]  # fmt: skip


_WEEKS = [
    "Week of", "Days present", "Days enrolled", "Days undetermined", "School days", "ADA", "ADM", "ADA / ADM",
    "Points since the week before", "Last year’s days present", "Last year’s days enrolled", "Last year’s ADA / ADM",
    "As of",
]  # fmt: skip
_WEEKDAYS = ["Day of the week", "Days absent", "Days decided", "Share absent", "As of"]
_DAYS = [
    "School",
    "Days present",
    "Days absent",
    "Days undetermined",
    "Days decided",
    "Share absent",
    "From",
    "To",
    "As of",
]
_FORMS = dict.fromkeys(("ADA", "ADM", "Mean ADA of months 2 and 3", "Mean ADM of months 2 and 3"), Form.TWO_DECIMALS)
_FORMS |= dict.fromkeys(("Week of", "From", "To"), Form.DATE) | dict.fromkeys(
    (
        "Month", "School days", "Days present", "Days enrolled", "Days undetermined", "Chronically absent",
        "Enrolled 10 days or more", "Last year’s days present", "Last year’s days enrolled", "Days absent",
        "Days decided",
    ),
    Form.COUNT,
)  # fmt: skip


def figures_file(page: FiguresPage, scope: Scope, kind: str) -> HttpResponse | None:
    """The page as it is seen, as a file of a kind: csv, weeks-csv, weekdays-csv or xlsx; None for any other.

    Small groups are left out where the page leaves them out.
    """
    sheets = [
        Sheet(lambda: _figures(page, scope), "csv"),
        Sheet(lambda: _weeks(page, scope), "weeks-csv"),
        Sheet(lambda: _weekdays(page, scope), "weekdays-csv"),
    ]
    return tables_file(scope, named(_name(page), leaves_out=page.asked.leaves_out), kind, sheets)


def days_by_school_file(page: DaysBySchool, scope: Scope, kind: str) -> HttpResponse | None:
    """The days of schools as they are seen, as csv or xlsx; None for any other."""
    rows = [_days_row(page, line, scope) for line in page.lines]
    return tables_file(scope, "days-by-school", kind, [Sheet(lambda: table_of("Days", _DAYS, _FORMS, rows), "csv")])


def _days_row(page: DaysBySchool, line: SchoolDays, scope: Scope) -> list[str]:
    tally, month = line.tally, page.month
    counts = [tally.present, tally.absent, tally.undetermined, line.determined]
    dates = [month.starts_on.isoformat(), month.ends_on.isoformat()]
    return [line.school.name if line.school else "", *map(str, counts), line.rate, *dates, as_of(scope)]


def _figures(page: FiguresPage, scope: Scope) -> Table:
    return table_of("Figures", _COLUMNS, _FORMS, [[*_row(page, shown), as_of(scope)] for shown in _lines(page)])


def _weeks(page: FiguresPage, scope: Scope) -> Table:
    return table_of("Weeks", _WEEKS, _FORMS, [[*_week_row(line), as_of(scope)] for line in page.weeks.lines])


def _weekdays(page: FiguresPage, scope: Scope) -> Table:
    rows = [
        [line.name, str(line.absent), str(line.determined), line.rate, as_of(scope)] for line in page.weeks.weekdays
    ]
    return table_of("Days of the week", _WEEKDAYS, _FORMS, rows)


def _name(page: FiguresPage) -> str:
    place = page.school.state_code if page.school else "district"
    return f"figures-{place}-month-{page.month}"


def _week_row(line: WeekLine) -> list[str]:
    amount, before = line.week.amount, line.week.last_year
    return [
        line.week.starts_on.isoformat(),
        str(amount.tally.present) if amount else "",
        str(amount.tally.enrolled) if amount else "",
        str(amount.tally.undetermined) if amount else "",
        str(amount.session_days or "") if amount else "",
        amount.printed_ada if amount else "",
        amount.printed_adm if amount else "",
        amount.rate if amount else "",
        line.week.trend,
        str(before.tally.present) if before else "",
        str(before.tally.enrolled) if before else "",
        before.rate if before else "",
    ]


def _lines(page: FiguresPage) -> Iterator[Shown]:
    yield from page.by_month
    yield from page.within


def _row(page: FiguresPage, shown: Shown) -> list[str]:
    cell, amount, chronic = shown.line.cell, shown.line.amount, shown.line.chronic
    school = page.school.name if page.school else (shown.name if shown.kind == "school" else _("All"))
    mode = mode_words(cell.mode) if cell.mode not in (ALL, "") else cell.mode
    place = [str(shown.line.month), school, _every(cell.grade), _every(mode)]
    if amount is None:
        return [
            *place,
            *[""] * (len(_COLUMNS) - len(place) - 2),
            _("left out: under 10 students, or would tell of such a group (RD-63)"),
        ]
    return [
        *place,
        str(amount.session_days or ""),
        str(amount.tally.present),
        str(amount.tally.enrolled),
        str(amount.tally.undetermined),
        amount.printed_ada,
        amount.printed_adm,
        amount.rate,
        shown.line.trend,
        str(chronic.chronic) if chronic else "",
        str(chronic.students) if chronic else "",
        chronic.rate if chronic else "",
        *_mean(page.mean if shown.kind == "month" else shown.mean),
        standing(shown),
    ]


def _mean(mean: Mean | None) -> list[str]:
    """Of the year, so the same in each month of a place; nothing until both months have days, or where it would tell.

    As on the page, schools and the whole have one.
    """
    return [mean.printed_ada, mean.printed_adm, mean.rate] if mean and mean.is_data else [""] * 3


def _every(value: str) -> str:
    return _("All") if value == ALL else value


def standing(shown: Shown) -> str:
    """Where a line stands, in words."""
    if shown.moved and shown.certified:
        return _("certified; the ledger has moved since")
    if shown.is_certified:
        return _("certified")
    return _("provisional")
