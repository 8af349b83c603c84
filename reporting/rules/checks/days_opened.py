"""A month whose days are not all opened would be filed with days missing (RD-10)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Days of the month that nobody opened."""
    session_days = facts.session_days
    if session_days and (facts.opened_through is None or facts.opened_through < session_days[-1]):
        opened = f"only to {day_in_words(facts.opened_through)}" if facts.opened_through else "not at all"
        yield Found(
            ERROR,
            "days_not_opened",
            "RD-10",
            f"The days of this month are opened {opened}; the month ends on {day_in_words(facts.ends_on)}.",
            "The worker opens each day in the morning: see that it runs, then build the month again.",
        )
