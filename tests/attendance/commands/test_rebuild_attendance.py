"""The command that rebuilds the ledger, and the task that opens the day."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from attendance.models import DailyAttendance, SchoolDays
from attendance.services.days import open_day
from attendance.tasks import open_school_day
from tests.world import TODAY, YESTERDAY, World


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_attendance", *arguments, stdout=out)
    return out.getvalue()


def test_check_says_what_differs_and_fails_and_a_rebuild_mends_it(world: World) -> None:
    open_day(world.installation, world.lincoln.pk, TODAY)
    assert "is what its facts say" in run("--check")
    DailyAttendance.objects.filter(date=YESTERDAY, student=world.students["Abara"]).delete()
    with pytest.raises(CommandError, match="1 days differ"):
        run("--check")
    assert run("--school", "2500-012") == "0 student-days judged, 0 rows changed.\n"  # Washington is not opened
    run("--school", "2500-008", "--from", "2020-10-26", "--to", "2020-10-26")
    assert "is what its facts say" in run("--check")


def test_an_unknown_school_is_named(world: World) -> None:
    with pytest.raises(CommandError, match="999"):
        run("--school", "999")


def test_the_task_opens_a_school_through_today_after_days_of_outage(world: World) -> None:
    open_day(world.installation, world.lincoln.pk, YESTERDAY.replace(day=20))
    open_school_day(world.lincoln.pk)
    assert SchoolDays.objects.get(school=world.lincoln).opened_through == TODAY
    assert DailyAttendance.objects.filter(date=YESTERDAY).count() == 9
