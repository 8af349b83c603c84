"""Notices to the School Attendance Officer: when one is owed, by when, and how late it is (MS-28, ST-02, RD-41)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from interventions.rules.policy import CarePolicy


@dataclass(frozen=True, slots=True)
class Owed:
    """A notice that the unlawful absences call for: its threshold, and the absences that made it, in order."""

    threshold: int
    unlawful_on: tuple[date, ...]
    is_final: bool

    @property
    def crossed_on(self) -> date:
        """The absence that reached the threshold."""
        return self.unlawful_on[-1]


def owed(unlawful_on: Sequence[date], policy: CarePolicy) -> list[Owed]:
    """The notices of a school year, by its unlawful dates: distinct, in order, suspensions left out (ST-02).

    The mode of instruction plays no part (MS-28). The highest threshold is the final notice, before a petition.
    """
    final = max(policy.truancy_absences, default=0)
    return [
        Owed(threshold, tuple(unlawful_on[:threshold]), threshold == final)
        for threshold in sorted(policy.truancy_absences)
        if len(unlawful_on) >= threshold
    ]


def clock_starts(crossed_on: date, entered_on: date, policy: CarePolicy) -> date:
    """The day from which the deadline runs: the entry of the absence, at the latest so many days after it (RD-41)."""
    return min(max(entered_on, crossed_on), crossed_on + timedelta(days=policy.notice_clock_days))


def due_on(clock_starts_on: date, session_days: Sequence[date], policy: CarePolicy) -> date:
    """The last day in time: so many school days or calendar days after the clock's start, whichever is sooner (ST-02).

    The session days are in order. Those that the calendar does not reach leave the calendar days to decide.
    """
    by_calendar = clock_starts_on + timedelta(days=policy.notice_calendar_days)
    after = [day for day in session_days if day > clock_starts_on]
    return min([by_calendar, *after[policy.notice_school_days - 1 : policy.notice_school_days]])


class NoticeState(StrEnum):
    """Where a notice stands on a day."""

    DUE = "due"
    OVERDUE = "overdue"
    REPORTED = "reported"
    REPORTED_LATE = "reported_late"
    WITHDRAWN = "withdrawn"
    """The count fell back before anybody was told."""
    TO_TAKE_BACK = "to_take_back"
    """Told, and withdrawn since: the officer is to hear of that, too."""
    TAKEN_BACK = "taken_back"

    @property
    def is_open(self) -> bool:
        """Whether the officer is still to be told something."""
        return self in (NoticeState.DUE, NoticeState.OVERDUE, NoticeState.TO_TAKE_BACK)

    @property
    def is_late(self) -> bool:
        """Whether the day is over, or the officer believes what is no longer so."""
        return self in (NoticeState.OVERDUE, NoticeState.TO_TAKE_BACK)


@dataclass(frozen=True, slots=True)
class NoticeStanding:
    """A state, and the calendar days that are left (0: due today), overdue or late; 0 for the others."""

    state: NoticeState
    days: int = 0


def standing(
    due: date,
    today: date,
    *,
    reported_on: date | None = None,
    is_withdrawn: bool = False,
    taken_back_on: date | None = None,
) -> NoticeStanding:
    """Where a notice stands on a day, the deadline counted down."""
    if is_withdrawn:
        return NoticeStanding(_withdrawn(reported_on, taken_back_on))
    if reported_on is not None:
        late = (reported_on - due).days
        return NoticeStanding(NoticeState.REPORTED_LATE, late) if late > 0 else NoticeStanding(NoticeState.REPORTED)
    left = (due - today).days
    return NoticeStanding(NoticeState.OVERDUE, -left) if left < 0 else NoticeStanding(NoticeState.DUE, left)


def _withdrawn(reported_on: date | None, taken_back_on: date | None) -> NoticeState:
    if reported_on is None:
        return NoticeState.WITHDRAWN
    return NoticeState.TAKEN_BACK if taken_back_on else NoticeState.TO_TAKE_BACK
