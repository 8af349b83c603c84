"""Changing the periods of bells: look at what a change does, then save it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.bells import SchedulePage, ringings_of, schedule_page
from attendance.services.bells import BellEffects, BellsEdit, change_bells, preview_bells
from attendance.views.bell_forms import ChangeForm, PeriodFormSet, lines_of, rows_of
from attendance.views.bells import done
from attendance.views.calendar_preview import changed_law
from attendance.views.verdict_changes import in_words
from students.access import Scope
from students.views.scoped import request_scope


@dataclass
class Filled:
    """What is being filled in, and what it would do once that was looked at."""

    lines: Any
    form: ChangeForm
    effects: BellEffects | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """The form; a POST shows what the change does, or saves what was looked at."""
    scope = request_scope(request)
    page = schedule_page(scope, schedule_id)
    if request.method != "POST":
        lines = PeriodFormSet(initial=lines_of(page.rows), prefix="row")
        return _shown(request, scope, page, Filled(lines, ChangeForm.from_day(scope.today)))
    filled = _filled(request, scope, page)
    if not _is_sound(filled):
        return _shown(request, scope, page, filled, status=422)
    if "save" in request.POST and _saved(scope, schedule_id, filled):
        messages.success(request, _("The bells are changed, and every day that rings by them was judged anew."))
        return redirect("bell_schedule", schedule_id)
    filled.effects = done(filled.form, lambda: preview_bells(scope, schedule_id, _edit(filled)))
    return _shown(request, scope, page, filled, status=422 if filled.form.errors else 200)


def _filled(request: HttpRequest, scope: Scope, page: SchedulePage) -> Filled:
    given = request.POST.copy()
    if page.schedule.use.is_unused:
        # They have no past, so nobody was asked since when.
        given["holds_from"] = scope.today.isoformat()
    return Filled(PeriodFormSet(given, prefix="row"), ChangeForm(given))


def _is_sound(filled: Filled) -> bool:
    # Both are asked, so that all that is wrong is said at once.
    lines, form = filled.lines.is_valid(), filled.form.is_valid()
    return lines and form


def _edit(filled: Filled) -> BellsEdit:
    said = filled.form.cleaned_data
    return BellsEdit(rows_of(filled.lines), said["holds_from"], corrects=said["corrects"])


def _saved(scope: Scope, schedule_id: int, filled: Filled) -> bool:
    said = filled.form.cleaned_data
    act = {"submission_id": said["submission_id"], "reason": said["reason"], "agreed": said["agreed"]}
    return done(filled.form, lambda: change_bells(scope, schedule_id, _edit(filled), **act)) is not None


def _shown(request: HttpRequest, scope: Scope, page: SchedulePage, filled: Filled, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "filled": filled}
    if filled.effects:
        law = changed_law(page.schedule.school, filled.effects.law_before, filled.effects.law_after)
        context["laws"] = [law] if law else []
        context["verdicts"] = in_words(filled.effects.verdicts)
        context["ringings"] = ringings_of(scope, page.schedule.school_id, _edit(filled).rows)
    return render(request, "attendance/bell_change.html", context, status=status)
