"""RD-40: one judgment of a student's year, from the ledger's days alone."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.disengagement import SeenDay, Signs
from interventions.rules.policy import SOURCES, CarePolicy
from interventions.rules.standing import COUNT, DISENGAGED, Judged, StudentFacts, Wanted, judge
from interventions.rules.tiers import AbsentDay

FIRST = date(2020, 9, 1)
DAYS = [FIRST + timedelta(days=number) for number in range(60)]


def judged(absent: int, signs: str = "", policy: CarePolicy = SOURCES, kind: str = "unexcused") -> Judged:
    """So many absences on the first days; `signs` are the last days, P for present and A for absent."""
    seen = [SeenDay(day, {"P": "present", "A": "absent"}[sign]) for day, sign in zip(DAYS, signs, strict=False)]
    days = [AbsentDay(day, kind) for day in DAYS[:absent]]
    return judge(StudentFacts(1, 1, True, days, 0, Signs(days=seen), DAYS), policy)


def test_nothing_is_nothing_and_one_absence_is_something() -> None:
    assert judged(0).is_nothing
    assert not judged(1).is_nothing


def test_RD40_every_tier_that_was_reached_is_a_crossing_on_its_own_date() -> None:
    assert judged(11).crossings == [
        Wanted(1, COUNT, DAYS[4], 5, DAYS[4]),
        Wanted(2, COUNT, DAYS[5], 6, DAYS[5]),
        Wanted(3, COUNT, DAYS[10], 11, DAYS[10]),
    ]


def test_MD07_disengagement_is_a_crossing_of_its_own_with_the_count_as_of_its_day() -> None:
    found = judged(5, "AAAAA")
    assert (found.tier, found.crossings[-1]) == (3, Wanted(3, DISENGAGED, DAYS[4], 5, DAYS[4]))
    by_count_alone = judged(5, "AAAAA", CarePolicy(disengaged_is_tier_3=False))
    assert (by_count_alone.tier, len(by_count_alone.crossings), len(by_count_alone.criteria)) == (1, 1, 1)


def test_days_of_grace_hold_a_crossing_back_and_beyond_the_calendar_it_waits() -> None:
    assert judged(5, policy=CarePolicy(grace_school_days=3)).crossings[0].acts_on == DAYS[7]
    assert judged(5, policy=CarePolicy(grace_school_days=56)).crossings[0].acts_on == date.max


def test_RD41_suspensions_count_for_support_and_not_for_truancy() -> None:
    found = judged(6, kind="suspended")
    assert (found.absences, found.tier, found.unlawful_dates) == (6, 2, [])


@given(st.integers(0, 60))
def test_the_tier_is_the_highest_of_its_crossings(absent: int) -> None:
    found = judged(absent)
    assert found.tier == max((each.tier for each in found.crossings), default=0)
