"""LMS activity files: the door for a new one, their list, how far the reading of one is, and what was wrong with it."""

from typing import BinaryIO, cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attendance.models import LmsRun
from attendance.selectors.lms_files import latest_lms_file, lms_file, lms_files
from attendance.services.lms_files import KEPT_FAULTS, READ_TASK, receive_lms_file
from attendance.views.lms_form import LmsUploadForm, initial
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.services.dispatch import hand_to_a_worker
from students.views.district import district_scope
from students.views.uploads import takes_uploads, was_too_large

FAULTS_A_PAGE = 50


@takes_uploads("LMS_UPLOAD_LIMIT_BYTES", most_files=1)
@require_http_methods(["GET", "HEAD", "POST"])
def lms(request: HttpRequest) -> HttpResponse:
    """The uploads; a POST takes a file in and leads to its page."""
    scope = district_scope(request)
    if request.method != "POST":
        return _listed(request, scope, LmsUploadForm(zone=scope.zone, initial=initial(latest_lms_file(scope))))
    form = LmsUploadForm(request.POST, request.FILES, zone=scope.zone)
    if was_too_large(request):
        form.errors["archive"] = form.error_class([_("The file is larger than 50 MB.")])
    run = _received(scope, form) if form.is_valid() else None
    if run is None:
        return _listed(request, scope, form, status=422)
    if run.is_worked_on:
        hand_to_a_worker(READ_TASK, run.pk)
    return redirect("lms_file", run.pk)


def _received(scope: Scope, form: LmsUploadForm) -> LmsRun | None:
    sent = form.cleaned_data["archive"]
    try:
        return receive_lms_file(
            scope,
            cast(BinaryIO, sent),
            file_name=sent.name,
            mapping=form.mapping(),
            submission_id=form.sent_id,
        )
    except Forbidden:
        raise
    except Refused as refusal:
        form.add_error("archive", str(refusal))
        return None


def _listed(request: HttpRequest, scope: Scope, form: LmsUploadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "page": lms_files(scope, request.GET.get("page", "1"))}
    return render(request, "attendance/lms.html", context, status=status)


@require_safe
def lms_run(request: HttpRequest, run_id: int) -> HttpResponse:
    """One file: how far it is, or what became of it."""
    run = lms_file(district_scope(request), run_id)
    faults = Paginator(run.faults, FAULTS_A_PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "attendance/lms_file.html", {"run": run, "faults": faults, "kept_faults": KEPT_FAULTS})
