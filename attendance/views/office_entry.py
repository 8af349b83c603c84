"""One entry of the office: its students, and withdrawing it for all of them or for one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attendance.selectors.office_entry_page import EntryPage, entry_page
from attendance.services.office import withdraw_entry
from attendance.views.office_forms import WithdrawEntryForm
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def office_entry(request: HttpRequest, entry_id: int) -> HttpResponse:
    """The entry; a POST withdraws it with a reason, for `student` alone where one is chosen."""
    scope = request_scope(request)
    page = entry_page(scope, entry_id)
    if request.method != "POST":
        return _shown(request, page, WithdrawEntryForm())
    form = WithdrawEntryForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form, status=422)
    try:
        withdrawn = withdraw_entry(
            scope, entry_id, reason=form.cleaned_data["reason"], student_id=form.cleaned_data["student"]
        )
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, page, form, status=422)
    messages.success(
        request,
        ngettext("Withdrawn for %(n)s student.", "Withdrawn for %(n)s students.", withdrawn) % {"n": withdrawn},
    )
    return redirect("office_entry", entry_id)


def _shown(request: HttpRequest, page: EntryPage, form: WithdrawEntryForm, status: int = 200) -> HttpResponse:
    return render(request, "attendance/office_entry.html", {"page": page, "form": form}, status=status)
