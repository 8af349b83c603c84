"""The district's day: a line a school, and what of it moves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from attendance.rules.rates import printed_percent
from attendance.selectors.district_board import DistrictBoard, district_board
from attendance.views.dates import asked_day
from attendance.views.live import is_unmoved, spoken_of
from students.views.scoped import request_scope


@require_safe
def district(request: HttpRequest) -> HttpResponse:
    """All schools' class meetings of a day; `?on=` names another than today."""
    return render(request, "attendance/district_board.html", _context(_board(request)))


@require_safe
def district_live(request: HttpRequest) -> HttpResponse:
    """The parts of the board that move; no content while they have not."""
    board, scope = _board(request), request_scope(request)
    if is_unmoved(request, board.version):
        return spoken_of(scope, HttpResponse(status=204))
    return spoken_of(scope, render(request, "attendance/district_live.html", _context(board)))


def _board(request: HttpRequest) -> DistrictBoard:
    scope = request_scope(request)
    return district_board(scope, asked_day(request, scope.today))


def _context(board: DistrictBoard) -> dict[str, object]:
    return {
        "board": board,
        "lines": [(each, printed_percent(each.share)) for each in board.lines],
        "live_url": f"{reverse('district_board_live')}?on={board.day.isoformat()}",
    }
