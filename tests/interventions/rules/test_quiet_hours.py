"""Nothing is sent in quiet hours: across midnight, and on the days on which the clocks change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interventions.rules.quiet_hours import QuietHours, next_at, sent_from

HERE = ZoneInfo("America/Chicago")
NIGHT = QuietHours(time(21), time(6))


def local(day: int, hour: int, minute: int = 0, month: int = 10, **more: int) -> datetime:
    return datetime(2020, month, day, hour, minute, tzinfo=HERE, **more)


def said(instant: datetime) -> str:
    return instant.astimezone(HERE).strftime("%m-%d %H:%M %Z")


@pytest.mark.parametrize(
    ("at", "quiet"),
    [(time(20, 59), False), (time(21), True), (time(0), True), (time(5, 59), True), (time(6), False)],
)
def test_quiet_hours_cross_midnight_and_their_end_is_free(at: time, quiet: bool) -> None:
    assert NIGHT.covers(at) == quiet
    assert QuietHours(NIGHT.ends, NIGHT.starts).covers(at) != quiet


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (local(27, 8, 15), "10-27 10:00 CDT"),
        (local(27, 10), "10-27 10:00 CDT"),
        (local(27, 10, 1), "10-27 10:01 CDT"),
        (local(27, 21), "10-28 06:00 CDT"),
        (local(28, 3), "10-28 10:00 CDT"),
    ],
)
def test_a_message_waits_for_its_hour_and_for_the_end_of_the_quiet(now: datetime, sent: str) -> None:
    assert said(sent_from(now, time(10), [NIGHT])) == sent


def test_the_quiet_of_the_family_and_of_the_district_both_hold() -> None:
    mornings = QuietHours(time(6), time(9))
    assert said(sent_from(local(27, 22), None, [mornings, NIGHT])) == "10-28 09:00 CDT"
    assert said(sent_from(local(27, 8), None, [NIGHT, mornings])) == "10-27 09:00 CDT"
    everything_else = QuietHours(time(6), time(21))
    assert sent_from(local(27, 8), None, [NIGHT, everything_else]) > local(27, 8)
    assert sent_from(local(27, 8), None, [QuietHours(time(9), time(9))]) == local(27, 8)


def test_an_hour_keeps_its_name_when_the_clocks_change() -> None:
    # Back on November 1, 2020 at 2:00; forward on March 8, 2020 at 2:00.
    assert said(next_at(local(31, 22), time(7))) == "11-01 07:00 CST"
    assert said(next_at(local(1, 1, 10, month=11), time(1, 30))) == "11-01 01:30 CDT"
    assert said(next_at(local(1, 1, 40, month=11), time(1, 30))) == "11-01 01:30 CST"
    assert said(next_at(local(1, 1, 40, month=11, fold=1), time(1, 30))) == "11-02 01:30 CST"
    assert said(next_at(local(7, 23, month=3), time(2, 30))) == "03-08 03:30 CDT"
    assert said(next_at(local(7, 23, month=3), time(7))) == "03-08 07:00 CDT"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2021, 12, 31)), st.times(), st.times(), st.none() | st.times())
def test_nothing_is_sent_early_or_in_the_quiet_and_nothing_waits_for_more_than_two_days(
    naive: datetime, starts: time, ends: time, not_before: time | None
) -> None:
    now = naive.replace(tzinfo=UTC).astimezone(HERE)
    quiet = QuietHours(starts.replace(microsecond=0), ends.replace(microsecond=0))
    sent = sent_from(now, not_before, [quiet])
    assert now <= sent < now + timedelta(days=2, hours=2)
    assert not quiet.covers(sent.astimezone(HERE).time())
