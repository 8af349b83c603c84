"""What the office may enter, and what it has said already."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.minutes import Span
from attendance.rules.office_entry import KINDS, BadEntry, Statement, check_entry, said_before

TODAY = date(2020, 10, 27)
TOMORROW = TODAY + timedelta(days=1)
EIGHT, NINE, TEN, THREE = 8 * 60, 9 * 60, 10 * 60, 15 * 60
SCHOOL = Span(EIGHT, THREE)


def word(kind: str, starts: int | None = None, ends: int | None = None, day: date = TODAY, last: date | None = None):
    return Statement(kind, day, last or day, starts, ends)


def refusal(said: Statement, school_day: Span | None = SCHOOL) -> str:
    """Why it is refused at ten of the clock; empty where it is taken."""
    try:
        check_entry(said, today=TODAY, minute=TEN, school_day=school_day)
    except BadEntry as bad:
        return str(bad)
    return ""


@pytest.mark.parametrize(
    "said",
    [
        word("sign_in", EIGHT),
        word("sign_in", TEN),
        word("sign_out", THREE - 1),
        word("sign_in", THREE - 1, day=TODAY - timedelta(days=1)),
        word("reported_absence"),
        word("reported_absence", last=TODAY + timedelta(days=366)),
        word("reported_absence", NINE, TEN, day=TOMORROW),
        word("activity", THREE - 1, THREE + 60),
        word("in_school_suspension"),
        word("in_school_suspension", NINE, TEN),
        word("suspension", last=TOMORROW),
        word("nurse", TEN - 1, TEN),
        word("counselor", NINE, TEN),
    ],
)
def test_RD06_RD07_what_an_office_knows_is_taken(said: Statement) -> None:
    assert refusal(said) == ""


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (word("sign_in", TEN + 1), "still to come"),
        (word("sign_in", EIGHT, day=TOMORROW), "day to come"),
        (word("sign_out", EIGHT, day=TOMORROW), "day to come"),
        (word("sign_in", EIGHT - 1), "outside the school day, 8:00 am to 3:00 pm"),
        (word("sign_out", THREE), "outside the school day"),
        (word("sign_in"), "Give the time"),
        (word("sign_in", NINE, TEN), "one time"),
        (word("sign_out", NINE, last=TOMORROW), "one day"),
        (word("activity", last=TODAY - timedelta(days=1)), "before the first"),
        (word("activity", last=TODAY + timedelta(days=367)), "longer than a year"),
        (word("activity", TEN, TEN), "later end"),
        (word("activity", TEN), "later end"),
        (word("activity", None, TEN), "later end"),
        (word("activity", THREE, THREE + 60), "outside the school day"),
        (word("activity", NINE, TEN, last=TOMORROW), "one day"),
        (word("suspension", NINE, TEN), "whole days"),
        (word("nurse"), "times of the visit"),
        (word("counselor"), "times of the visit"),
        (word("detention"), "Choose"),
    ],
)
def test_what_cannot_have_been_meant_is_refused_in_words(said: Statement, why: str) -> None:
    assert why in refusal(said)


def test_one_day_needs_school_and_a_span_of_days_may_hold_a_holiday() -> None:
    assert "no school" in refusal(word("reported_absence"), None)
    assert "no school" in refusal(word("sign_in", NINE), None)
    assert refusal(word("reported_absence", last=TOMORROW), None) == ""


def test_of_two_clerks_at_one_desk_the_first_is_kept() -> None:
    first = word("sign_in", NINE)
    assert said_before(word("sign_in", NINE + 1), [first]) == first
    assert said_before(word("sign_in", NINE - 1), [first]) == first
    assert said_before(word("sign_in", NINE, day=TOMORROW), [first]) is None
    assert said_before(word("sign_out", TEN), [first]) is None
    assert said_before(word("activity"), [first]) is None


def test_who_left_and_came_back_signs_in_again() -> None:
    there = [word("sign_in", NINE), word("sign_out", TEN)]
    back = word("sign_in", TEN + 60)
    assert said_before(back, there) is None
    assert said_before(word("sign_in", TEN + 90), [*there, back]) == back
    assert said_before(word("sign_out", TEN + 30), [*there, back]) == there[1]


def test_what_a_longer_span_says_already_is_no_news() -> None:
    week = word("reported_absence", last=TODAY + timedelta(days=4))
    assert said_before(word("reported_absence", day=TOMORROW), [week]) == week
    assert said_before(word("reported_absence", NINE, TEN), [week]) == week
    assert said_before(word("reported_absence", last=TODAY + timedelta(days=5)), [week]) is None
    part = word("activity", NINE, TEN)
    assert said_before(word("activity", NINE, TEN), [part]) == part
    assert said_before(word("activity", NINE, TEN + 1), [part]) is None
    assert said_before(word("activity"), [part]) is None


minutes = st.none() | st.integers(0, 24 * 60 - 1)
days = st.dates(date(2020, 8, 1), date(2021, 6, 30))
any_word = st.builds(Statement, st.sampled_from([*KINDS, ""]), days, days, minutes, minutes)


@given(said=any_word, now=st.integers(0, 24 * 60 - 1), held=st.none() | st.just(SCHOOL))
def test_an_entry_is_taken_or_refused_and_raises_nothing_else(said: Statement, now: int, held: Span | None) -> None:
    refused = ""
    try:
        check_entry(said, today=TODAY, minute=now, school_day=held)
    except BadEntry as bad:
        refused = str(bad)
    assert refused or said_before(said, [said]) == said
