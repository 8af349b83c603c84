"""The weekly interaction of a teacher with each student who works in own time (MS-09, MS-22, MS-23, RD-24).

Owed per student, class and week from Monday to Sunday. A missing one is a finding, never an absence (RD-20).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from attendance.rules.entry_window import sunday_of
from attendance.rules.plan import DAILY, Plan

LIVE_CLASS, UNANSWERED = "live_class", "unanswered"
MET, MISSING, DUE, EXEMPT = "met", "missing", "due", "exempt"


@dataclass(frozen=True, slots=True)
class Contact:
    """A talk about a class, or a live meeting of it that the student attended. Minutes None: nobody wrote them down."""

    day: date
    kind: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class ContactWeek:
    """A student's week in a class.

    `own_days` are the asynchronous and offline days of the class, `school_days` all days of the week on which the
    student had school, `excused_days` those of them that are excused absences; all in order, none empty but the last.
    """

    own_days: tuple[date, ...]
    school_days: tuple[date, ...]
    excused_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Owed:
    """What became of a week: met, missing, due until the week is over, or exempt.

    `days` are those without contact where the plan asks for it daily, else the last own-time day alone. Whoever teaches
    the class as its teacher of record on `answers_on` owes it (MS-23), and `due_on` is the last day for it.
    """

    state: str
    days: tuple[date, ...]
    answers_on: date
    due_on: date


def counts(contact: Contact, plan: Plan) -> bool:
    """RD-24: a live class, a group session and a two-way conversation count, an unanswered call does not.

    With a least duration in the plan, what has no minutes is not known to have lasted so long.
    """
    if contact.kind == UNANSWERED:
        return False
    return (contact.minutes or 0) >= plan.least_contact_minutes


def owed(week: ContactWeek, contacts: Collection[Contact], plan: Plan, *, today: date) -> Owed:
    """Whether a week has its interaction. Raises ValueError where no day of it was done in own time."""
    if not week.own_days:
        raise ValueError("A week without a day in own time owes no interaction.")
    last, sunday = week.own_days[-1], sunday_of(week.own_days[-1])
    if week.excused_days.issuperset(week.school_days):
        return Owed(EXEMPT, (), last, sunday)
    reached = {each.day for each in contacts if counts(each, plan)}
    if plan.contact_frequency == DAILY:
        return _daily(week, reached, last, today)
    if any(sunday - timedelta(days=6) <= each <= sunday for each in reached):
        return Owed(MET, (), last, sunday)
    return Owed(MISSING if today > sunday else DUE, (last,), last, sunday)


def _daily(week: ContactWeek, reached: set[date], last: date, today: date) -> Owed:
    """Each own-time day asks for its own, but for a day that is excused."""
    without = [each for each in week.own_days if each not in reached and each not in week.excused_days]
    over = tuple(each for each in without if each < today)
    if over:
        return Owed(MISSING, over, last, over[0])
    return Owed(DUE, tuple(without), last, without[0]) if without else Owed(MET, (), last, last)


@dataclass(frozen=True, slots=True)
class SpokenWeek:
    """A student's week over all classes: whether it owed an interaction, and the longest talk or live class of it."""

    monday: date
    owes: bool
    longest: Contact | None
    plan: Plan


def silent_weeks(weeks: Sequence[SpokenWeek], *, today: date) -> list[date]:
    """The Mondays of the weeks running, in order, that owed an interaction and had none in any class (RD-42).

    `weeks` are in order. Only weeks that are over are counted; a talk of this week ends the run all the same. A week
    that owed nothing, as one without school, neither counts nor ends it.
    """
    silent: list[date] = []
    for week in reversed(weeks):
        if week.longest is not None and counts(week.longest, week.plan):
            break
        if week.owes and sunday_of(week.monday) < today:
            silent.insert(0, week.monday)
    return silent


def month_day(monday: date, session_days: Sequence[date]) -> date | None:
    """The day by whose reporting month a week is counted: its last school day; None where it has none."""
    sunday = sunday_of(monday)
    return max((each for each in session_days if monday <= each <= sunday), default=None)
