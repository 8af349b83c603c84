"""The list of absences to be called about, and what came of each call."""

from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.models import CallOutcome
from attendance.selectors.calls_page import CallsPage, calls_page
from attendance.services.calls import record_call
from attendance.views.dates import asked_day
from attendance.views.school import asked_id
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


class CallForm(forms.Form):
    """One call: about whom, to whom, and what came of it."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    student = forms.IntegerField(min_value=1)
    guardian = forms.IntegerField(min_value=1, required=False)
    outcome = forms.ChoiceField(choices=CallOutcome.choices)
    note = forms.CharField(required=False, max_length=300)


@require_http_methods(["GET", "HEAD", "POST"])
def office_calls(request: HttpRequest) -> HttpResponse:
    """The list of `?school=` and `?on=`, the `?show=uncalled` alone; a POST keeps a call."""
    scope = request_scope(request)
    page = calls_page(
        scope,
        asked_id(request, "school"),
        asked_day(request, scope.today),
        show=request.GET.get("show", ""),
        page=request.GET.get("page", "1"),
    )
    if request.method != "POST":
        return _shown(request, page)
    form = CallForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, refusal=_("Say what came of the call."), status=422)
    return _kept(request, scope, page, form)


def _kept(request: HttpRequest, scope: Scope, page: CallsPage, form: CallForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        call = record_call(
            scope,
            page.school.pk,
            given["student"],
            submission_id=given["submission_id"],
            day=page.day,
            outcome=given["outcome"],
            guardian_id=given["guardian"],
            note=given["note"],
        )
    except Forbidden:
        raise
    except Refused as refused:
        return _shown(request, page, refusal=str(refused), status=422)
    messages.success(request, _("Kept: %(outcome)s.") % {"outcome": call.get_outcome_display().lower()})
    asked = {"school": page.school.pk, "on": page.day.isoformat(), "show": page.show, "page": page.page.number}
    return redirect(f"{reverse('office_calls')}?{urlencode({key: each for key, each in asked.items() if each})}")


def _shown(request: HttpRequest, page: CallsPage, *, refusal: str = "", status: int = 200) -> HttpResponse:
    query = urlencode({"school": page.school.pk, "on": page.day.isoformat()})
    lines = [(each, uuid4()) for each in page.lines]
    context = {"page": page, "lines": lines, "query": query, "refusal": refusal}
    return render(request, "attendance/office_calls.html", context, status=status)
