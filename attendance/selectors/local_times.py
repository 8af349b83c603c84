"""Instants on the district's clock, without their zone, so that nothing turns them back into UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from students.access import Scope


def local_time(scope: Scope, instant: datetime) -> datetime:
    """What the school's clock showed at an instant."""
    return instant.astimezone(ZoneInfo(scope.zone)).replace(tzinfo=None)


def local_time_of(scope: Scope, instant: datetime | None) -> datetime | None:
    """The same for an instant that there may not have been."""
    return None if instant is None else local_time(scope, instant)
