"""What the demo's offices entered: a late bus, sign-ins and sign-outs, a trip, suspensions, and today's calls.

Chosen to fit what the teachers saw, but for two days on which office and teacher disagree. None is of the named cast.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from attendance.demo.calendar import session_days
from attendance.demo.cast import HIGH, MIDDLE, STUDENTS, TODAY, YESTERDAY
from attendance.demo.marks import AWAY, Whereabouts, comes_at
from attendance.demo.modes import learns_otherwise
from attendance.demo.notes import Note
from attendance.demo.people import Pupil, pupils
from attendance.demo.schools import SCHOOLS
from attendance.demo.stays import is_whole_year
from attendance.demo.stories import UNTAKEN
from attendance.rules.minutes import MIDNIGHT
from attendance.rules.office import ACTIVITY, IN_SCHOOL, REPORTED, SIGN_IN, SIGN_OUT, SUSPENSION

Marks = Mapping[tuple[int, date], Whereabouts]
BUS_DAY, TRIP_DAY = date(2020, 10, 14), date(2020, 10, 20)
OUT_DAYS = (date(2020, 10, 20), date(2020, 10, 21), date(2020, 10, 22))
IN_DAYS = (date(2020, 10, 21), date(2020, 10, 22))
BUS_SEATS, TRIP_SEATS = 38, 24
# Of the students who came late or left early on a day of October, so many signed at the desk.
SIGNED = 12
REPORTED_TODAY = 5
# An hour before the last bell, by which the day still has minutes enough.
LAST_HOUR = 60


@dataclass(frozen=True)
class Entered:
    """One entry, of pupils by their places in the list; days inclusive, minutes from midnight."""

    school: str
    kind: str
    pupils: tuple[int, ...]
    starts_on: date
    ends_on: date
    starts_at: int | None = None
    ends_at: int | None = None
    shown_as: str = ""
    note: str = ""


@dataclass(frozen=True)
class OfficeYear:
    """The entries, with the marks that go with them where teachers saw the same."""

    entries: tuple[Entered, ...]
    marks: Marks


def office_year(marks: Marks, notes: list[Note]) -> OfficeYear:
    """What the offices entered beside these marks; the same every time."""
    middle, high = (_everyday(school) for school in (MIDDLE, HIGH))
    bus = _present(middle, marks, BUS_DAY)[:BUS_SEATS]
    trip = _present(middle[60:], marks, TRIP_DAY)[:TRIP_SEATS]
    [out], [kept_in] = _free(high, marks, OUT_DAYS)[:1], _free(high[150:], marks, IN_DAYS)[:1]
    late = SCHOOLS[MIDDLE].opens + 20
    added = {(each, BUS_DAY): comes_at(late) for each in bus}
    added |= {(out, day): AWAY for day in OUT_DAYS} | {(kept_in, day): AWAY for day in IN_DAYS}
    entries = [
        Entered(MIDDLE, SIGN_IN, bus, BUS_DAY, BUS_DAY, late, note="Bus 12, a flat tire"),
        Entered(MIDDLE, ACTIVITY, trip, TRIP_DAY, TRIP_DAY, 9 * 60, 14 * 60, "Science museum"),
        Entered(HIGH, SUSPENSION, (out,), OUT_DAYS[0], OUT_DAYS[-1]),
        Entered(HIGH, IN_SCHOOL, (kept_in,), IN_DAYS[0], IN_DAYS[-1]),
        *_signed(high, marks),
        *_reported(high, marks, notes),
        *_disagreeing(high[200:], marks),
    ]
    return OfficeYear(tuple(entries), added)


def _everyday(school: str) -> list[Pupil]:
    """Students of a school who are there all year and sit in its classes; not the cast."""
    others = pupils()[len(STUDENTS) :]
    return [
        each
        for each in others
        if each.home.school == school and is_whole_year(each.stays) and each.number not in learns_otherwise()
    ]


def _present(those: list[Pupil], marks: Marks, day: date) -> tuple[int, ...]:
    return tuple(each.number for each in those if (each.number, day) not in marks)


def _free(those: list[Pupil], marks: Marks, days: tuple[date, ...]) -> list[int]:
    """Who was present on all of some days."""
    return [each.number for each in those if all((each.number, day) not in marks for day in days)]


def _signed(those: list[Pupil], marks: Marks) -> Iterator[Entered]:
    """Who came or left in the middle of a day, at the minute that the teachers saw."""
    numbers, waiting = {each.number for each in those}, {each.date for each in UNTAKEN}
    came = [key for key, seen in marks.items() if seen.came and seen.came < MIDNIGHT and seen.left == MIDNIGHT]
    left = [key for key, seen in marks.items() if seen.left < MIDNIGHT and not seen.came]
    for kind, keys in ((SIGN_IN, came), (SIGN_OUT, left)):
        known = [each for each in keys if each[0] in numbers and each[1] not in waiting and each[1].month >= 10]
        ordered = sorted(known, key=lambda each: (each[1], each[0]))
        for number, day in ordered[:: max(1, len(ordered) // SIGNED)][-SIGNED:]:
            seen = marks[number, day]
            yield Entered(HIGH, kind, (number,), day, day, seen.came if kind == SIGN_IN else seen.left)


def _reported(those: list[Pupil], marks: Marks, notes: list[Note]) -> Iterator[Entered]:
    """Some of today's absences by phone; the others wait to be called about. One is planned for days to come."""
    excused = {each.pupil for each in notes if each.starts_on <= TODAY <= each.ends_on}
    gone = [each.number for each in those if marks.get((each.number, TODAY)) == AWAY and each.number not in excused]
    for number in gone[:REPORTED_TODAY]:
        yield Entered(HIGH, REPORTED, (number,), TODAY, TODAY, note="Mother called")
    planned = _free(those[80:], marks, (TODAY,))[0]
    yield Entered(HIGH, REPORTED, (planned,), date(2020, 10, 29), date(2020, 10, 30), note="College visit, by e-mail")


def _disagreeing(those: list[Pupil], marks: Marks) -> Iterator[Entered]:
    """One signed out and was seen in class; another signed in, and one class did not see them."""
    school = SCHOOLS[HIGH]
    seen = _free(those, marks, (YESTERDAY,))[0]
    yield Entered(HIGH, SIGN_OUT, (seen,), YESTERDAY, YESTERDAY, school.closes - LAST_HOUR, note="Orthodontist")
    numbers = {each.number for each in those}
    recent = session_days()[-6:-1]
    missed = [key for key, each in marks.items() if each.skipped and key[0] in numbers and key[1] in recent]
    for number, day in sorted(missed, key=lambda each: (each[1], each[0]))[-1:]:
        yield Entered(HIGH, SIGN_IN, (number,), day, day, school.opens)
