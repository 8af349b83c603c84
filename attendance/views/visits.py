"""The nurse's and the counselors' page: students who visit are found and entered with their times."""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from attendance.selectors.visits import VisitsPage, visits_page
from attendance.services.visits import record_visit, withdraw_visit
from attendance.views.dates import asked_day
from attendance.views.office import typed_words
from attendance.views.office_forms import WithdrawEntryForm, time_field
from attendance.views.school import asked_id
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


class VisitForm(forms.Form):
    """A visit; the button says whose."""

    submission_id = forms.UUIDField(widget=forms.HiddenInput)
    starts_at = time_field(gettext_lazy("From"))
    ends_at = time_field(gettext_lazy("Until"))
    student = forms.IntegerField(required=False, min_value=1)


@require_http_methods(["GET", "HEAD", "POST"])
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of `?school=&kind=&on=&page=`; a POST searches, enters, or withdraws."""
    scope = request_scope(request)
    page = _page(request, scope)
    if request.method == "POST" and "student" in request.POST:
        return _entered(request, scope, page)
    if request.method == "POST" and "entry" in request.POST:
        return _withdrawn(request, scope, page)
    if getattr(request, "htmx", False):
        return render(request, "attendance/visits_found.html", {"page": page, "form": _form(page)})
    return _shown(request, page, _form(page))


def _page(request: HttpRequest, scope: Scope) -> VisitsPage:
    asked = request.GET
    return visits_page(
        scope,
        asked_id(request, "school"),
        asked.get("kind", ""),
        asked_day(request, scope.today),
        typed=typed_words(request),
        page=asked.get("page", "1"),
    )


def _form(page: VisitsPage) -> VisitForm:
    return VisitForm(initial={"submission_id": uuid4(), "ends_at": page.time_now})


def _entered(request: HttpRequest, scope: Scope, page: VisitsPage) -> HttpResponse:
    form = VisitForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, form, _("The time could not be read."))
    said = form.cleaned_data
    try:
        record_visit(
            scope,
            page.school.pk,
            said["student"] or 0,
            submission_id=said["submission_id"],
            kind=page.kind,
            day=page.day,
            starts_at=said["starts_at"],
            ends_at=said["ends_at"],
        )
    except Forbidden:
        raise
    except Refused as refused:
        return _shown(request, page, form, str(refused))
    messages.success(request, _("The visit is entered: its minutes count as attended (RD-07)."))
    return redirect(_address(page))


def _withdrawn(request: HttpRequest, scope: Scope, page: VisitsPage) -> HttpResponse:
    form = WithdrawEntryForm(request.POST)
    if not form.is_valid():
        return _shown(request, page, _form(page), _("Say why it is withdrawn."))
    try:
        withdraw_visit(scope, asked_entry(request), reason=form.cleaned_data["reason"])
    except Forbidden:
        raise
    except Refused as refused:
        return _shown(request, page, _form(page), str(refused))
    messages.success(request, _("The visit is withdrawn."))
    return redirect(_address(page))


def asked_entry(request: HttpRequest) -> int:
    """The entry that a button names; none has the id 0."""
    named = request.POST.get("entry", "")
    return int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0


def _address(page: VisitsPage) -> str:
    on = {} if page.day == page.today else {"on": page.day.isoformat()}
    return f"{reverse('visits')}?{urlencode({'school': page.school.pk, 'kind': page.kind} | on)}"


def _shown(request: HttpRequest, page: VisitsPage, form: VisitForm, refusal: str = "") -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    context = {"page": page, "form": form, "refusal": refusal}
    return render(request, "attendance/visits.html", context, status=status)
