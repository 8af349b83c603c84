"""The state knows a student by nine digits, and each by others (MS-37)."""

import re
from collections import Counter
from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found

_MEND = "Give the nine digits in users.identifier of the next roster import."


def check(facts: MonthFacts) -> Iterator[Found]:
    """Students without a state id, with one that is none, or with somebody else's."""
    listed = {day.student_id for day in facts.days} | {each.student_id for each in facts.enrollments}
    held = Counter(facts.people[each].state_id for each in listed)
    for student_id in sorted(listed):
        person = facts.people[student_id]
        if not person.state_id:
            yield _found("no_state_id", f"{person.name} has no state id, and the state's file needs one.", student_id)
        elif not re.fullmatch("[0-9]{9}", person.state_id):
            yield _found("malformed_state_id", f"The state id of {person.name} is not nine digits.", student_id)
        elif held[person.state_id] > 1:
            yield _found("shared_state_id", f"{person.name} has the state id of somebody else too.", student_id)


def _found(code: str, message: str, student_id: int) -> Found:
    return Found(ERROR, code, "MS-37", message, _MEND, student_id=student_id, students=1)
