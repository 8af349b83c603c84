"""The amendment list of a school's month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.selectors.school_years import school_year
from reporting.rules.month_names import MONTHS, month_name
from reporting.selectors.amendments import amendment_page, amendment_rows
from reporting.selectors.months import SchoolMonth, school_month, school_with_months
from reporting.views.downloads import attachment
from reporting.views.readers import months_scope
from students.access import Scope
from students.models import School
from students.refusals import NotInScope, Refused
from students.rules.csv_text import people_csv

_COLUMNS = ["Date", "State ID", "Student", "What", "Was", "Became", "Reason", "Changed by", "Changed at", "Change"]


@require_safe
def month_amendments(request: HttpRequest, school_id: int, month: int) -> HttpResponse:
    """What was changed after the month was certified, the latest first."""
    scope = months_scope(request)
    school, held = _asked(scope, school_id, month)
    page, changes = amendment_page(scope, school, held, request.GET.get("page", "1"))
    context = {
        "school": school,
        "held": held,
        "name": month_name(month, school_year(scope).starts_on.year),
        "page": page,
        "changes": changes,
    }
    return render(request, "reporting/amendments.html", context)


@require_safe
def month_amendments_file(request: HttpRequest, school_id: int, month: int) -> HttpResponse:
    """The whole list for a spreadsheet."""
    scope = months_scope(request)
    school, held = _asked(scope, school_id, month)
    content = people_csv(_COLUMNS, amendment_rows(scope, school, held))
    return attachment(content, f"amendments-{school.state_code}-month-{month}.csv", "text/csv; charset=utf-8")


def _asked(scope: Scope, school_id: int, month: int) -> tuple[School, SchoolMonth]:
    school = school_with_months(scope, school_id)
    if month not in MONTHS:
        raise NotInScope
    try:
        return school, school_month(scope, school, school_year(scope), month)
    except Refused as refusal:
        raise NotInScope from refusal
