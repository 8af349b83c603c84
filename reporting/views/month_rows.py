"""The first rows of a month's file, with the meaning of its columns."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from reporting.selectors.months import run_in_scope
from reporting.selectors.package_files import preview
from reporting.views.readers import months_scope
from reporting.views.source_words import columns_in_words
from students.refusals import Forbidden, Refused


@require_safe
def month_rows(request: HttpRequest, run_id: int, record_set: str) -> HttpResponse:
    """The first rows of one file of a package, and what each column means."""
    scope = months_scope(request)
    try:
        shown = preview(scope, run_id, record_set)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
        run = run_in_scope(scope, run_id)
        return redirect("month", school_id=run.school_id, month=run.month)
    columns = columns_in_words(shown.record_set)
    rows = [[(each.is_number, cell) for each, cell in zip(columns, row, strict=True)] for row in shown.rows]
    return render(
        request, "reporting/month_rows.html", {"shown": shown, "run": shown.run, "columns": columns, "rows": rows}
    )
