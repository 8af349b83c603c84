"""Days of which a teacher and the office say what cannot both be so: what an auditor looks for first (RD-06)."""

from collections import defaultdict
from collections.abc import Iterator

from attendance.rules.reconciling import ABSENT_AT_ACTIVITY, ABSENT_WHILE_IN, SEEN_WHILE_AWAY, SORTS
from reporting.rules.checks.named import named, only_one
from reporting.rules.class_facts import OfficeDisagreement
from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words

_WORDS = {
    SEEN_WHILE_AWAY: "seen in class while the office had them away",
    ABSENT_WHILE_IN: "absent in class while the office had them signed in",
    ABSENT_AT_ACTIVITY: "absent in class while the office had them at an activity",
}


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding for each sort of it, with the students; the rules decided the day meanwhile."""
    by_sort: dict[str, list[OfficeDisagreement]] = defaultdict(list)
    for each in facts.disagreements:
        by_sort[each.sort].append(each)
    for sort in (each for each in SORTS if by_sort[each]):
        held = by_sort[sort]
        students = {each.student_id for each in held}
        first = min(each.day for each in held)
        yield Found(
            WARNING,
            "office_disagrees",
            "RD-06",
            f"{counted(len(held), 'day')} of {counted(len(students), 'student')} {_WORDS[sort]}, the first on "
            f"{day_in_words(first)}: {named(facts, students)}.",
            "Correct the mark, or withdraw the entry of the office, whichever is wrong.",
            day=first,
            student_id=only_one(students),
            students=len(students),
        )
