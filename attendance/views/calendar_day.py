"""A day of the calendars: what it is and was, and the form that changes it with a preview."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attendance.selectors.calendar_day import CalendarDayPage, calendar_day
from attendance.services.calendar_edits import Effects, edit_days, preview_edit
from attendance.views.calendar_forms import DayForm
from attendance.views.calendar_preview import PreviewPage
from attendance.views.calendars import asked_number
from students.access import Scope
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def edit_calendar_day(request: HttpRequest, day: date) -> HttpResponse:
    """The day; a POST shows what a change would do, or does it where it says `save`."""
    scope = request_scope(request)
    page = _page(scope, request, day)
    if request.method != "POST":
        return _shown(request, page, DayForm(page))
    if not scope.district_wide:
        raise Forbidden(_("Calendars are the district’s: only a district administrator changes them."))
    form = DayForm(page, request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    if "save" in request.POST:
        return _saved(request, scope, page, form)
    return _previewed(request, scope, page, form)


def _page(scope: Scope, request: HttpRequest, day: date) -> CalendarDayPage:
    try:
        return calendar_day(scope, asked_number(request, "school"), day)
    except Refused as refused:
        raise NotInScope from refused


def _previewed(request: HttpRequest, scope: Scope, page: CalendarDayPage, form: DayForm) -> HttpResponse:
    effects = _effects(scope, form)
    return _shown(request, page, form, effects, status=200 if effects else 422)


def _effects(scope: Scope, form: DayForm) -> Effects | None:
    try:
        return preview_edit(scope, form.edit())
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _saved(request: HttpRequest, scope: Scope, page: CalendarDayPage, form: DayForm) -> HttpResponse:
    given = form.cleaned_data
    terms = {name: given[name] for name in ("submission_id", "reason", "agreed", "leave_out_taken")}
    try:
        done = edit_days(scope, form.edit(), **terms)
    except Forbidden:
        raise
    except Refused as refused:
        effects = _effects(scope, form)
        form.add_error(None, str(refused))
        return _shown(request, page, form, effects, status=409 if isinstance(refused, Stale) else 422)
    said = ngettext("%(n)s day of the calendar is changed.", "%(n)s days of the calendar are changed.", done.days)
    messages.success(request, said % {"n": done.days} + " " + _("What hangs on them was judged anew."))
    school = page.calendars.school
    query = f"?{urlencode({'school': school.pk})}" if school else ""
    return redirect(reverse("calendar_month", args=[given["first_day"]]) + query)


def _shown(
    request: HttpRequest, page: CalendarDayPage, form: DayForm, effects: Effects | None = None, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "preview": PreviewPage(effects) if effects else None}
    # A fragment is swapped in whatever its status; htmx leaves refused answers out.
    if getattr(request, "htmx", False):
        return render(request, "attendance/calendar_preview.html", context)
    return render(request, "attendance/calendar_day.html", context, status=status)
