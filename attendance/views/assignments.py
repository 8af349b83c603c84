"""A class's week of work in own time: giving it, copying the week before, withdrawing, and printing cover sheets."""

from datetime import date
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from attendance.selectors.assignment_week import AssignmentWeek, assignment_week, packets
from attendance.services.assignments import Given, copy_week, give_work, withdraw_work
from attendance.views.excuse_forms import WithdrawForm
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope

MOST_MINUTES = 600


class WorkForm(forms.Form):
    """A title, and the minutes of each day of the week; a day left empty is given nothing."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("What is to be done"), help_text=gettext_lazy("Packet 4, pages 12 to 15"), max_length=200
    )

    def __init__(self, *args: object, page: AssignmentWeek, **kwargs: object) -> None:
        """Ask for the minutes of each day on which the school has school."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.label_suffix = ""
        self.week_days = page.week.days
        for day in page.week.days:
            self.fields[day.isoformat()] = forms.IntegerField(
                label=f"{day:%a} {day.day}", min_value=1, max_value=MOST_MINUTES, required=False
            )

    @property
    def minutes(self) -> dict[date, int]:
        """The minutes typed, by day."""
        typed = {day: self.cleaned_data.get(day.isoformat()) for day in self.week_days}
        return {day: minutes for day, minutes in typed.items() if minutes}

    @property
    def day_fields(self) -> list[forms.BoundField]:
        """The fields of the days."""
        return [self[day.isoformat()] for day in self.week_days]


@require_http_methods(["GET", "HEAD", "POST"])
def section_assignments(request: HttpRequest, section_id: int, monday: date) -> HttpResponse:
    """The page; a POST gives work, copies the week before, or withdraws some, as it says."""
    scope = request_scope(request)
    page = assignment_week(scope, section_id, monday)
    if request.method != "POST":
        return _shown(request, page, _empty(page))
    if "copy" in request.POST:
        return _copied(request, scope, page)
    if "withdraw" in request.POST:
        return _withdrawn(request, scope, page)
    form = WorkForm(request.POST, page=page)
    if not form.is_valid() or not _given(request, scope, page, form):
        return _shown(request, page, form, status=422)
    return redirect("section_assignments", section_id, monday)


@require_safe
def packet_sheets(request: HttpRequest, section_id: int, monday: date) -> HttpResponse:
    """A cover sheet for each student who works offline, to print."""
    found = packets(request_scope(request), section_id, monday)
    return render(request, "attendance/packets.html", {"found": found, "page": found.page})


def _empty(page: AssignmentWeek) -> WorkForm:
    return WorkForm(initial={"submission_id": uuid4()}, page=page)


def _given(request: HttpRequest, scope: Scope, page: AssignmentWeek, form: WorkForm) -> bool:
    said = form.cleaned_data
    try:
        done = give_work(
            scope, page.section.pk, submission_id=said["submission_id"], title=said["title"], minutes=form.minutes
        )
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _told(done))
    return True


class _CopyForm(forms.Form):
    submission_id = forms.UUIDField()


class _TakenBackForm(WithdrawForm):
    withdraw = forms.IntegerField()


def _copied(request: HttpRequest, scope: Scope, page: AssignmentWeek) -> HttpResponse:
    form = _CopyForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, _empty(page), status=422)
    try:
        done = copy_week(scope, page.section.pk, page.week.monday, submission_id=form.cleaned_data["submission_id"])
        messages.success(request, _told(done))
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("section_assignments", page.section.pk, page.week.monday)


def _withdrawn(request: HttpRequest, scope: Scope, page: AssignmentWeek) -> HttpResponse:
    form = _TakenBackForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why the work is withdrawn."))
        return redirect("section_assignments", page.section.pk, page.week.monday)
    withdraw_work(scope, form.cleaned_data["withdraw"], reason=form.cleaned_data["reason"])
    messages.success(request, _("The work is withdrawn, and the days are judged without it."))
    return redirect("section_assignments", page.section.pk, page.week.monday)


def _told(done: Given) -> str:
    if done.repeated:
        return _("It had been given already; nothing was given twice.")
    return ngettext("Work is given for %(n)s day.", "Work is given for %(n)s days.", done.days) % {"n": done.days}


def _shown(request: HttpRequest, page: AssignmentWeek, form: WorkForm, status: int = 200) -> HttpResponse:
    return render(request, "attendance/assignments.html", {"page": page, "form": form}, status=status)
