"""The office's day: students sign in and out at the desk, and everything entered of the day is listed.

A name never stands in an address: the search is a form that is posted and answered in place.
"""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from attendance.selectors.office_page import Asked, Found, OfficePage, found_students, office_page
from attendance.services.office import Recorded, record_entry
from attendance.views.dates import asked_day
from attendance.views.office_forms import DoorForm
from attendance.views.school import asked_id
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@dataclass
class Desk:
    """What somebody at the desk typed, whom it found, and what was refused."""

    form: DoorForm
    typed: str = ""
    found: list[Found] = field(default_factory=list)
    refusal: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest) -> HttpResponse:
    """The day of `?school=` and `?on=`, its list narrowed by `?kind=&show=&page=`; a POST searches, or enters."""
    scope = request_scope(request)
    asked = Asked(kind=request.GET.get("kind", ""), show=request.GET.get("show", ""), page=request.GET.get("page", "1"))
    page = office_page(scope, asked_id(request, "school"), asked_day(request, scope.today), asked)
    typed = typed_words(request)
    if request.method == "POST" and {"sign_in", "sign_out"} & request.POST.keys():
        return _entered(request, scope, page, typed)
    desk = _desk(scope, page, typed)
    if getattr(request, "htmx", False):
        return render(request, "attendance/office_found.html", _context(page, desk))
    return _shown(request, page, desk)


def typed_words(request: HttpRequest) -> str:
    """The name or state id that somebody looks for; never in an address."""
    return request.POST.get("words", "").replace("\0", "").strip()[:100]


def _entered(request: HttpRequest, scope: Scope, page: OfficePage, typed: str) -> HttpResponse:
    form = DoorForm(request.POST)
    if not form.is_valid():
        return _refused(request, scope, page, typed, _("The time could not be read."))
    try:
        recorded = record_entry(
            scope,
            page.school.pk,
            [form.student_id],
            submission_id=form.cleaned_data["submission_id"],
            kind=form.kind,
            starts_on=page.day,
            starts_at=form.cleaned_data["at"],
        )
    except Forbidden:
        raise
    except Refused as refused:
        return _refused(request, scope, page, typed, str(refused))
    messages.success(request, told(recorded))
    return redirect(address(page.school.pk, page.day, scope))


def told(recorded: Recorded) -> str:
    """What was entered: "Signed in: 38 students. 2 more had been entered already."."""
    n = len(recorded.student_ids)
    words = ngettext("%(what)s: %(n)s student.", "%(what)s: %(n)s students.", n) % {
        "what": recorded.entry.get_kind_display(),
        "n": n,
    }
    if not recorded.known:
        return words
    known = ngettext(
        "%(n)s more had been entered already and stays as it was.",
        "%(n)s more had been entered already and stay as they were.",
        len(recorded.known),
    )
    return f"{words} {known % {'n': len(recorded.known)}}"


def address(school_id: int, day: date, scope: Scope) -> str:
    """The office's day."""
    on = {} if day == scope.today else {"on": day.isoformat()}
    return f"{reverse('office')}?{urlencode({'school': school_id} | on)}"


def _refused(request: HttpRequest, scope: Scope, page: OfficePage, typed: str, why: str) -> HttpResponse:
    desk = _desk(scope, page, typed)
    desk.refusal = why
    desk.form.initial["at"] = request.POST.get("at", "")
    return _shown(request, page, desk, status=422)


def _desk(scope: Scope, page: OfficePage, typed: str) -> Desk:
    form = DoorForm(initial={"submission_id": uuid4(), "at": page.time_now})
    return Desk(form, typed, found_students(scope, page.school.pk, page.day, typed) if typed else [])


def _shown(request: HttpRequest, page: OfficePage, desk: Desk, status: int = 200) -> HttpResponse:
    return render(request, "attendance/office.html", _context(page, desk), status=status)


def _context(page: OfficePage, desk: Desk) -> dict[str, object]:
    query = urlencode({"school": page.school.pk, "on": page.day.isoformat()})
    return {"page": page, "desk": desk, "query": query}
