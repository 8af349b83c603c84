"""A month that is built from an old roster counts students who are gone, and misses new ones."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words

OLDEST_DAYS = 7


def check(facts: MonthFacts) -> Iterator[Found]:
    """The last roster was taken in more than a week before the month was built."""
    taken_in = facts.roster_taken_in_on
    if taken_in is None or facts.as_of is None:
        return
    age = (facts.as_of - taken_in).days
    if age > OLDEST_DAYS:
        yield Found(
            WARNING,
            "old_roster",
            "",
            f"The last roster was taken in on {day_in_words(taken_in)}, {counted(age, 'day')} before this month was "
            "built.",
            "Take in the newest files under Imports, then build the month again.",
        )
