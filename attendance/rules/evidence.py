"""What counts as attendance in own time: measures of a day (MS-15, MS-19, MS-39) and work handed in (MS-21, RD-22)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.plan import WORK, Plan

NOT_APPROVED, ANOTHER_DAYS_WORK, HANDED_IN_LATE = "not_approved", "another_days_work", "handed_in_late"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that a student did on the day, by its instant; `work_of` is the day whose assignment it was.

    Without a section it speaks for the day alone; with a `meeting_id` it is a class that was joined live.
    """

    measure: str
    section_id: int | None = None
    work_of: date | None = None
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What was entered of a student's day in a class (None: homebound instruction); minutes of completed work.

    `next_session_days` are the first session days after the week of the day, in order.
    """

    section_id: int | None
    measure: str = ""
    minutes: int | None = None
    handed_in_on: date | None = None
    work_done: bool = False
    next_session_days: tuple[date, ...] = ()


def approved(plan: Plan, accommodations: Collection[str] = ()) -> frozenset[str]:
    """The measures that count for a student: the plan's, and those of an accommodation on file (MS-39)."""
    return frozenset(plan.measures) | frozenset(accommodations)


def refusal(evidence: Evidence, day: date, measures: Collection[str]) -> str:
    """Why evidence of a day does not establish its attendance; empty where it does.

    Being in the LMS on Tuesday is engagement of Tuesday, whatever was done there; completed work is a measure of the
    day alone for which it was given (MS-15).
    """
    if evidence.measure not in measures:
        return NOT_APPROVED
    if evidence.measure == WORK and evidence.work_of not in (None, day):
        return ANOTHER_DAYS_WORK
    return ""


def turn_in_day(days: Sequence[date], plan: Plan) -> date | None:
    """The last day for handing in the work of a week (RD-22), `days` being the session days after it, in order.

    None while the calendar does not reach that far: then nothing is late.
    """
    return days[plan.turn_in_session_days - 1] if len(days) >= plan.turn_in_session_days else None


def last_turn_in(review: Review, plan: Plan) -> date | None:
    """The last day for handing in the work that a review is of."""
    return turn_in_day(review.next_session_days, plan)


def late_work(review: Review, plan: Plan) -> str:
    """Why completed work does not count; empty where it does."""
    last = last_turn_in(review, plan)
    if last is not None and review.handed_in_on is not None and review.handed_in_on > last:
        return HANDED_IN_LATE
    return ""


def minutes_completed(review: Review, plan: Plan) -> int:
    """Minutes of completed work that count for the day it was given for (RD-22)."""
    return 0 if late_work(review, plan) else review.minutes or 0
