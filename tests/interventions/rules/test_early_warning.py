"""Early warning: each sign at its boundary, each threshold, and what holds of any year of days."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.early_warning import (
    AHEAD,
    Course,
    Day,
    Pattern,
    Reason,
    Sign,
    Threshold,
    on_course,
    thresholds,
)
from interventions.rules.policy import SOURCES, CarePolicy

MONDAY = date(2020, 9, 7)
KINDS = {".": "present", "?": "undetermined", "x": "unexcused", "e": "excused", "s": "suspended"}
WANTED = thresholds(SOURCES, obliged=True)


def weekdays(number: int, first: date = MONDAY) -> list[date]:
    return [first + timedelta(days=n // 5 * 7 + n % 5) for n in range(number)]


def days(letters: str) -> list[Day]:
    """Weekdays from a Monday on; a space is for the eye."""
    kept = letters.replace(" ", "")
    return list(zip(weekdays(len(kept)), (KINDS[each] for each in kept), strict=True))


def courses(letters: str, *, ahead: int = AHEAD, wanted: Sequence[Threshold] = WANTED) -> dict[str, Course]:
    year = days(letters)
    following = weekdays(len(year) + ahead)[len(year) :]
    return {each.threshold: each for each in on_course(year, following, wanted)}


def signs(letters: str, threshold: str) -> list[str]:
    found = courses(letters).get(threshold)
    return [each.sign.value for each in found.reasons] if found else []


def test_RD40_a_recent_rate_goes_on_absent_on_four_of_the_last_twenty_days() -> None:
    found = courses("..... ..... x..x. x..x.")
    assert found["tier_1"].reasons == (Reason(Sign.RATE, 4, 20),)
    assert (found["tier_1"].absent, found["tier_1"].away, found["tier_1"].by) == (4, 1, weekdays(25)[24])
    assert (found["tier_2"].away, found["tier_2"].by) == (2, weekdays(30)[29])
    assert "tier_3" not in found


@pytest.mark.parametrize(
    ("letters", "threshold", "found"),
    [
        ("x.x.x ..... ..... ..... .x...", "tier_1", []),  # one absence of the last twenty is no rate
        ("x.x.. ..... ..... ..... .x.x.", "tier_1", ["rate"]),
        ("x.x.. ..... ..... ..... .x.x.", "tier_2", []),  # two away, one is expected
        ("xxx.. ....", "tier_1", []),  # of fewer than ten days nothing is said
        ("xxx.. .....", "tier_1", ["rate"]),
        ("xxx.. .....", "tier_2", ["rate"]),
    ],
)
def test_a_rate_is_of_two_absences_and_ten_days_at_least(letters: str, threshold: str, found: list[str]) -> None:
    assert signs(letters, threshold) == found


def test_the_same_weekday_comes_again_absent_on_three_of_the_last_four_mondays() -> None:
    found = courses("x.... x.... ..... x....")["tier_1"]
    assert found.reasons == (Reason(Sign.WEEKDAY, 3, 4, (Pattern(0, 3, 4, 2),)),)
    assert (found.absent, found.away, found.by) == (3, 2, weekdays(26)[25])
    assert signs("x.... ..... ..... x....", "tier_1") == []


def test_of_mondays_that_the_calendar_does_not_have_ahead_none_is_expected() -> None:
    year = days("x.... x.... ..... x....")
    tuesdays_on = [each for each in weekdays(40)[20:] if each.weekday() != 0][:AHEAD]
    assert [each.threshold for each in on_course(year, tuesdays_on, WANTED)] == []


def test_a_streak_goes_on_for_as_long_again() -> None:
    found = courses("..... ..... ..... ..xxx")
    assert found["tier_1"].reasons == found["tier_2"].reasons == (Reason(Sign.STREAK, 3, 3),)
    assert (found["tier_1"].by, found["tier_2"].by) == (weekdays(22)[21], weekdays(23)[22])
    assert "tier_3" not in found
    assert signs("..... ..... ..... ...xx", "tier_1") == []
    assert signs("..... ..... ..... .xxx.", "tier_1") == []
    assert signs("..... ..... ..... .xx?x", "tier_1") == ["streak"]  # undetermined counts for nothing


def test_ST02_truancy_looks_at_unexcused_absences_and_only_of_those_whom_the_law_obliges() -> None:
    assert signs("..... ..... ..... ..eee", "truancy_5") == []
    assert signs("..... ..... ..... ..eee", "tier_1") == ["streak"]
    assert signs("..... x.x.. ..... .xsx.", "truancy_5") == ["rate"]
    assert not any(each.key.startswith("truancy") for each in thresholds(SOURCES, obliged=False))


def test_ST05_chronic_absence_is_a_tenth_of_the_determined_days_and_is_told_from_the_twentieth_on() -> None:
    # Three of thirty-one are not a tenth; the fourth, expected by the seventh day, makes four of thirty-eight.
    found = courses("." * 26 + "x.x.x")["chronic"]
    assert (found.absent, found.away, found.by) == (3, 1, weekdays(38)[37])
    assert signs("xxx", "chronic") == []


def test_thresholds_and_kinds_are_those_of_the_policy() -> None:
    policy = CarePolicy(tier_1_absences=3, tier_2_absences=8, tier_3_absences=9, counts_excused=False)
    wanted = thresholds(policy, obliged=True)
    assert set(courses("..... ..x.x", wanted=wanted)) == {"tier_1"}
    assert courses("..... ..e.e", wanted=wanted) == {}


def test_nothing_is_said_of_nobody_and_of_no_days_to_come() -> None:
    assert courses("") == {}
    assert courses("..xxx", ahead=0) == {}


YEARS = st.text(alphabet=".....xxse?", max_size=70)
AHEADS = st.integers(0, 14)


def crossed(letters: str) -> set[str]:
    kinds = [kind for _day, kind in days(letters)]
    determined = sum(kind != "undetermined" for kind in kinds)
    return {
        each.key
        for each in WANTED
        if each.is_crossed(sum(kind in each.counts for kind in kinds), determined, len(kinds))
    }


@given(YEARS, AHEADS, st.data())
def test_one_absence_more_never_takes_a_warning_away(letters: str, ahead: int, data: st.DataObject) -> None:
    others = [at for at, letter in enumerate(letters) if letter != "x"]
    if not others:
        return
    at = data.draw(st.sampled_from(others))
    more = letters[:at] + "x" + letters[at + 1 :]
    assert set(courses(letters, ahead=ahead)) <= set(courses(more, ahead=ahead)) | crossed(more)


@given(YEARS, AHEADS)
def test_any_year_is_judged_alike_twice_and_nothing_is_warned_of_that_is_crossed(letters: str, ahead: int) -> None:
    found = courses(letters, ahead=ahead)
    assert found == courses(letters, ahead=ahead)
    assert not set(found) & crossed(letters)
    following = weekdays(len(letters) + AHEAD)[len(letters) :]
    for course in found.values():
        assert course.reasons
        assert course.away >= 1
        assert course.by in following
