"""Nobody whom the state is told of beside attendance stays without the id by which it finds them."""

from datetime import date

from reporting.rules.checks.told_beside import check
from reporting.rules.facts import NoticeFact, PersonFacts, TaughtPeriod, TeacherSchedule
from reporting.rules.found import ERROR
from tests.reporting.rules.worlds import facts

NOTICE = NoticeFact(7, 5, False, date(2020, 9, 16), date(2020, 9, 18))
TEACHER = TeacherSchedule("", "Rosa", "Whitfield", "secondary", 225, 225, (TaughtPeriod("s1", "Algebra", "1"),))


def test_ST02_a_notice_about_somebody_without_an_enrollment_blocks_the_month_until_there_is_one() -> None:
    stranger = facts(truancy_notices=[NOTICE], people=facts().people | {7: PersonFacts("Doe, Jo", "000000007")})
    [found] = check(stranger)
    assert (found.severity, found.code, found.student_id) == (ERROR, "notice_without_enrollment", 7)
    assert "Doe, Jo" in found.message
    assert list(check(facts(truancy_notices=[NOTICE._replace(student_id=0)]))) == []


def test_MS40_a_teacher_whom_the_roster_gives_no_id_blocks_the_month_until_it_does() -> None:
    [found] = check(facts(teacher_schedules=[TEACHER]))
    assert (found.severity, found.code) == (ERROR, "teacher_without_id")
    assert "Rosa Whitfield" in found.message
    assert list(check(facts(teacher_schedules=[TEACHER._replace(staff_id="u-1")]))) == []
