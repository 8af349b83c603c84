"""Colleges of dual-credit students: their classes, and their days off, one by one or by a CSV file (RD-27)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from attendance.rules.college_days import BadCollegeFile, read_college_days
from attendance.selectors.colleges import CollegePage, college_page, colleges_page
from attendance.services.colleges import DISTRICT_ALONE, add_college, set_college_sections, set_days_off
from attendance.services.day_changes import Touched
from attendance.views.looking import date_field
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

# A calendar of a few years; more is another file.
LARGEST_FILE = 100_000


class CollegeForm(forms.Form):
    """The name of a college."""

    name = forms.CharField(label=gettext_lazy("College"), max_length=200)


class DayOffForm(forms.Form):
    """One day off."""

    date = date_field(gettext_lazy("Day without classes"))
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=100)


class CalendarFileForm(forms.Form):
    """All days off, by a file."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy("The columns date (2020-11-25) and name. It takes the place of the days below."),
    )


class SectionsForm(forms.Form):
    """The classes that the college teaches."""

    sections = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Classes taught by the college"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, page: CollegePage, data: Any = None) -> None:
        """The form of a college's page."""
        super().__init__(
            data, initial={"sections": [each.pk for each, taught in page.sections if taught]}, label_suffix=""
        )
        choices = [(each.pk, f"{each.school.name}: {each.title}") for each, _taught in page.sections]
        self.fields["sections"].choices = choices  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def colleges(request: HttpRequest) -> HttpResponse:
    """The colleges; a POST enters one."""
    scope = request_scope(request)
    found = colleges_page(scope)
    form = CollegeForm(request.POST or None, label_suffix="")
    if request.method == "POST":
        if not scope.district_wide:
            raise Forbidden(DISTRICT_ALONE)
        if form.is_valid():
            return redirect("college", add_college(scope, form.cleaned_data["name"]).pk)
    status = 422 if form.is_bound else 200
    return render(request, "attendance/colleges.html", {"colleges": found, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def college(request: HttpRequest, college_id: int) -> HttpResponse:
    """A college; a POST says which classes it teaches, adds or takes away a day off, or reads all from a file."""
    scope = request_scope(request)
    page = college_page(scope, college_id)
    if request.method != "POST":
        return _shown(request, page)
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    try:
        touched = _done(request, page)
    except Forbidden:
        raise
    except (Refused, BadCollegeFile) as refused:
        return _shown(request, page, str(refused), 422)
    turned = len(touched.turned)
    said = ngettext("Saved; the verdict of %(n)s day changed.", "Saved; the verdicts of %(n)s days changed.", turned)
    messages.success(request, said % {"n": turned})
    return redirect("college", college_id)


def _done(request: HttpRequest, page: CollegePage) -> Touched:
    scope, pk = request_scope(request), page.college.pk
    days = {each.date: each.name for each in page.days}
    if "classes" in request.POST:
        form = SectionsForm(page, request.POST)
        _check(form)
        return set_college_sections(scope, pk, form.cleaned_data["sections"])
    if "file" in request.FILES:
        return set_days_off(scope, pk, _file(request))
    if "remove" in request.POST:
        days.pop(_day(request.POST["remove"]), None)
        return set_days_off(scope, pk, days)
    one = DayOffForm(request.POST)
    _check(one)
    return set_days_off(scope, pk, {**days, one.cleaned_data["date"]: one.cleaned_data["name"]})


def _check(form: forms.Form) -> None:
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError as wrong:
        raise Refused(_("This is no date.")) from wrong


def _file(request: HttpRequest) -> dict[date, str]:
    sent = request.FILES["file"]
    if not isinstance(sent, UploadedFile) or not sent.size or sent.size > LARGEST_FILE:
        raise Refused(_("A college’s calendar is a small CSV file; this one is empty or too large."))
    try:
        return read_college_days(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise Refused(_("The file is no text in UTF-8.")) from wrong


def _shown(request: HttpRequest, page: CollegePage, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "refusal": refusal,
        "classes": SectionsForm(page),
        "day": DayOffForm(label_suffix=""),
        "file": CalendarFileForm(label_suffix=""),
    }
    return render(request, "attendance/college.html", context, status=status)
