from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from attendance_site.services.clock import DEMO_START, DemoClock
from attendance_site.services.errors import ServiceError

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def clock(tmp_path: Path) -> DemoClock:
    return DemoClock(tmp_path / "clock.json")


def test_the_demo_begins_on_a_tuesday_at_ten_after_the_second_month() -> None:
    assert DEMO_START.strftime("%A %H:%M %Y-%m-%d") == "Tuesday 10:00 2020-10-27"
    assert DEMO_START.utcoffset() == timedelta(hours=-5)


def test_the_first_start_ties_the_demos_first_instant_to_the_real_one(clock: DemoClock) -> None:
    assert clock.resume(NOW) == DEMO_START
    anchor = json.loads(clock.path.read_text())
    assert anchor == {"demo": "2020-10-27T10:00:00-05:00", "real": "2026-03-04T12:00:00+00:00"}


def test_time_switched_off_does_not_pass(clock: DemoClock) -> None:
    clock.resume(NOW)
    clock.touch(NOW + timedelta(minutes=30))
    assert clock.resume(NOW + timedelta(days=3)) == DEMO_START + timedelta(minutes=30)


def test_several_runs_add_up(clock: DemoClock) -> None:
    for day in range(3):
        start = NOW + timedelta(days=day)
        clock.resume(start)
        clock.touch(start + timedelta(hours=1))
    assert clock.resume(NOW + timedelta(days=9)) == DEMO_START + timedelta(hours=3)


def test_a_real_clock_set_back_does_not_set_the_demo_back(clock: DemoClock) -> None:
    clock.resume(NOW)
    clock.touch(NOW - timedelta(hours=1))
    assert clock.resume(NOW) == DEMO_START


@pytest.mark.parametrize("text", ["", "{}", '{"demo": 1, "real": 2}', '{"demo": "now", "real": "then"}'])
def test_a_clock_that_cannot_be_read_says_what_to_do(clock: DemoClock, text: str) -> None:
    clock.path.write_text(text)
    with pytest.raises(ServiceError, match="Delete it"):
        clock.resume(NOW)
