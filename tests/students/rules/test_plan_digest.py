"""When two plans are the same to the person who agreed to one of them."""

import pytest

from students.rules.plan_digest import plan_digest

SEEN = {"students": {"created": 1, "changed": 2, "ended": 3, "unchanged": 4}}


def changed(**counts: int) -> dict[str, dict[str, int]]:
    return {"students": {**SEEN["students"], **counts}}


@pytest.mark.parametrize("what", ["created", "changed", "ended"])
def test_another_count_is_another_plan(what: str) -> None:
    assert plan_digest(changed(**{what: 9}), []) != plan_digest(SEEN, [])


def test_another_reason_to_hold_it_is_another_plan() -> None:
    assert len({plan_digest(SEEN, held) for held in ([], ["21 would end."], ["22 would end."])}) == 3


def test_another_kind_of_record_is_another_plan() -> None:
    assert plan_digest({**SEEN, "classes": SEEN["students"]}, []) != plan_digest(SEEN, [])


def test_what_stays_as_it_is_makes_no_other_plan() -> None:
    assert plan_digest(changed(unchanged=5), []) == plan_digest(SEEN, [])


def test_the_order_of_kinds_makes_no_other_plan() -> None:
    both = {**SEEN, "classes": SEEN["students"]}
    assert plan_digest(both, []) == plan_digest(dict(reversed(both.items())), [])
