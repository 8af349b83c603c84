"""Classes in which nobody was ever absent: seldom true for a month, and often a class that was not looked at."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, first_of

# Fewer meetings, or marks, are seldom without an absence by chance alone.
FEWEST_MEETINGS, FEWEST_MARKS = 10, 200
MOST_NAMED = 10


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding for all of them, with the teachers."""
    full = [each for each in facts.full_classes if each.meetings >= FEWEST_MEETINGS and each.marks >= FEWEST_MARKS]
    if not full:
        return
    listed = [f"{each.class_title} ({each.teacher or 'nobody named'})" for each in full]
    yield Found(
        WARNING,
        "nobody_ever_absent",
        "",
        f"In {counted(len(full), 'section')} nobody was absent or late the whole month: "
        f"{first_of(listed, MOST_NAMED, '; ')}.",
        "Ask the teachers whether they look at each student before they save.",
        section_id=full[0].section_id,
    )
