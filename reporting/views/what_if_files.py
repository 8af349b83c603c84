"""Who would move under another policy, as a file for a spreadsheet."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from interventions.selectors.what_if import MovedLine, what_if_rows
from interventions.views.asked import asked_id
from interventions.views.what_if import tried_policy
from reporting.rules.layouts import Form
from reporting.views.table_files import csv_of, table_of, xlsx_of
from students.views.scoped import request_scope

_COLUMNS = [
    "Student", "State id", "School", "Absences that count", "Absences that would count", "Would move", "As of",
]  # fmt: skip
_FORMS = {each: Form.COUNT for each in _COLUMNS if each.startswith("Absences")}


@require_safe
def what_if_moved_file(request: HttpRequest) -> HttpResponse:
    """The students who would move by the policy in the address, of `?school= way= format=`: xlsx, or else csv."""
    scope = request_scope(request)
    form = tried_policy(scope, request)
    if not form.is_valid():
        return redirect(f"{reverse('what_if')}?{urlencode(form.said)}")
    policy = form.policy()
    school, lines = what_if_rows(scope, policy, school_id=asked_id(request, "school"), way=request.GET.get("way", ""))
    place = school.state_code if school else "district"
    name, rows = f"what-if-{policy.starts_on.isoformat()}-{place}", _rows(lines, scope.today.isoformat())
    table = table_of("Students", _COLUMNS, _FORMS, rows)
    return xlsx_of(scope, name, [table]) if request.GET.get("format") == "xlsx" else csv_of(name, table)


def _rows(lines: Sequence[MovedLine], as_of: str) -> list[list[str]]:
    return [
        [
            each.name,
            each.state_id,
            each.school,
            str(each.absences_before),
            str(each.absences_after),
            "; ".join(each.ways),
            as_of,
        ]
        for each in lines
    ]
