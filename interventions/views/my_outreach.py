"""A worker's own students: whom to call, what was tried, what became of them; and the day's sheet on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interventions.models import ContactKind, ContactResult
from interventions.rules.attempts import RESULTS
from interventions.selectors.my_outreach import MyStudent, my_outreach
from interventions.services.outreach import end_assignment
from interventions.services.outreach_contacts import log_attempt
from interventions.views.outreach import ResultForm
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

_LOCAL = "%Y-%m-%dT%H:%M"


class AttemptForm(forms.Form):
    """One attempt, by default just now."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=gettext_lazy("What you tried, and what came of it"))
    guardian = forms.TypedChoiceField(label=gettext_lazy("With whom"), required=False, coerce=int, empty_value=None)
    at = forms.DateTimeField(
        label=gettext_lazy("When"),
        input_formats=[_LOCAL],
        widget=forms.DateTimeInput(format=_LOCAL, attrs={"type": "datetime-local"}),
    )
    words = forms.CharField(label=gettext_lazy("In a few words"), required=False, max_length=1000)

    def __init__(self, scope: Scope, student: MyStudent, data: Any = None) -> None:
        """The form of one student."""
        now = scope.now.astimezone(ZoneInfo(scope.zone)).replace(tzinfo=None)
        super().__init__(data, initial={"submission_id": uuid4(), "at": now}, label_suffix="")
        self.zone = scope.zone
        people = [("", _("nobody in particular")), *((each.guardian_id, each.name) for each in student.people)]
        self.fields["guardian"].choices = people  # type: ignore[attr-defined]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (ContactKind(kind).label, [(f"{kind} {each}", _what(kind, each)) for each in results])
            for kind, results in RESULTS.items()
        ]

    def clean_at(self) -> datetime:
        """The instant; the browser says the district's local time."""
        return self.cleaned_data["at"].replace(tzinfo=ZoneInfo(self.zone))


def _what(kind: str, result: str) -> str:
    return f"{ContactKind(kind).label}: {ContactResult(result).label.lower()}"


@require_safe
def my_outreach_list(request: HttpRequest) -> HttpResponse:
    """The students in somebody's own hands."""
    return render(request, "interventions/my_outreach.html", {"students": my_outreach(request_scope(request))})


@require_safe
def my_outreach_sheet(request: HttpRequest) -> HttpResponse:
    """The same on paper: whom to call or visit, and room to write."""
    return render(request, "interventions/my_outreach_sheet.html", {"students": my_outreach(request_scope(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def my_outreach_student(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """One of them; a POST keeps an attempt."""
    scope = request_scope(request)
    [student] = my_outreach(scope, assignment_id)
    form = AttemptForm(scope, student, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        kind, _blank, result = given["what"].partition(" ")
        try:
            log_attempt(
                scope,
                assignment_id,
                submission_id=given["submission_id"],
                kind=kind,
                result=result,
                happened_at=given["at"],
                guardian_id=given["guardian"],
                words=given["words"],
            )
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The attempt is kept."))
            return redirect("my_outreach_student", assignment_id)
    context = {"each": student, "form": form, "end": ResultForm(label_suffix="")}
    return render(request, "interventions/my_outreach_student.html", context, status=422 if form.is_bound else 200)


@require_POST
def my_outreach_result(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Say what became of a student, which ends the assignment."""
    form = ResultForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(_("Say what became of the student."))
        end_assignment(request_scope(request), assignment_id, **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("my_outreach_student", assignment_id)
    messages.success(request, _("The result is kept. The student’s record closes to you with this day."))
    return redirect("my_outreach")
