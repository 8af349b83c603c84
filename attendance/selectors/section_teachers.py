"""Who teaches a section on a day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from students.access import Scope
from students.models import SectionTeacher, User


class SectionTeachers:
    """The teachers of some sections over time, read in one statement; the caller took the sections from the scope."""

    def __init__(self, scope: Scope, section_ids: Iterable[int]) -> None:
        """Read them all; a day is asked for afterwards."""
        self._rows: dict[int, list[SectionTeacher]] = defaultdict(list)
        found = SectionTeacher.objects.filter(section__in=set(section_ids)).select_related("user")
        for row in found.order_by("-is_primary", "id"):
            self._rows[row.section_id].append(row)

    def on(self, section_id: int, day: date) -> User | None:
        """The teacher of a section on a day, the primary one first; None where nobody is named."""
        return next((row.user for row in self._rows[section_id] if row.holds_on(day)), None)

    def all_on(self, section_id: int, day: date) -> list[User]:
        """Everybody who teaches a section on a day, once each, the primary one first."""
        return list(dict.fromkeys(row.user for row in self._rows[section_id] if row.holds_on(day)))
