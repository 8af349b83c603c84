"""The ledger is what the marks say, or nothing is filed."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Days on which the ledger differs from its rebuild."""
    for difference in facts.ledger_differences:
        day = difference.date.isoformat()
        yield Found(
            ERROR,
            "ledger_differs",
            "",
            f"The ledger is not what the marks of {day_in_words(difference.date)} say, "
            f"for {counted(difference.students, 'student')}.",
            f"Run manage.py rebuild_attendance --school {facts.school.organization} --from {day} --to {day}.",
            day=difference.date,
            students=difference.students,
        )
