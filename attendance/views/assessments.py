"""State assessments: the list, the form that enters one, and its attendance (MS-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from attendance.models import AssessmentSeat
from attendance.selectors.assessments import AssessmentPage, AssessmentsPage, assessment_page, assessments_page
from attendance.selectors.bulk_students import students_named
from attendance.selectors.office_days import OFFICE_ALONE
from attendance.services.assessment_lists import add_seats, withdraw_seats
from attendance.services.assessments import Sitting, list_assessment, take_assessment, withdraw_assessment
from attendance.views.calendars import asked_number
from attendance.views.looking import date_field
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

if TYPE_CHECKING:
    from collections.abc import Collection

_boxes = forms.CheckboxSelectMultiple


class AssessmentForm(forms.Form):
    """An assessment of a school, with those listed for it."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    school = forms.TypedChoiceField(label=gettext_lazy("School"), coerce=int)
    name = forms.CharField(label=gettext_lazy("Assessment"), max_length=100)
    date = date_field(gettext_lazy("Day"))
    starts_at = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends_at = forms.TimeField(label=gettext_lazy("Until"), widget=forms.TimeInput(attrs={"type": "time"}))
    grades = forms.MultipleChoiceField(label=gettext_lazy("Grades"), required=False, widget=_boxes)
    courses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Everybody in these courses"), required=False, coerce=int, widget=_boxes
    )
    state_ids = forms.CharField(
        label=gettext_lazy("Students by state id"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, or with spaces between."),
    )
    may_be_remote = forms.BooleanField(
        label=gettext_lazy("Kindergarten Readiness: may be taken from home"), required=False
    )

    def __init__(self, page: AssessmentsPage, data: Any = None) -> None:
        """The form of the offices that somebody keeps."""
        super().__init__(data, initial={"submission_id": uuid4()}, label_suffix="")
        self.fields["school"].choices = [(each.pk, each.name) for each in page.offices]  # type: ignore[attr-defined]
        self.fields["grades"].choices = [(each, each) for each in page.grades]  # type: ignore[attr-defined]
        self.fields["courses"].choices = [(each.pk, each.title) for each in page.courses]  # type: ignore[attr-defined]

    def sitting(self, student_ids: tuple[int, ...]) -> Sitting:
        """What the sent form asks for."""
        given = self.cleaned_data
        return Sitting(
            given["name"],
            given["date"],
            given["starts_at"],
            given["ends_at"],
            student_ids=student_ids,
            grades=tuple(given["grades"]),
            course_ids=tuple(given["courses"]),
            may_be_remote=given["may_be_remote"],
        )


class WithdrawalForm(forms.Form):
    """Why an assessment is withdrawn."""

    reason = forms.CharField(label=gettext_lazy("Why it is withdrawn"), max_length=300)


class SeatsForm(forms.Form):
    """More students for an assessment's list."""

    state_ids = forms.CharField(
        label=gettext_lazy("Students by state id"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line, or with spaces between."),
    )
    grades = forms.MultipleChoiceField(label=gettext_lazy("Everybody in these grades"), required=False, widget=_boxes)

    def __init__(self, page: AssessmentPage, data: Any = None) -> None:
        """The form of one assessment's school."""
        super().__init__(data, label_suffix="")
        self.fields["grades"].choices = [(each, each) for each in page.grades]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def assessments(request: HttpRequest) -> HttpResponse:
    """The list; a POST enters an assessment."""
    scope = request_scope(request)
    page = assessments_page(scope, asked_number(request, "school"), asked_number(request, "page") or 1)
    if request.method != "POST":
        return _listed(request, page, AssessmentForm(page))
    if not page.offices:
        raise Forbidden(OFFICE_ALONE)
    form = AssessmentForm(page, request.POST)
    if not form.is_valid():
        return _listed(request, page, form, 422)
    given = form.cleaned_data
    try:
        listed = students_named(scope, given["state_ids"])
        done = list_assessment(
            scope, given["school"], form.sitting(tuple(listed)), submission_id=given["submission_id"]
        )
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _listed(request, page, form, 422)
    messages.success(request, _("The assessment is entered, and those listed have its minutes in their day."))
    return redirect("assessment", done.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment(request: HttpRequest, assessment_id: int) -> HttpResponse:
    """One assessment; a POST takes its attendance, changes its list, or withdraws it, as it says."""
    scope = request_scope(request)
    page = assessment_page(scope, assessment_id)
    if request.method != "POST":
        return _shown(request, page)
    if not page.may_keep:
        raise Forbidden(_("Only the office of the school takes its assessments, until they are withdrawn."))
    try:
        messages.success(request, _act(request, scope, page))
    except Forbidden:
        raise
    except Refused as refused:
        return _shown(request, page, str(refused), 422)
    return redirect("assessment", assessment_id)


def _act(request: HttpRequest, scope: Scope, page: AssessmentPage) -> str:
    """Do what the form asks for; says what was done."""
    sat, reason = page.assessment.pk, request.POST.get("reason", "")
    if "withdraw" in request.POST:
        withdraw_assessment(scope, sat, reason=reason)
        return _("The assessment is withdrawn. Its days were judged anew.")
    if "add" in request.POST:
        return _added(len(_add(request, scope, page)))
    if "take_off" in request.POST:
        ids = [int(each) for each in request.POST.getlist("off") if each.isascii() and each.isdigit()]
        return _taken_off(len(withdraw_seats(scope, sat, ids, reason=reason)))
    take_assessment(scope, sat, _minutes(request, page))
    return _("The attendance is saved. Its days were judged anew.")


def _add(request: HttpRequest, scope: Scope, page: AssessmentPage) -> Collection[int]:
    form = SeatsForm(page, request.POST)
    if not form.is_valid():
        raise Refused(_("Choose grades of this school, or students by their state ids."))
    named = students_named(scope, form.cleaned_data["state_ids"])
    return add_seats(scope, page.assessment.pk, student_ids=tuple(named), grades=form.cleaned_data["grades"])


def _added(n: int) -> str:
    if not n:
        return _("Everybody chosen was listed already.")
    return ngettext("%(n)s student is listed too.", "%(n)s students are listed too.", n) % {"n": n}


def _taken_off(n: int) -> str:
    said = ngettext("%(n)s student is off the list.", "%(n)s students are off the list.", n) % {"n": n}
    return _("%(said)s Their day was judged anew.") % {"said": said}


def _minutes(request: HttpRequest, page: AssessmentPage) -> dict[int, int]:
    """The minutes typed; a field left empty is who sat all of it, once somebody says that all were there."""
    rest = page.minutes if "all_present" in request.POST else None
    found = {}
    for seat in page.seats:
        typed = request.POST.get(f"minutes-{seat.student_id}", "").strip()
        if not typed and rest is None:
            raise Refused(_("%(name)s has no minutes yet.") % {"name": seat.student.listed_name})
        if typed and not (typed.isascii() and typed.isdigit() and len(typed) < 5):
            raise Refused(_("“%(typed)s” is no number of minutes.") % {"typed": typed[:20]})
        found[seat.student_id] = int(typed) if typed else rest or 0
    return found


def _listed(request: HttpRequest, page: AssessmentsPage, form: AssessmentForm, status: int = 200) -> HttpResponse:
    return render(request, "attendance/assessments.html", {"page": page, "form": form}, status=status)


def _shown(request: HttpRequest, page: AssessmentPage, refusal: str = "", status: int = 200) -> HttpResponse:
    typed = [(seat, request.POST.get(f"minutes-{seat.student_id}", _entered(seat))) for seat in page.seats]
    added = SeatsForm(page, request.POST if "add" in request.POST else None)
    context = {"page": page, "seats": typed, "refusal": refusal, "withdrawal": WithdrawalForm(), "added": added}
    return render(request, "attendance/assessment.html", context, status=status)


def _entered(seat: AssessmentSeat) -> str:
    return "" if seat.minutes_attended is None else str(seat.minutes_attended)
