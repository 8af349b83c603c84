"""`explain_day` at the terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from attendance.models import DailyAttendance
from tests.attendance.acts import excuse, take, void
from tests.world import PERIODS, YESTERDAY, World


@pytest.fixture
def opened(opened_world: World) -> World:
    return opened_world


def printed(state_id: str = "100000000", day: str = "2020-10-26") -> str:
    out = StringIO()
    call_command("explain_day", state_id, day, stdout=out)
    return out.getvalue()


def test_it_prints_the_working_and_the_verdict(opened: World) -> None:
    for period in PERIODS[:5]:
        take(opened, period)
    void(opened, "6")
    said = printed()
    assert "Abara, Chidi · 100000000 · Monday 2020-10-26" in said
    assert "8:00 to 8:55  Algebra I, period 1      55 of 55 min  present; taken by Rosa Whitfield" in said
    assert "void: Fire drill (Grace Okafor); required of nobody" in said
    assert "Needed: 63% of 275 = 173 (MS-05)" in said
    assert "Present: attended 275 of 275 minutes, 173 needed (MS-05)." in said


def test_RD60_it_prints_how_an_excuse_stands_and_not_its_reason(opened: World) -> None:
    excuse(opened, "Abara")
    said = printed()
    assert "Excuse 2020-10-26: Accepted (RD-08)" in said
    assert "llness" not in said


def test_a_ledger_that_says_otherwise_is_shouted(opened: World) -> None:
    DailyAttendance.objects.filter(date=YESTERDAY).update(minutes_attended=7)
    assert "LEDGER AND FACTS DISAGREE" in printed()


@pytest.mark.parametrize(
    ("state_id", "day", "why"),
    [
        ("999999999", "2020-10-26", "No student has the state id 999999999"),
        ("", "2020-10-26", "No student has the state id"),
        ("100000000", "yesterday", "yesterday is not a date. Give it as 2020-10-26."),
    ],
)
def test_what_it_cannot_find_is_said_and_the_exit_code_is_1(opened: World, state_id: str, day: str, why: str) -> None:
    with pytest.raises(CommandError, match=why) as refusal:
        printed(state_id, day)
    assert refusal.value.returncode == 1
