"""The list of disengaged students, each with the criterion and the days behind it; as a page and as a file."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from interventions.selectors.disengaged_lines import LostLine
from interventions.selectors.disengaged_page import disengaged_file, disengaged_page
from interventions.views.disengaged_asked import asked_of
from students.rules.csv_text import people_csv
from students.views.scoped import request_scope

_COLUMNS = (
    "student", "state_id", "school", "grade", "mode", "days_absent", "criterion", "since", "days", "need",
    "outreach_worker",
)  # fmt: skip


@require_safe
def disengaged(request: HttpRequest) -> HttpResponse:
    """The disengaged students in scope, narrowed by `?school=&grade=&mode=&criterion=&worker=`."""
    asked = asked_of(request.GET.dict())
    page = disengaged_page(request_scope(request), asked)
    return render(request, "interventions/disengaged.html", {"page": page, "asked": asked})


@require_safe
def disengaged_csv(request: HttpRequest) -> HttpResponse:
    """The same as a file, all pages of it."""
    scope = request_scope(request)
    lines = disengaged_file(scope, asked_of(request.GET.dict()))
    response = HttpResponse(people_csv(_COLUMNS, _rows(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="disengaged-{scope.today.isoformat()}.csv"'
    return response


def _rows(lines: Iterable[LostLine]) -> Iterator[list[str]]:
    """A row for each criterion that a student meets."""
    for line in lines:
        who = [line.name, line.state_id, line.school, line.grade, line.mode, str(line.absences)]
        for each in line.criteria:
            days = " ".join(day.isoformat() for day in each.days)
            yield [*who, each.words, each.since.isoformat(), days, line.need, line.worker]
