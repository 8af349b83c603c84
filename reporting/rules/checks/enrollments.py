"""Edit checks of the enrollments that the state is told of: what it could not take, or would read as a hole."""

from collections.abc import Callable, Iterator

from reporting.rules.checks.named import named, only_one
from reporting.rules.facts import EnrollmentFact, MonthFacts
from reporting.rules.found import ERROR, WARNING, Found
from reporting.rules.wording import counted
from students.rules.state_codes import EXIT_CODES

_IN_THE_FILE = "of school_enrollments.csv in the next roster import."


def check(facts: MonthFacts) -> Iterator[Found]:
    """Missing grades and codes block the month (RD-71); a code without a public state value is to be known."""
    yield from _of_all(
        facts, lambda each: not each.grade, ERROR, "grade_missing", "without a grade", "Give grade " + _IN_THE_FILE
    )
    yield from _of_all(
        facts,
        lambda each: not each.entry_code,
        ERROR,
        "entry_code_missing",
        "without an entry code",
        "Give entryCode " + _IN_THE_FILE,
    )
    yield from _of_all(
        facts,
        lambda each: each.left_on is not None and not each.exit_code,
        ERROR,
        "exit_code_missing",
        "that ended without an exit code",
        "Give exitDate and exitCode " + _IN_THE_FILE,
    )
    yield from _of_all(
        facts,
        lambda each: bool(each.exit_code) and not EXIT_CODES.get(each.exit_code),
        WARNING,
        "exit_code_without_value",
        "with an exit code whose state value is not public",
        "The district's own code stands in the file; ask the state how it wants these reported.",
    )


def _of_all(
    facts: MonthFacts, is_wrong: Callable[[EnrollmentFact], bool], severity: str, code: str, what: str, mend: str
) -> Iterator[Found]:
    wrong = [each for each in facts.enrollments if is_wrong(each)]
    if not wrong:
        return
    students = {each.student_id for each in wrong}
    message = f"{counted(len(wrong), 'enrollment')} {what}: {named(facts, students)}."
    yield Found(severity, code, "MS-37", message, mend, student_id=only_one(students), students=len(students))
