"""RD-23, as far as live modes go: which mode of instruction holds for a student on a date."""

from datetime import date
from itertools import permutations

import pytest

from attendance.rules.modes import ModeFact, mode_on

MONDAY, TUESDAY, SATURDAY = date(2020, 10, 26), date(2020, 10, 27), date(2020, 10, 31)
IN_PERSON, ONLINE = "in_person", "sync_online"


def fact(mode: str, starts: date = date(2020, 8, 10), ends: date | None = None, **rest) -> ModeFact:
    return ModeFact(mode, starts, ends, **rest)


def mode(*facts: ModeFact, day: date = MONDAY, kind: str = "traditional", rotation: str = "") -> str:
    """The mode, the same whatever the order of the facts."""
    found = {mode_on(day, order, day_kind=kind, rotation_day=rotation) for order in permutations(facts)}
    assert len(found) == 1
    return found.pop()


@pytest.mark.parametrize(("kind", "expected"), [("traditional", IN_PERSON), ("hybrid", IN_PERSON), ("virtual", ONLINE)])
def test_RD23_without_a_fact_the_kind_of_day_decides(kind: str, expected: str) -> None:
    assert mode(kind=kind) == expected


def test_RD23_the_students_own_virtual_mode_holds_on_every_kind_of_day() -> None:
    for kind in ("traditional", "hybrid", "virtual"):
        assert mode(fact(ONLINE), kind=kind) == ONLINE


@pytest.mark.parametrize("plan", [{}, {"weekdays": (0,)}])
def test_RD23_an_in_person_student_goes_online_on_a_virtual_day(plan: dict) -> None:
    assert mode(fact(IN_PERSON, **plan), kind="virtual") == ONLINE
    assert mode(fact(IN_PERSON, **plan), kind="traditional") == IN_PERSON


def test_RD23_a_hybrid_plan_holds_on_its_weekdays_alone() -> None:
    plan = fact(ONLINE, weekdays=(0, 2))
    assert mode(plan, day=MONDAY, kind="hybrid") == ONLINE
    assert mode(plan, day=TUESDAY, kind="hybrid") == IN_PERSON


def test_RD23_a_hybrid_plan_holds_on_its_rotation_days_alone() -> None:
    plan = fact(ONLINE, rotation_days=("B",))
    assert mode(plan, rotation="B") == ONLINE
    assert mode(plan, rotation="A") == IN_PERSON
    assert mode(plan, rotation="") == IN_PERSON


def test_RD23_the_students_own_virtual_mode_goes_before_a_hybrid_plan() -> None:
    assert mode(fact(ONLINE), fact(IN_PERSON, weekdays=(0,))) == ONLINE


def test_RD23_the_students_own_virtual_mode_goes_before_a_later_plan_too() -> None:
    assert mode(fact(ONLINE), fact(IN_PERSON, MONDAY, weekdays=(0,))) == ONLINE


def test_RD23_a_hybrid_plan_goes_before_in_person_until_that_is_chosen_later() -> None:
    assert mode(fact(IN_PERSON), fact(ONLINE, weekdays=(0,))) == ONLINE
    assert mode(fact(IN_PERSON), fact(ONLINE, MONDAY, weekdays=(0,))) == ONLINE
    assert mode(fact(IN_PERSON, MONDAY), fact(ONLINE, weekdays=(0,))) == IN_PERSON


def test_RD23_a_quarantine_on_some_days_goes_before_the_students_own_mode_on_those() -> None:
    quarantine = fact(ONLINE, weekdays=(0,), reason="quarantine")
    assert mode(quarantine, fact(IN_PERSON, MONDAY)) == ONLINE
    assert mode(quarantine, fact(IN_PERSON, MONDAY), day=TUESDAY) == IN_PERSON


def test_RD23_a_quarantine_goes_before_everything_else() -> None:
    quarantine = fact(ONLINE, date(2020, 10, 19), TUESDAY, reason="quarantine")
    own = fact(IN_PERSON, MONDAY)
    plan = fact(IN_PERSON, MONDAY, weekdays=(0,))
    assert mode(quarantine, own, plan) == ONLINE


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2020, 10, 25), IN_PERSON), (MONDAY, ONLINE), (TUESDAY, ONLINE), (date(2020, 10, 28), IN_PERSON)],
)
def test_MS17_a_mode_holds_from_its_first_day_to_its_last_both_included(day: date, expected: str) -> None:
    assert mode(fact(ONLINE, MONDAY, TUESDAY), day=day) == expected


def test_MS17_of_two_modes_of_the_student_the_later_one_holds() -> None:
    assert mode(fact(ONLINE), fact(IN_PERSON, MONDAY)) == IN_PERSON
    assert mode(fact(IN_PERSON), fact(ONLINE, MONDAY)) == ONLINE


def test_MS17_a_mode_without_a_last_day_holds_on() -> None:
    assert mode(fact(ONLINE), day=SATURDAY) == ONLINE
