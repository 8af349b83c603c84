"""What leaves the pages as a file."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from reporting.selectors.months import run_in_scope
from reporting.selectors.package_files import OpenedFile, file_to_file
from reporting.selectors.packages import download_of, findings_of
from reporting.services.sheets import sheet_of
from reporting.views.mending import mend_link
from reporting.views.readers import months_scope
from students.access import Scope
from students.refusals import Refused
from students.rules.csv_text import people_csv

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Response = TypeVar("Response", bound=HttpResponseBase)
_Opens = Callable[[Scope, int, str], OpenedFile]
_FINDING_COLUMNS = ["Severity", "Rule", "Date", "Student", "Students", "What", "How it is mended", "Where"]


@require_safe
def month_package(request: HttpRequest, run_id: int) -> HttpResponse:
    """The package of a run, byte for byte as it was made; once it is certified, with what vouches for it."""
    name, content = download_of(months_scope(request), run_id)
    return attachment(content, name, "application/zip")


@require_safe
def month_file(request: HttpRequest, run_id: int, record_set: str) -> HttpResponseBase:
    """One file of a package for the state, once its turn has come."""
    return _sent(request, run_id, record_set, file_to_file, "text/csv; charset=utf-8")


@require_safe
def month_sheet(request: HttpRequest, run_id: int, record_set: str) -> HttpResponseBase:
    """One file of a package as a spreadsheet for people."""
    return _sent(request, run_id, record_set, sheet_of, XLSX)


def _sent(request: HttpRequest, run_id: int, record_set: str, opens: _Opens, kind: str) -> HttpResponseBase:
    """A file as it is opened; where that is refused, the month's page says why."""
    scope = months_scope(request)
    try:
        return _streamed(opens(scope, run_id, record_set), kind)
    except Refused as refusal:
        messages.error(request, str(refusal))
        run = run_in_scope(scope, run_id)
        return redirect("month", school_id=run.school_id, month=run.month)


@require_safe
def month_findings(request: HttpRequest, run_id: int) -> HttpResponse:
    """Every finding of a run for a spreadsheet; what would be a formula there is made harmless."""
    scope = months_scope(request)
    run = run_in_scope(scope, run_id)
    rows = [
        [
            found.get_severity_display(),
            found.rule,
            found.date.isoformat() if found.date else "",
            found.student.listed_name if found.student else "",
            str(found.students or ""),
            found.message,
            found.mend,
            request.build_absolute_uri(link.url) if (link := mend_link(scope, found)) else "",
        ]
        for found in findings_of(scope, run.pk)
    ]
    name = f"findings-{run.school.state_code}-month-{run.month}-run-{run.pk}.csv"
    return attachment(people_csv(_FINDING_COLUMNS, rows), name, "text/csv; charset=utf-8")


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A response that a browser saves as a file and never opens by itself."""
    return saved_as(HttpResponse(content, content_type=kind), name)


def saved_as(response: Response, name: str) -> Response:
    """The same of a response that is made already."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _streamed(opened: OpenedFile, kind: str) -> FileResponse:
    response = FileResponse(opened.stream, as_attachment=True, filename=opened.name, content_type=kind)
    response["Content-Length"] = opened.size
    response["X-Content-Type-Options"] = "nosniff"
    return response
