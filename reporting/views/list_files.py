"""The lists behind figures as files for a spreadsheet: every page of what the page lists."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from attendance.models import AbsenceKind, DayStatus
from attendance.selectors.day_words import mode_words
from reporting.rules.layouts import Form
from reporting.selectors.figure_days import ChronicPage, DayLine, DaysPage
from reporting.selectors.figure_marks import MarksPage
from reporting.selectors.tier_students import TierStudents
from reporting.views.table_files import as_of, list_file, table_of
from students.access import Scope

_DAYS = ["Day", "Student", "State id", "Status", "Grade", "Mode", "As of"]
_MARKS = ["Day", "Period", "Student", "State id", "Mark", "Arrived", "Left", "As of"]
_CHRONIC = [
    "Student",
    "State id",
    "Days absent",
    "Days determined",
    "Share absent",
    "Grade",
    "Mode",
    "Counted",
    "As of",
]
_TIERS = ["Student", "State id", "Absences now", "Since", "Case", "Grade", "School", "Day", "As of"]
_FORMS = dict.fromkeys(("Day", "Since"), Form.DATE) | dict.fromkeys(
    ("Days absent", "Days determined", "Absences now"), Form.COUNT
)


def days_list(request: HttpRequest, scope: Scope, found: DaysPage, status: str) -> HttpResponseBase | None:
    """The days behind a figure as csv or xlsx; None for any other."""
    span = f"{found.month.starts_on.isoformat()}-{found.month.ends_on.isoformat()}"
    name = "-".join(filter(None, ("days", found.school.state_code, span, status)))
    table = table_of("Days", _DAYS, _FORMS, _days(found, as_of(scope)))
    return list_file(request, scope, name, found.page.paginator.count, table)


def marks_list(request: HttpRequest, scope: Scope, found: MarksPage, status: str) -> HttpResponseBase | None:
    """The marks behind a figure as csv or xlsx; None for any other."""
    span = f"{found.starts_on.isoformat()}-{found.ends_on.isoformat()}"
    name = "-".join(filter(None, ("marks", found.school.state_code, span, status.replace("_", "-"))))
    table = table_of("Marks", _MARKS, _FORMS, _marks(found, as_of(scope)))
    return list_file(request, scope, name, found.page.paginator.count, table)


def chronic_list(request: HttpRequest, scope: Scope, found: ChronicPage) -> HttpResponseBase | None:
    """The chronically absent as csv or xlsx; None for any other."""
    name = f"chronically-absent-{found.school.state_code}-month-{found.month.month}"
    table = table_of("Chronically absent", _CHRONIC, _FORMS, _chronic(found, as_of(scope)))
    return list_file(request, scope, name, found.page.paginator.count, table)


def tier_list(request: HttpRequest, scope: Scope, found: TierStudents) -> HttpResponseBase | None:
    """The students of a tier as csv or xlsx; None for any other."""
    tier = f"tier-{found.tier}" if found.tier else "disengaged"
    name = f"students-{tier}-{found.school.state_code if found.school else 'district'}-{found.on.isoformat()}"
    table = table_of("Students", _TIERS, _FORMS, _of_tier(found, as_of(scope)))
    return list_file(request, scope, name, found.page.paginator.count, table)


def _days(found: DaysPage, instant: str) -> Iterator[list[str]]:
    for each in found.whole:
        mode = mode_words(each.mode) if each.mode else ""
        yield [each.day.isoformat(), each.name, each.state_id, _status(each), each.grade, mode, instant]


def _status(line: DayLine) -> str:
    """As the page calls it."""
    if line.status == DayStatus.PRESENT:
        return _("Present")
    if line.status == DayStatus.UNDETERMINED:
        return _("Undetermined")
    words: dict[str, str] = {AbsenceKind.EXCUSED: _("Excused"), AbsenceKind.SUSPENDED: _("Suspended")}
    return words.get(line.absence_kind, _("Unexcused"))


def _marks(found: MarksPage, instant: str) -> Iterator[list[str]]:
    for each in found.whole:
        times = [at.isoformat("minutes") if at else "" for at in (each.arrived_at, each.left_at)]
        yield [each.day.isoformat(), each.period, each.name, each.state_id, each.words, *times, instant]


def _chronic(found: ChronicPage, instant: str) -> Iterator[list[str]]:
    counted = found.counted_at.isoformat(timespec="minutes") if found.counted_at else ""
    for each in found.whole:
        days = [str(each.absent), str(each.determined), each.rate]
        mode = mode_words(each.mode) if each.mode else ""
        yield [each.name, each.state_id, *days, each.grade, mode, counted, instant]


def _of_tier(found: TierStudents, instant: str) -> Iterator[list[str]]:
    for each in found.whole:
        absences = "" if each.absences is None else str(each.absences)
        since = each.since.isoformat() if each.since else ""
        case = _("open case") if each.case_id else _("none open")
        place = [each.grade, each.school, found.on.isoformat()]
        yield [each.name, each.state_id, absences, since, case, *place, instant]
