"""One school's month: its figures so far, the building of its package, what is to be mended."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from attendance.selectors.school_years import school_year
from reporting.models import RunState
from reporting.rules.month_names import MONTHS, month_name
from reporting.selectors.month_detail import figures_so_far
from reporting.selectors.month_detail import month_work as read_work
from reporting.selectors.months import school_month, school_with_months
from reporting.services.leases import BUILD_TASK
from reporting.services.month_runs import request_month
from reporting.views.readers import months_scope
from reporting.views.submissions import submission_id
from reporting.views.wording import FINDING_TITLES, STEPS
from students.access import Scope
from students.models import School, SchoolYear
from students.refusals import Forbidden, NotInScope, Refused
from students.services.dispatch import hand_to_a_worker


@require_http_methods(["GET", "HEAD", "POST"])
def month(request: HttpRequest, school_id: int, month: int) -> HttpResponse:
    """The month's page; a POST asks for its package."""
    scope = months_scope(request)
    if request.method == "POST":
        return _build(request, scope, school_id, month)
    school = school_with_months(scope, school_id)
    if month not in MONTHS:
        raise NotInScope
    try:
        return render(request, "reporting/month.html", _page(scope, school, month))
    except Refused as refusal:
        return render(request, "reporting/months.html", {"refusal": str(refusal)})


@require_safe
def month_work(request: HttpRequest, school_id: int, month: int) -> HttpResponse:
    """The part of the page that changes while a worker builds; asked for every two seconds until it is finished."""
    scope = months_scope(request)
    school = school_with_months(scope, school_id)
    if not request.headers.get("HX-Request"):
        return redirect("month", school_id=school_id, month=month)
    year = school_year(scope)
    # What is being built was over when it was asked for.
    context = {"school": school, "month": month, "is_over": True, "polled": True}
    return render(request, "reporting/month_work.html", context | _work(scope, school, year, month))


def _build(request: HttpRequest, scope: Scope, school_id: int, month: int) -> HttpResponse:
    try:
        run = request_month(scope, school_id, month, submission_id=submission_id(request))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if run.state == RunState.WAITING:
            hand_to_a_worker(BUILD_TASK, run.pk)
    return redirect("month", school_id=school_id, month=month)


def _page(scope: Scope, school: School, number: int) -> dict[str, Any]:
    year = school_year(scope)
    held = school_month(scope, school, year, number)
    return {
        "school": school,
        "month": number,
        "name": month_name(number, year.starts_on.year),
        "year": year,
        "held": held,
        "is_over": held.is_over(scope.today),
        "figures": figures_so_far(scope, school, held),
        **_work(scope, school, year, number),
    }


def _work(scope: Scope, school: School, year: SchoolYear, number: int) -> dict[str, Any]:
    work = read_work(scope, school, year, number)
    run = work.newest.run if work.newest else None
    return {
        "work": work,
        "run": run,
        "flow": work.flow,
        "may_certify": scope.district_wide,
        "may_build": scope.administers(school.pk),
        "step": STEPS.get(run.step, "") if run else "",
        "groups": [(FINDING_TITLES.get(group.code, group.code), group) for group in work.groups],
        # A new one with every page: the same page sent twice is one run.
        "submission_id": uuid4(),
    }
