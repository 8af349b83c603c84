"""The state knows a student by nine digits (MS-37)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found


def check(facts: MonthFacts) -> Iterator[Found]:
    """Students without a state id."""
    listed = {day.student_id for day in facts.days} | {each.student_id for each in facts.enrollments}
    for student_id in sorted(listed):
        person = facts.people[student_id]
        if not person.state_id:
            yield Found(
                ERROR,
                "no_state_id",
                "MS-37",
                f"{person.name} has no state id, and the state's file needs one.",
                "Give the nine digits in users.identifier of the next roster import.",
                student_id=student_id,
                students=1,
            )
