"""MD-05 to MD-07 and RD-40: tiers by distinct absent dates, at their boundaries up and down."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.policy import SOURCES, CarePolicy, NoCarePolicy, policy_on
from interventions.rules.tiers import AbsentDay, Reached, acts_on, counted, reached, tier_for, unlawful

FIRST = date(2020, 9, 1)


def days(number: int) -> list[date]:
    return [FIRST + timedelta(days=each) for each in range(number)]


BOUNDARIES = [(0, 0), (4, 0), (5, 1), (6, 2), (10, 2), (11, 3), (180, 3)]


@pytest.mark.parametrize(("absences", "tier"), BOUNDARIES)
def test_MD05_MD06_MD07_exactly_five_more_than_five_and_more_than_ten(absences: int, tier: int) -> None:
    assert tier_for(absences) == tier
    assert max((each.tier for each in reached(days(absences), SOURCES)), default=0) == tier


@pytest.mark.parametrize("absences", [0, 4, 5, 10, 11])
def test_MD07_a_disengaged_student_is_tier_3_at_any_count_unless_policy_says_otherwise(absences: int) -> None:
    assert tier_for(absences, disengaged=True) == 3
    assert tier_for(absences, True, policy=CarePolicy(disengaged_is_tier_3=False)) == tier_for(absences)


def test_fewer_than_no_absences_are_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        tier_for(-1)


def test_RD40_excused_and_suspended_dates_count_as_policy_says_and_a_date_counts_once() -> None:
    absent = [AbsentDay(FIRST, "excused"), AbsentDay(days(2)[1], "suspended"), AbsentDay(days(3)[2], "unexcused")]
    assert counted([*absent, *absent], SOURCES) == days(3)
    assert counted(absent, CarePolicy(counts_excused=False)) == days(3)[1:]
    assert counted(absent, CarePolicy(counts_suspended=False)) == [FIRST, days(3)[2]]


def test_RD41_only_unexcused_dates_are_unlawful() -> None:
    kinds = ["excused", "unexcused", "suspended", "unexcused"]
    absent = [AbsentDay(day, kind) for day, kind in zip(days(4), kinds, strict=True)]
    assert unlawful(absent) == [days(4)[1], days(4)[3]]


def test_a_tier_is_reached_on_the_date_of_its_own_absence_with_the_count_as_of_then() -> None:
    dates = days(12)
    assert reached(dates, SOURCES) == [Reached(1, dates[4], 5), Reached(2, dates[5], 6), Reached(3, dates[10], 11)]


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_absences_never_lower_a_tier(few: int, more: int) -> None:
    assert tier_for(min(few, more)) <= tier_for(max(few, more))


@given(st.sets(st.integers(0, 300)), st.integers(0, 300))
def test_a_date_more_moves_no_crossing_to_a_later_day(offsets: set[int], another: int) -> None:
    before = {each.tier: each.on for each in reached([FIRST + timedelta(days=n) for n in sorted(offsets)], SOURCES)}
    after = {
        each.tier: each.on
        for each in reached([FIRST + timedelta(days=n) for n in sorted(offsets | {another})], SOURCES)
    }
    assert all(after[tier] <= on for tier, on in before.items())


def test_a_case_follows_at_once_or_after_the_days_of_grace() -> None:
    session = days(6)
    assert acts_on(FIRST, session, 0) == FIRST
    assert acts_on(FIRST, session, 2) == session[2]
    assert acts_on(FIRST, session, 5) == session[5]
    assert acts_on(FIRST, session, 6) is None


def test_the_latest_policy_that_has_begun_is_in_force() -> None:
    later = CarePolicy(starts_on=date(2021, 1, 4))
    assert policy_on(date(2021, 1, 3), [SOURCES, later]) == SOURCES
    assert policy_on(date(2021, 1, 4), [SOURCES, later]) == later
    with pytest.raises(NoCarePolicy):
        policy_on(date(2020, 6, 30), [SOURCES, later])
