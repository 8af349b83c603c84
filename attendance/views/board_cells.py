"""A school's board as it is drawn: for each class where it leads, and its state in words and a shape.

Told here and not in templates of each cell: a large school has 600 of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attendance.rules.completion import DUE, LATE, NOW, OVERDUE, TAKEN, TO_COME, VOID
from attendance.rules.time_words import class_time
from attendance.selectors.board_rows import BoardHomeroom, BoardMeeting, BoardRow
from attendance.selectors.school_board import Board
from attendance.templatetags.clock import time_of_day

_NOT_TAKEN = {
    VOID: ("void", gettext_lazy("Void"), False),
    OVERDUE: ("undetermined", gettext_lazy("Overdue"), True),
    LATE: ("undetermined", gettext_lazy("Late"), True),
    DUE: ("undetermined", gettext_lazy("Due"), True),
    NOW: ("undetermined", gettext_lazy("On now"), False),
}


@dataclass(frozen=True, slots=True)
class State:
    """How far a class is. `shape` is empty where none stands beside the words, `look` names the cell's classes."""

    shape: str
    words: str
    is_late: bool = False
    look: str = ""


@dataclass(frozen=True)
class DrawnRow:
    """A teacher's day: homerooms with their states, and for each period the classes with state and address."""

    teacher: BoardRow
    homerooms: Sequence[tuple[BoardHomeroom, State]]
    cells: Sequence[Sequence[tuple[BoardMeeting, State, str]]]


def drawn_rows(board: Board) -> list[DrawnRow]:
    """The board's rows."""
    return [
        DrawnRow(
            teacher=row,
            homerooms=[(each, _state(each, board.day)) for each in row.homerooms],
            cells=[[(each, _state(each, board.day), _address(each)) for each in cell] for cell in row.cells],
        )
        for row in board.rows
    ]


def _address(meeting: BoardMeeting) -> str:
    return reverse("void_meeting" if meeting.state == VOID else "meeting", args=[meeting.id])


def _state(each: BoardMeeting | BoardHomeroom, day: date) -> State:
    if each.state == TAKEN:
        return _taken(each, day)
    if each.state == TO_COME:
        return State("", _("at %(at)s") % {"at": class_time(each.starts_at)}, look=" is-quiet is-to-come")
    shape, words, is_late = _NOT_TAKEN[each.state]
    return State(shape, str(words), is_late)


def _taken(each: BoardMeeting | BoardHomeroom, day: date) -> State:
    """When it was taken: at what time, or on which other day."""
    if each.unmarked:
        return State("undetermined", _("%(n)s unmarked") % {"n": each.unmarked}, is_late=True, look=" is-quiet")
    at = each.taken_at
    if at is None:
        return State("present", _("Taken %(at)s") % {"at": ""}, look=" is-quiet")
    when = time_of_day(at) if at.date() == day else date_format(at, "M j")
    return State("present", _("Taken %(at)s") % {"at": when}, look=" is-quiet")
