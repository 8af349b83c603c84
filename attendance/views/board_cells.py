"""A school's board as it is drawn: for each class where it leads, and its state in words and a shape.

Told here and not in templates of each cell: a large school has 600 of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attendance.rules.completion import DUE, LATE, NOW, OVERDUE, TAKEN, TO_COME, VOID
from attendance.rules.time_words import class_time
from attendance.selectors.board_rows import BoardHomeroom, BoardMeeting, BoardRow
from attendance.selectors.school_board import Board
from attendance.templatetags.clock import time_of_day


@dataclass(frozen=True, slots=True)
class State:
    """How far a class is. `shape` is empty where none stands beside the words, `look` names the cell's classes."""

    shape: str
    words: str
    is_late: bool = False
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A class of the board: its address, and what it says. `key` tells it apart on the page."""

    key: str
    address: str
    period: str
    title: str
    state: State


@dataclass(frozen=True)
class DrawnRow:
    """A teacher's day: homerooms with their states, and the classes of each period."""

    teacher: BoardRow
    homerooms: Sequence[tuple[BoardHomeroom, State]]
    cells: Sequence[Sequence[Cell]]


def drawn_rows(board: Board) -> list[DrawnRow]:
    """The board's rows."""
    drawing = _Drawing(board.day)
    return [
        DrawnRow(
            teacher=row,
            homerooms=[(each, drawing.state(each)) for each in row.homerooms],
            cells=[[drawing.cell(each) for each in cell] for cell in row.cells],
        )
        for row in board.rows
    ]


def _addresses(name: str) -> Callable[[int], str]:
    """Addresses of meetings, looked up once for all of them."""
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return lambda meeting_id: f"{before}{meeting_id}{after}"


class _Drawing:
    """What the cells of a page have in common: its day, and words in its language."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._meeting, self._void = _addresses("meeting"), _addresses("void_meeting")
        self._taken, self._unmarked, self._at = _("Taken %(at)s"), _("%(n)s unmarked"), _("at %(at)s")
        self._not_taken = {
            VOID: State("void", _("Void")),
            OVERDUE: State("undetermined", _("Overdue"), is_late=True),
            LATE: State("undetermined", _("Late"), is_late=True),
            DUE: State("undetermined", _("Due"), is_late=True),
            NOW: State("undetermined", _("On now")),
        }

    def cell(self, meeting: BoardMeeting) -> Cell:
        address = self._void if meeting.state == VOID else self._meeting
        title = f"{meeting.course}, {meeting.room}" if meeting.room else meeting.course
        return Cell(str(meeting.id), address(meeting.id), meeting.period, title, self.state(meeting))

    def state(self, each: BoardMeeting | BoardHomeroom) -> State:
        if each.state == TAKEN:
            return self._of_taken(each)
        if each.state == TO_COME:
            return State("", self._at % {"at": class_time(each.starts_at)}, look=" is-quiet is-to-come")
        return self._not_taken[each.state]

    def _of_taken(self, each: BoardMeeting | BoardHomeroom) -> State:
        """When it was taken: at what time, or on which other day."""
        if each.unmarked:
            return State("undetermined", self._unmarked % {"n": each.unmarked}, is_late=True, look=" is-quiet")
        at = each.taken_at
        when = date_format(at, "M j") if at and at.date() != self._day else time_of_day(at)
        return State("present", self._taken % {"at": when}, look=" is-quiet")
