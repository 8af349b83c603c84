"""A homeroom's page: the day marked once for all its meetings, by keyboard, thumb or plain form."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.models import MarkStatus
from attendance.selectors.homeroom_page import HomeroomPage, homeroom_head, homeroom_page
from attendance.services.homerooms import AS_MARKED, save_day
from attendance.services.taking import BadEntries
from attendance.views.homeroom_form import DayChoice, HomeroomForm, entries_of, posted_form, stored_form
from attendance.views.homeroom_rows import day_changes, rows
from attendance.views.mark_form import counts
from attendance.views.marking_pages import page_after, summary
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def homeroom(request: HttpRequest, section_id: int, day: date) -> HttpResponse:
    """A homeroom's day: shown, filled, saved."""
    if request.method == "POST" and "remaining" not in request.POST:
        return _saved(request, section_id, day, posted_form(request.POST))
    page = homeroom_page(request_scope(request), section_id, day)
    if request.method != "POST":
        return _shown(request, page, stored_form(page))
    return _shown(request, page, posted_form(request.POST).with_remaining_present(page), is_unsaved=True)


def _saved(request: HttpRequest, section_id: int, day: date, form: HomeroomForm) -> HttpResponse:
    """Save; only a refusal, or a repetition, needs the whole page."""
    scope = request_scope(request)
    head = homeroom_head(scope, section_id, day)
    entries, problems = entries_of(form, head.span)
    if problems:
        return _refused(
            request, head.section_id, day, form, _("Nothing was saved. Mend the lines marked below."), problems
        )
    try:
        saved = save_day(
            scope,
            head.section_id,
            day,
            submission_id=form.submission_id,
            versions=form.versions,
            entries=entries,
            reason=form.reason,
            on_paper_by=form.on_paper_by,
            opening=form.opening,
        )
    except Stale as stale:
        return _stale(request, head.section_id, day, form, str(stale))
    except BadEntries as bad:
        return _refused(request, head.section_id, day, form, str(bad), bad.problems)
    except Forbidden:
        raise
    except Refused as refused:
        return _refused(request, head.section_id, day, form, str(refused), {})
    if saved.repeated:
        # This form wrote nothing: tell what stands.
        form = stored_form(homeroom_page(scope, head.section_id, day))
    messages.success(request, summary(head.title, [choice.status for choice in form.choices.values()]))
    return redirect(page_after(head))


def _refused(
    request: HttpRequest, section_id: int, day: date, form: HomeroomForm, why: str, problems: dict[int, str]
) -> HttpResponse:
    page = homeroom_page(request_scope(request), section_id, day)
    kept = HomeroomForm(form.versions, uuid4(), form.choices, form.reason, form.on_paper_by, problems)
    return _shown(request, page, kept, refusal=why, is_unsaved=True, status=422)


def _stale(request: HttpRequest, section_id: int, day: date, form: HomeroomForm, why: str) -> HttpResponse:
    """The page anew: one's own choices, the other person's beside them, and the versions that a second save needs."""
    page = homeroom_page(request_scope(request), section_id, day)
    kept = HomeroomForm(page.versions, uuid4(), form.choices, form.reason, form.on_paper_by)
    return _shown(request, page, kept, refusal=why, is_unsaved=True, is_stale=True, status=409)


def _shown(
    request: HttpRequest,
    page: HomeroomPage,
    form: HomeroomForm,
    *,
    refusal: str = "",
    is_unsaved: bool = False,
    is_stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "rows": rows(page, form, is_stale=is_stale),
        "counts": _counts(page, form),
        "statuses": list(zip(MarkStatus, "PTLA", strict=True)),
        "refusal": refusal,
        "is_unsaved": is_unsaved,
        "is_stale": is_stale,
        "history": day_changes(page),
        "back": page_after(page),
    }
    return render(request, "attendance/homeroom.html", context, status=status)


def _counts(page: HomeroomPage, form: HomeroomForm) -> dict[str, int]:
    """By mark; children who can be left as marked by class are counted where there are any."""
    tally = counts(form.choices, [each.student_id for each in page.pupils])
    mixed = [each.student_id for each in page.pupils if each.is_mixed]
    if not mixed:
        return tally
    return tally | {AS_MARKED: sum(form.choices.get(each, DayChoice()).status == AS_MARKED for each in mixed)}
