"""The school's day: the board of class meetings, for administrators, and what of it moves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from attendance.selectors.school_board import Board, board_version, school_board
from attendance.views.board_cells import drawn_rows
from attendance.views.dates import asked_day
from attendance.views.live import is_unmoved, spoken_of
from students.refusals import NotInScope
from students.views.scoped import request_scope


@require_safe
def school(request: HttpRequest) -> HttpResponse:
    """A school's day; `?school=`, `?on=` and `?teacher=` name others than the first school, today and everybody."""
    return render(request, "attendance/school.html", _context(_board(request, days_before=True)))


@require_safe
def school_live(request: HttpRequest) -> HttpResponse:
    """The parts of the board that move; no content while they have not."""
    scope = request_scope(request)
    if is_unmoved(request, board_version(scope, asked_id(request, "school"), asked_day(request, scope.today))):
        return spoken_of(scope, HttpResponse(status=204))
    board = _board(request, days_before=False)
    return spoken_of(scope, render(request, "attendance/school_live.html", _context(board)))


def _board(request: HttpRequest, *, days_before: bool) -> Board:
    scope = request_scope(request)
    day = asked_day(request, scope.today)
    return school_board(scope, asked_id(request, "school"), day, asked_id(request, "teacher"), days_before=days_before)


def _context(board: Board) -> dict[str, object]:
    query = f"?school={board.school.pk}&on={board.day.isoformat()}"
    chosen = f"{query}&teacher={board.teacher.teacher_id}" if board.teacher else query
    return {"board": board, "rows": drawn_rows(board), "query": query, "live_url": reverse("school_live") + chosen}


def asked_id(request: HttpRequest, name: str) -> int | None:
    """The id that a parameter names, if any. Raises NotInScope for what is no id."""
    given = request.GET.get(name, "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit()):
        raise NotInScope
    return int(given)
