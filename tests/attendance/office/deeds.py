"""What the office of Lincoln High does, said shortly."""

from datetime import date, time
from uuid import UUID, uuid4

from attendance.services.office import Recorded, record_entry
from tests.world import TODAY, World, at


def enter(
    world: World,
    kind: str,
    *names: str,
    day: date = TODAY,
    last: date | None = None,
    starts: time | None = None,
    ends: time | None = None,
    by: str = "mayfield",
    submission_id: UUID | None = None,
    **words: str,
) -> Recorded:
    """An entry at 17:00 of today, of students by family name; by Ms. Mayfield of the office, unless said otherwise."""
    return record_entry(
        world.scope(by, at(17)),
        world.lincoln.pk,
        [world.students[name].pk for name in names],
        submission_id=submission_id or uuid4(),
        kind=kind,
        starts_on=day,
        ends_on=last,
        starts_at=starts,
        ends_at=ends,
        **words,
    )
