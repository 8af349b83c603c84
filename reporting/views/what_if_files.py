"""Who would move under another policy, as a file for a spreadsheet."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from interventions.models import PolicyTrial
from interventions.selectors.policy_trials import MovedLine, done_trial, what_if_rows
from interventions.views.asked import asked_id
from reporting.rules.layouts import Form
from reporting.views.table_files import csv_of, table_of, xlsx_of
from students.access import Scope
from students.clock import local_date
from students.views.scoped import request_scope

_COLUMNS = [
    "Student", "State id", "School", "Absences that count", "Absences that would count", "Would move", "As of",
]  # fmt: skip
_FORMS = {each: Form.COUNT for each in _COLUMNS if each.startswith("Absences")}


@require_safe
def what_if_moved_file(request: HttpRequest, trial_id: int) -> HttpResponse:
    """The students whom the policy of a trial would move, of `?school= way= format=`: xlsx, or else csv."""
    scope = request_scope(request)
    trial = done_trial(scope, trial_id)
    if trial is None:
        return redirect("what_if_trial", trial_id)
    school, lines = what_if_rows(scope, trial, school_id=asked_id(request, "school"), way=request.GET.get("way", ""))
    place = school.state_code if school else "district"
    name, rows = f"what-if-{trial.tried['starts_on']}-{place}", _rows(lines, _day(scope, trial))
    table = table_of("Students", _COLUMNS, _FORMS, rows)
    return xlsx_of(scope, name, [table]) if request.GET.get("format") == "xlsx" else csv_of(name, table)


def _day(scope: Scope, trial: PolicyTrial) -> str:
    """The day through which the days were judged."""
    return local_date(trial.as_of, scope.zone).isoformat() if trial.as_of else ""


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
