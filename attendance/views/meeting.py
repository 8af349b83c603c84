"""The marking page: one class meeting, marked by keyboard, thumb or plain form."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.models import MarkStatus
from attendance.selectors.meeting_page import MeetingPage, meeting_head, meeting_page
from attendance.services.marking import save_marks
from attendance.services.taking import BadEntries
from attendance.views.mark_form import MarkForm, counts, entries_of, posted_form, stored_form
from attendance.views.mark_rows import in_words, rows
from attendance.views.marking_pages import page_after, summary
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
            on_paper_by=form.on_paper_by,
            opening=form.opening,
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
    messages.success(request, summary(head.title, [choice.status for choice in form.choices.values()]))
    return redirect(page_after(head))


def _refused(request: HttpRequest, meeting_id: int, form: MarkForm, why: str, problems: dict[int, str]) -> HttpResponse:
    page = meeting_page(request_scope(request), meeting_id)
    kept = MarkForm(form.version, uuid4(), form.choices, form.reason, form.on_paper_by, problems)
    return _shown(request, page, kept, refusal=why, is_unsaved=True, status=422)


def _stale(request: HttpRequest, meeting_id: int, form: MarkForm, why: str) -> HttpResponse:
    """The page anew: one's own choices, the other person's beside them, and the version that a second save needs."""
    page = meeting_page(request_scope(request), meeting_id)
    kept = MarkForm(page.version, uuid4(), form.choices, form.reason, form.on_paper_by)
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
        "counts": counts(form.choices, [each.student_id for each in page.pupils]),
        "statuses": list(zip(MarkStatus, "PTLA", strict=True)),
        "refusal": refusal,
        "is_unsaved": is_unsaved,
        "is_stale": is_stale,
        "history": [(each, in_words(each.was), in_words(each.became)) for each in page.history],
        "back": page_after(page),
    }
    return render(request, "attendance/meeting.html", context, status=status)
