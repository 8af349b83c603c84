"""Who is disengaged: any of the district's criteria (MD-08, RD-42). Each that holds shows its days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interventions.rules.policy import CarePolicy

PRESENT, ABSENT, UNDETERMINED = "present", "absent", "undetermined"


class Sign(StrEnum):
    """What a criterion looks at."""

    DAYS_RUNNING = "days_running"
    WEEKS = "weeks"
    SHARE = "share"
    FAILED_CONTACTS = "failed_contacts"


@dataclass(frozen=True, slots=True)
class SeenDay:
    """A session day of a student. `is_engaged`: some documented sign of the student that day, whatever it counts for;
    `is_ill`: absent by an illness that a document proves.
    """

    date: date
    status: str
    is_engaged: bool = False
    is_ill: bool = False


@dataclass(frozen=True)
class Signs:
    """What is known of a student, newest last.

    `days`: session days enrolled. `weeks`: the Mondays of the weeks running, up to the last that is over, that owed an
    interaction and had none (RD-24). `failed_contacts`: the different days of attempts that failed since somebody was
    last reached.
    """

    days: Sequence[SeenDay] = ()
    weeks: Sequence[date] = ()
    failed_contacts: Sequence[date] = ()

    def within(self, days: int) -> "Signs":
        """The same, looking back at so many of the last days only."""
        return self if len(self.days) <= days else Signs(self.days[-days:], self.weeks, self.failed_contacts)


@dataclass(frozen=True)
class Criterion:
    """A criterion that holds: since which day, the days behind it, and the session days they were counted among."""

    sign: Sign
    since: date
    days: tuple[date, ...]
    among: int


def criteria(signs: Signs, policy: CarePolicy) -> list[Criterion]:
    """The criteria that hold for a student. Documented illness is exempt; undetermined days say nothing (RD-42)."""
    held = (_days_running(signs, policy), _weeks(signs, policy), _share(signs, policy), _failed(signs, policy))
    return [each for each in held if each is not None]


def _days_running(signs: Signs, policy: CarePolicy) -> Criterion | None:
    running: list[date] = []
    for day in reversed(signs.days):
        if day.is_ill or day.status == UNDETERMINED:
            continue
        if day.status != ABSENT or day.is_engaged:
            break
        running.insert(0, day.date)
    return _at_least(Sign.DAYS_RUNNING, running, policy.absent_days_running)


def _share(signs: Signs, policy: CarePolicy) -> Criterion | None:
    if policy.absent_percent is None:
        return None
    window = [day for day in signs.days[-policy.absent_window_days :] if not day.is_ill]
    absent = tuple(day.date for day in window if day.status == ABSENT)
    if len(window) < policy.absent_fewest_days or len(absent) * 100 < policy.absent_percent * len(window):
        return None
    return Criterion(Sign.SHARE, absent[-1], absent, len(window))


def _weeks(signs: Signs, policy: CarePolicy) -> Criterion | None:
    return _at_least(Sign.WEEKS, signs.weeks, policy.weeks_without_interaction)


def _failed(signs: Signs, policy: CarePolicy) -> Criterion | None:
    return _at_least(Sign.FAILED_CONTACTS, sorted(set(signs.failed_contacts)), policy.failed_contacts)


def _at_least(sign: Sign, days: Sequence[date], least: int | None) -> Criterion | None:
    if least is None or len(days) < least:
        return None
    return Criterion(sign, days[least - 1], tuple(days), len(days))
