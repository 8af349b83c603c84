"""Who never came was not there on any day (MS-37)."""

from collections.abc import Iterator

from reporting.rules.checks.named import named, only_one
from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import counted
from students.rules.state_codes import NO_SHOW


def check(facts: MonthFacts) -> Iterator[Found]:
    """Students reported as no-shows who have been marked in class."""
    never_came = {each.student_id for each in facts.enrollments if each.exit_code == NO_SHOW}
    seen = never_came & facts.seen_student_ids
    if seen:
        yield Found(
            ERROR,
            "no_show_was_seen",
            "MS-37",
            f"{counted(len(seen), 'student')} left as a no-show and was seen in class: {named(facts, seen)}.",
            "Give the code by which the student left in school_enrollments.csv, or correct the marks.",
            student_id=only_one(seen),
            students=len(seen),
        )
