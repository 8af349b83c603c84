"""The watch list of tardiness."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.views.school import asked_id
from interventions.selectors.tardy import tardy_page
from students.views.scoped import request_scope


@require_safe
def tardy(request: HttpRequest) -> HttpResponse:
    """Students who are often tardy this term; `?school=&page=`."""
    school_id = asked_id(request, "school")
    found = tardy_page(request_scope(request), school_id=school_id, page=request.GET.get("page", "1"))
    return render(request, "interventions/tardy.html", {"found": found, "school_id": school_id})
