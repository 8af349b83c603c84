"""Students and teachers of whom the state is told beside attendance, and whom it could not find (ST-02, MS-40)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found


def check(facts: MonthFacts) -> Iterator[Found]:
    """Notices about students without an enrollment, and teachers whom the roster gives no id."""
    enrolled = {each.student_id for each in facts.enrollments}
    for student_id in sorted({each.student_id for each in facts.truancy_notices} - enrolled):
        yield Found(
            ERROR,
            "notice_without_enrollment",
            "ST-02",
            f"{facts.people[student_id].name} has a notice of truancy, and no enrollment that the state is told of.",
            "Give the enrollment in school_enrollments.csv of the next roster import.",
            student_id=student_id,
            students=1,
        )
    for teacher in facts.teacher_schedules:
        if not teacher.staff_id:
            yield Found(
                ERROR,
                "teacher_without_id",
                "MS-40",
                f"{teacher.name} has no id of the roster, and the state's file needs one of each teacher.",
                "Give the teacher in users.csv of the next roster import.",
            )
