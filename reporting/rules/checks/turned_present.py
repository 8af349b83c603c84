"""Absences that became presence after the day: what an auditor asks for first, by person and delay."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted

# The months whose averages carry the funding (RD-10).
_OF_FUNDING = frozenset({2, 3})


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding for each person who changed marks from absent on a later day."""
    weight = " This month’s average carries the district’s funding." if facts.month in _OF_FUNDING else ""
    for each in facts.turned_present:
        yield Found(
            WARNING,
            "absent_became_present",
            "",
            f"{each.by} changed {counted(each.marks, 'mark')} from absent to present or tardy after the day, of "
            f"{counted(each.students, 'student')}, up to {counted(each.days, 'day')} later.{weight}",
            "Each is in the history of its class with the reason; be ready to show it.",
            students=each.students,
            meeting_id=each.meeting_id,
        )
