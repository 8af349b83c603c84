"""What a home page tells first: the rule of docs/home.md."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.rules.home_needs import (
    ASKED_OF,
    BY_THE_BELL,
    MOST_TOLD,
    ClassHours,
    Comes,
    Need,
    Next,
    Press,
    What,
    asked_of,
    class_to_take,
    first_to_come,
    most_pressing,
    press_of,
)
from students.rules.rights import RIGHTS

TODAY = date(2020, 10, 27)
DAY = timedelta(days=1)
NEEDS = st.builds(
    Need,
    st.sampled_from(What),
    st.integers(0, 3),
    st.none() | st.dates(TODAY - 9 * DAY, TODAY),
    st.none() | st.dates(TODAY - 9 * DAY, TODAY + 9 * DAY),
)


@pytest.mark.parametrize(
    ("need", "press"),
    [
        (Need(What.CALLS, 1, until=time(10)), Press.BELL),
        (Need(What.EXCUSES, 1, since=TODAY - DAY), Press.LATE),
        (Need(What.EXCUSES, 1, since=TODAY), Press.TODAY),
        (Need(What.STEPS_TODAY, 1, until=TODAY - DAY), Press.LATE),
        (Need(What.STEPS_TODAY, 1, until=TODAY), Press.TODAY),
        (Need(What.WARNED, 1, until=TODAY + DAY), Press.OPEN),
        (Need(What.NO_PASSWORD, 1), Press.OPEN),
    ],
)
def test_what_should_have_been_done_before_today_is_late_and_what_has_no_day_is_open(need: Need, press: Press) -> None:
    assert press_of(need, TODAY) == press


def test_what_a_bell_waits_for_goes_before_what_is_late_and_that_before_what_is_due_today() -> None:
    needs = [
        Need(What.WARNED, 5, until=TODAY + 3 * DAY),
        Need(What.STEPS_TODAY, 1, until=TODAY),
        Need(What.STEPS_LATE, 1, since=TODAY - DAY),
        Need(What.UNTAKEN, 1),
    ]
    assert [each.what for each in most_pressing(needs, TODAY)] == [What.UNTAKEN, What.STEPS_LATE, What.STEPS_TODAY]


def test_a_child_nobody_has_seen_goes_before_marks_and_marks_before_the_month_made_of_them() -> None:
    late = TODAY - DAY
    needs = [Need(what, 1, since=late) for what in (What.BUILD, What.BEFORE, What.STEPS_LATE)]
    assert [each.what for each in most_pressing(needs, TODAY)] == [What.STEPS_LATE, What.BEFORE, What.BUILD]


@given(st.lists(NEEDS, max_size=30))
def test_at_most_three_are_told_and_none_that_is_left_out_presses_more(needs: list[Need]) -> None:
    told = most_pressing(needs, TODAY)
    held = [each for each in needs if each.number]
    assert len(told) == min(MOST_TOLD, len(held))
    ranks = [(press_of(each, TODAY), list(What).index(each.what)) for each in told]
    assert ranks == sorted(ranks)
    left = [(press_of(each, TODAY), list(What).index(each.what)) for each in held if each not in told]
    assert all(rank >= ranks[-1] for rank in left)


def test_every_role_is_asked_something_of_its_own_and_teaching_asks_whoever_teaches() -> None:
    assert ASKED_OF.keys() == RIGHTS.keys()
    assert frozenset().union(*ASKED_OF.values()) == set(What)
    assert asked_of([], teaches=False) == frozenset()
    assert asked_of(["clerk"], teaches=True) == ASKED_OF["clerk"] | ASKED_OF["teacher"]
    assert What.CALLS not in asked_of(["school_administrator", "counselor"], teaches=False)
    assert {What.CLASS, What.CALLS, What.UNTAKEN} == BY_THE_BELL


CLASSES = [ClassHours(480, 535), ClassHours(540, 595), ClassHours(600, 655)]


@pytest.mark.parametrize(("minute", "place"), [(470, 0), (534, 0), (535, 1), (540, 1), (599, 2), (654, 2), (655, 0)])
def test_the_class_that_is_on_or_about_to_begin_goes_before_those_that_are_over(minute: int, place: int) -> None:
    assert class_to_take(CLASSES, minute) == place


def test_of_classes_that_are_over_the_earliest_is_taken_first_and_none_is_none() -> None:
    assert class_to_take(list(reversed(CLASSES)), 700) == 2
    assert class_to_take([], 540) is None


def test_what_comes_first_is_named_of_one_day_what_has_a_time() -> None:
    day = Next(Comes.SCHOOL_DAY, TODAY)
    assert first_to_come([day, Next(Comes.CLASS, TODAY, time(11))]) == Next(Comes.CLASS, TODAY, time(11))
    assert first_to_come([Next(Comes.MONTH_ENDS, TODAY + DAY), day, Next(Comes.STEP, TODAY)]) == Next(Comes.STEP, TODAY)
    assert first_to_come([]) is None
