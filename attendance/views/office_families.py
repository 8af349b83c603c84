"""What families told the office: looked at here, decided under Excuses."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from attendance.selectors.family_report_list import EVERY, NEW, TO_COME, TODAY, from_families, report_list
from attendance.services.absence_reports import mark_read
from attendance.views.school import asked_id
from students.views.scoped import request_scope

SHOWN = {
    EVERY: gettext_lazy("All, new ones first"),
    NEW: gettext_lazy("New"),
    TODAY: gettext_lazy("Absent today"),
    TO_COME: gettext_lazy("Days to come"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def office_families(request: HttpRequest) -> HttpResponse:
    """The reports of `?school=&show=&page=`; a POST says that some were read."""
    scope = request_scope(request)
    found = report_list(
        scope, asked_id(request, "school"), show=request.GET.get("show", ""), page=request.GET.get("page", "1")
    )
    if request.method == "POST":
        read = mark_read(scope, found.school.pk, _named(request))
        messages.success(request, ngettext("%(n)s report is read.", "%(n)s reports are read.", read) % {"n": read})
        query = urlencode({"school": found.school.pk, "show": found.show, "page": found.page.number})
        return redirect(f"{reverse('office_families')}?{query}")
    context = {
        "page": found,
        "query": urlencode({"school": found.school.pk}),
        "shows": SHOWN.items(),
        "waiting": from_families(scope, found.school.pk),
    }
    return render(request, "attendance/office_families.html", context)


def _named(request: HttpRequest) -> list[int]:
    named = request.POST.getlist("report")
    return [int(each) for each in named if each.isascii() and each.isdigit() and len(each) < 19]
