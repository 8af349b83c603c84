"""The order of the queue: total, with reasons, and never kinder to what is later."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.urgency import Because, CaseFacts, Reason, days_overdue, rank, reasons

TODAY = date(2020, 10, 27)
near = st.integers(-60, 40).map(lambda days: TODAY + timedelta(days=days))
past = st.integers(-60, 0).map(lambda days: TODAY + timedelta(days=days))
cases = st.builds(
    CaseFacts,
    case_id=st.integers(1, 5000),
    tier=st.integers(0, 3),
    opened_on=past,
    has_owner=st.booleans(),
    is_disengaged=st.booleans(),
    is_unlocated=st.booleans(),
    next_due_on=st.none() | near,
    last_contact_on=st.none() | past,
)


def due(days: int, **given: object) -> CaseFacts:
    """A case of tier 1 with an owner, whose next step is due so many days from today."""
    facts = {"case_id": 1, "tier": 1, "opened_on": TODAY} | given
    return CaseFacts(next_due_on=TODAY + timedelta(days=days), **facts)


@given(cases, cases)
def test_of_two_cases_one_always_comes_first(one: CaseFacts, other: CaseFacts) -> None:
    if one.case_id != other.case_id:
        assert (rank(one, TODAY) < rank(other, TODAY)) != (rank(other, TODAY) < rank(one, TODAY))


@given(cases, st.integers(0, 60))
def test_what_becomes_more_overdue_never_sinks(facts: CaseFacts, more: int) -> None:
    start = facts.next_due_on or TODAY + timedelta(days=60)
    assert rank(facts._replace(next_due_on=start - timedelta(days=more)), TODAY) <= rank(facts, TODAY)


@given(cases)
def test_waiting_a_day_never_makes_a_case_less_overdue(facts: CaseFacts) -> None:
    assert days_overdue(facts, TODAY + timedelta(days=1)) >= days_overdue(facts, TODAY)
    assert rank(facts, TODAY + timedelta(days=1))[0] <= rank(facts, TODAY)[0]


IN_ORDER = [
    # More than two weeks overdue outranks all; beyond, waiting adds nothing, and the child nobody finds comes first.
    due(-15, is_unlocated=True),
    due(-40),
    due(-14),
    due(-7, is_disengaged=True),
    due(-7, tier=3),
    due(-7),
    due(-1),
    due(3, is_unlocated=True),
    due(3, tier=3),
    due(0, tier=2),
    due(1, tier=2, has_owner=False),
    due(1, tier=2),
    due(2, tier=2),
    due(0),
    due(2, last_contact_on=TODAY - timedelta(days=3)),
    due(2),
    CaseFacts(case_id=1, tier=1, opened_on=TODAY),
]


def test_weeks_overdue_then_the_lost_then_the_tier_then_today_then_nobodys() -> None:
    ranks = [rank(facts, TODAY) for facts in IN_ORDER]
    assert ranks == sorted(set(ranks))


@pytest.mark.parametrize(("days", "late"), [(1, 0), (0, 0), (-1, 1), (-8, 8)])
def test_a_step_is_overdue_from_the_day_after_it_was_due(days: int, late: int) -> None:
    assert days_overdue(due(days), TODAY) == late
    assert (Because(Reason.OVERDUE, late) in reasons(due(days), TODAY)) == (late > 0)
    assert (Because(Reason.DUE_TODAY) in reasons(due(days), TODAY)) == (days == 0)


def test_every_reason_is_named_with_its_figure_and_an_ordinary_case_has_none() -> None:
    quiet = TODAY - timedelta(days=14)
    pressing = due(-2, has_owner=False, is_disengaged=True, is_unlocated=True, last_contact_on=quiet)
    assert reasons(pressing, TODAY) == [
        Because(Reason.OVERDUE, 2),
        Because(Reason.UNLOCATED),
        Because(Reason.DISENGAGED),
        Because(Reason.NOBODYS),
        Because(Reason.SILENCE, 14),
    ]
    assert reasons(due(4, last_contact_on=quiet + timedelta(days=1)), TODAY) == []
    assert reasons(due(4, opened_on=quiet), TODAY) == [Because(Reason.SILENCE, 14)]
