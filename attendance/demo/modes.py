"""Who learns otherwise than in person: about one student in six, for a part of the year or all of it (MS-17)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from attendance.demo.cast import TODAY, YEAR_STARTS
from attendance.demo.people import pupils
from attendance.demo.schools import SCHOOLS
from attendance.demo.stays import IN_TWO_SCHOOLS, is_whole_year
from attendance.demo.stories import WAITING_FOR_UNTAKEN
from attendance.rules.modes import ASYNC_ONLINE, OFFLINE_DIGITAL, OFFLINE_PACKETS, OWN_TIME, SYNC_ONLINE

_COUNT = sum(sum(school.grades.values()) for school in SCHOOLS.values())
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# By their places in the list of students, and so in every school; Castillo Mateo is the third.
ALL_YEAR = [2, *range(17, _COUNT, 13)]
FIRST_NINE_WEEKS = range(21, _COUNT, 41)
SINCE_OCTOBER = range(32, _COUNT, 53)
TWO_DAYS_A_WEEK = range(40, _COUNT, 71)
ASYNCHRONOUS = range(13, _COUNT, 83)
ASYNCHRONOUS_TWO_DAYS = range(29, _COUNT, 211)
ON_A_DEVICE = range(45, _COUNT, 197)
ON_PAPER = range(53, _COUNT, 151)
# Since Monday of last week, through this one.
QUARANTINED = range(61, _COUNT, 401)
QUARANTINE = (date(2020, 10, 19), date(2020, 10, 30))


@dataclass(frozen=True)
class ModeSpan:
    """A mode from one day to another, both inclusive; no end: until further notice."""

    pupil: int
    mode: str
    starts_on: date = YEAR_STARTS
    ends_on: date | None = None
    weekdays: str = ""
    reason: str = "plan"

    def holds_on(self, day: date) -> bool:
        """Whether the student learns so on a day."""
        if day < self.starts_on or (self.ends_on is not None and day > self.ends_on):
            return False
        return not self.weekdays or _WEEK[day.weekday()] in self.weekdays.split(",")


def _spans() -> Iterator[ModeSpan]:
    """Nobody has two modes on a day: those online all year go before, then the others in turn."""
    settled = {IN_TWO_SCHOOLS, *(number for waiting in WAITING_FOR_UNTAKEN.values() for number in waiting)}
    settled |= {pupil.number for pupil in pupils() if not is_whole_year(pupil.stays)}
    seen: set[int] = set()
    for numbers, mode, starts, ends, weekdays, reason in (
        (ALL_YEAR, SYNC_ONLINE, YEAR_STARTS, None, "", "plan"),
        (FIRST_NINE_WEEKS, SYNC_ONLINE, YEAR_STARTS, date(2020, 10, 8), "", "plan"),
        (SINCE_OCTOBER, SYNC_ONLINE, date(2020, 10, 13), None, "", "plan"),
        (TWO_DAYS_A_WEEK, SYNC_ONLINE, YEAR_STARTS, None, "wed,fri", "plan"),
        (_free(ASYNCHRONOUS, settled), ASYNC_ONLINE, YEAR_STARTS, None, "", "plan"),
        (_free(ASYNCHRONOUS_TWO_DAYS, settled), ASYNC_ONLINE, YEAR_STARTS, None, "tue,thu", "plan"),
        (_free(ON_A_DEVICE, settled), OFFLINE_DIGITAL, YEAR_STARTS, None, "", "plan"),
        (_free(ON_PAPER, settled), OFFLINE_PACKETS, YEAR_STARTS, None, "", "plan"),
        (_free(QUARANTINED, settled), SYNC_ONLINE, *QUARANTINE, "", "quarantine"),
    ):
        new = [number for number in numbers if number not in seen]
        yield from (ModeSpan(number, mode, starts, ends, weekdays, reason) for number in new)
        seen.update(new)


def _free(numbers: Iterable[int], settled: set[int]) -> list[int]:
    return [number for number in numbers if number not in settled]


MODES = list(_spans())


@cache
def learns_otherwise() -> frozenset[int]:
    """Everybody with a mode of their own at some time of the year, by their places in the list."""
    return frozenset(each.pupil for each in MODES)


@cache
def own_time_spans() -> Mapping[int, ModeSpan]:
    """Those who work in own time, by their places in the list."""
    return {each.pupil: each for each in MODES if each.mode in OWN_TIME}


def works_in_own_time(pupil: int, day: date) -> bool:
    """Whether no class of a day is marked for a student, whose work is entered by the week."""
    span = own_time_spans().get(pupil)
    return span is not None and span.holds_on(day)


def quarantined() -> list[int]:
    """Those in quarantine now."""
    return [each.pupil for each in MODES if each.reason == "quarantine" and each.holds_on(TODAY)]
