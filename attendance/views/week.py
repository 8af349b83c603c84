"""A class's week in own time: one grid of students and days, by keyboard, thumb or plain form (MS-26)."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateformat import format as date_as
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attendance.rules.entry_window import week_of
from attendance.selectors.engagement_words import choice_words
from attendance.selectors.week_grid import WeekGrid, week_grid
from attendance.services.reviews import WeekSaved, save_week
from attendance.services.taking import BadEntries
from attendance.views.week_form import WeekForm, entries_of, posted_form, stored_form
from attendance.views.week_rows import keys, lines
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest, section_id: int, day: date) -> HttpResponse:
    """A class's week: shown, filled, saved. The address of another day leads to its Monday."""
    monday = week_of(day)
    if day != monday:
        return redirect("section_week", section_id=section_id, day=monday)
    page = week_grid(request_scope(request), section_id, monday)
    if request.method != "POST":
        return _shown(request, page, stored_form(page))
    return _saved(request, page, posted_form(request.POST))


def _saved(request: HttpRequest, page: WeekGrid, form: WeekForm) -> HttpResponse:
    entries, problems = entries_of(form, page)
    if problems:
        return _refused(request, page, form, _("Nothing was saved. Mend the lines marked below."), problems)
    try:
        saved = save_week(
            request_scope(request),
            page.section_id,
            page.monday,
            submission_id=form.submission_id,
            version=form.version,
            entries=entries,
            reason=form.reason,
        )
    except Stale as stale:
        kept = WeekForm(page.version, uuid4(), form.choices, form.handed_in, form.reason)
        return _shown(request, page, kept, refusal=str(stale), is_stale=True, status=409)
    except BadEntries as bad:
        return _refused(request, page, form, str(bad), bad.problems)
    except Forbidden:
        raise
    except Refused as refused:
        return _refused(request, page, form, str(refused), {})
    messages.success(request, _told(page, saved))
    return redirect("section_week", section_id=page.section_id, day=page.monday)


def _told(page: WeekGrid, saved: WeekSaved) -> str:
    if saved.repeated:
        return _("This form had been saved already. Below is what stands.")
    days = ngettext("%(n)s day", "%(n)s days", saved.changed) % {"n": saved.changed}
    return _("%(class)s, week of %(monday)s: %(days)s entered.") % {
        "class": page.title,
        "monday": date_as(page.monday, "M j"),
        "days": days,
    }


def _refused(request: HttpRequest, page: WeekGrid, form: WeekForm, why: str, problems: dict[int, str]) -> HttpResponse:
    kept = WeekForm(form.version, uuid4(), form.choices, form.handed_in, form.reason, problems)
    return _shown(request, page, kept, refusal=why, status=422)


def _shown(
    request: HttpRequest,
    page: WeekGrid,
    form: WeekForm,
    *,
    refusal: str = "",
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    scope = request_scope(request)
    shown = lines(scope, page, form)
    context = {
        "page": page,
        "form": form,
        "lines": shown,
        "keys": [(key, choice_words(scope, choice)) for key, choice in keys(page)],
        "open": sum(cell.is_open for line in shown for cell in line.cells),
        "has_offline": any(line.is_offline for line in shown),
        "refusal": refusal,
        "is_stale": is_stale,
    }
    return render(request, "attendance/week.html", context, status=status)
