"""When a student was away by the office's words, and what a class is likely to be marked."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.minutes import MIDNIGHT, WHOLE_DAY, Span, without
from attendance.rules.office_day import Suggested, away, elsewhere, suggested
from attendance.rules.office_entry import KINDS, Statement, said_before

DAY = date(2020, 10, 27)
CLASS = Span(9 * 60, 10 * 60)


def said(kind: str, starts: int | None = None, ends: int | None = None, day: date = DAY, days: int = 1) -> Statement:
    return Statement(kind, day, day + timedelta(days=days - 1), starts, ends)


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ([], []),
        ([said("sign_in", 560)], [(0, 560)]),
        ([said("sign_out", 560)], [(560, MIDNIGHT)]),
        ([said("sign_out", 560), said("sign_in", 600)], [(560, 600)]),
        ([said("sign_in", 500), said("sign_out", 560), said("sign_in", 600)], [(0, 500), (560, 600)]),
        ([said("sign_in", 500), said("sign_in", 510), said("sign_out", 560), said("sign_out", 570)],
         [(0, 500), (560, MIDNIGHT)]),
        ([said("sign_in", 560, day=DAY - timedelta(days=1))], []),
        ([said("reported_absence", days=3)], [(0, MIDNIGHT)]),
        ([said("reported_absence", 540, 560), said("reported_absence", 560, 600)], [(540, 600)]),
        ([said("reported_absence"), said("sign_in", 560)], [(0, 560)]),
        ([said("suspension", days=2), said("sign_in", 560)], [(0, MIDNIGHT)]),
        ([said("sign_out", 560), said("activity", 560, 700)], [(700, MIDNIGHT)]),
        ([said("reported_absence"), said("activity", 540, 600)], [(0, 540), (600, MIDNIGHT)]),
        ([said("activity"), said("nurse", 540, 550), said("in_school_suspension")], []),
    ],
)  # fmt: skip
def test_RD06_the_door_tells_when_a_student_was_out(words: list[Statement], spans: list[tuple[int, int]]) -> None:
    assert away(words, DAY) == [Span(*each) for each in spans]


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ([said("sign_in", 540)], None),
        ([said("sign_in", 541)], Suggested("tardy", arrived=541)),
        ([said("sign_in", 599)], Suggested("tardy", arrived=599)),
        ([said("sign_in", 600)], Suggested("absent")),
        ([said("sign_out", 540)], Suggested("absent")),
        ([said("sign_out", 541)], Suggested("left_early", left=541)),
        ([said("sign_out", 600)], None),
        ([said("sign_in", 550), said("sign_out", 590)], Suggested("tardy", arrived=550, left=590)),
        ([said("sign_out", 550), said("sign_in", 590)], None),
        ([said("reported_absence")], Suggested("absent")),
        ([said("reported_absence", 540, 570)], Suggested("tardy", arrived=570)),
        ([said("suspension")], Suggested("absent")),
        ([said("activity")], None),
        ([said("in_school_suspension")], None),
        ([said("nurse", 545, 555)], None),
    ],
)
def test_RD06_RD07_a_class_is_filled_in_where_the_office_knows_of_minutes_missed(
    words: list[Statement], mark: Suggested | None
) -> None:
    assert suggested(words, DAY, CLASS) == mark


def test_RD06_RD09_each_school_has_a_door_of_its_own() -> None:
    here, there = 1, 2
    late = replace(said("sign_in", 550), school_id=here)
    assert suggested([late], DAY, CLASS, here) == Suggested("tardy", arrived=550)
    assert suggested([late], DAY, CLASS, there) is None
    # Somebody who came in anywhere is not absent the whole day as it was reported.
    assert away([said("reported_absence"), late], DAY, there) == []
    # Nobody can be in two doors at once: what one says is news to the other.
    assert said_before(replace(late, school_id=there), [late]) is None
    assert said_before(replace(late, starts_at=560), [late]) == late


def test_RD07_what_is_spent_in_the_schools_hands_is_elsewhere_and_not_away() -> None:
    words = [said("activity", 540, 600), said("counselor", 590, 610), said("reported_absence", 700, 720)]
    assert elsewhere(words, DAY) == [Span(540, 610)]
    assert elsewhere([said("in_school_suspension", days=3)], DAY + timedelta(days=2)) == [WHOLE_DAY]
    assert elsewhere([said("in_school_suspension", days=3)], DAY + timedelta(days=3)) == []


minute = st.integers(0, MIDNIGHT)
word = st.one_of(
    st.builds(said, st.sampled_from(["sign_in", "sign_out"]), minute),
    st.builds(lambda kind, a, b: said(kind, min(a, b), max(a, b) + 1), st.sampled_from(KINDS[2:]), minute, minute),
    st.builds(said, st.sampled_from(KINDS[2:])),
)


@given(words=st.lists(word, max_size=6), starts=st.integers(0, MIDNIGHT - 1), length=st.integers(1, 200))
def test_any_words_suggest_a_mark_within_the_class_and_away_spans_never_touch(
    words: list[Statement], starts: int, length: int
) -> None:
    span = Span(starts, starts + length)
    gone = away(words, DAY)
    assert all(one.ends < other.starts for one, other in pairwise(gone))
    mark = suggested(words, DAY, span)
    for moment in (mark.arrived, mark.left) if mark else ():
        assert moment is None or span.starts < moment < span.ends
    there = sum(each.minutes for each in without(span, gone))
    assert there == span.minutes - sum(span.overlap(each) for each in gone)
