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
from reporting.rules.layouts import Column, Form
from reporting.services.sheets import Table, sheet_of_tables
from reporting.views.downloads import XLSX, attachment
from students.rules.csv_text import people_csv
from students.views.scoped import request_scope

_COLUMNS = [
    "Student", "State id", "School", "Absences that count", "Absences that would count", "Would move", "As of",
]  # fmt: skip


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
    if request.GET.get("format") == "xlsx":
        columns = [Column(each, "", Form.COUNT if each.startswith("Absences") else Form.TEXT) for each in _COLUMNS]
        content = sheet_of_tables(scope, name, [Table("Students", columns, rows)])
        return attachment(content, f"{name}.xlsx", XLSX)
    return attachment(people_csv(_COLUMNS, rows), f"{name}.csv", "text/csv; charset=utf-8")


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
