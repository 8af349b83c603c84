"""Students in own time have a learning plan that offers their mode and approves its measures (MS-18, MS-19)."""

from collections import defaultdict
from collections.abc import Iterator

from reporting.rules.checks.named import named, only_one
from reporting.rules.class_facts import UnplannedMode
from reporting.rules.facts import MonthFacts
from reporting.rules.found import Found
from reporting.rules.kinds import KINDS
from reporting.rules.wording import counted, day_in_words

_SAID = {
    "no_plan": (
        "own_time_without_plan",
        "in own time, and no learning plan holds for them",
        "Enter the district’s learning plan from the day on which the board adopted it.",
    ),
    "no_measure": (
        "own_time_without_measure",
        "asynchronous online, and their learning plan approves no measure",
        "Enter a learning plan with the measures that the district approves.",
    ),
    "not_offered": (
        "own_time_not_offered",
        "in a mode that their learning plan does not offer",
        "Offer the mode in the learning plan from that day on, or correct the modes of the students.",
    ),
}


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding for each want of a plan, with the students."""
    by_why: dict[str, list[UnplannedMode]] = defaultdict(list)
    for each in facts.unplanned:
        by_why[each.why].append(each)
    for why, (code, words, mend) in _SAID.items():
        if not (held := by_why[why]):
            continue
        students = {each.student_id for each in held}
        first = min(each.day for each in held)
        yield Found(
            KINDS[code].severity,
            code,
            KINDS[code].rule,
            f"{counted(len(students), 'student')} {words}, from {day_in_words(first)}: {named(facts, students)}.",
            mend,
            day=first,
            student_id=only_one(students),
            students=len(students),
        )
