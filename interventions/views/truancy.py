"""What the School Attendance Officer is told of: notices, suspensions, children not enrolled; and that it was told."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from interventions.selectors.suspensions import suspension_list
from interventions.selectors.truancy import STATES, notice_list
from interventions.selectors.truancy_words import EVERY, OVERDUE, TO_TELL, TOLD, WITHDRAWN
from interventions.selectors.unenrolled import unenrolled_list
from interventions.services.officer_reports import Told, report_notices, report_suspensions, report_unenrolled
from interventions.views.truancy_forms import FEWER_STATES, ReportForm, asked_notices, asked_others, chosen_ids
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

SHOWN = {
    TO_TELL: gettext_lazy("To be told"),
    OVERDUE: gettext_lazy("Overdue"),
    TOLD: gettext_lazy("Reported"),
    WITHDRAWN: gettext_lazy("Withdrawn"),
    EVERY: gettext_lazy("All of this year"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def truancy(request: HttpRequest) -> HttpResponse:
    """The notices of `?school= threshold= state= page=`; a POST says that those chosen were told of."""
    return _answered(request, report_notices, _notices)


@require_http_methods(["GET", "HEAD", "POST"])
def truancy_suspensions(request: HttpRequest) -> HttpResponse:
    """The suspensions of `?school= state= page=`; a POST says that those chosen were told of."""
    return _answered(request, report_suspensions, _suspensions)


@require_http_methods(["GET", "HEAD", "POST"])
def truancy_unenrolled(request: HttpRequest) -> HttpResponse:
    """The children not enrolled, of `?school= state= page=`; a POST says that those chosen were told of."""
    return _answered(request, report_unenrolled, _unenrolled)


def _notices(request: HttpRequest, refusal: str) -> HttpResponse:
    asked = asked_notices(request)
    found = notice_list(request_scope(request), asked)
    return _shown(request, refusal, "notices", STATES, found=found, asked=asked)


def _suspensions(request: HttpRequest, refusal: str) -> HttpResponse:
    asked = asked_others(request)
    found = suspension_list(request_scope(request), school_id=asked.school_id, state=asked.state, page=asked.page)
    return _shown(request, refusal, "suspensions", FEWER_STATES, found=found, asked=asked)


def _unenrolled(request: HttpRequest, refusal: str) -> HttpResponse:
    asked = asked_others(request)
    found = unenrolled_list(request_scope(request), school_id=asked.school_id, state=asked.state, page=asked.page)
    return _shown(request, refusal, "unenrolled", FEWER_STATES, found=found, asked=asked)


def _shown(request: HttpRequest, refusal: str, kind: str, states: tuple[str, ...], **more: Any) -> HttpResponse:
    context = {
        "kind": kind,
        "states": [(state, SHOWN[state]) for state in states],
        "query": request.GET.urlencode(),
        "refusal": refusal,
        "chosen": chosen_ids(request.POST.getlist("chosen")),
        "typed": request.POST,
        "today": request_scope(request).today,
        "submission_id": uuid4(),
    }
    return render(request, f"interventions/truancy_{kind}.html", context | more, status=422 if refusal else 200)


def _answered(
    request: HttpRequest, report: Callable[..., Told], show: Callable[[HttpRequest, str], HttpResponse]
) -> HttpResponse:
    """The page; after a POST the page again, with what was done or why it was refused."""
    if request.method != "POST":
        return show(request, "")
    form = ReportForm(request.POST)
    if not form.is_valid():
        return show(request, _("Say on which day the officer was told."))
    try:
        done = report(request_scope(request), chosen_ids(request.POST.getlist("chosen")), **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        return show(request, str(refused))
    _say(request, done)
    return redirect(request.get_full_path())


def _say(request: HttpRequest, done: Told) -> None:
    if done.reported:
        said = ngettext("%(n)s is entered as reported.", "%(n)s are entered as reported.", done.reported)
        messages.success(request, said % {"n": done.reported})
    if done.taken_back:
        said = ngettext(
            "Of %(n)s the officer knows that it no longer holds.",
            "Of %(n)s the officer knows that they no longer hold.",
            done.taken_back,
        )
        messages.success(request, said % {"n": done.taken_back})
    if done.before:
        said = ngettext(
            "%(n)s was told before, and stays as it was.", "%(n)s were told before, and stay as they were.", done.before
        )
        messages.info(request, said % {"n": done.before})
