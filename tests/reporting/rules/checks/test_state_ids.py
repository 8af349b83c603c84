"""MS-37: nine digits a student, and each others."""

from reporting.rules.checks.state_ids import check
from reporting.rules.facts import PersonFacts
from tests.reporting.rules.worlds import facts


def test_MS37_a_state_id_is_there_is_nine_digits_and_is_nobody_elses() -> None:
    people = {0: PersonFacts("A", ""), 1: PersonFacts("B", "12345678"), 2: PersonFacts("C", "123456789")}
    assert [(each.code, each.student_id) for each in check(facts(people=people))] == [
        ("no_state_id", 0),
        ("malformed_state_id", 1),
    ]
    shared = {each: PersonFacts("AB"[each % 2], "123456789" if each else "987654321") for each in range(3)}
    assert [(each.code, each.student_id) for each in check(facts(people=shared))] == [
        ("shared_state_id", 1),
        ("shared_state_id", 2),
    ]
    assert list(check(facts())) == []
