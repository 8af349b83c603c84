"""Entry completeness of the district and of a school, to read and to take away."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from attendance.models import EntryKind
from reporting.selectors.figure_entries import EVERY_MONTH, AskedEntries, district_entries, school_entries
from reporting.views.figure_entry_files import entries_file
from reporting.views.figure_pages import figure_page
from reporting.views.figure_query import asked_of

_TEMPLATE = "reporting/figure_entries.html"
BY_NAME = "name"


@require_safe
def figure_entries(request: HttpRequest) -> HttpResponse:
    """The district, or the schools whose months are open to the person, by school."""
    asked = _asked(request)
    return figure_page(request, _TEMPLATE, lambda scope: district_entries(scope, asked), entries_file)


@require_safe
def figure_entries_of_school(request: HttpRequest, school_id: int) -> HttpResponse:
    """One school, by teacher for whoever reads its classes."""
    asked = _asked(request)
    return figure_page(request, _TEMPLATE, lambda scope: school_entries(scope, school_id, asked), entries_file)


def _asked(request: HttpRequest) -> AskedEntries:
    """`?month=3` or `?month=year` or `?week=2020-10-19`, `&kind=work&order=name&small=left-out`.

    What cannot be asked for is as if it were not asked.
    """
    asked = asked_of(request)
    return AskedEntries(
        month=asked.month,
        whole_year=request.GET.get("month") == EVERY_MONTH,
        week=_week(request),
        kind=EntryKind.WORK if request.GET.get("kind") == EntryKind.WORK else EntryKind.CLASS,
        sorts_by_name=request.GET.get("order") == BY_NAME,
        leaves_out=asked.leaves_out,
    )


def _week(request: HttpRequest) -> date | None:
    """The page's form has months and the week that is looked at in one list."""
    try:
        return date.fromisoformat(request.GET.get("week") or request.GET.get("month", ""))
    except ValueError:
        return None
