"""What the addresses of figures ask for."""

from datetime import date

from django.http import HttpRequest

from reporting.rules.figure_tables import NONE_GIVEN
from reporting.rules.period_figures import Narrowed
from reporting.selectors.figures_page import Asked


def asked_of(request: HttpRequest) -> Asked:
    """`?month=3&grade=09&mode=in_person&small=left-out`, of days `?from=2020-10-19&to=2020-10-25&weekday=5` too.

    What cannot be asked for is as if it were not asked.
    """
    month, weekday = request.GET.get("month", ""), request.GET.get("weekday", "")
    return Asked(
        month=int(month) if month in set("123456789") else None,
        grade=_chosen(request, "grade"),
        mode=_chosen(request, "mode"),
        leaves_out=request.GET.get("small") == "left-out",
        dates=_dates(request),
        weekday=int(weekday) if weekday in set("1234567") else None,
    )


def narrowed_of(request: HttpRequest) -> Narrowed:
    """`?month=3&weekday=5&period=7`, of figures of classes."""
    asked = asked_of(request)
    return Narrowed(asked.month, asked.weekday, period_of(request))


def period_of(request: HttpRequest) -> str | None:
    """The period asked for."""
    return _chosen(request, "period")


def _dates(request: HttpRequest) -> tuple[date, date] | None:
    try:
        return date.fromisoformat(request.GET.get("from", "")), date.fromisoformat(request.GET.get("to", ""))
    except ValueError:
        return None


def _chosen(request: HttpRequest, name: str) -> str | None:
    given = request.GET.get(name, "")
    if not given or not given.isprintable():
        return None
    return "" if given == NONE_GIVEN else given
