"""What stands beside the modes of a file: modes entered on pages, and the learning plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from attendance.models import LearningPlan, ModeAssignment
from attendance.rules.mode_entry import meet, not_offered_on
from attendance.rules.modes import ModeFact
from attendance.rules.plan import Plan
from students.models import Enrollment, FactSource


class ModeRow(NamedTuple):
    """A row as the import writes it, in the order of its kind; student and class by their source ids."""

    student: str
    section: str | None
    mode: str
    weekdays: tuple[int, ...]
    rotation_days: tuple[str, ...]
    reason: str
    starts_on: date
    ends_on: date | None

    def fact(self, section_id: int | None = None) -> ModeFact:
        """The row as the rules read it."""
        days = (tuple(self.weekdays), tuple(self.rotation_days))
        return ModeFact(self.mode, self.starts_on, self.ends_on, *days, self.reason, section_id)


@dataclass(frozen=True)
class ModesBeside:
    """Modes of pages and places by student, and every learning plan."""

    here: Mapping[str, list[ModeAssignment]]
    places: Mapping[str, tuple[int, str]]
    plans: tuple[Plan, ...]

    @classmethod
    def of(cls, students: Iterable[str]) -> "ModesBeside":
        """What stands beside the modes of some students; three statements."""
        ids = set(students)
        here: dict[str, list[ModeAssignment]] = {}
        entered = ModeAssignment.objects.filter(source=FactSource.HERE, student__source_id__in=ids)
        for row in entered.select_related("student", "section"):
            here.setdefault(row.student.source_id, []).append(row)
        held = Enrollment.objects.filter(student__source_id__in=ids, is_primary=True).order_by("starts_on")
        places = {
            student: (school, grade)
            for student, school, grade in held.values_list("student__source_id", "school_id", "grade")
        }
        return cls(here, places, tuple(row.plan for row in LearningPlan.objects.all()))

    def entered_here(self, row: ModeRow) -> bool:
        """Whether a page's mode speaks of some of its days in its way."""
        others = self.here.get(row.student, ())
        return any(_class_of(each) == row.section and meet(row.fact(each.section_id), each.fact) for each in others)

    def is_not_offered(self, row: ModeRow) -> bool:
        """Whether the learning plan does not offer the mode on some of its days."""
        if row.student not in self.places:
            return False
        school_id, grade = self.places[row.student]
        return not_offered_on(row.fact(), self.plans, school_id=school_id, grade=grade) is not None


def _class_of(row: ModeAssignment) -> str | None:
    return row.section.source_id if row.section else None
