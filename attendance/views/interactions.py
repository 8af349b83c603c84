"""Talks of teachers with students: a class's week, and one student's."""

from datetime import date
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from attendance.models import InteractionKind
from attendance.selectors.interaction_week import InteractionWeek, StudentTalks, interaction_week, student_talks
from attendance.selectors.local_times import local_time
from attendance.selectors.weeks import Week
from attendance.services.interactions import MOST_MINUTES, log_interaction, withdraw_interaction
from attendance.views.excuse_forms import WithdrawForm
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


class TalkForm(forms.Form):
    """One talk, with one student or with many."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("How you talked"), choices=InteractionKind.choices)
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    at = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=0, max_value=MOST_MINUTES, required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For the class’s teachers and those who care for the student. Nothing about health."),
        max_length=300,
        required=False,
    )

    @classmethod
    def of_now(cls, scope: Scope, week: Week | None = None) -> "TalkForm":
        """A form for a talk that has just been held; of a week that is over, for one on its last school day."""
        now = local_time(scope, scope.now)
        day = week.days[-1] if week and week.is_over and week.days else now.date()
        return cls(initial={"submission_id": uuid4(), "day": day, "at": now.time()})


class _TakenBackForm(WithdrawForm):
    withdraw = forms.IntegerField()


class _StudentsForm(forms.Form):
    student = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: object, page: InteractionWeek) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["student"].choices = [(line.student.pk, "") for line in page.lines]  # type: ignore[attr-defined]


class _SectionForm(forms.Form):
    section = forms.TypedChoiceField(label=gettext_lazy("Class"), coerce=int)

    def __init__(self, *args: object, page: StudentTalks) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.fields["section"].choices = [(each.pk, each.title) for each in page.sections]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def section_interactions(request: HttpRequest, section_id: int, monday: date) -> HttpResponse:
    """A class's week; a POST logs a talk with those who are ticked, or withdraws one."""
    scope = request_scope(request)
    page = interaction_week(scope, section_id, monday)
    if request.method != "POST":
        return _section(request, page, TalkForm.of_now(scope, page.week), set())
    if "withdraw" in request.POST:
        _withdraw(request, scope)
        return redirect("section_interactions", section_id, monday)
    form, ticked = TalkForm(request.POST), _StudentsForm(request.POST, page=page)
    ids = ticked.cleaned_data["student"] if ticked.is_valid() else []
    if not form.is_valid() or not _logged(request, scope, form, section_id, ids):
        return _section(request, page, form, set(ids), status=422)
    return redirect("section_interactions", section_id, monday)


@require_http_methods(["GET", "HEAD", "POST"])
def student_interactions(request: HttpRequest, student_id: int) -> HttpResponse:
    """One student's talks; a POST logs another, or withdraws one."""
    scope = request_scope(request)
    page = student_talks(scope, student_id, request.GET.get("page", "1"))
    if request.method != "POST":
        return _student(request, page, TalkForm.of_now(scope), _SectionForm(page=page))
    if "withdraw" in request.POST:
        _withdraw(request, scope)
        return redirect("student_interactions", student_id)
    form, of = TalkForm(request.POST), _SectionForm(request.POST, page=page)
    if not (form.is_valid() & of.is_valid()) or not _logged(
        request, scope, form, of.cleaned_data["section"], [page.student.pk]
    ):
        return _student(request, page, form, of, status=422)
    return redirect("student_interactions", student_id)


def _logged(request: HttpRequest, scope: Scope, form: TalkForm, section_id: int, student_ids: list[int]) -> bool:
    try:
        done = log_interaction(scope, section_id, student_ids, **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    logged = ngettext("A talk with %(n)s student is logged.", "A talk with %(n)s students is logged.", done.students)
    messages.success(request, logged % {"n": done.students})
    return True


def _withdraw(request: HttpRequest, scope: Scope) -> None:
    form = _TakenBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the talk is withdrawn."))
        return
    withdraw_interaction(scope, form.cleaned_data["withdraw"], reason=form.cleaned_data["reason"])
    messages.success(request, _("The talk is withdrawn; it stays in the log."))


def _section(
    request: HttpRequest, page: InteractionWeek, form: TalkForm, ticked: set[int], status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "ticked": ticked}
    return render(request, "attendance/interactions.html", context, status=status)


def _student(
    request: HttpRequest, page: StudentTalks, form: TalkForm, of: _SectionForm, status: int = 200
) -> HttpResponse:
    context = {"page": page, "form": form, "of": of}
    return render(request, "attendance/student_interactions.html", context, status=status)
