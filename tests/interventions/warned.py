"""Ten weeks of school before today, and more ahead: what early warnings are made of."""

from datetime import timedelta

from attendance.models import BellSchedule, CalendarDay
from interventions.models import EarlyWarning
from interventions.services.early_warnings import write_warnings
from tests.interventions.acts import days_of
from tests.world import TODAY, World

# The weekdays of the ten weeks that end yesterday, a Monday.
SEEN = [day for n in range(71, 0, -1) if (day := TODAY - timedelta(days=n)).weekday() < 5]
_KINDS = {".": ("present", ""), "?": ("undetermined", ""), "x": ("absent", "unexcused"), "e": ("absent", "excused")}


def calendar(world: World) -> None:
    """School on every weekday of ten weeks before today and of four weeks from today on."""
    every_day = [*SEEN, *(day for n in range(28) if (day := TODAY + timedelta(days=n)).weekday() < 5)]
    for school in (world.lincoln, world.washington):
        facts = {"bell_schedule": BellSchedule.objects.get(school=school), "event_type": "IN", "reporting_month": 3}
        there = set(CalendarDay.objects.filter(school=school).values_list("date", flat=True))
        CalendarDay.objects.bulk_create(
            CalendarDay(school=school, date=day, day_kind="traditional", **facts)
            for day in every_day
            if day not in there
        )


def seen(world: World, name: str, letters: str) -> None:
    """A student's newest days, the last of them yesterday, as letters; present on those before."""
    told = letters.replace(" ", "").rjust(len(SEEN), ".")
    for letter, (status, kind) in _KINDS.items():
        those = [day for day, each in zip(SEEN, told, strict=True) if each == letter]
        days_of(world, name, those, status, kind)


def night(world: World) -> list[int]:
    """The warnings of both schools, written; how many there are in each."""
    return [write_warnings(world.installation, each.pk) for each in (world.lincoln, world.washington)]


def warnings(world: World, name: str) -> dict[str, EarlyWarning]:
    """A student's warnings that stand, by their thresholds."""
    return {each.threshold: each for each in EarlyWarning.objects.filter(student=world.students[name])}
