"""Bells: a school's schedules, one of them with its history, and copies of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from attendance.selectors.bells import bells_page, schedule_page
from attendance.services.bells import copy_bells
from attendance.views.bell_forms import CopyForm
from attendance.views.dates import asked_day
from attendance.views.school import asked_id
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_safe
def bells(request: HttpRequest) -> HttpResponse:
    """The schedules of a school; `?school=` names another than the first."""
    page = bells_page(request_scope(request), asked_id(request, "school"))
    return render(request, "attendance/bells.html", {"page": page})


@require_safe
def bell_schedule(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """One schedule as it rings on the day that `?on=` names, or today."""
    scope = request_scope(request)
    return _shown(request, scope, schedule_id, CopyForm(), on=asked_day(request, scope.today))


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """Copy a schedule under another name, and go on to change the copy."""
    scope = request_scope(request)
    if request.method != "POST":
        return redirect("bell_schedule", schedule_id)
    form, made = CopyForm(request.POST), None
    if form.is_valid():
        made = done(form, lambda: copy_bells(scope, schedule_id, name=form.cleaned_data["name"]))
    if made is None:
        return _shown(request, scope, schedule_id, form, on=scope.today, status=422)
    messages.success(request, _("“%(name)s” is made. No day rings by it yet.") % {"name": made.name})
    return redirect("change_bells", made.pk)


def done(form: Form, act: Callable[[], Any]) -> Any:
    """What an act answered; None where it was refused, which is the form's error then. What is forbidden stays so."""
    try:
        return act()
    except Forbidden:
        raise
    except (Refused, Stale) as refused:
        form.add_error(None, str(refused))
        return None


def _shown(
    request: HttpRequest, scope: Scope, schedule_id: int, form: CopyForm, *, on: date, status: int = 200
) -> HttpResponse:
    page = schedule_page(scope, schedule_id, on)
    return render(request, "attendance/bell_schedule.html", {"page": page, "form": form}, status=status)
