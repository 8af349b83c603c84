"""Where a teacher's mark and the office's statements cannot both be so (RD-06, RD-07). Decides nothing: people do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.mark import ABSENT, PRESENT
from attendance.rules.minutes import Span
from attendance.rules.office import ACTIVITY, SIGN_IN, OfficeFact, heard
from attendance.rules.office_day import away, on_day
from attendance.rules.office_entry import Statement

# What stands against what.
SEEN_WHILE_AWAY, ABSENT_WHILE_IN, ABSENT_AT_ACTIVITY = "seen_while_away", "absent_while_in", "absent_at_activity"
SORTS = (SEEN_WHILE_AWAY, ABSENT_WHILE_IN, ABSENT_AT_ACTIVITY)


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark of one class of a school; minutes from midnight, the times where the mark has them."""

    status: str
    span: Span
    arrived: int | None = None
    left: int | None = None
    minutes: int = 0
    school_id: int | None = None

    @property
    def seen(self) -> Span | None:
        """When the teacher saw the student: None for who was absent, or whose minutes were typed without a time."""
        if self.status == ABSENT or (self.status != PRESENT and self.arrived is None and self.left is None):
            return None
        starts = self.span.starts if self.arrived is None else self.arrived
        return Span(starts, self.span.ends if self.left is None else self.left)


def contradiction(marked: Marked, said: Sequence[Statement], day: date) -> str:
    """What of a mark and the office's statements of the day cannot both be so; empty where both can.

    Seen while away: the teacher saw the student in minutes in which the office had them signed out, not yet in,
    suspended or reported absent. Absent while in: signed in by the start of the class and not out before its end.
    Absent at an activity that took the whole class. Who is in detention or with the nurse is rightly not in class.
    """
    held = on_day(said, day)
    if not held:
        return ""
    gone = away(held, day, marked.school_id)
    if marked.status != ABSENT:
        return SEEN_WHILE_AWAY if _saw(marked, gone) else ""
    if any(_takes(each, marked.span) for each in held):
        return ABSENT_AT_ACTIVITY
    here = [each for each in held if heard(each.kind, each.school_id, marked.school_id)]
    came = any(each.kind == SIGN_IN and (each.starts_at or 0) <= marked.span.starts for each in here)
    return ABSENT_WHILE_IN if came and not any(marked.span.overlap(each) for each in gone) else ""


def _saw(marked: Marked, gone: Sequence[Span]) -> bool:
    if marked.seen is not None:
        return any(marked.seen.overlap(each) for each in gone)
    # Minutes without a time: they lie somewhere in the class, and must fit into what was left of it.
    left = marked.span.minutes - sum(marked.span.overlap(each) for each in gone)
    return marked.minutes > left


def _takes(statement: Statement, span: Span) -> bool:
    whole = OfficeFact(statement.kind, statement.starts_at, statement.ends_at).span
    return statement.kind == ACTIVITY and whole.overlap(span) == span.minutes
