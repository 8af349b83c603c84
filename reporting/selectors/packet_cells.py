"""Values as the cells of a packet's tables: dates and instants in ISO, of the district's clock, people by name."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from students.access import Scope
from students.models import User


class Cells:
    """Prints values; people are looked up once each, many at a time."""

    def __init__(self, scope: Scope) -> None:
        """Begin without knowing anybody."""
        self._zone, self._names = ZoneInfo(scope.zone), dict[int, str]()

    def meet(self, user_ids: Iterable[int | None]) -> None:
        """Learn the names of people, in one statement at most."""
        strangers = {each for each in user_ids if each is not None} - self._names.keys()
        if strangers:
            self._names |= {each.pk: each.full_name for each in User.objects.filter(pk__in=strangers)}

    def name(self, user_id: int | None) -> str:
        """Somebody's name; empty for nobody."""
        if user_id is None:
            return ""
        self.meet([user_id])
        return self._names.get(user_id, "")

    def cell(self, value: Any) -> str:
        """A value as a cell."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime):
            return value.astimezone(self._zone).isoformat(sep=" ", timespec="seconds")
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, list | tuple | set):
            return " ".join(self.cell(each) for each in value)
        return str(value)
