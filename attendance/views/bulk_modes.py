"""One mode for many students: a list of state ids, a class, a grade, or a school that goes virtual (MS-17)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from attendance.models import Mode, ModeReason
from attendance.rules.modes import ModeFact
from attendance.selectors.bulk_students import listed_names, students_named, students_of
from attendance.selectors.office_days import office, offices
from attendance.selectors.section_choices import classes_of
from attendance.services.modes import Given, enter_mode, preview_mode
from attendance.views.calendars import asked_number
from attendance.views.looking import Act, Look, LookForm, answer, date_field
from attendance.views.mode_forms import offer
from students.access import Scope
from students.models import School
from students.refusals import Refused
from students.views.scoped import request_scope

NAMED = 10


class BulkModeForm(LookForm):
    """A mode for those who are chosen by a list, a class, a grade; without any of them, the whole school."""

    state_ids = forms.CharField(
        label=gettext_lazy("Students by state id"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One a line, or with spaces between. Empty: by class or grade, or the whole school."),
    )
    section = forms.TypedChoiceField(label=gettext_lazy("Class"), required=False, coerce=int, empty_value=None)
    grade = forms.ChoiceField(label=gettext_lazy("Grade"), required=False)
    mode = forms.ChoiceField(label=gettext_lazy("Mode of instruction"), choices=Mode.choices)
    starts_on = date_field(gettext_lazy("First day"))
    ends_on = date_field(
        gettext_lazy("Last day"), required=False, help_text=gettext_lazy("None: until further notice.")
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), required=False, choices=[("", gettext_lazy("None given")), *ModeReason.choices]
    )

    def __init__(self, sections: Sequence[tuple[int, str]], grades: Sequence[str], data: Any, **initial: Any) -> None:
        """The form of a school."""
        super().__init__(data, initial=initial)
        offer(self, "section", [("", _("All classes")), *sections])
        offer(self, "grade", [("", _("All grades")), *((each, each) for each in grades)])

    def fact(self) -> ModeFact:
        """What the sent form asks for."""
        given = self.cleaned_data
        return ModeFact(given["mode"], given["starts_on"], given["ends_on"], reason=given["reason"])

    def students(self, scope: Scope, school: School) -> Sequence[int]:
        """Whom it is for. Raises Refused for nobody, and for somebody unknown."""
        given = self.cleaned_data
        if given["state_ids"].strip():
            return students_named(scope, given["state_ids"])
        chosen = students_of(scope, school.pk, given["starts_on"], grade=given["grade"], section_id=given["section"])
        if not chosen:
            raise Refused(_("Nobody is enrolled there on the first day."))
        return chosen


@require_http_methods(["GET", "HEAD", "POST"])
def bulk_modes(request: HttpRequest) -> HttpResponse:
    """The page of `?school=`, by default the first whose office somebody keeps."""
    scope = request_scope(request)
    school = office(scope, asked_number(request, "school"))
    sections, grades = classes_of(scope, school.pk)
    form = BulkModeForm(sections, grades, request.POST or None, starts_on=scope.today)
    act = Act(
        look=lambda: _look(scope, school, form),
        save=lambda: enter_mode(
            scope,
            form.students(scope, school),
            form.fact(),
            submission_id=form.cleaned_data["submission_id"],
            agreed=form.cleaned_data["agreed"],
            late_reason=form.cleaned_data["late_reason"],
            leave_out=True,
        ),
        shown=partial(_shown, request, school, form),
        done=_("It is entered, and its days were judged anew."),
        leads_to=f"{reverse('bulk_modes')}?school={school.pk}",
    )
    return answer(request, form, act)


def _look(scope: Scope, school: School, form: BulkModeForm) -> Look:
    given = preview_mode(scope, form.students(scope, school), form.fact(), leave_out=True)
    names = listed_names(scope, [*given.entered, *given.left_out])
    return Look(given.touched, names, _notes(given, names), by_student=len(given.entered) <= NAMED)


def _notes(given: Given, names: Any) -> list[str]:
    n = len(given.entered)
    notes = [ngettext("%(n)s student gets this mode.", "%(n)s students get this mode.", n) % {"n": n}]
    if given.left_out:
        kept = len(given.left_out)
        said = ngettext("%(n)s keeps what holds:", "%(n)s keep what holds:", kept) % {"n": kept}
        listed = [f"{names.get(each, '')}: {why}" for each, why in list(given.left_out.items())[:NAMED]]
        notes += [said, *listed, *([_("And %(n)s more.") % {"n": kept - NAMED}] if kept > NAMED else [])]
    return notes


def _shown(request: HttpRequest, school: School, form: BulkModeForm, look: Look | None, status: int) -> HttpResponse:
    schools = offices(request_scope(request))
    context = {"school": school, "schools": schools, "form": form, "look": look}
    return render(request, "attendance/bulk_modes.html", context, status=status)
