"""Teachers' planning time of a week (MS-40), and the working day that it is counted in."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from attendance.selectors.planning_page import PlanningPage, planning_page
from attendance.services.staff_hours import set_staff_hours
from attendance.views.dates import asked_day
from attendance.views.school import asked_id
from students.access import Scope
from students.views.acting import done
from students.views.scoped import request_scope


def _time(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, input_formats=["%H:%M"])


class HoursForm(forms.Form):
    """When the teachers of a school work, from a day on."""

    starts_on = forms.DateField(
        label=gettext_lazy("From this day on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
    starts_at = _time(gettext_lazy("Work begins at"))
    ends_at = _time(gettext_lazy("Work ends at"))


@require_http_methods(["GET", "HEAD", "POST"])
def planning(request: HttpRequest) -> HttpResponse:
    """A school's planning times; `?school=`, `?on=` and `?short=yes` choose. A POST sets the teachers' working day."""
    scope = request_scope(request)
    page = _page(request, scope)
    if request.method != "POST":
        return _shown(request, page, HoursForm(initial=_hours(page)))
    form = HoursForm(request.POST)
    if not form.is_valid() or not _set(scope, page, form):
        return _shown(request, page, form, status=422)
    messages.success(request, _("The working day is set. No day of a student changes by it."))
    query = urlencode({"school": page.school.pk, "on": page.on.isoformat()})
    return redirect(f"{reverse('planning')}?{query}")


def _page(request: HttpRequest, scope: Scope) -> PlanningPage:
    return planning_page(
        scope,
        asked_id(request, "school"),
        asked_day(request, scope.today),
        short_only=request.GET.get("short") == "yes",
        page=request.GET.get("page", "1"),
    )


def _hours(page: PlanningPage) -> dict[str, Any]:
    now = page.current
    times = {"starts_at": now.starts_at, "ends_at": now.ends_at} if now else {}
    return {"starts_on": page.on, **times}


def _set(scope: Scope, page: PlanningPage, form: HoursForm) -> bool:
    return done(form, lambda: set_staff_hours(scope, page.school.pk, **form.cleaned_data))


def _shown(request: HttpRequest, page: PlanningPage, form: HoursForm, status: int = 200) -> HttpResponse:
    context = {"page": page, "form": form, "short_only": request.GET.get("short") == "yes"}
    return render(request, "attendance/planning.html", context, status=status)
