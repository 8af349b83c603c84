"""ST-02: notices late, and notices missing."""

from datetime import timedelta

from reporting.rules.checks.truancy_notices import check
from reporting.rules.facts import LateNotice
from tests.reporting.rules.worlds import MONDAY, facts


def test_ST02_late_and_missing_notices_are_told_apart() -> None:
    late = [LateNotice(0, MONDAY, MONDAY + timedelta(days=3)), LateNotice(1, MONDAY, MONDAY + timedelta(days=1))]
    was_late, missing = check(facts(late_notices=[*late, LateNotice(1, MONDAY, None)]))
    assert (was_late.code, was_late.students) == ("truancy_notice_late", 2)
    assert "2 notices of truancy reached the officer late, by up to 3 days." in was_late.message
    assert (missing.code, missing.day, missing.students) == ("truancy_notice_not_sent", MONDAY, 1)
    assert list(check(facts())) == []
