"""The marking page: one class meeting, marked by keyboard, thumb or plain form."""

from collections import Counter
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.models import MarkStatus
from attendance.selectors.meeting_page import MeetingHead, MeetingPage, meeting_head, meeting_page
from attendance.services.marking import save_marks
from attendance.services.taking import BadEntries
from attendance.views.mark_form import MarkForm, counts, entries_of, posted_form, stored_form
from attendance.views.mark_rows import in_words, rows
from students.access import Scope
from students.refusals import Forbidden, Refused, Stale
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """A class meeting's marks: shown, filled, saved."""
    if request.method == "POST" and "remaining" not in request.POST:
        return _saved(request, meeting_id, posted_form(request.POST))
    page = meeting_page(request_scope(request), meeting_id)
    if request.method != "POST":
        return _shown(request, page, stored_form(page))
    return _shown(request, page, posted_form(request.POST).with_remaining_present(page), is_unsaved=True)


def _saved(request: HttpRequest, meeting_id: int, form: MarkForm) -> HttpResponse:
    """Save; only a refusal, or a repetition, needs the whole page."""
    scope = request_scope(request)
    head = meeting_head(scope, meeting_id)
    entries, problems = entries_of(form, head.times)
    if problems:
        return _refused(request, head.id, form, _("Nothing was saved. Mend the lines marked below."), problems)
    try:
        saved = save_marks(
            scope,
            head.id,
            submission_id=form.submission_id,
            version=form.version,
            entries=entries,
            reason=form.reason,
        )
    except Stale as stale:
        return _stale(request, head.id, form, str(stale))
    except BadEntries as bad:
        return _refused(request, head.id, form, str(bad), bad.problems)
    except Forbidden:
        raise
    except Refused as refused:
        return _refused(request, head.id, form, str(refused), {})
    if saved.repeated:
        # This form wrote nothing: tell what stands.
        form = stored_form(meeting_page(scope, head.id))
    messages.success(request, _summary(head, form))
    return redirect(_after(scope, head))


def _refused(request: HttpRequest, meeting_id: int, form: MarkForm, why: str, problems: dict[int, str]) -> HttpResponse:
    page = meeting_page(request_scope(request), meeting_id)
    kept = MarkForm(form.version, uuid4(), form.choices, form.reason, problems)
    return _shown(request, page, kept, refusal=why, is_unsaved=True, status=422)


def _stale(request: HttpRequest, meeting_id: int, form: MarkForm, why: str) -> HttpResponse:
    """The page anew: one's own choices, the other person's beside them, and the version that a second save needs."""
    page = meeting_page(request_scope(request), meeting_id)
    kept = MarkForm(page.version, uuid4(), form.choices, form.reason)
    return _shown(request, page, kept, refusal=why, is_unsaved=True, is_stale=True, status=409)


def _shown(
    request: HttpRequest,
    page: MeetingPage,
    form: MarkForm,
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
        "counts": counts(form, page),
        "statuses": list(zip(MarkStatus, "PTLA", strict=True)),
        "refusal": refusal,
        "is_unsaved": is_unsaved,
        "is_stale": is_stale,
        "history": [(each, in_words(each.was), in_words(each.became)) for each in page.history],
        "back": _after(request_scope(request), page),
    }
    return render(request, "attendance/meeting.html", context, status=status)


def _summary(head: MeetingHead, form: MarkForm) -> str:
    tally = Counter(choice.status for choice in form.choices.values())
    told = [f"{tally[each]} {each.label.lower()}" for each in MarkStatus if tally[each] or each == MarkStatus.PRESENT]
    return _("%(class)s saved: %(marks)s.") % {"class": head.title, "marks": ", ".join(told)}


def _after(scope: Scope, page: MeetingPage | MeetingHead) -> str:
    """Where one came from: Today for whoever teaches the class, the school's board for an administrator."""
    name = "school" if page.can_void and not page.is_mine else "today"
    return reverse(name) + _on(page.day, page.today)


def _on(day: date, today: date) -> str:
    return "" if day == today else f"?on={day.isoformat()}"
