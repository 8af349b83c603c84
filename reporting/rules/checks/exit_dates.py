"""An exit date is the last day in session that a student was enrolled (MS-37)."""

from collections.abc import Iterator

from reporting.rules.checks.named import named, only_one
from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import counted


def check(facts: MonthFacts) -> Iterator[Found]:
    """Exits of the month on a day without school: an enrollment that held no day in session at all."""
    in_session = set(facts.session_days)
    wrong = {
        each.student_id
        for each in facts.enrollments
        if each.left_on and facts.starts_on <= each.left_on <= facts.ends_on and each.left_on not in in_session
    }
    if wrong:
        yield Found(
            ERROR,
            "exit_not_in_session",
            "MS-37",
            f"{counted(len(wrong), 'student')} left on a day without school, before any day in session: "
            f"{named(facts, wrong)}.",
            "Correct the dates of school_enrollments.csv in the next roster import; who never came is a no-show (NS).",
            student_id=only_one(wrong),
            students=len(wrong),
        )
