"""One entry of the office with its students, and what was withdrawn of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from attendance.models import OfficeEntry, OfficeEvent
from attendance.selectors.local_times import local_time_of
from attendance.selectors.office_days import office
from attendance.selectors.office_page import EntryLine, entry_lines
from students.access import Scope
from students.models import School
from students.refusals import NotInScope


@dataclass(frozen=True)
class EventLine:
    """What the entry says of one student."""

    student_id: int
    name: str
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


@dataclass(frozen=True)
class EntryPage:
    """An entry of a school's office."""

    school: School
    line: EntryLine
    events: Sequence[EventLine]

    @property
    def standing(self) -> int:
        """Students of whom it still says something."""
        return sum(each.stands for each in self.events)


def entry_page(scope: Scope, entry_id: int) -> EntryPage:
    """One entry. Raises NotInScope, or Forbidden for who sees the school and does not keep its office."""
    counted = OfficeEntry.objects.counted()
    entry = counted.select_related("entered_by").filter(pk=entry_id).first()
    if entry is None:
        raise NotInScope
    school = office(scope, entry.school_id)
    events = OfficeEvent.objects.filter(entry=entry).select_related("student", "withdrawn_by")
    return EntryPage(
        school=school,
        line=entry_lines(scope, [entry])[0],
        events=[_event(scope, each) for each in events.order_by("student__sort_name", "pk")],
    )


def _event(scope: Scope, event: OfficeEvent) -> EventLine:
    return EventLine(
        student_id=event.student_id,
        name=event.student.listed_name,
        withdrawn_by=event.withdrawn_by.full_name if event.withdrawn_by else "",
        withdrawn_at=local_time_of(scope, event.withdrawn_at),
        withdrawn_reason=event.withdrawn_reason,
    )
