"""MS-26, RD-25: classes that nobody ever took."""

from datetime import timedelta

from reporting.rules.checks.never_taken import check
from reporting.rules.class_facts import UntakenMeeting
from reporting.rules.facts import UntakenMark
from tests.reporting.rules.worlds import MONDAY, facts


def untaken(number: int, teacher: str = "Rosa Whitfield") -> UntakenMeeting:
    return UntakenMeeting(number, MONDAY + timedelta(days=number), "Algebra I", "2", teacher)


def test_MS26_classes_never_taken_are_one_warning_a_teacher_and_lead_to_the_first() -> None:
    found = list(check(facts(untaken_meetings=[untaken(2), untaken(1), untaken(3, "")])))
    assert [(each.severity, each.meeting_id) for each in found] == [("warning", 3), ("warning", 1)]
    assert found[0].message.startswith("Nobody named: 1 meeting of classes never taken")
    assert "Rosa Whitfield: 2 meetings of classes never taken, the first Algebra I, period 2" in found[1].message
    assert found[1].day == MONDAY + timedelta(days=1)


def test_RD03_a_class_on_which_a_day_turns_is_the_error_alone() -> None:
    turning = UntakenMark(2, 0, MONDAY, "Algebra I", "2", "Rosa Whitfield", taken=False)
    assert list(check(facts(untaken_meetings=[untaken(2)], untaken=[turning]))) == []
