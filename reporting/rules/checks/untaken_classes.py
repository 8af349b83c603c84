"""Classes that were not taken, where somebody's day turns on it (RD-03)."""

from collections import defaultdict
from collections.abc import Iterator

from attendance.rules.titles import meeting_title
from reporting.rules.facts import MonthFacts, UntakenMark
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding a class meeting, however many days turn on it."""
    by_meeting: dict[int, list[UntakenMark]] = defaultdict(list)
    for untaken in facts.untaken:
        by_meeting[untaken.meeting_id].append(untaken)
    for meeting_id, marks in by_meeting.items():
        first, students = marks[0], len({mark.student_id for mark in marks})
        what = f"{meeting_title(first.class_title, first.period)}, on {day_in_words(first.date)}"
        turning = "The day of 1 student turns on it" if students == 1 else f"The days of {students} students turn on it"
        yield Found(
            ERROR,
            "meeting_unmarked" if first.taken else "meeting_untaken",
            "RD-03",
            f"{what}: {f'{students} on the roster unmarked' if first.taken else 'not taken'}. {turning}.",
            f"{first.teacher or 'The teacher'} or the office marks the class; a class that was not held is voided.",
            day=first.date,
            meeting_id=meeting_id,
            students=students,
        )
