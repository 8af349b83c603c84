"""The list for the School Attendance Officer, as a file or on paper. Handing it out is an act, which is logged."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from interventions.selectors.officer_lines import (
    CONTACTS,
    OfficerLine,
    Telling,
    notice_tellings,
    officer_lines,
    suspension_tellings,
    unenrolled_tellings,
)
from interventions.services.officer_list import hand_out
from interventions.views.truancy_forms import asked_notices, asked_others
from students.access import Scope
from students.refusals import NotInScope
from students.rules.csv_text import people_csv_lines
from students.views.scoped import request_scope

_COLUMNS = ["why", "student", "state_id", "birth_date", "school", "grade", "dates", "due_on"]
_CONTACT = ["contact", "relationship", "phone"]
_OTHERS = {"suspensions": suspension_tellings, "unenrolled": unenrolled_tellings}


@require_POST
def truancy_list(request: HttpRequest, kind: str) -> HttpResponseBase:
    """All pages of what the parameters ask for; with `paper` a page to print, else a CSV file."""
    scope = request_scope(request)
    tellings = hand_out(scope, _asked(request, scope, kind), _submission(request))
    lines = officer_lines(scope, tellings)
    if "paper" in request.POST:
        context = {"lines": list(lines), "kind": kind, "today": scope.today}
        return render(request, "interventions/truancy_paper.html", context)
    response = StreamingHttpResponse(_csv(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}-{scope.today.isoformat()}.csv"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _asked(request: HttpRequest, scope: Scope, kind: str) -> list[Telling]:
    if kind == "notices":
        return notice_tellings(scope, asked_notices(request))
    if kind not in _OTHERS:
        raise NotInScope
    asked = asked_others(request)
    return _OTHERS[kind](scope, asked.school_id, asked.state)


def _submission(request: HttpRequest) -> UUID | None:
    """None where the form names none: then it is logged each time."""
    try:
        return UUID(request.POST.get("submission_id", ""))
    except ValueError:
        return None


def _csv(lines: Iterable[OfficerLine]) -> Iterator[bytes]:
    contacts = [f"{name}_{number}" for number in range(1, CONTACTS + 1) for name in _CONTACT]
    return people_csv_lines([*_COLUMNS, *contacts], (list(_cells(line)) for line in lines))


def _cells(line: OfficerLine) -> Iterator[str]:
    told = line.telling
    yield from (told.why, line.name, line.state_id, line.birth_date.isoformat() if line.birth_date else "")
    yield from (told.school, told.grade, "; ".join(day.isoformat() for day in told.dates))
    yield told.due_on.isoformat() if told.due_on else ""
    for each in line.contacts:
        yield from (each.name, each.relationship, each.phone)
    yield from [""] * (len(_CONTACT) * (CONTACTS - len(line.contacts)))
