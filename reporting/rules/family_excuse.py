"""What a family can still do about an unexcused absence (RD-08): until when, and whether an excuse is on its way."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from attendance.rules.excuse import NOT_SUFFICIENT, PENDING, REFUSED, due_on
from attendance.rules.policy import Policy

SEND, SEND_ANY_TIME, TOO_LATE, WAITS, NEEDS_MORE, WAS_REFUSED = (
    "send",
    "send_any_time",
    "too_late",
    "waits",
    "needs_more",
    "was_refused",
)


@dataclass(frozen=True, slots=True)
class ToDo:
    """What is to be done about a day; `until` is the last day for a document, None where no calendar says."""

    day: date
    what: str
    until: date | None


def to_do(
    unexcused: Sequence[date],
    absent: Collection[date],
    session_days: Sequence[date],
    excuses: Mapping[date, str],
    policy: Policy,
    today: date,
) -> list[ToDo]:
    """Of each unexcused day, in the order given; `excuses` has the best standing of the excuses that cover a day.

    Days absent one after another are one absence: its document is due so many school days after the return.
    """
    return [_of_a_day(day, absent, session_days, excuses.get(day, ""), policy, today) for day in unexcused]


def _of_a_day(
    day: date, absent: Collection[date], session_days: Sequence[date], standing: str, policy: Policy, today: date
) -> ToDo:
    until = due_on(_last_of_absence(day, absent, session_days), session_days, policy)
    if standing == PENDING:
        return ToDo(day, WAITS, until)
    if standing == REFUSED:
        return ToDo(day, WAS_REFUSED, until)
    if until is not None and until < today:
        return ToDo(day, NEEDS_MORE if standing == NOT_SUFFICIENT else TOO_LATE, until)
    return ToDo(day, SEND if until else SEND_ANY_TIME, until)


def _last_of_absence(day: date, absent: Collection[date], session_days: Sequence[date]) -> date:
    last = day
    for each in (later for later in session_days if later > day):
        if each not in absent:
            break
        last = each
    return last


def better(one: str, other: str) -> str:
    """Of two excuses for a day, the standing that a family is told first: what still waits before what is decided."""
    order = (PENDING, REFUSED, NOT_SUFFICIENT)
    return min(one, other, key=lambda each: order.index(each) if each in order else len(order))
