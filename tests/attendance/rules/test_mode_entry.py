from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.mode_entry import BadMode, check_mode, meet, not_offered_on
from attendance.rules.modes import ASYNC_ONLINE, IN_PERSON, OFFLINE_PACKETS, SYNC_ONLINE, ModeFact
from attendance.rules.plan import Plan

MONDAY = date(2020, 10, 26)
DAYS = [MONDAY + timedelta(days=each) for each in range(10)]

facts = st.builds(
    ModeFact,
    st.sampled_from([SYNC_ONLINE, ASYNC_ONLINE]),
    st.sampled_from(DAYS),
    st.none() | st.sampled_from(DAYS),
    st.sampled_from([(), (0, 2), (2, 4), (1,)]),
    st.sampled_from([(), ("A",), ("A", "B")]),
    st.sampled_from(["", "quarantine"]),
    st.sampled_from([None, 1, 2]),
).filter(lambda fact: fact.ends_on is None or fact.ends_on >= fact.starts_on)


@given(facts, facts)
def test_RD23_two_facts_of_a_kind_that_cover_one_day_always_meet(one: ModeFact, other: ModeFact) -> None:
    assert meet(one, other) == meet(other, one)
    alike = (one.section_id, one.is_quarantine, one.is_plan) == (other.section_id, other.is_quarantine, other.is_plan)
    shared = any(one.covers(day, turn) and other.covers(day, turn) for day in DAYS for turn in ("A", "B", ""))
    if alike and shared:
        assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (ModeFact(SYNC_ONLINE, DAYS[0], DAYS[1]), ModeFact(ASYNC_ONLINE, DAYS[2], None), False),
        (ModeFact(SYNC_ONLINE, DAYS[0], DAYS[2]), ModeFact(ASYNC_ONLINE, DAYS[2], None), True),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, (0, 1)), ModeFact(IN_PERSON, DAYS[0], None, (2,)), False),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, (0, 1)), ModeFact(IN_PERSON, DAYS[0], None, (1,)), True),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, (0,)), ModeFact(ASYNC_ONLINE, DAYS[0], None), False),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, reason="quarantine"), ModeFact(ASYNC_ONLINE, DAYS[0], None), False),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, section_id=1), ModeFact(ASYNC_ONLINE, DAYS[0], None), False),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, section_id=1), ModeFact(ASYNC_ONLINE, DAYS[0], None, section_id=1), True),
    ],
)
def test_RD23_what_the_rule_decides_is_no_conflict(one: ModeFact, other: ModeFact, said: bool) -> None:
    assert meet(one, other) is said


def test_MS18_the_first_day_on_which_a_plan_does_not_offer_the_mode_is_named() -> None:
    plans = [
        Plan(date(2020, 8, 10)),
        Plan(DAYS[3], school_id=1, modes=(IN_PERSON, SYNC_ONLINE)),
        Plan(DAYS[1], school_id=1, grade="12", modes=(SYNC_ONLINE,)),
    ]
    for fact, school, grade, day in [
        (ModeFact(OFFLINE_PACKETS, DAYS[0], None), 1, "09", DAYS[3]),
        (ModeFact(OFFLINE_PACKETS, DAYS[0], DAYS[2]), 1, "09", None),
        (ModeFact(OFFLINE_PACKETS, DAYS[0], DAYS[3]), 1, "09", DAYS[3]),
        (ModeFact(OFFLINE_PACKETS, DAYS[0], None), 2, "09", None),
        (ModeFact(OFFLINE_PACKETS, DAYS[0], None), 1, "12", DAYS[1]),
        (ModeFact(SYNC_ONLINE, DAYS[0], None), 1, "12", None),
        (ModeFact(IN_PERSON, DAYS[0], None), 1, "12", None),
    ]:
        assert not_offered_on(fact, plans, school_id=school, grade=grade) == day


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (ModeFact(SYNC_ONLINE, DAYS[1], DAYS[0]), "before the first"),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, (7,)), "0 .Monday. to 6"),
        (ModeFact(SYNC_ONLINE, DAYS[0], None, reason="quarantine"), "has a last day"),
        (ModeFact(IN_PERSON, DAYS[0], DAYS[1], reason="quarantine"), "than in person"),
        (ModeFact(SYNC_ONLINE, DAYS[0], DAYS[1], (1,), reason="quarantine"), "all days"),
        (ModeFact(SYNC_ONLINE, DAYS[0], DAYS[1], reason="quarantine", section_id=1), "in all classes"),
    ],
)
def test_MS33_a_mode_that_cannot_be_is_refused_in_words(fact: ModeFact, said: str) -> None:
    with pytest.raises(BadMode, match=said):
        check_mode(fact)
    check_mode(ModeFact(SYNC_ONLINE, DAYS[0], DAYS[0], reason="quarantine"))
