"""One import: its plan, what stands against it, the decision, how far it is, what became of it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from students.access import Scope
from students.models import RosterRun, RunStage
from students.refusals import Forbidden, Refused, Stale
from students.rules.csv_text import people_csv
from students.selectors.roster_runs import run_in_scope
from students.services.dispatch import hand_to_a_worker
from students.services.imports.deciding import approve, cancel
from students.services.imports.work import APPLY_TASK
from students.services.roster_import import STEPS
from students.views.district import district_scope
from students.views.import_wording import plan_rows, progress_of, standing_of

FAULTS_A_PAGE = 50
_COLUMNS = ["Kind", "File", "Line", "Column", "Value", "What", "How often"]


class ReasonForm(forms.Form):
    """Why so much may end."""

    reason = forms.CharField(
        label=gettext_lazy("Why is this right?"),
        help_text=gettext_lazy("It is kept with the import, under your name. Name no student in it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """The page; a POST applies the plan that it shows (`act=apply`), or leaves it (`act=cancel`)."""
    scope = district_scope(request)
    run = run_in_scope(scope, run_id)
    if request.method != "POST":
        return _shown(request, run, ReasonForm())
    form = ReasonForm(request.POST)
    try:
        _decide(request, scope, run, form)
    except Stale as stale:
        messages.error(request, str(stale))
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error("reason", str(refusal))
        return _shown(request, run, form, status=422)
    return redirect("import", run_id)


def _decide(request: HttpRequest, scope: Scope, run: RosterRun, form: ReasonForm) -> None:
    if request.POST.get("act") == "cancel":
        cancel(scope, run.pk)
        return
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
    decided = approve(scope, run.pk, digest=request.POST.get("digest", ""), reason=reason)
    if decided.stage == RunStage.APPROVED:
        hand_to_a_worker(APPLY_TASK, run.pk)


@require_safe
def import_work(request: HttpRequest, run_id: int) -> HttpResponse:
    """The part of the page that changes while a worker is at it; asked for every two seconds until it is not."""
    run = run_in_scope(district_scope(request), run_id)
    if not request.headers.get("HX-Request"):
        return redirect("import", run_id)
    return render(request, "students/import_work.html", _context(request, run, ReasonForm()) | {"polled": True})


@require_safe
def import_findings(request: HttpRequest, run_id: int) -> HttpResponse:
    """The faults and warnings for a spreadsheet; what would be a formula there is made harmless."""
    run = run_in_scope(district_scope(request), run_id)
    rows = [
        ["fault", each["file"], str(each["line"] or ""), each["column"], each["value"], each["message"], "1"]
        for each in run.faults
    ]
    rows += [["warning", each["place"], "", "", "", each["message"], str(each["count"])] for each in run.warnings]
    response = HttpResponse(people_csv(_COLUMNS, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.pk}-findings.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _shown(request: HttpRequest, run: RosterRun, form: ReasonForm, status: int = 200) -> HttpResponse:
    return render(request, "students/import.html", _context(request, run, form), status=status)


def _context(request: HttpRequest, run: RosterRun, form: ReasonForm) -> dict[str, Any]:
    return {
        "run": run,
        "stands": standing_of(run),
        "kinds": plan_rows(run),
        "progress": progress_of(run),
        "steps": len(STEPS),
        "faults": Paginator(run.faults, FAULTS_A_PAGE).get_page(request.GET.get("page", "1")),
        "kept_faults": len(run.faults),
        "form": form,
    }
