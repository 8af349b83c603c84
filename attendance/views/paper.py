"""Rosters on paper: of one class, or of a whole school in one print."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.selectors.paper_rosters import Papers, paper_of_section, papers_of_school
from attendance.views.school import asked_id
from students.views.scoped import request_scope

# Lines for whoever is in the room and not on the paper.
SPARE_LINES = range(3)


@require_safe
def section_paper(request: HttpRequest, section_id: int) -> HttpResponse:
    """The sheet of a class for `?date=`, by default today."""
    scope = request_scope(request)
    return _shown(request, paper_of_section(scope, section_id, _asked(request, scope.today)))


@require_safe
def school_paper(request: HttpRequest) -> HttpResponse:
    """The sheets of every class of `?school=` that meets on `?date=`."""
    scope = request_scope(request)
    return _shown(request, papers_of_school(scope, asked_id(request, "school"), _asked(request, scope.today)))


def _asked(request: HttpRequest, today: date) -> date:
    try:
        return date.fromisoformat(request.GET.get("date", ""))
    except ValueError:
        return today


def _shown(request: HttpRequest, papers: Papers) -> HttpResponse:
    return render(request, "attendance/paper.html", {"papers": papers, "spare": SPARE_LINES})
