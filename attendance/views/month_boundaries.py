"""Where the district's reporting months begin."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.calendar_year import SchoolCalendars
from attendance.selectors.school_years import months_seen
from attendance.services.month_boundaries import set_reporting_months
from attendance.views.calendar_forms import MonthsForm
from attendance.views.calendars import asked_number, calendars_of
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def reporting_months(request: HttpRequest) -> HttpResponse:
    """The months of a school year; a POST sets where they begin."""
    scope = request_scope(request)
    found = calendars_of(scope, request, asked_number(request, "year"))
    if not scope.district_wide:
        raise Forbidden(_("Reporting months are the district’s: only a district administrator sets them."))
    starts = {each.month: each.starts_on for each in found.ranges}
    seen = months_seen(scope, found.year)
    if request.method != "POST":
        return _shown(request, found, MonthsForm(starts, seen))
    form = MonthsForm(starts, seen, request.POST)
    status = _set(scope, found, form) if form.is_valid() else 422
    if status:
        return _shown(request, found, form, status)
    messages.success(request, _("The reporting months begin on the days you gave."))
    return redirect("calendars")


def _set(scope: Scope, found: SchoolCalendars, form: MonthsForm) -> int:
    """The status of a refusal, which becomes an error of the form; 0 where the months were set."""
    terms = {name: form.cleaned_data[name] for name in ("submission_id", "reason", "seen")}
    try:
        set_reporting_months(scope, found.year, form.starts(), **terms)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return 409 if isinstance(refused, Stale) else 422
    return 0


def _shown(request: HttpRequest, found: SchoolCalendars, form: MonthsForm, status: int = 200) -> HttpResponse:
    return render(request, "attendance/reporting_months.html", {"calendars": found, "form": form}, status=status)
