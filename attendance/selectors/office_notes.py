"""The office's word beside a student's name, for every page on which classes are marked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.models import OfficeEvent
from attendance.rules.minutes import Span
from attendance.rules.office_day import Suggested, suggested
from attendance.rules.office_entry import Statement
from attendance.selectors.office_words import said_in, statement_of
from students.access import Scope


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """What the office says of one student's day, in words for a shared screen (RD-60), and for the rules."""

    text: str = ""
    said: Sequence[Statement] = ()

    def suggested(self, day: date, span: Span, school_id: int) -> Suggested | None:
        """The mark that these words suggest for a class of a school, or for a homeroom's day."""
        return suggested(self.said, day, span, school_id)


NOTHING = OfficeNote()


def office_notes(scope: Scope, student_ids: Collection[int], day: date, school_id: int) -> dict[int, OfficeNote]:
    """The office's words of a day by student, where there are any, as they are read in a school; one statement.

    The caller took the students from the scope.
    """
    standing = OfficeEvent.objects.filter(
        student__in=student_ids, starts_on__lte=day, ends_on__gte=day, withdrawn_at=None
    )
    found: dict[int, list[OfficeEvent]] = defaultdict(list)
    for event in standing.select_related("entry__school").order_by("starts_at", "pk"):
        found[event.student_id].append(event)
    return {student_id: _note(events, day, school_id) for student_id, events in found.items()}


def _note(events: Sequence[OfficeEvent], day: date, school_id: int) -> OfficeNote:
    told = dict.fromkeys(said_in(each, day, school_id) for each in events)
    return OfficeNote(" · ".join(told), [statement_of(each) for each in events])
