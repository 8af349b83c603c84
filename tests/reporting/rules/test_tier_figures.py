"""Students in tiers as pages show them, and what is left out where the students are nobody's to know (RD-63)."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from interventions.rules.tier_weeks import DayOfTiers, Reached, TierCount
from reporting.rules.suppression import SMALLEST_SHOWN, Sum, follows
from reporting.rules.tier_figures import (
    InTime,
    Share,
    four_weeks_ago,
    has_small,
    judged_days,
    rows_left_out,
    share_in,
    total_is_told,
    weeks_of_tiers,
)

# A Monday, 52 weeks before the year's first.
MONDAY = date(2019, 8, 5)
FIRST = date(2020, 8, 3)


def test_a_week_is_judged_by_its_last_school_day_and_the_one_that_runs_by_today() -> None:
    session = [FIRST, FIRST + timedelta(days=3), FIRST + timedelta(days=14)]
    assert judged_days(session, MONDAY, date(2020, 8, 19)) == {52: date(2020, 8, 6), 54: date(2020, 8, 19)}
    assert judged_days(session, MONDAY, date(2020, 8, 26)) == {52: date(2020, 8, 6), 54: FIRST + timedelta(days=14)}


def _day(tier_1: int) -> DayOfTiers:
    return DayOfTiers(TierCount(100, tier_1), Reached(tier_1))


def test_weeks_stand_beside_those_of_the_year_before_and_holidays_among_them() -> None:
    days = {0: date(2019, 8, 9), 52: date(2020, 8, 7), 54: date(2020, 8, 21), 57: date(2020, 9, 11)}
    weeks = weeks_of_tiers({0: _day(9), 52: _day(10), 54: _day(20), 57: _day(30)}, days, MONDAY)
    assert [week.day for week in weeks] == [days[52], None, days[54], None, None, days[57]]
    assert weeks[0].last_year == TierCount(100, 9)
    assert (weeks[1].stood, weeks[2].last_year) == (None, None)
    before = four_weeks_ago(weeks, date(2020, 9, 11))
    assert before is weeks[0]
    assert share_in(TierCount(100, 30), 1).points_since(share_in(before.stood or TierCount(), 1)) == "+20.0"
    hidden = weeks_of_tiers({52: _day(10), 54: _day(20)}, days, MONDAY, left_out=[54])
    assert [(week.stood is None, week.is_left_out) for week in hidden[:3]] == [
        (False, False), (True, False), (True, True)
    ]  # fmt: skip


def test_a_share_of_nobody_is_no_data() -> None:
    assert (Share(0, 0).rate, Share(1, 8).rate, InTime().rate) == ("", "12.5%", "")
    assert (InTime(4, 1) + InTime(4, 2)).rate == "37.5%"


sizes = st.one_of(st.just(0), st.integers(1, 12), st.integers(0, 300))
tables = st.dictionaries(st.sampled_from("abcdefg"), st.tuples(sizes, sizes, sizes, sizes), min_size=1)


@settings(max_examples=200)
@given(tables, st.data())
def test_RD63_what_is_left_out_of_schools_and_weeks_is_not_found_by_subtracting(
    rows: dict[str, tuple[int, ...]], data: st.DataObject
) -> None:
    """An attacker knows every row that stands, and the total where it stands; rows have no figure of their own then."""
    out = rows_left_out(rows)
    told = total_is_told(rows, out)
    assert not any(has_small(groups) for place, groups in rows.items() if place not in out)
    if not told:
        return
    # The cells of nobody are nobody's secret; all others that are left out must stay unknown.
    totals = [sum(of_a_kind) for of_a_kind in zip(*rows.values(), strict=True)]
    sums = [Sum(("*", kind), tuple((place, kind) for place in rows)) for kind, total in enumerate(totals) if total]
    unknown = {(place, kind) for place in out for kind, size in enumerate(rows[place]) if size}
    everything = {(place, kind) for place in out for kind in range(4)}
    assert not unknown & follows(sums, everything)
    for kind in range(4):
        left = sum(rows[place][kind] for place in out)
        assert left == 0 or left >= SMALLEST_SHOWN
    # Whoever sees some of the schools alone sees their sum only where it tells no more.
    mine = {place: groups for place, groups in rows.items() if data.draw(st.booleans())}
    if mine and total_is_told(mine, out):
        hidden = [groups for place, groups in mine.items() if place in out and any(groups)]
        assert len(hidden) != 1
        assert not has_small([sum(of_a_kind) for of_a_kind in zip(*hidden, strict=True)])


def test_RD63_a_small_school_takes_the_next_smallest_with_it() -> None:
    rows = {"small": (40, 3, 0, 0), "next": (60, 20, 0, 0), "large": (500, 90, 30, 20)}
    assert rows_left_out(rows) == {"small", "next"}
    assert total_is_told(rows, frozenset({"small", "next"}))
    assert not total_is_told({"small": rows["small"], "large": rows["large"]}, frozenset({"small", "next"}))
    assert rows_left_out({"next": rows["next"], "large": rows["large"]}) == frozenset()
    assert not total_is_told({"one": (4, 0, 0, 0)}, rows_left_out({"one": (4, 0, 0, 0)}))
