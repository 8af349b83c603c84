"""The weeks of own-time classes: what a teacher still owes, what a school is told, and how late entries are."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attendance.rules.entry_window import week_of
from attendance.selectors.school_weekly import (
    AskedSchool,
    SchoolWeek,
    SectionReport,
    school_lists,
    school_weekly,
    section_report,
)
from attendance.selectors.waiting_entries import district_entry, school_entry
from attendance.selectors.weekly import weekly_page
from attendance.services.week_reports import report_week
from attendance.views.dates import asked_day
from attendance.views.school import asked_id
from students.refusals import Forbidden, Refused
from students.rules.csv_text import people_csv
from students.views.scoped import request_scope


@require_safe
def weekly(request: HttpRequest) -> HttpResponse:
    """What a teacher's own classes still ask."""
    return render(request, "attendance/weekly.html", {"page": weekly_page(request_scope(request))})


@require_safe
def school_weekly_missing(request: HttpRequest) -> HttpResponse:
    """Missing interactions and reports of a school; `?school=&teacher=&until=&page=&reports=`."""
    found = school_weekly(request_scope(request), _asked(request))
    context = {"found": found, "monday": week_of(found.until), "teacher": request.GET.get("teacher", "")}
    return render(request, "attendance/school_weekly.html", context)


@require_safe
def school_week(request: HttpRequest, monday: date) -> HttpResponse:
    """Who completed a week's work, class by class; `?school=&page=`."""
    number = request.GET.get("page", "1")
    found = school_lists(request_scope(request), asked_id(request, "school"), monday, number)
    query = f"?school={found.school.pk}"
    links = {
        "back": reverse("school_weekly") + query,
        "before": reverse("school_week", args=[found.week.before]) + query,
        "after": reverse("school_week", args=[found.week.after]) + query,
    }
    return render(request, "attendance/school_week.html", {"found": found, "links": links})


@require_safe
def school_week_csv(request: HttpRequest, monday: date) -> HttpResponse:
    """The same as a file."""
    found = school_lists(request_scope(request), asked_id(request, "school"), monday)
    response = HttpResponse(people_csv(_COLUMNS, _rows(found)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="week-{found.school.code}-{monday.isoformat()}.csv"'
    return response


@require_safe
def entry_window(request: HttpRequest) -> HttpResponse:
    """What waits to be entered in a school, and what was entered late; `?school=&teacher=&page=`."""
    found = school_entry(request_scope(request), _asked(request))
    context = {"found": found, "teacher": request.GET.get("teacher", "")}
    return render(request, "attendance/school_entry.html", context)


@require_safe
def district_entry_window(request: HttpRequest) -> HttpResponse:
    """The same, school by school."""
    return render(request, "attendance/district_entry.html", {"found": district_entry(request_scope(request))})


class _ReportForm(forms.Form):
    submission_id = forms.UUIDField()


@require_http_methods(["GET", "HEAD", "POST"])
def week_report(request: HttpRequest, section_id: int, monday: date) -> HttpResponse:
    """A class's list; a POST tells the school."""
    scope = request_scope(request)
    page = section_report(scope, section_id, monday)
    form = _ReportForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, page)
    try:
        report_week(scope, section_id, monday, submission_id=form.cleaned_data["submission_id"])
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The school is told of this week."))
    return redirect("week_report", section_id, monday)


def _shown(request: HttpRequest, page: SectionReport) -> HttpResponse:
    return render(request, "attendance/week_report.html", {"page": page, "submission_id": uuid4()})


def _asked(request: HttpRequest) -> AskedSchool:
    return AskedSchool(
        school_id=asked_id(request, "school"),
        teacher_id=asked_id(request, "teacher"),
        until=asked_day(request, request_scope(request).today),
        page=request.GET.get("page", "1"),
        reports=request.GET.get("reports", "1"),
    )


_COLUMNS = ("week", "class", "teacher", "student", "state_id", "result", "reported_by", "reported_at")


def _rows(found: SchoolWeek) -> Iterator[list[str]]:
    for each in found.lists:
        told = each.report
        told_by = [told.reported_by.full_name, told.reported_at.isoformat()] if told else ["", ""]
        teacher = each.teacher.full_name if each.teacher else ""
        for line in each.students:
            student = line.student
            named = [each.section.title, teacher, student.listed_name, student.state_id]
            yield [each.monday.isoformat(), *named, line.state, *told_by]
