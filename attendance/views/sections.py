"""Classes: their list, one of them on a day, and who stands in for its teacher."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from attendance.selectors.section_list import AskedSections, section_list
from attendance.selectors.section_page import section_page
from attendance.views.dates import asked_day
from attendance.views.substitute_forms import AppointForm, EndForm
from students.refusals import Forbidden, Refused
from students.services.teaching import appoint, end_teaching
from students.views.scoped import request_scope


@require_safe
def sections(request: HttpRequest) -> HttpResponse:
    """The classes in scope, narrowed by `?school=&teacher=&period=&words=`, on a day (`?on=`)."""
    scope = request_scope(request)
    given = request.GET
    asked = AskedSections(
        on=asked_day(request, scope.today),
        school_id=_number(given.get("school", "")),
        teacher_id=_number(given.get("teacher", "")),
        period=given.get("period", "") if given.get("period", "").isprintable() else "",
        words=given.get("words", "").replace("\x00", "")[:100].strip(),
        page=given.get("page", "1"),
    )
    return render(request, "attendance/sections.html", {"found": section_list(scope, asked), "asked": asked})


@require_safe
def section(request: HttpRequest, section_id: int) -> HttpResponse:
    """A class on a day (`?on=`)."""
    scope = request_scope(request)
    page = section_page(scope, section_id, asked_day(request, scope.today))
    form = AppointForm(staff=page.staff, initial={"starts_on": scope.today, "ends_on": scope.today})
    return render(request, "attendance/section.html", {"page": page, "form": form})


@require_POST
def appoint_substitute(request: HttpRequest, section_id: int) -> HttpResponse:
    """Appoint somebody for some days; the form comes back with the words where that is refused."""
    scope = request_scope(request)
    page = section_page(scope, section_id, scope.today)
    form = AppointForm(request.POST, staff=page.staff)
    if not page.may_appoint:
        raise Forbidden("Only an administrator of the school says who stands in for a teacher.")
    if form.is_valid():
        try:
            appoint(scope, section_id, **form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The class has its substitute for these days."))
            return redirect("section", section_id=section_id)
    return render(request, "attendance/section.html", {"page": page, "form": form}, status=422)


@require_POST
def end_substitute(request: HttpRequest, section_id: int, teaching_id: int) -> HttpResponse:
    """End what was entered here on the day given."""
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the last day as a date."))
        return redirect("section", section_id=section_id)
    try:
        end_teaching(request_scope(request), teaching_id, **form.cleaned_data)
    except Forbidden:
        raise
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The substitute’s days are ended."))
    return redirect("section", section_id=section_id)


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
