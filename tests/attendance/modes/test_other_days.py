"""MS-15 over the district's zone: whatever happens at any other instant, a day stays as it is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from attendance.models import DailyAttendance
from attendance.rules.lms import LmsEvent
from attendance.services.lms_events import store_events
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.ways import TUESDAY, taught
from tests.world import NOW, World

ZONE = ZoneInfo("America/Chicago")
MIDNIGHT_BEFORE, MIDNIGHT_AFTER = (
    datetime.combine(day, time(), ZONE) for day in (TUESDAY, TUESDAY + timedelta(days=1))
)
others = st.datetimes(datetime(2020, 10, 12), NOW.replace(tzinfo=None), timezones=st.just(UTC)).filter(
    lambda instant: not MIDNIGHT_BEFORE <= instant < MIDNIGHT_AFTER
)


def tuesday(world: World) -> tuple:
    row = DailyAttendance.objects.get(student=world.students["Abara"], date=TUESDAY)
    return row.status, row.minutes_attended, row.minutes_untaken, row.own_time_open, row.rules


def test_MS15_evidence_of_another_day_never_changes_a_day(world: World) -> None:
    open_both_schools(world)
    taught(world, "Abara")
    student = world.students["Abara"].state_id
    before = tuesday(world)

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(others, st.sampled_from(["lms_activity", "work", "contact"])), min_size=1, max_size=4))
    @example([(MIDNIGHT_BEFORE - timedelta(seconds=1), "lms_activity"), (MIDNIGHT_AFTER, "lms_activity")])
    def holds(happened: list[tuple[datetime, str]]) -> None:
        events = [
            LmsEvent(f"e{number}", student, "", measure, at, 20, work_of=_tuesday_if(number))
            for number, (at, measure) in enumerate(happened)
        ]
        with transaction.atomic():
            store_events(world.scope("reyes"), events, source="lms_api")
            after = tuesday(world)
            transaction.set_rollback(True)
        assert after == before

    holds()


def _tuesday_if(number: int) -> date | None:
    """Every other one claims to be Tuesday's work."""
    return TUESDAY if number % 2 else None
