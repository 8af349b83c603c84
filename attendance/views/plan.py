"""The learning plan: what holds where and since when, and the form that lets another hold from a day on (MS-18)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from attendance.models import Frequency, Measure, MeasuredBy, Mode
from attendance.rules.plan import Plan
from attendance.selectors.day_words import mode_words
from attendance.selectors.plan_page import PlanPage, PlanRow, plan_holding, plan_line, plan_page
from attendance.services.learning_plan import (
    DISTRICT_ALONE,
    Planned,
    preview_plan,
    preview_taking_back,
    take_back_plan,
    write_plan,
)
from attendance.views.calendars import asked_number
from attendance.views.looking import Act, Look, LookForm, answer, date_field
from students.refusals import Forbidden, NotInScope
from students.views.scoped import request_scope

_boxes = forms.CheckboxSelectMultiple


class PlanForm(LookForm):
    """A plan from a day on, for all schools and grades or for some."""

    school = forms.TypedChoiceField(label=gettext_lazy("School"), required=False, coerce=int, empty_value=None)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    starts_on = date_field(gettext_lazy("From"), help_text=gettext_lazy("Days before it stand as they were judged."))
    modes = forms.MultipleChoiceField(label=gettext_lazy("Modes offered"), choices=Mode.choices, widget=_boxes)
    measures = forms.MultipleChoiceField(
        label=gettext_lazy("Approved measures, asynchronous online (MS-19)"),
        choices=Measure.choices,
        widget=_boxes,
        help_text=gettext_lazy("A log-in counts only where it is approved here (MS-27)."),
    )
    measured_by = forms.ChoiceField(
        label=gettext_lazy("One measure is asked for each (RD-20)"), choices=MeasuredBy.choices
    )
    contact_frequency = forms.ChoiceField(label=gettext_lazy("Interaction (MS-22)"), choices=Frequency.choices)
    least_contact_minutes = forms.IntegerField(
        label=gettext_lazy("Least minutes of an interaction"), min_value=0, max_value=240
    )
    entry_frequency = forms.ChoiceField(label=gettext_lazy("Attendance is entered (MS-26)"), choices=Frequency.choices)
    turn_in_session_days = forms.IntegerField(
        label=gettext_lazy("Last session day after the week for handing work in (RD-22)"), min_value=1, max_value=5
    )
    virtual_day_mode = forms.ChoiceField(
        label=gettext_lazy("On a virtual day, who comes to school is taught (RD-23)"), choices=Mode.choices[1:]
    )
    quarantine_by_minutes = forms.BooleanField(
        label=gettext_lazy("Judge quarantined students by minutes alone (RD-26)"), required=False
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Why the plan is changed"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The decision of the board, and its day. Kept with the plan."),
    )

    def __init__(self, page: PlanPage, holding: Plan, data: Any = None, **initial: Any) -> None:
        """The form, beginning with what holds now."""
        names = [name for name in self.base_fields if hasattr(holding, name) and name != "starts_on"]
        now = {name: getattr(holding, name) for name in names}
        super().__init__(data, initial={**now, **initial})
        schools = [("", _("All schools")), *((each.pk, each.name) for each in page.schools)]
        self.fields["school"].choices = schools  # type: ignore[attr-defined]
        grades = [("", _("All grades")), *((each, each) for each in page.grades)]
        self.fields["grade"].choices = grades  # type: ignore[attr-defined]

    def plan(self) -> Plan:
        """What the sent form asks for."""
        given = self.cleaned_data
        alike = ("starts_on", "grade", "measured_by", "contact_frequency", "least_contact_minutes", "entry_frequency")
        more = ("turn_in_session_days", "virtual_day_mode", "quarantine_by_minutes")
        return Plan(
            school_id=given["school"],
            modes=tuple(given["modes"]),
            measures=tuple(given["measures"]),
            **{name: given[name] for name in (*alike, *more)},
        )


class TakeBackForm(LookForm):
    """Why a plan is taken back."""

    late_reason = forms.CharField(
        label=gettext_lazy("Why it is taken back"),
        max_length=300,
        help_text=gettext_lazy("What held before it holds again, as if it had never been written. This is kept."),
    )


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plans that hold, are to come, and held."""
    return render(request, "attendance/plan.html", {"page": plan_page(request_scope(request))})


@require_http_methods(["GET", "HEAD", "POST"])
def change_plan(request: HttpRequest) -> HttpResponse:
    """Let another plan hold from a day on; `?school=` and `?grade=` say where."""
    scope = request_scope(request)
    page = plan_page(scope)
    if not page.may_write:
        raise Forbidden(DISTRICT_ALONE)
    school, grade = asked_number(request, "school"), request.GET.get("grade", "")
    if school is not None and school not in {each.pk for each in page.schools}:
        raise NotInScope
    holding = plan_holding(scope, scope.today, school, grade)
    form = PlanForm(page, holding, request.POST or None, school=school, grade=grade, starts_on=scope.today)
    act = Act(
        look=lambda: _look(preview_plan(scope, form.plan())),
        save=lambda: write_plan(
            scope,
            form.plan(),
            submission_id=form.cleaned_data["submission_id"],
            agreed=form.cleaned_data["agreed"],
            reason=form.cleaned_data["late_reason"],
        ),
        shown=partial(_shown, request, form),
        done=_("The plan is kept, and the days that hang on it were judged anew."),
        leads_to=reverse("plan"),
    )
    return answer(request, form, act)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, plan_id: int) -> HttpResponse:
    """Take a plan back that was written by mistake; its days are looked at first."""
    scope = request_scope(request)
    line = plan_line(scope, plan_id)
    if not scope.district_wide:
        raise Forbidden(DISTRICT_ALONE)
    form = TakeBackForm(request.POST or None)
    act = Act(
        look=lambda: _look(preview_taking_back(scope, plan_id)),
        save=lambda: take_back_plan(
            scope, plan_id, agreed=form.cleaned_data["agreed"], reason=form.cleaned_data["late_reason"]
        ),
        shown=partial(_shown, request, form, line=line),
        done=_("The plan is taken back, and the days that hung on it were judged anew."),
        leads_to=reverse("plan"),
    )
    return answer(request, form, act)


def _look(planned: Planned) -> Look:
    notes = [
        ngettext(
            "%(n)s student is taught in a mode that this plan does not offer: %(mode)s. It stands until it is ended.",
            "%(n)s students are taught in a mode that this plan does not offer: %(mode)s. It stands until it is ended.",
            students,
        )
        % {"n": students, "mode": mode_words(mode)}
        for mode, students in planned.not_offered.items()
    ]
    students = len({each.student_id for each in planned.touched.changes})
    if students:
        notes.append(
            ngettext("Days of %(n)s student change.", "Days of %(n)s students change.", students) % {"n": students}
        )
    return Look(planned.touched, {}, notes, by_student=False)


def _shown(
    request: HttpRequest, form: forms.Form, look: Look | None, status: int, *, line: PlanRow | None = None
) -> HttpResponse:
    """The form; with a `line` it takes that plan back, and else writes another."""
    return render(request, "attendance/plan_change.html", {"form": form, "look": look, "line": line}, status=status)
