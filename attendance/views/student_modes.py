"""How a student is taught: the page, and the forms that enter and end a mode, an own schedule, an accommodation."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from attendance.selectors.modes_page import FactLine, ModesPage, modes_page
from attendance.services.day_changes import Touched
from attendance.services.fact_endings import ACCOMMODATION, KINDS, MODE, SCHEDULE, end_fact, preview_ending
from attendance.services.modes import HEALTH_ALONE, OFFICE_ALONE, enter_mode, preview_mode
from attendance.services.own_days import enter_own_days, preview_own_days
from attendance.views.looking import Act, Look, answer
from attendance.views.mode_forms import AccommodationForm, EndingForm, ModeForm, QuarantineForm, ScheduleForm
from students.refusals import Forbidden, NotInScope
from students.views.scoped import request_scope

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TITLES = {
    MODE: gettext_lazy("Change the mode of instruction"),
    "quarantine": gettext_lazy("Quarantine"),
    SCHEDULE: gettext_lazy("Enter an own schedule"),
    ACCOMMODATION: gettext_lazy("Enter an accommodation"),
}


@require_safe
def student_modes(request: HttpRequest, student_id: int) -> HttpResponse:
    """What holds, what is to come and what held."""
    page = modes_page(request_scope(request), student_id)
    return render(request, "attendance/modes.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def enter_student_mode(request: HttpRequest, student_id: int) -> HttpResponse:
    """Enter a mode; a POST looks at what it does, or saves it."""
    page = _page(request, student_id)
    if not page.may_enter:
        raise Forbidden(OFFICE_ALONE)
    form = ModeForm(page, request.POST or None, starts_on=request_scope(request).today)
    return _given(request, page, form, MODE)


@require_http_methods(["GET", "HEAD", "POST"])
def quarantine(request: HttpRequest, student_id: int) -> HttpResponse:
    """Switch a student to another mode for as long as a quarantine lasts (MS-33)."""
    page = _page(request, student_id)
    if not page.may_quarantine:
        raise Forbidden(HEALTH_ALONE)
    form = QuarantineForm(page, request.POST or None, starts_on=request_scope(request).today)
    return _given(request, page, form, "quarantine")


def _given(request: HttpRequest, page: ModesPage, form: ModeForm | QuarantineForm, kind: str) -> HttpResponse:
    scope, ids = request_scope(request), [page.student.pk]
    act = Act(
        look=lambda: _look(page, preview_mode(scope, ids, form.fact()).touched),
        save=lambda: enter_mode(scope, ids, form.fact(), **_terms(form)),
        shown=partial(_shown, request, page, form, TITLES[kind]),
        done=_("It is entered, and its days were judged anew."),
        leads_to=reverse("student_modes", args=ids),
    )
    return answer(request, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_own_schedule(request: HttpRequest, student_id: int) -> HttpResponse:
    """Enter an own schedule: early release, part-time, homebound."""
    page = _page(request, student_id)
    if not page.may_enter:
        raise Forbidden(OFFICE_ALONE)
    form = ScheduleForm(request.POST or None, initial={"starts_on": request_scope(request).today})
    return _own(request, page, form, SCHEDULE)


@require_http_methods(["GET", "HEAD", "POST"])
def enter_accommodation(request: HttpRequest, student_id: int) -> HttpResponse:
    """Enter an accommodation of one student (MS-39)."""
    page = _page(request, student_id)
    if not page.may_quarantine:
        raise Forbidden(_("Only the office or the nurse of the student’s school enters accommodations."))
    form = AccommodationForm(request.POST or None, initial={"starts_on": request_scope(request).today})
    return _own(request, page, form, ACCOMMODATION)


def _own(request: HttpRequest, page: ModesPage, form: ScheduleForm | AccommodationForm, kind: str) -> HttpResponse:
    scope, student_id = request_scope(request), page.student.pk
    act = Act(
        look=lambda: _look(page, preview_own_days(scope, student_id, form.own())),
        save=lambda: enter_own_days(scope, student_id, form.own(), **_terms(form)),
        shown=partial(_shown, request, page, form, TITLES[kind]),
        done=_("It is entered, and its days were judged anew."),
        leads_to=reverse("student_modes", args=[student_id]),
    )
    return answer(request, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def end_student_fact(request: HttpRequest, student_id: int, kind: str, fact_id: int) -> HttpResponse:
    """End a mode, an own schedule or an accommodation, or take it back."""
    scope, page = request_scope(request), _page(request, student_id)
    line = _line(page, kind, fact_id)
    if not line.may_end:
        raise Forbidden(_("Only the office of the student’s school ends this, and what came with the roster there."))
    form = EndingForm(request.POST or None, initial={"last_day": scope.today})
    act = Act(
        look=lambda: _look(page, preview_ending(scope, kind, fact_id, _last_day(form))),
        save=lambda: end_fact(
            scope,
            kind,
            fact_id,
            _last_day(form),
            agreed=form.cleaned_data["agreed"],
            reason=form.cleaned_data["late_reason"],
        ),
        shown=partial(_shown, request, page, form, _("End: %(what)s") % {"what": line.title}),
        done=_("It is ended. Its days until then stand, those after it were judged anew."),
        leads_to=reverse("student_modes", args=[student_id]),
    )
    return answer(request, form, act)


def _last_day(form: forms.Form) -> date | None:
    return None if form.cleaned_data["take_back"] else form.cleaned_data["last_day"]


def _line(page: ModesPage, kind: str, fact_id: int) -> FactLine:
    lines = {MODE: page.modes, SCHEDULE: page.schedules, ACCOMMODATION: page.accommodations}
    found = next((each for each in lines.get(kind, ()) if each.id == fact_id), None)
    if found is None or kind not in KINDS:
        raise NotInScope
    return found


def _page(request: HttpRequest, student_id: int) -> ModesPage:
    return modes_page(request_scope(request), student_id)


def _look(page: ModesPage, touched: Touched) -> Look:
    return Look(touched, {page.student.pk: page.student.listed_name})


def _terms(form: forms.Form) -> dict[str, Any]:
    given = form.cleaned_data
    return {name: given[name] for name in ("submission_id", "agreed", "late_reason")}


def _shown(
    request: HttpRequest, page: ModesPage, form: forms.Form, title: StrOrPromise, look: Look | None, status: int
) -> HttpResponse:
    context = {"page": page, "form": form, "title": title, "look": look}
    return render(request, "attendance/mode_form.html", context, status=status)
