"""The learning plan as plain values (MS-18), and which of several holds for a student on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from attendance.rules.modes import ASYNC_ONLINE, IN_PERSON, OFFLINE_DIGITAL, OFFLINE_PACKETS, SYNC_ONLINE

LMS_ACTIVITY, CONTACT, WORK, LMS_LOGIN = "lms_activity", "contact", "work", "lms_login"
DAY, SECTION = "day", "section"
DAILY, WEEKLY = "daily", "weekly"
# RD-22: with none, work could never be handed in after the week; with many, a month could not be closed.
MOST_TURN_IN_DAYS = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What holds from a day on, for a school or a grade or for all. Minutes are those of a talk.

    `turn_in_session_days` counts the session days after a week, 1 to 5, the last of which is the last for handing work
    in. Raises ValueError for another number, and for a talk of fewer than no minutes.
    """

    starts_on: date
    school_id: int | None = None
    grade: str = ""
    modes: tuple[str, ...] = (IN_PERSON, SYNC_ONLINE, ASYNC_ONLINE, OFFLINE_DIGITAL, OFFLINE_PACKETS)
    measures: tuple[str, ...] = (LMS_ACTIVITY, CONTACT, WORK)
    measured_by: str = DAY
    contact_frequency: str = WEEKLY
    least_contact_minutes: int = 0
    entry_frequency: str = WEEKLY
    turn_in_session_days: int = 1
    virtual_day_mode: str = SYNC_ONLINE
    quarantine_by_minutes: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.turn_in_session_days <= MOST_TURN_IN_DAYS:
            most, asked = MOST_TURN_IN_DAYS, self.turn_in_session_days
            raise ValueError(f"Work is handed in on session day 1 to {most} after its week, not {asked}.")
        if self.least_contact_minutes < 0:
            raise ValueError(f"A talk lasts 0 minutes or more, not {self.least_contact_minutes}.")


# What the two sources say where a district has said nothing.
STANDARD = Plan(date.min)


def plan_on(day: date, plans: Iterable[Plan], *, school_id: int, grade: str) -> Plan:
    """The plan of a student's day: school and grade before school, school before grade, grade before the district.

    Of several with the same reach the latest that has begun; the standard one where none has.
    """
    begun = (
        each
        for each in plans
        if each.starts_on <= day and each.school_id in (None, school_id) and each.grade in ("", grade)
    )
    return max(begun, key=lambda each: (each.school_id is not None, bool(each.grade), each.starts_on), default=STANDARD)
