"""The students of an audit packet, some at a time, each with the days that are the packet's to tell."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from attendance.selectors.student_rights import without_right
from reporting.models import AuditPacket
from students.access import Scope, visible_to
from students.models import Enrollment, Student
from students.rules.rights import Right

# Of a month of 20 days and 7 classes, some 7,000 marks are in memory at once.
SLICE = 50

Span = tuple[date, date]


@dataclass(frozen=True)
class Slice:
    """Some students of a packet, by name, with the days from `first` to `last` (inclusive) that are the packet's.

    A day belongs to the school of the primary enrollment (RD-09): of a school's packet it is that school, of a
    student's all those whose figures its maker may see. `hidden` are those whose reasons are not the maker's (RD-60).
    """

    students: Mapping[int, Student]
    spans: Mapping[int, Sequence[Span]]
    first: date
    last: date
    hidden: frozenset[int]

    @property
    def ids(self) -> list[int]:
        """The students."""
        return list(self.students)

    def holds(self, student_id: int, starts_on: date, ends_on: date | None = None) -> bool:
        """Whether one of these days of a student is the packet's."""
        last = ends_on or starts_on
        return any(first <= last and starts_on <= end for first, end in self.spans.get(student_id, ()))


def packet_student_ids(scope: Scope, packet: AuditPacket) -> list[int]:
    """The students of whom a packet tells, by name: those of its days whom the maker may see."""
    found = visible_to(scope, Student).filter(pk__in=_held(scope, packet).values("student_id"))
    return list(found.order_by("sort_name", "pk").values_list("pk", flat=True))


def packet_slice(scope: Scope, packet: AuditPacket, ids: Sequence[int]) -> Slice:
    """These students of a packet, at most SLICE of them, in the order given."""
    found = Student.objects.in_bulk(ids)
    spans = defaultdict(list)
    held = _held(scope, packet).filter(student__in=ids)
    for student_id, starts, ends in held.values_list("student_id", "starts_on", "ends_on"):
        first, last = max(starts, packet.starts_on), min(ends or packet.ends_on, packet.ends_on)
        spans[student_id].append((first, last))
    hidden = without_right(scope, Right.REASONS, ids, packet.starts_on, packet.ends_on)
    return Slice({each: found[each] for each in ids}, spans, packet.starts_on, packet.ends_on, frozenset(hidden))


def _held(scope: Scope, packet: AuditPacket) -> QuerySet[Enrollment]:
    within = Q(ends_on__isnull=True) | Q(ends_on__gte=packet.starts_on)
    held = Enrollment.objects.filter(within, is_primary=True, starts_on__lte=packet.ends_on)
    if packet.school_id:
        return held.filter(school=packet.school_id)
    held = held.filter(student=packet.student_id)
    if scope.everywhere(Right.FIGURES):
        return held
    return held.filter(school__in=scope.schools_with(Right.FIGURES))
