"""What a class's page shows, as a file for a spreadsheet."""

from collections.abc import Iterable
from itertools import chain

from django.http import HttpResponse
from django.utils.translation import gettext as _

from reporting.rules.class_figures import Count
from reporting.rules.layouts import Form
from reporting.selectors.class_days import DueMeeting
from reporting.selectors.class_figures import ClassDayLine, ClassFigures
from reporting.selectors.class_plots import CountLine
from reporting.selectors.class_students import StudentLine
from reporting.views.table_files import Sheet, as_of, table_of, tables_file
from students.access import Scope

_COUNTS = [
    "Marks", "Marks present", "Marks absent", "Marks tardy", "Marks left early", "Rate present", "Rate tardy",
    "Own-time days present", "Own-time days absent", "Own-time days waiting", "Own-time rate",
]  # fmt: skip
_STUDENTS = [
    "Student", "Mode", *_COUNTS, "Trend in points", "Days absent this year", "Days decided this year",
    "Left the class", "From", "To", "As of",
]  # fmt: skip
_WEEKS = ["Week of", *_COUNTS]
_WEEKDAYS = ["Day of the week", *_COUNTS]
_DAYS = ["Day", *_COUNTS, "Meetings", "Taken", "Taken late"]
_FORMS = {"Week of": Form.DATE, "Day": Form.DATE, "Left the class": Form.DATE, "From": Form.DATE, "To": Form.DATE}
_FORMS |= dict.fromkeys(
    (
        "Marks", "Marks present", "Marks absent", "Marks tardy", "Marks left early", "Own-time days present",
        "Own-time days absent", "Own-time days waiting", "Days absent this year", "Days decided this year", "Meetings",
        "Taken", "Taken late",
    ),
    Form.COUNT,
)  # fmt: skip


def class_file(page: ClassFigures, scope: Scope, kind: str) -> HttpResponse | None:
    """The page as a file of a kind, csv (its students) or xlsx; None for any other."""
    name = f"class-{page.section.pk}-{page.span.from_date}-{page.span.to_date}"
    sheets = [
        Sheet(lambda: table_of(_("Students"), _STUDENTS, _FORMS, _students(page, scope)), "csv"),
        Sheet(lambda: table_of(_("Weeks"), _WEEKS, _FORMS, map(_week, page.plots.weeks))),
        Sheet(lambda: table_of(_("Days of the week"), _WEEKDAYS, _FORMS, map(_weekday, page.plots.weekdays))),
        Sheet(lambda: table_of(_("Days"), _DAYS, _FORMS, map(_day, page.every_day))),
    ]
    return tables_file(scope, name, kind, sheets)


def _students(page: ClassFigures, scope: Scope) -> list[list[str]]:
    span = [page.span.from_date.isoformat(), page.span.to_date.isoformat(), as_of(scope)]
    return [[*_student(each), *span] for each in chain(page.students, page.left)]


def _student(line: StudentLine) -> list[str]:
    return [
        line.name,
        line.mode,
        *_counts(line.course.all),
        line.course.trend,
        str(line.year.absent) if line.year else "",
        str(line.year.determined) if line.year else "",
        line.ends_on.isoformat() if line.has_left and line.ends_on else "",
    ]


def _counts(count: Count) -> list[str]:
    marks = [str(each) for each in (count.marks, count.present, count.absent, count.tardy, count.left_early)]
    own = [str(each) for each in (count.own_present, count.own_absent, count.own_waiting)]
    return [*marks, count.rate, count.tardy_rate, *own, count.own_rate]


def _week(line: CountLine) -> list[str]:
    return [line.starts_on.isoformat() if line.starts_on else "", *_counts(line.count)]


def _weekday(line: CountLine) -> list[str]:
    return [line.name, *_counts(line.count)]


def _day(line: ClassDayLine) -> list[str]:
    return [line.date.isoformat(), *_counts(line.count), *_meetings(line.meetings)]


def _meetings(meetings: Iterable[DueMeeting]) -> list[str]:
    held = list(meetings)
    return [str(len(held)), str(sum(each.is_taken for each in held)), str(sum(each.is_late for each in held))]
