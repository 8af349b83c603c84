"""How a check names students: the first ones, and how many more."""

from collections.abc import Collection

from reporting.rules.facts import MonthFacts
from reporting.rules.wording import first_of

# The first ones are named, the rest counted: one missing column must not make a thousand findings.
MOST_NAMED = 3


def named(facts: MonthFacts, student_ids: Collection[int]) -> str:
    """Names of students of the month, in the order of their names."""
    names = sorted(facts.people[each].name for each in set(student_ids))
    return first_of(names, MOST_NAMED, "; ")


def only_one(student_ids: Collection[int]) -> int | None:
    """The student whom a finding leads to, where it is about one alone."""
    ids = set(student_ids)
    return ids.pop() if len(ids) == 1 else None
