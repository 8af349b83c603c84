"""The track record: what became of each warning within ten school days, and which crossings nobody had warned of."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.early_warning import AHEAD, on_course, thresholds
from interventions.rules.policy import SOURCES, CarePolicy
from interventions.rules.warning_record import ANY, LookedBack, Tally, Terms, look_back
from tests.interventions.rules.test_early_warning import days, weekdays

WANTED = thresholds(SOURCES, obliged=True)
ALWAYS: Terms = [(date(2020, 7, 1), WANTED)]


def ahead(day: date) -> Sequence[date]:
    following = (day + timedelta(days=n) for n in range(1, 20))
    return [each for each in following if each.weekday() < 5][:AHEAD]


def looked(letters: str, terms: Terms = ALWAYS) -> LookedBack:
    return look_back(days(letters), ahead, terms)


def tally(letters: str, threshold: str = "tier_1", sign: str = ANY) -> Tally:
    return looked(letters).tallies.get((threshold, sign), Tally())


def test_a_warning_comes_true_when_the_threshold_is_crossed_within_ten_school_days() -> None:
    warned = "..... ..... x.x.x"
    assert tally(warned) == Tally(unjudged=1)
    assert tally(f"{warned} x.x") == Tally(judged=1, came_true=1, crossings=1)
    assert tally(f"{warned} x.x", sign="rate") == Tally(judged=1, came_true=1)
    assert tally(f"{warned} ..... ...xx") == Tally(judged=1, came_true=1, crossings=1)


def test_the_eleventh_day_is_too_late_and_a_warning_that_goes_on_is_a_new_one() -> None:
    warned = "..... ..... x.x.x"
    assert tally(f"{warned} ..... .....") == Tally(judged=1)
    # Four of the last twenty: when the first warning ends, the rate still leads to five.
    assert tally(f"{warned} ..... ...x.") == Tally(judged=1, unjudged=1)
    assert tally(f"{warned} ..... ...x. x....") == Tally(judged=2, came_true=1, crossings=1)


def test_a_crossing_that_nobody_warned_of_is_counted_and_no_warning_is() -> None:
    sudden = "x.................... " * 4 + "x"
    assert tally(sudden) == Tally(crossings=1)


def test_ST05_a_tenth_of_the_first_ten_days_is_no_crossing_to_be_warned_of() -> None:
    assert tally("x.... .....", "chronic") == tally("x.... ..... ..... .....", "chronic") == Tally()
    assert tally("..... ..... ..... ..... .x..x", "chronic") == Tally()
    assert tally("..... ..... ..... ..... .x.xx", "chronic").crossings == 1


def test_undetermined_days_on_which_it_may_have_been_crossed_leave_a_warning_open() -> None:
    warned = "..... ..... x.x.x"
    assert tally(f"{warned} ..?.. ?....") == Tally(unjudged=1)
    assert tally(f"{warned} ..?.. .....") == Tally(judged=1)


def test_today_is_said_since_when() -> None:
    found = looked("..... ..... x.x.x .x")
    since = weekdays(15)[14]
    said = [("tier_1", since), ("tier_2", weekdays(17)[16]), ("truancy_5", since)]
    assert [(course.threshold, since) for course, since in found.courses] == said
    assert looked("").courses == ()


def test_each_day_is_judged_by_the_policy_in_force() -> None:
    strict = thresholds(CarePolicy(tier_1_absences=2, tier_2_absences=3, tier_3_absences=4), obliged=False)
    from_the_third_week = [(date(2020, 7, 1), WANTED), (weekdays(11)[10], strict)]
    letters = "..... x.x.. ..... ....."
    assert looked(letters, from_the_third_week).tallies["tier_1", ANY] == Tally(crossings=1)
    assert ("tier_1", ANY) not in looked(letters).tallies
    assert looked(letters, []).tallies == {}


@given(st.text(alphabet=".....xxse?", max_size=60))
def test_the_walk_says_of_its_last_day_what_the_rule_says_and_counts_every_crossing_once(letters: str) -> None:
    found = looked(letters)
    year = days(letters)
    plain = on_course(year, ahead(year[-1][0]) if year else [], WANTED)
    assert [course for course, _since in found.courses] == plain
    for (threshold, _sign), each in found.tallies.items():
        assert each.came_true <= each.judged
        assert found.tallies[threshold, ANY].came_true <= found.tallies[threshold, ANY].crossings
