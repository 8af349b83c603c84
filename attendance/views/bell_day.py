"""Putting bells on one day of a school's calendar: look at what that does, then save it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.bells import SchedulePage, schedule_page
from attendance.services.calendar_edits import Effects, edit_days, preview_edit
from attendance.services.calendar_rows import DaysEdit
from attendance.views.bell_forms import DayForm
from attendance.views.bells import done
from attendance.views.calendar_preview import PreviewPage
from attendance.views.verdict_changes import in_words
from students.access import Scope
from students.views.scoped import request_scope


@dataclass
class Filled:
    """What is being filled in, and what it would do once that was looked at."""

    form: DayForm
    effects: Effects | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def ring_on_day(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """The form; a POST shows what ringing by these bells does to the day, or saves what was looked at."""
    scope = request_scope(request)
    page = schedule_page(scope, schedule_id)
    if request.method != "POST":
        return _shown(request, page, Filled(DayForm.empty(None)))
    filled = Filled(DayForm(request.POST))
    if not filled.form.is_valid():
        return _shown(request, page, filled, status=422)
    if "save" in request.POST and _saved(scope, page, filled):
        day = date_format(filled.form.cleaned_data["day"], "l, F j")
        messages.success(request, _("%(day)s rings by “%(bells)s”.") % {"day": day, "bells": page.schedule.name})
        return redirect("bell_schedule", schedule_id)
    filled.effects = done(filled.form, lambda: preview_edit(scope, _edit(page, filled)))
    return _shown(request, page, filled, status=422 if filled.form.errors else 200)


def _edit(page: SchedulePage, filled: Filled) -> DaysEdit:
    day = filled.form.cleaned_data["day"]
    return DaysEdit((page.schedule.school_id,), day, day, {"bell_schedule": page.schedule.name})


def _saved(scope: Scope, page: SchedulePage, filled: Filled) -> bool:
    said = filled.form.cleaned_data
    act = {"submission_id": said["submission_id"], "reason": said["reason"], "agreed": said["agreed"]}
    return done(filled.form, lambda: edit_days(scope, _edit(page, filled), **act)) is not None


def _shown(request: HttpRequest, page: SchedulePage, filled: Filled, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "filled": filled}
    if filled.effects:
        context["verdicts"] = in_words(filled.effects.verdicts)
        context["laws"] = PreviewPage(filled.effects).laws
    return render(request, "attendance/bell_day.html", context, status=status)
