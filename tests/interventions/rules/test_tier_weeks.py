"""Who stood where on which day: counted from spans as if every student were asked on every day."""

from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.tier_weeks import DayOfTiers, Part, Reached, Span, Stay, TierCount, days_of_tiers, spans_of

DAYS = 6
places = st.none() | st.integers(0, DAYS)


def in_order(stay: Stay) -> Stay:
    """Tiers by count follow each other: the higher never comes before the lower."""
    known = sorted(each for each in stay[3:6] if each is not None)
    return stay._replace(**dict(zip(("tier_1", "tier_2", "tier_3"), [*known, None, None, None], strict=False)))


stays = st.lists(
    st.builds(
        lambda ends, *tiers: in_order(Stay(1 + ends[0] % 2, *sorted(ends), *tiers, 1)),
        st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)),
        places,
        places,
        places,
    ),
    max_size=12,
)


def highest(stay: Stay, day: int) -> int:
    return sum(each is not None and each <= day for each in stay[3:6])


@given(stays)
def test_RD40_each_student_is_counted_once_a_day_in_the_highest_tier_reached_by_it(held: list[Stay]) -> None:
    found = days_of_tiers(spans_of(held), DAYS)
    for school in (1, 2):
        for day in range(DAYS):
            there = [each for each in held if each.school_id == school and each.first <= day < each.beyond]
            stood = found[school][day].stood if school in found else TierCount()
            assert stood.enrolled == len(there)
            assert list(stood.groups) == [sum(highest(each, day) == tier for each in there) for tier in range(4)]
            came = found[school][day].reached if school in found else Reached()
            assert (came.tier_1, came.tier_2, came.tier_3) == tuple(
                sum(each[2 + tier] == day for each in there) for tier in (1, 2, 3)
            )


def test_MD07_the_disengaged_stand_in_tier_3_while_a_criterion_holds_and_are_counted_beside() -> None:
    lost = [Span(None, part, 1, 2, 4) for part in (Part.AT_LEAST_1, Part.AT_LEAST_2, Part.AT_LEAST_3, Part.DISENGAGED)]
    lost.append(Span(None, Part.REACHED_BY_DISENGAGEMENT, 1, 2, 4))
    days = days_of_tiers([*spans_of([Stay(None, 0, 3, None, None, None, 10)]), *lost], 3)[None]
    assert [day.stood.tier_3 for day in days] == [0, 4, 0]
    assert days[1] == DayOfTiers(TierCount(10, 0, 0, 4, 4), Reached(by_disengagement=4))
    assert days[1].stood.in_none == days[1].stood.of(0) == 6


def test_tiers_of_two_schools_add_up() -> None:
    assert TierCount(20, 3, 2, 1, 1) + TierCount(10, 1) == TierCount(30, 4, 2, 1, 1)
