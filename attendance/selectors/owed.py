"""Which days in own time classes ask to be entered, and what stands of each (RD-25, RD-26)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from attendance.models import DailyAttendance, ModeAssignment, ModeReason
from attendance.rules.entry import OPEN, entry_state, piece_of
from attendance.selectors.judged import JudgedDay, judged_days
from students.access import Scope
from students.models import SectionEnrollment


@dataclass(frozen=True, slots=True)
class Owed:
    """One student's day in one class done in own time (or to be confirmed), and what stands of it."""

    student_id: int
    section_id: int
    date: date
    mode: str
    state: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to enter it."""
        return self.state == OPEN


def own_time_students(scope: Scope, section_ids: Collection[int], first_day: date, last_day: date) -> list[int]:
    """Students of some classes who may have days to enter there, both dates inclusive, in one statement.

    By the ledger those in own time, and those in quarantine; the caller took the classes from the scope.
    """
    wanted = list(section_ids)
    holding = Q(ends_on__isnull=True) | Q(ends_on__gte=first_day)
    own = DailyAttendance.objects.filter(date__range=(first_day, last_day), own_time_sections__overlap=wanted)
    away = ModeAssignment.objects.filter(holding, reason=ModeReason.QUARANTINE, starts_on__lte=last_day)
    listed = SectionEnrollment.objects.filter(holding, section__in=wanted, starts_on__lte=last_day)
    found = listed.filter(Q(student__in=own.values("student_id")) | Q(student__in=away.values("student_id")))
    return sorted(set(found.values_list("student_id", flat=True)))


def owed_of(scope: Scope, judged: JudgedDay, section_ids: Collection[int]) -> Iterator[Owed]:
    """What some classes ask of a judged day, which the caller took from the scope."""
    entered = {each.section_id for each in judged.day.about.reviews}
    asking = {each.section_id for each in judged.facts.meetings} & set(section_ids)
    for section_id in sorted(asking):
        piece = piece_of(judged.facts, section_id)
        if piece is not None:
            state = entry_state(judged.facts, section_id, entered)
            yield Owed(judged.day.student_id, section_id, judged.day.date, piece.mode, state)


def owed(scope: Scope, section_ids: Collection[int], first_day: date, last_day: date) -> list[Owed]:
    """Every day that some classes ask to be entered, by student, date and class; both dates inclusive.

    Four statements, whatever the number of classes. The caller took the classes from the scope.
    """
    students = own_time_students(scope, section_ids, first_day, last_day)
    found = judged_days(scope, students, first_day, last_day) if students else ()
    return [each for judged in found for each in owed_of(scope, judged, section_ids)]
