"""What the addresses of figures ask for."""

from django.http import HttpRequest

from reporting.selectors.figures_page import NONE_GIVEN, Asked


def asked_of(request: HttpRequest) -> Asked:
    """`?month=3&grade=09&mode=in_person&small=left-out`; what cannot be asked for is as if it were not asked."""
    month = request.GET.get("month", "")
    return Asked(
        month=int(month) if month in set("123456789") else None,
        grade=_chosen(request, "grade"),
        mode=_chosen(request, "mode"),
        leaves_out=request.GET.get("small") == "left-out",
    )


def _chosen(request: HttpRequest, name: str) -> str | None:
    given = request.GET.get(name, "")
    if not given or not given.isprintable():
        return None
    return "" if given == NONE_GIVEN else given
