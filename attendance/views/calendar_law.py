"""Waived days of the calendars, and the calendars as adopted."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from attendance.models import WaivedDay
from attendance.selectors.calendar_law_page import LawPage, law_page, waiver_of
from attendance.services.calendar_law import adopt_calendar, name_document, waive_days, withdraw_waiver
from attendance.services.waiver_documents import open_waiver_document
from attendance.views.calendar_law_forms import AdoptionForm, DocumentForm, WaiverForm, WithdrawalForm
from attendance.views.calendars import asked_number, calendars_of
from attendance.views.document_fields import add_stop, takes_documents
from attendance.views.documents import sent_document
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@takes_documents
@require_http_methods(["GET", "HEAD", "POST"])
def waivers(request: HttpRequest) -> HttpResponse:
    """The waived days of a year; a POST waives days."""
    scope = request_scope(request)
    page = _page(scope, request)
    if request.method != "POST":
        return _waivers_shown(request, page, WaiverForm(page))
    form = WaiverForm(page, request.POST, request.FILES)
    add_stop(form, request)
    waived = _done(form, lambda: _waive(scope, form))
    if waived is None:
        return _waivers_shown(request, page, form, status=422)
    said = ngettext("%(n)s day is waived.", "%(n)s days of schools are waived.", len(waived))
    messages.success(request, said % {"n": len(waived)})
    return redirect(reverse("waivers") + _query(page))


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest) -> HttpResponse:
    """The adopted calendars of a year; a POST keeps those of now, with what the form says, as adopted."""
    scope = request_scope(request)
    page = _page(scope, request)
    if request.method != "POST":
        return _adoption_shown(request, page, AdoptionForm(page))
    form, year = AdoptionForm(page, request.POST), page.calendars.year.starts_on.year
    kept = _done(
        form, lambda: adopt_calendar(scope, form.adoption(year), submission_id=form.cleaned_data["submission_id"])
    )
    if kept is None:
        return _adoption_shown(request, page, form, status=422)
    said = ngettext("The calendar of %(n)s school is kept.", "The calendars of %(n)s schools are kept.", len(kept))
    messages.success(request, said % {"n": len(kept)})
    return redirect(reverse("calendars") + _query(page))


@takes_documents
@require_http_methods(["GET", "HEAD", "POST"])
def waiver(request: HttpRequest, waiver_id: int) -> HttpResponse:
    """One waived day; a POST names its document, or withdraws it where it says so."""
    scope = request_scope(request)
    found = waiver_of(scope, waiver_id)
    named = {"document": found.document, "kept_at": found.kept_at}
    if request.method != "POST":
        return _waiver_shown(request, waiver_id, DocumentForm(initial=named), WithdrawalForm())
    if "withdraw" in request.POST:
        why = WithdrawalForm(request.POST)
        if _done(why, lambda: withdraw_waiver(scope, waiver_id, reason=why.cleaned_data["reason"])) is None:
            return _waiver_shown(request, waiver_id, DocumentForm(initial=named), why, status=422)
        messages.success(request, _("The waiver is withdrawn. The day counts no longer."))
        return redirect("waiver", waiver_id)
    form = DocumentForm(request.POST, request.FILES)
    add_stop(form, request)
    if _done(form, lambda: _name(scope, waiver_id, form)) is None:
        return _waiver_shown(request, waiver_id, form, WithdrawalForm(), status=422)
    messages.success(request, _("The document is named."))
    return redirect("waiver", waiver_id)


def _waive(scope: Scope, form: WaiverForm) -> Sequence[WaivedDay]:
    given = form.cleaned_data
    return waive_days(scope, form.asked(), submission_id=given["submission_id"], uploads=given["documents"])


def _name(scope: Scope, waiver_id: int, form: DocumentForm) -> WaivedDay:
    given = form.cleaned_data
    named = {"document": given["document"], "kept_at": given["kept_at"]}
    return name_document(scope, waiver_id, uploads=given["documents"], **named)


@require_GET
def waiver_document(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """Send a document of a waived day, to be saved."""
    return sent_document(request, lambda: open_waiver_document(request_scope(request), document_id))


def _done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What an act answered; None where the form or the act was refused, which is the form's error then."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Forbidden:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return None


def _page(scope: Scope, request: HttpRequest) -> LawPage:
    page = law_page(scope, calendars_of(scope, request, asked_number(request, "year")))
    if request.method == "POST" and not scope.district_wide:
        raise Forbidden(_("Calendars are the district’s: only a district administrator adopts them and waives days."))
    return page


def _query(page: LawPage) -> str:
    school = page.calendars.school
    return f"?school={school.pk}" if school else ""


def _waivers_shown(request: HttpRequest, page: LawPage, form: WaiverForm, status: int = 200) -> HttpResponse:
    context = {"page": page, "calendars": page.calendars, "form": form}
    return render(request, "attendance/waivers.html", context, status=status)


def _adoption_shown(request: HttpRequest, page: LawPage, form: AdoptionForm, status: int = 200) -> HttpResponse:
    context = {"page": page, "calendars": page.calendars, "form": form}
    return render(request, "attendance/adopted_calendar.html", context, status=status)


def _waiver_shown(
    request: HttpRequest, waiver_id: int, form: DocumentForm, withdrawal: WithdrawalForm, status: int = 200
) -> HttpResponse:
    found = waiver_of(request_scope(request), waiver_id)
    context = {"waiver": found, "form": form, "withdrawal": withdrawal}
    return render(request, "attendance/waiver.html", context, status=status)
