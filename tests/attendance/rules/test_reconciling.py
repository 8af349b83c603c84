"""Where a mark and the office's statements cannot both be so."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.minutes import Span
from attendance.rules.office_entry import KINDS, Statement
from attendance.rules.reconciling import SORTS, Marked, contradiction

DAY = date(2020, 10, 27)
NINE, TEN = 9 * 60, 10 * 60
CLASS = Span(NINE, TEN)
PRESENT, ABSENT = Marked("present", CLASS, minutes=60), Marked("absent", CLASS)


def said(kind: str, starts: int | None = None, ends: int | None = None, days: int = 1) -> Statement:
    return Statement(kind, DAY, DAY + timedelta(days=days - 1), starts, ends)


@pytest.mark.parametrize(
    ("marked", "words", "sort"),
    [
        (PRESENT, [], ""),
        (PRESENT, [said("sign_in", NINE)], ""),
        (PRESENT, [said("sign_in", NINE + 1)], "seen_while_away"),
        (PRESENT, [said("sign_out", TEN - 1)], "seen_while_away"),
        (PRESENT, [said("sign_out", TEN)], ""),
        (PRESENT, [said("suspension")], "seen_while_away"),
        (PRESENT, [said("reported_absence", days=2)], "seen_while_away"),
        (PRESENT, [said("reported_absence"), said("sign_in", NINE)], ""),
        (PRESENT, [said("in_school_suspension"), said("nurse", NINE, TEN), said("activity")], ""),
        (Marked("tardy", CLASS, arrived=NINE + 10, minutes=50), [said("sign_in", NINE + 10)], ""),
        (Marked("tardy", CLASS, arrived=NINE + 10, minutes=50), [said("sign_in", NINE + 11)], "seen_while_away"),
        (Marked("left_early", CLASS, left=TEN - 10, minutes=50), [said("sign_out", TEN - 10)], ""),
        (Marked("left_early", CLASS, left=TEN - 10, minutes=50), [said("sign_out", TEN - 11)], "seen_while_away"),
        (Marked("tardy", CLASS, minutes=50), [said("sign_in", NINE + 10)], ""),
        (Marked("tardy", CLASS, minutes=51), [said("sign_in", NINE + 10)], "seen_while_away"),
        (ABSENT, [said("sign_in", NINE)], "absent_while_in"),
        (ABSENT, [said("sign_in", NINE + 1)], ""),
        (ABSENT, [said("sign_in", NINE - 60), said("sign_out", TEN)], "absent_while_in"),
        (ABSENT, [said("sign_in", NINE - 60), said("sign_out", TEN - 1)], ""),
        (ABSENT, [said("sign_out", TEN)], ""),
        (ABSENT, [said("activity", NINE, TEN)], "absent_at_activity"),
        (ABSENT, [said("activity", NINE + 1, TEN)], ""),
        (ABSENT, [said("activity", days=3)], "absent_at_activity"),
        (ABSENT, [said("in_school_suspension")], ""),
        (ABSENT, [said("counselor", NINE, TEN)], ""),
        (ABSENT, [said("suspension")], ""),
        (ABSENT, [said("reported_absence")], ""),
    ],
)
def test_RD06_RD07_the_list_shows_what_cannot_both_be_so(marked: Marked, words: list[Statement], sort: str) -> None:
    assert contradiction(marked, words, DAY) == sort


def test_what_the_office_says_of_another_day_contradicts_nothing() -> None:
    assert contradiction(PRESENT, [said("suspension")], DAY + timedelta(days=1)) == ""


minute = st.integers(0, 1439)
words = st.lists(
    st.one_of(
        st.builds(said, st.sampled_from(["sign_in", "sign_out"]), minute),
        st.builds(lambda kind, a, b: said(kind, min(a, b), max(a, b) + 1), st.sampled_from(KINDS[2:]), minute, minute),
        st.builds(said, st.sampled_from(KINDS[2:])),
    ),
    max_size=5,
)


@given(words=words, starts=st.integers(0, 1300), length=st.integers(1, 100), data=st.data())
def test_whatever_was_said_a_mark_contradicts_it_in_one_known_way_or_none(words, starts, length, data) -> None:
    span = Span(starts, starts + length)
    marked = Marked(
        data.draw(st.sampled_from(["present", "tardy", "left_early", "absent"])),
        span,
        data.draw(st.none() | st.integers(span.starts, span.ends)),
        data.draw(st.none() | st.integers(span.starts, span.ends)),
        data.draw(st.integers(0, length)),
    )
    found = contradiction(marked, words, DAY)
    assert found in ("", *SORTS)
    assert (found == "seen_while_away") <= (marked.status != "absent")


def test_RD06_RD09_the_door_of_another_school_contradicts_nobody_here() -> None:
    here, there = 1, 2
    late, early = replace(said("sign_in", TEN), school_id=here), replace(said("sign_in", NINE), school_id=here)
    assert contradiction(replace(PRESENT, school_id=here), [late], DAY) == "seen_while_away"
    assert contradiction(replace(PRESENT, school_id=there), [late], DAY) == ""
    assert contradiction(replace(ABSENT, school_id=here), [early], DAY) == "absent_while_in"
    assert contradiction(replace(ABSENT, school_id=there), [early], DAY) == ""
