"""RD-03: classes that were not taken."""

from datetime import timedelta
from typing import Any

import pytest

from reporting.rules.checks.untaken_classes import check
from reporting.rules.facts import PersonFacts, StudentDay, UntakenMark
from reporting.rules.found import Found
from tests.reporting.rules.worlds import MONDAY, facts

FRIDAY = MONDAY + timedelta(days=4)


def _found(**changed: Any) -> list[Found]:
    return list(check(facts(**changed)))


def _untaken(students: int, *, taken: bool = False) -> dict[str, Any]:
    marks = [UntakenMark(7, each, MONDAY, "Algebra I", "2", "Rosa Whitfield", taken) for each in range(students)]
    return {"untaken": marks, "days": [StudentDay(each, MONDAY, "undetermined", "09") for each in range(students)]}


@pytest.mark.parametrize(
    ("students", "said"), [(1, "The day of 1 student turns on it."), (28, "The days of 28 students turn on it.")]
)
def test_RD03_an_untaken_class_is_one_finding_however_many_days_turn_on_it(students: int, said: str) -> None:
    (found,) = _found(**_untaken(students), people={each: PersonFacts("A", f"{each:09d}") for each in range(28)})
    assert (found.code, found.meeting_id, found.students) == ("meeting_untaken", 7, students)
    assert found.message == f"Algebra I, period 2, on Monday, September 14, 2020: not taken. {said}"


def test_RD03_a_taken_class_with_somebody_unmarked_says_so() -> None:
    (found,) = _found(**_untaken(1, taken=True))
    assert found.code == "meeting_unmarked"
    assert "1 on the roster unmarked" in found.message
