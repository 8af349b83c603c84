"""The list where office and teachers disagree."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.selectors.reconciliation import disagreements
from attendance.views.school import asked_id
from students.refusals import Forbidden, Refused
from students.views.scoped import request_scope


@require_safe
def office_disagreements(request: HttpRequest) -> HttpResponse:
    """The list of `?school=`, from `?from=` to `?to=`, of one `?sort=`; each leads to the class and to the entry."""
    scope = request_scope(request)
    asked, refusal = {"from_date": _day(request, "from"), "to_date": _day(request, "to")}, ""
    school_id, sort, number = asked_id(request, "school"), request.GET.get("sort", ""), request.GET.get("page", "1")
    try:
        page = disagreements(scope, school_id, **asked, sort=sort, page=number)
    except Forbidden:
        raise
    except Refused as refused:
        refusal = str(refused)
        page = disagreements(scope, school_id, sort=sort)
    query = urlencode({"school": page.school.pk, "on": scope.today.isoformat()})
    context = {"page": page, "query": query, "refusal": refusal}
    return render(request, "attendance/office_disagreements.html", context, status=422 if refusal else 200)


def _day(request: HttpRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None
