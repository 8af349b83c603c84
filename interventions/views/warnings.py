"""Early warnings: who is on course to cross a threshold, and why; as a page and as a file."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interventions.selectors.warnings import Asked, WarnedStudent, warned_students
from interventions.selectors.warnings_page import warnings_page
from interventions.views.asked import asked_id
from students.rules.csv_text import people_csv
from students.views.scoped import request_scope

_COLUMNS = (
    "student", "state_id", "school", "grade", "threshold", "absences", "absences_away", "crossed_by", "warned_since",
    "reasons", "last_absences", "open_case",
)  # fmt: skip


@require_safe
def warnings(request: HttpRequest) -> HttpResponse:
    """The students in scope, narrowed by `?school=&grade=&threshold=&reason=`."""
    asked = _asked(request)
    page = warnings_page(request_scope(request), asked)
    return render(request, "interventions/warnings.html", {"page": page, "asked": asked})


@require_safe
def warnings_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, all pages of it: a row for each threshold."""
    scope = request_scope(request)
    rows = _rows(warned_students(scope, _asked(request)))
    response = HttpResponse(people_csv(_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="early-warnings-{scope.today.isoformat()}.csv"'
    return response


def _asked(request: HttpRequest) -> Asked:
    return Asked(
        school_id=asked_id(request, "school"),
        grade=_word(request, "grade"),
        threshold=_word(request, "threshold"),
        sign=_word(request, "reason"),
        page=request.GET.get("page", "1"),
    )


def _word(request: HttpRequest, name: str) -> str:
    said = request.GET.get(name, "")
    return said if said.isprintable() else ""


def _rows(students: Iterable[WarnedStudent]) -> Iterator[list[str]]:
    for student in students:
        who = [student.name, student.state_id, student.school, student.grade]
        has_case = "yes" if student.case_id else "no"
        for each in student.warnings:
            figures = [each.threshold, str(each.absences), str(each.away), each.by.isoformat(), each.since.isoformat()]
            days = " ".join(day.isoformat() for day in each.last_absences)
            yield [*who, *figures, "; ".join(each.reasons), days, has_case]
