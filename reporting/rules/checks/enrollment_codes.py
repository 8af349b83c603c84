"""Entry and exit codes that nobody knows: the state would refuse the row (MS-37)."""

from collections.abc import Collection, Iterator

from reporting.rules.checks.named import named, only_one
from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import counted
from students.rules.state_codes import ENTRY_CODES, EXIT_CODES


def check(facts: MonthFacts) -> Iterator[Found]:
    """Codes that are not in the state's sets; a missing one is another finding."""
    yield from _unknown(facts, "entry", {(each.student_id, each.entry_code) for each in facts.enrollments}, ENTRY_CODES)
    yield from _unknown(facts, "exit", {(each.student_id, each.exit_code) for each in facts.enrollments}, EXIT_CODES)


def _unknown(
    facts: MonthFacts, which: str, given: Collection[tuple[int, str]], known: Collection[str]
) -> Iterator[Found]:
    wrong = {(student, code) for student, code in given if code and code not in known}
    if not wrong:
        return
    students = {student for student, _ in wrong}
    codes = ", ".join(sorted({f"“{code}”" for _, code in wrong}))
    yield Found(
        ERROR,
        f"unknown_{which}_code",
        "MS-37",
        f"The {which} code {codes} of {counted(len(students), 'student')} is not the state's: "
        f"{named(facts, students)}.",
        f"Correct {which}Code of school_enrollments.csv in the next roster import.",
        student_id=only_one(students),
        students=len(students),
    )
