"""One entry of the office for many: what, when, and of whom; first listed, then entered."""

from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attendance.selectors.office_lists import Chosen, chosen_students, list_choices
from attendance.selectors.office_page import Asked, OfficePage, office_page
from attendance.services.office import record_entry
from attendance.views.dates import asked_day
from attendance.views.office import address, told
from attendance.views.office_forms import ChoosingForm, EntryForm
from attendance.views.school import asked_id
from students.access import Scope
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_http_methods(["GET", "HEAD", "POST"])
def office_enter(request: HttpRequest) -> HttpResponse:
    """The form for `?school=&on=&kind=&student=`; a POST lists the students, or enters those that are ticked."""
    scope = request_scope(request)
    page = office_page(scope, asked_id(request, "school"), asked_day(request, scope.today), Asked())
    choices = list_choices(scope, page.school.pk, page.day)
    if request.method != "POST":
        return _opened(request, scope, page, ChoosingForm(choices))
    form, choosing = EntryForm(request.POST), ChoosingForm(choices, request.POST)
    if not (form.is_valid() and choosing.is_valid()):
        return _shown(request, page, form, choosing, Chosen(()), status=422)
    if "save" in request.POST:
        return _saved(request, scope, page, form, choosing)
    return _listed(request, scope, page, form, choosing)


def _opened(request: HttpRequest, scope: Scope, page: OfficePage, choosing: ChoosingForm) -> HttpResponse:
    form = EntryForm.of_day(page.day, request.GET.get("kind", ""), page.time_now)
    one = asked_id(request, "student")
    chosen = chosen_students(scope, page.school.pk, page.day, student_ids=[one]) if one else Chosen(())
    return _shown(request, page, form, choosing, chosen)


def _listed(
    request: HttpRequest, scope: Scope, page: OfficePage, form: EntryForm, choosing: ChoosingForm
) -> HttpResponse:
    given = choosing.cleaned_data
    chosen = chosen_students(
        scope,
        page.school.pk,
        _first_day(form, page.day),
        pasted=given["pasted"],
        grade=given["grade"],
        section_id=given["section"],
        everybody=given["everybody"],
        student_ids=_ticked(request),
    )
    refusal = "" if chosen.students else _("Nobody is chosen yet. Choose a class, a grade or the school, or paste ids.")
    return _shown(request, page, form, choosing, chosen, refusal=refusal, status=200 if chosen.students else 422)


def _saved(
    request: HttpRequest, scope: Scope, page: OfficePage, form: EntryForm, choosing: ChoosingForm
) -> HttpResponse:
    ticked = _ticked(request)
    try:
        recorded = record_entry(scope, page.school.pk, ticked, **form.said)
    except Forbidden:
        raise
    except Refused as refused:
        chosen = chosen_students(scope, page.school.pk, _first_day(form, page.day), student_ids=ticked)
        return _shown(request, page, form, choosing, chosen, refusal=str(refused), status=422)
    messages.success(request, told(recorded))
    return redirect(address(page.school.pk, page.day, scope))


def _first_day(form: EntryForm, otherwise: date) -> date:
    return form.cleaned_data.get("starts_on") or otherwise


def _ticked(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.POST.getlist("student") if each.isascii() and each.isdigit()]


def _shown(
    request: HttpRequest,
    page: OfficePage,
    form: EntryForm,
    choosing: ChoosingForm,
    chosen: Chosen,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    query = urlencode({"school": page.school.pk, "on": page.day.isoformat()})
    context = {"page": page, "query": query, "form": form, "choosing": choosing, "chosen": chosen, "refusal": refusal}
    return render(request, "attendance/office_enter.html", context, status=status)
