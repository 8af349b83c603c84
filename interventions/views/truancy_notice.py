"""One notice of truancy: its absences, its deadline, and what the officer was told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from interventions.selectors.truancy import one_notice
from interventions.selectors.truancy_history import report_history
from interventions.services.officer_reports import correct_report
from interventions.views.truancy_forms import ReportForm
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def truancy_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The notice; a POST puts right when the officer was told of it, or that nobody told."""
    scope = request_scope(request)
    line = one_notice(scope, notice_id)
    refusal = _refused(request, scope, notice_id) if request.method == "POST" else ""
    if request.method == "POST" and not refusal:
        messages.success(request, _("The report is put right. What stood before is kept below."))
        return redirect("truancy_notice", notice_id)
    history = report_history(scope, notice_id)
    context = {"line": line, "history": history, "refusal": refusal, "typed": request.POST, "today": scope.today}
    return render(request, "interventions/truancy_notice.html", context, status=422 if refusal else 200)


def _refused(request: HttpRequest, scope: Scope, notice_id: int) -> str:
    """Put the report right; why not, where it is refused."""
    form = ReportForm(request.POST)
    if "was_not" not in request.POST and not form.is_valid():
        return _("Say on which day the officer was told.")
    facts = {"reported_on": None} if "was_not" in request.POST else form.cleaned_data
    try:
        correct_report(scope, notice_id, **facts)
    except Forbidden:
        raise
    except Refused as refused:
        return str(refused)
    return ""
