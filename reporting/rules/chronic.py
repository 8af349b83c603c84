"""Chronic absence of a school by the end of each month, from its students' days (ST-05, RD-43)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from attendance.rules.rates import is_chronic, is_counted_for_chronic

Group = tuple[str, str]


class Stay(NamedTuple):
    """A student's days in a school, a grade and a mode within one month; `last_on` is the last of them."""

    student_id: int
    month: int
    grade: str
    mode: str
    enrolled: int
    determined: int
    absent: int
    last_on: date


class SoFar(NamedTuple):
    """A student's days in a school up to the end of a month, in the grade and the mode of the last."""

    student_id: int
    grade: str
    mode: str
    enrolled: int
    determined: int
    absent: int

    @property
    def is_chronic(self) -> bool:
        """Whether the student is chronically absent."""
        return is_chronic(self.absent, self.determined, self.enrolled)


def students_by_month(stays: Iterable[Stay]) -> Iterator[tuple[int, Mapping[Group, list[SoFar]]]]:
    """Month by month the students enrolled so far, each once, by grade and mode; months without a day bring nobody."""
    held: dict[int, SoFar] = {}
    months: dict[int, list[Stay]] = defaultdict(list)
    for stay in stays:
        months[stay.month].append(stay)
    for month, its in sorted(months.items()):
        for stay in sorted(its, key=lambda each: each.last_on):
            held[stay.student_id] = _added(held.get(stay.student_id), stay)
        groups: dict[Group, list[SoFar]] = defaultdict(list)
        for student in held.values():
            if is_counted_for_chronic(student.enrolled, student.determined):
                groups[student.grade, student.mode].append(student)
        yield month, groups


def _added(known: SoFar | None, stay: Stay) -> SoFar:
    before = known or SoFar(stay.student_id, "", "", 0, 0, 0)
    return SoFar(
        stay.student_id,
        stay.grade,
        stay.mode,
        before.enrolled + stay.enrolled,
        before.determined + stay.determined,
        before.absent + stay.absent,
    )
