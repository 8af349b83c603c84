"""Which absence is told to the family the same day, and when that word is no longer true (RD-50)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

ABSENT = "absent"
EXPLAINED_KINDS = frozenset({"excused", "suspended"})


@dataclass(frozen=True)
class AlertPolicy:
    """What the district goes by from a day on: whether absences are told, from which local hour of the day, and
    between which local hours nothing is sent. The hours of quiet may cross midnight; the end is exclusive.
    """

    starts_on: date = date.min
    is_on: bool = True
    told_from: time = time(10)
    quiet_from: time | None = time(21)
    quiet_until: time | None = time(6)


# When the office has heard its machine, and most of those who come late have come.
DEFAULT = AlertPolicy()


def alert_policy_on(day: date, policies: Sequence[AlertPolicy]) -> AlertPolicy:
    """The policy in force on a day: the latest that has begun, else the default."""
    return max((each for each in policies if each.starts_on <= day), key=lambda each: each.starts_on, default=DEFAULT)


@dataclass(frozen=True)
class DaySoFar:
    """A student's day as far as the school knows it: the marks of the classes taken, the ledger's verdict ("" where
    there is none), and whether family or office have said why the student is away.
    """

    marks: Sequence[str] = ()
    status: str = ""
    absence_kind: str = ""
    is_explained: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether the day is an absence already, or every class taken so far marked the student absent."""
        return self.status == ABSENT or (bool(self.marks) and all(mark == ABSENT for mark in self.marks))

    @property
    def is_unexplained(self) -> bool:
        """Whether the day is missed, and nobody has said why."""
        return self.is_missed and not self.is_explained and self.absence_kind not in EXPLAINED_KINDS


def is_told(day: DaySoFar, at: time, policy: AlertPolicy) -> bool:
    """Whether the absence is told to the family at a local time of its own day."""
    return policy.is_on and at >= policy.told_from and day.is_unexplained


def is_corrected(day: DaySoFar) -> bool:
    """Whether a family that was told of the absence is told that it is none: a teacher saw the student after all.

    An explanation that came later takes nothing back: the student was away, as the family was told.
    """
    return not day.is_missed and any(mark != ABSENT for mark in day.marks)
