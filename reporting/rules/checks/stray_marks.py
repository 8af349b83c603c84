"""Marks of students who were not enrolled on that day: a roster that came too late, or a mark for somebody else."""

from collections.abc import Iterator

from reporting.rules.checks.named import only_one
from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """They count for nobody; one finding for all of them."""
    if not facts.stray_marks:
        return
    students = {each.student_id for each in facts.stray_marks}
    first = min(facts.stray_marks, key=lambda each: each.day)
    yield Found(
        WARNING,
        "marks_while_not_enrolled",
        "RD-11",
        f"{counted(len(facts.stray_marks), 'mark')} of {counted(len(students), 'student')} on days without an "
        f"enrollment, the first on {day_in_words(first.day)}. They count for nothing.",
        "If the student was there, correct the dates of school_enrollments.csv; otherwise they stay as they are.",
        day=first.day,
        student_id=only_one(students),
        students=len(students),
    )
