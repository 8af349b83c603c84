"""A day of suspension is reported as an unexcused absence, and as nothing else (ST-02)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Days that the office entered as suspended out of school, and that stand otherwise."""
    standing = {(day.student_id, day.date): day.status for day in facts.days}
    for each in facts.suspended_days:
        status = standing.get((each.student_id, each.day))
        if status not in (None, "unexcused"):
            yield Found(
                ERROR,
                "suspension_not_unexcused",
                "ST-02",
                f"{facts.people[each.student_id].name} was suspended on {day_in_words(each.day)}, and the day counts "
                f"as {status}.",
                "See what else is entered of the day: withdraw the excuse, or the suspension where there was none.",
                day=each.day,
                student_id=each.student_id,
                students=1,
            )
