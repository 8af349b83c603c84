"""MS-15, MS-24: what an LMS's line says, and what is wrong with it."""

import contextlib
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.rules.lms import BadEvent, FileMapping, LmsEvent, digest, event_of, read_instant
from students.clock import local_date

MAPPING = FileMapping(kinds={"quiz": "work", "page view": "lms_activity"}, skipped=frozenset({"system"}))
LINE = {"student": "200000001", "section": "s1", "instant": "2020-10-19T09:14:00-05:00", "kind": "Quiz"}


def test_a_line_is_read_by_the_mapping() -> None:
    more = {"minutes": "25", "event_id": "e-1", "work_of": "2020-10-19"}
    happened = datetime(2020, 10, 19, 14, 14, tzinfo=UTC)
    assert event_of(LINE | more, MAPPING) == LmsEvent(
        "e-1", "200000001", "s1", "work", happened, 25, date(2020, 10, 19)
    )
    assert event_of(LINE | {"kind": "SYSTEM"}, MAPPING) is None


def test_a_line_without_an_id_is_the_same_event_whenever_it_says_the_same() -> None:
    first = event_of(LINE, MAPPING)
    assert first is not None
    assert first.event_id == digest(LINE) == event_of(dict(LINE), MAPPING).event_id
    assert event_of(LINE | {"minutes": "1"}, MAPPING).event_id != first.event_id


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"instant": "2020-10-19T09:14:00"}, "instant"),
        ({"instant": "yesterday"}, "instant"),
        ({"instant": ""}, "instant"),
        ({"instant": "0001-01-01T00:00:00+14:00"}, "instant"),
        ({"section": "a\0b"}, "section"),
        ({"minutes": "-1"}, "minutes"),
        ({"minutes": "1441"}, "minutes"),
        ({"minutes": "2.5"}, "minutes"),
        ({"kind": "exam"}, "kind"),
        ({"student": ""}, "student"),
        ({"work_of": "10/19/2020"}, "work_of"),
        ({"event_id": "x" * 201}, "event_id"),
    ],
)
def test_what_cannot_be_is_refused_with_its_column(said: dict, column: str) -> None:
    with pytest.raises(BadEvent) as refused:
        event_of(LINE | said, MAPPING)
    assert refused.value.column == column


def test_the_longest_minutes_of_a_day_are_1440() -> None:
    assert event_of(LINE | {"minutes": "1440"}, MAPPING).minutes == 1440


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-10-19T23:59:59", "2020-10-19"),
        ("2020-10-20T00:00:00", "2020-10-20"),
        # Both clock changes of the year: an hour that comes twice, and one that never comes.
        ("2020-11-01T01:30:00", "2020-11-01"),
        ("2021-03-14T02:30:00", "2021-03-14"),
        ("2020-11-01T23:59:59", "2020-11-01"),
        ("2021-03-14T23:59:59", "2021-03-14"),
    ],
)
def test_MS15_a_local_instant_is_of_the_day_it_names_through_both_clock_changes(text: str, day: str) -> None:
    assert local_date(read_instant(text, ZoneInfo("America/Chicago")), "America/Chicago").isoformat() == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-11-01T04:59:59+00:00", "2020-10-31"),
        ("2020-11-01T05:00:00Z", "2020-11-01"),
        ("2020-11-02T05:59:59Z", "2020-11-01"),
        ("2020-11-02T06:00:00Z", "2020-11-02"),
        ("2021-03-14T05:59:59Z", "2021-03-13"),
        ("2021-03-14T06:00:00Z", "2021-03-14"),
        ("2021-03-15T04:59:59Z", "2021-03-14"),
        ("2021-03-15T05:00:00Z", "2021-03-15"),
    ],
)
def test_MS15_an_instant_is_of_its_local_day_through_both_clock_changes(text: str, day: str) -> None:
    assert local_date(read_instant(text, None), "America/Chicago").isoformat() == day


@given(st.dictionaries(st.sampled_from([*LINE, "minutes", "event_id", "work_of"]), st.text(max_size=30)))
def test_no_line_breaks_the_reader(said: dict) -> None:
    with contextlib.suppress(BadEvent):
        event_of(LINE | said, MAPPING)
