"""Whom the office calls: students missing from their first class of whom nobody has said why."""

from collections.abc import Sequence
from dataclasses import dataclass

from attendance.rules.mark import ABSENT


@dataclass(frozen=True, slots=True)
class SoFar:
    """A student's marks of a day so far, in order of time."""

    statuses: Sequence[str]

    @property
    def is_to_be_called(self) -> bool:
        """Whether the student was missing from the first class that was taken: who came later is in the list still,
        until the office or an excuse says why.
        """
        return bool(self.statuses) and self.statuses[0] == ABSENT

    @property
    def missed(self) -> int:
        """Classes taken so far in which the student was absent."""
        return sum(each == ABSENT for each in self.statuses)

    @property
    def is_gone_so_far(self) -> bool:
        """Whether no class has seen the student yet."""
        return bool(self.statuses) and self.missed == len(self.statuses)
