"""What the front office may enter of a student's day, and what it has said already (RD-06, RD-07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from attendance.rules.minutes import Span, clock_time
from attendance.rules.office import ACTIVITY, COUNSELOR, DOOR, IN_SCHOOL, NURSE, REPORTED, SIGN_IN, SUSPENSION, heard
from attendance.rules.time_words import time_of_day

# These have times: a whole day with the nurse is a slip of the keyboard.
VISITS = (NURSE, COUNSELOR)
KINDS = (*DOOR, REPORTED, ACTIVITY, IN_SCHOOL, SUSPENSION, *VISITS)
# A school year at most: a longer span is a slip of the keyboard too.
LONGEST_SPAN_DAYS = 366


class BadEntry(Exception):
    """An entry that cannot be right; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What the office says of a student: days inclusive, local minutes from midnight, the end exclusive.

    A sign-in and a sign-out have their minute in `starts_at`; the other kinds both times, or none for whole days.
    `school_id` is whose office says it; None where that makes no difference.
    """

    kind: str
    starts_on: date
    ends_on: date
    starts_at: int | None = None
    ends_at: int | None = None
    school_id: int | None = None

    @property
    def is_of_whole_days(self) -> bool:
        """Whether no minute of the days is left out."""
        return self.starts_at is None

    def covers(self, other: "Statement") -> bool:
        """Whether every minute that another word speaks of is in this one."""
        if not (self.starts_on <= other.starts_on and other.ends_on <= self.ends_on):
            return False
        if self.starts_at is None or self.ends_at is None:
            return True
        if other.starts_at is None or other.ends_at is None:
            return False
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


def check_entry(word: Statement, *, today: date, minute: int, school_day: Span | None) -> None:
    """Raise BadEntry for what cannot have been meant.

    `minute` is now; `school_day` the minutes from the first bell of the first day to its last, None where there is no
    school that day.
    """
    if word.kind not in KINDS:
        raise BadEntry("Choose what is entered.")
    if word.ends_on < word.starts_on:
        raise BadEntry("The last day lies before the first.")
    if (word.ends_on - word.starts_on).days > LONGEST_SPAN_DAYS:
        raise BadEntry("This is longer than a year. Check the last day.")
    if word.starts_on == word.ends_on and school_day is None:
        raise BadEntry("There is no school on this day.")
    if word.kind in DOOR:
        _check_door(word, today, minute, school_day)
    else:
        _check_span(word, school_day)


def _check_door(word: Statement, today: date, minute: int, school_day: Span | None) -> None:
    if word.starts_on != word.ends_on or word.ends_at is not None:
        raise BadEntry("A sign-in or sign-out has one day and one time.")
    if word.starts_at is None:
        raise BadEntry("Give the time.")
    if word.starts_on > today:
        raise BadEntry("Nobody has signed in or out on a day to come. Enter a reported absence or an activity instead.")
    if school_day and not school_day.starts <= word.starts_at < school_day.ends:
        raise BadEntry(f"The time lies outside the school day, {_hours(school_day)}.")
    # A student may be signed out for later today, as for a dentist at two; nobody has come in later than now.
    if word.kind == SIGN_IN and word.starts_on == today and word.starts_at > minute:
        raise BadEntry("This time is still to come.")


def _check_span(word: Statement, school_day: Span | None) -> None:
    if word.starts_at is None and word.ends_at is None:
        if word.kind in VISITS:
            raise BadEntry("Give the times of the visit.")
        return
    if word.kind == SUSPENSION:
        raise BadEntry("A suspension is of whole days.")
    if word.starts_at is None or word.ends_at is None or word.ends_at <= word.starts_at:
        raise BadEntry("Times need a start and a later end.")
    if word.starts_on != word.ends_on:
        raise BadEntry("Times are of one day. Enter several days without times, or each day by itself.")
    if school_day and not school_day.overlap(Span(word.starts_at, word.ends_at)):
        raise BadEntry(f"The times lie outside the school day, {_hours(school_day)}.")


def _hours(school_day: Span) -> str:
    return f"{time_of_day(clock_time(school_day.starts))} to {time_of_day(clock_time(school_day.ends))}"


def said_before(word: Statement, standing: Iterable[Statement]) -> Statement | None:
    """What stands already and says the same; None where the word is news.

    A student who is in signs in no more until signed out, and the other way round: of two clerks at one desk, or of a
    bus list with somebody who was entered at the door, the first is kept. Each school has a door of its own (RD-06).
    """
    if word.kind not in DOOR:
        return next((each for each in standing if each.kind == word.kind and each.covers(word)), None)
    doors = (each for each in standing if each.kind in DOOR and each.starts_on == word.starts_on)
    day = [each for each in doors if heard(each.kind, each.school_id, word.school_id)]
    at = word.starts_at or 0
    earlier = [each for each in day if (each.starts_at or 0) <= at]
    later = [each for each in day if (each.starts_at or 0) > at]
    last = max(earlier, key=lambda each: each.starts_at or 0, default=None)
    following = min(later, key=lambda each: each.starts_at or 0, default=None)
    return next((each for each in (last, following) if each and each.kind == word.kind), None)
