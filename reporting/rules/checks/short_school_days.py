"""Days on which the school offered too little (MS-02)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """School days under the minutes that are due."""
    for day in facts.calendar:
        if day.is_short:
            yield Found(
                WARNING,
                "short_day",
                "MS-02",
                f"{day_in_words(day.date)} offered {day.minutes_offered} instructional minutes; "
                f"every school day offers {day.minutes_due}.",
                "The day is over and stays as it was; be ready to say why.",
                day=day.date,
            )
