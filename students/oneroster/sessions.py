"""Days in session by school, so that what the files no longer list ends on one."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, timedelta


class SessionDays:
    """The days in session of each school, by its source id, as they will stand after the import."""

    def __init__(self, days: Mapping[str, Iterable[date]] | None = None) -> None:
        """Take the days of each school, in any order."""
        self._days = {school: sorted(found) for school, found in (days or {}).items()}

    def before(self, day: date, school: str | None) -> date:
        """The last session day before a day; the day before it where no calendar says."""
        days = self._days.get(school or "", [])
        place = bisect_left(days, day)
        return days[place - 1] if place else day - timedelta(days=1)
