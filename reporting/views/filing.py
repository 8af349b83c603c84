"""Recording what the state said of a month's file."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reporting.selectors.months import run_in_scope
from reporting.services.filings import record_filing
from reporting.views.readers import months_scope
from reporting.views.submissions import submission_id
from students.refusals import Forbidden, Refused


@require_POST
def month_filing(request: HttpRequest, run_id: int, record_set: str) -> HttpResponse:
    """Record one event of one file, and return to the month."""
    scope = months_scope(request)
    run = run_in_scope(scope, run_id)
    said = {name: request.POST.get(name, "") for name in ("event", "note")}
    try:
        record_filing(scope, run_id, record_set, submission_id=submission_id(request), **said)
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("month", school_id=run.school_id, month=run.month)
