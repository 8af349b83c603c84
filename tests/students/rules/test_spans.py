from datetime import date

from students.rules.spans import Span, merged, overlapping

D = [date(2020, 10, number + 1) for number in range(20)]


def test_spans_that_share_their_last_day_overlap_and_those_that_touch_do_not():
    assert list(overlapping([Span(D[0], D[4]), Span(D[4], D[8])]))
    assert not list(overlapping([Span(D[0], D[3]), Span(D[4], None)]))


def test_an_open_span_overlaps_all_that_follow():
    assert len(list(overlapping([Span(D[0], None), Span(D[3], D[4]), Span(D[6], D[7])]))) == 2


def test_a_long_span_is_not_forgotten_behind_a_short_one():
    assert len(list(overlapping([Span(D[0], D[9]), Span(D[1], D[2]), Span(D[5], D[6])]))) == 2


def test_spans_that_overlap_or_touch_are_made_one():
    assert merged([(D[4], D[6]), (D[0], D[3]), (D[8], D[9]), (D[5], D[5])]) == [(D[0], D[6]), (D[8], D[9])]
