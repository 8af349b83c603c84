"""Entry completeness of the district and of a school, to read and to take away."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attendance.models import EntryKind
from reporting.selectors.figure_entries import EVERY_MONTH, AskedEntries, EntriesPage, district_entries, school_entries
from reporting.views.figure_entry_files import entries_file
from reporting.views.readers import months_scope
from students.access import Scope
from students.refusals import Forbidden, NotInScope, Refused

BY_NAME = "name"


@require_safe
def figure_entries(request: HttpRequest) -> HttpResponse:
    """The district, or the schools whose months are open to the person, by school."""
    return _shown(request, district_entries)


@require_safe
def figure_entries_of_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """One school, by teacher for whoever reads its classes."""
    return _shown(request, lambda scope, asked: school_entries(scope, school_id, asked))


def _shown(request: HttpRequest, find: Callable[[Scope, AskedEntries], EntriesPage]) -> HttpResponse:
    scope, asked = months_scope(request), _asked(request)
    try:
        page = find(scope, asked)
    except (NotInScope, Forbidden):
        raise
    except Refused as refusal:
        return render(request, "reporting/figure_entries.html", {"refusal": str(refusal)})
    file = entries_file(page, scope, request.GET.get("format", ""))
    return file or render(request, "reporting/figure_entries.html", {"page": page, "asked": asked})


def _asked(request: HttpRequest) -> AskedEntries:
    """`?month=3` or `?month=year` or `?week=2020-10-19`, `&kind=work&order=name&small=left-out`.

    What cannot be asked for is as if it were not asked.
    """
    month = request.GET.get("month", "")
    return AskedEntries(
        month=int(month) if month in set("123456789") else None,
        whole_year=month == EVERY_MONTH,
        week=_week(request),
        kind=EntryKind.WORK if request.GET.get("kind") == EntryKind.WORK else EntryKind.CLASS,
        sorts_by_name=request.GET.get("order") == BY_NAME,
        leaves_out=request.GET.get("small") == "left-out",
    )


def _week(request: HttpRequest) -> date | None:
    """The page's form has months and the week that is looked at in one list."""
    try:
        return date.fromisoformat(request.GET.get("week") or request.GET.get("month", ""))
    except ValueError:
        return None
