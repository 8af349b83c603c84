"""Who teaches a section on a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from students.access import Scope
from students.models import SectionTeacher, User


class SectionTeachers:
    """The teachers of some sections over time, read in two statements; the caller took the sections from the scope."""

    def __init__(self, scope: Scope, section_ids: Iterable[int]) -> None:
        """Read them all; a day is asked for afterwards."""
        held = SectionTeacher.objects.filter(section__in=set(section_ids)).order_by("-is_primary", "id")
        rows = list(held.values_list("section_id", "starts_on", "ends_on", "user_id"))
        # A person with six classes is one user: hundreds of them make a board slow.
        people = User.objects.in_bulk({user_id for *_, user_id in rows})
        self._rows: dict[int, list[tuple[date, date, User]]] = defaultdict(list)
        for section_id, starts_on, ends_on, user_id in rows:
            self._rows[section_id].append((starts_on, ends_on or date.max, people[user_id]))

    def on(self, section_id: int, day: date) -> User | None:
        """The teacher of a section on a day, the primary one first; None where nobody is named."""
        return next(self._teaching(section_id, day), None)

    def all_on(self, section_id: int, day: date) -> list[User]:
        """Everybody who teaches a section on a day, once each, the primary one first."""
        return list(dict.fromkeys(self._teaching(section_id, day)))

    def _teaching(self, section_id: int, day: date) -> Iterator[User]:
        return (user for starts_on, ends_on, user in self._rows[section_id] if starts_on <= day <= ends_on)
