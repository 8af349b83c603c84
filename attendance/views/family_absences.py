"""A family tells the school of its child's absence, sends the paper, and sees what became of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from attendance.selectors.absence_reports import reports_page
from attendance.selectors.family_words import reasons_asked
from attendance.services.absence_reports import report_absence, withdraw_report
from attendance.services.family_papers import add_family_documents, open_own_document
from attendance.views.dates import asked_day
from attendance.views.document_fields import add_stop, takes_documents
from attendance.views.documents import sent_document
from attendance.views.family_forms import AbsenceForm, FamilyDocumentForm
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.acting import done
from students.views.scoped import request_scope


@takes_documents
@require_http_methods(["GET", "HEAD", "POST"])
def family_absences(request: HttpRequest, student_id: int) -> HttpResponse:
    """A child's reports, and the form of a new one, for today or the day of `?on=`."""
    scope = request_scope(request)
    if request.method != "POST":
        return _shown(request, scope, student_id, AbsenceForm.of_day(asked_day(request, scope.today)))
    form = AbsenceForm(request.POST, request.FILES)
    add_stop(form, request)
    if not done(form, lambda: _report(scope, student_id, form)):
        return _shown(request, scope, student_id, form, status=422)
    messages.success(request, _("Thank you. The school knows, and so do your child’s teachers."))
    return redirect("family_absences", student_id)


@takes_documents
@require_http_methods(["GET", "HEAD", "POST"])
def family_add_document(request: HttpRequest, student_id: int, report_id: int) -> HttpResponse:
    """Send a document for a report that was sent before."""
    if request.method != "POST":
        return redirect("family_absences", student_id)
    scope = request_scope(request)
    form = FamilyDocumentForm(request.POST, request.FILES, auto_id=f"report-{report_id}-%s")
    add_stop(form, request)
    if not done(form, lambda: _add(scope, student_id, report_id, form)):
        return _shown(request, scope, student_id, AbsenceForm.of_day(scope.today), {report_id: form}, status=422)
    messages.success(request, _("Thank you. The school has your document and will look at it."))
    return redirect("family_absences", student_id)


@require_http_methods(["GET", "HEAD", "POST"])
def family_take_back(request: HttpRequest, student_id: int, report_id: int) -> HttpResponse:
    """Take a report back."""
    if request.method != "POST":
        return redirect("family_absences", student_id)
    try:
        withdraw_report(request_scope(request), student_id, report_id)
        messages.success(request, _("Your report is taken back. The school no longer expects your child to be absent."))
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("family_absences", student_id)


@require_GET
def family_document(request: HttpRequest, student_id: int, document_id: int) -> HttpResponseBase:
    """A document that this family sent, to be saved."""
    scope = request_scope(request)
    missing = "family/document_missing.html"
    return sent_document(request, lambda: open_own_document(scope, student_id, document_id), missing)


def _report(scope: Scope, student_id: int, form: AbsenceForm) -> None:
    given = form.cleaned_data
    report_absence(scope, student_id, form.absence, submission_id=given["submission_id"], uploads=given["documents"])


def _add(scope: Scope, student_id: int, report_id: int, form: FamilyDocumentForm) -> None:
    given = form.cleaned_data
    add_family_documents(
        scope,
        student_id,
        report_id,
        submission_id=given["submission_id"],
        kind=given["document_kind"],
        uploads=given["documents"],
    )


def _shown(
    request: HttpRequest,
    scope: Scope,
    student_id: int,
    form: AbsenceForm,
    documenting: dict[int, FamilyDocumentForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = reports_page(scope, student_id)
    context: dict[str, Any] = {
        "page": page,
        "child": page.child,
        "form": form,
        "reasons": reasons_asked(page.policy),
        "lines": [(line, (documenting or {}).get(line.id) or FamilyDocumentForm.empty(line.id)) for line in page.lines],
    }
    return render(request, "family/absences.html", context, status=status)
