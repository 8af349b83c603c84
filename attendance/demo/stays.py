"""Who came late, left, came back, or changed schools; everybody else is enrolled all year in one school."""

from dataclasses import dataclass
from datetime import date

from attendance.demo.calendar import session_days
from attendance.demo.cast import HIGH, MIDDLE, YEAR_STARTS
from students.rules.enrollments import last_day_before_transfer


@dataclass(frozen=True)
class Stay:
    """One enrollment; the last day is the last session day, None where it goes on."""

    school: str
    grade: str
    starts_on: date
    entry_code: str
    ends_on: date | None = None
    exit_code: str = ""
    primary: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether the student is enrolled on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


# First day, entry code, last day, exit code.
Span = tuple[date, str, date | None, str]


def _comes(day: date, code: str) -> list[Span]:
    return [(day, code, None, "")]


def _leaves(day: date, code: str) -> list[Span]:
    return [(YEAR_STARTS, "E1", day, code)]


# By the student's place in the list.
COMINGS_AND_GOINGS: dict[int, list[Span]] = {
    4: _comes(date(2020, 9, 8), "E6"),
    31: _comes(date(2020, 8, 17), "E4"),
    47: _comes(date(2020, 8, 24), "E4"),
    78: _comes(date(2020, 9, 21), "E4"),
    95: _comes(date(2020, 10, 5), "E9"),
    140: _comes(date(2020, 8, 19), "E6"),
    166: _comes(date(2020, 8, 31), "E5"),
    251: _comes(date(2020, 10, 19), "E6"),
    344: _comes(date(2020, 9, 14), "E4"),
    509: _comes(date(2020, 8, 26), "E4"),
    577: _comes(date(2020, 10, 13), "E6"),
    702: _comes(date(2020, 9, 8), "E9"),
    851: _comes(date(2020, 8, 24), "E6"),
    930: _comes(date(2020, 9, 28), "E4"),
    1012: _comes(date(2020, 10, 20), "E5"),
    1144: _comes(date(2020, 8, 13), "E4"),
    88: _leaves(date(2020, 9, 25), "T5"),
    121: _leaves(date(2020, 9, 11), "T8"),
    177: _leaves(date(2020, 10, 16), "T3"),
    219: _leaves(date(2020, 8, 21), "T4"),
    266: _leaves(date(2020, 10, 23), "T3"),
    311: _leaves(date(2020, 10, 2), "T8"),
    369: _leaves(date(2020, 9, 30), "T7"),
    401: _leaves(date(2020, 10, 13), "D18"),
    486: _leaves(date(2020, 9, 4), "T3"),
    640: _leaves(date(2020, 10, 8), "T8"),
    771: _leaves(date(2020, 8, 28), "T5"),
    873: _leaves(date(2020, 9, 18), "T4"),
    1060: _leaves(date(2020, 10, 21), "T3"),
    1173: _leaves(date(2020, 9, 2), "T8"),
    64: [(YEAR_STARTS, "E1", date(2020, 8, 31), "T8"), (date(2020, 9, 21), "R1", None, "")],
    # Expected on the first day, and never came.
    298: _leaves(YEAR_STARTS, "NS"),
    733: _leaves(YEAR_STARTS, "NS"),
    1099: _leaves(YEAR_STARTS, "NS"),
}

# To another school of the district from a day on, into another grade: placed anew after a review (RD-09).
TRANSFERS = {805: (HIGH, "09", date(2020, 8, 31)), 1188: (MIDDLE, "06", date(2020, 9, 14))}

# Belongs to the middle school and has classes in the high school too.
IN_TWO_SCHOOLS = 755


def stays_of(number: int, school: str, grade: str) -> tuple[Stay, ...]:
    """The stays of a student who belongs, or first belonged, to a school."""
    if number in TRANSFERS:
        other, placed, day = TRANSFERS[number]
        last = last_day_before_transfer(day, session_days())
        return Stay(school, grade, YEAR_STARTS, "E1", last, "T2"), Stay(other, placed, day, "E3")
    if number == IN_TWO_SCHOOLS:
        return Stay(school, grade, YEAR_STARTS, "E1"), Stay(HIGH, grade, YEAR_STARTS, "E1", primary=False)
    spans = COMINGS_AND_GOINGS.get(number, _comes(YEAR_STARTS, "E1"))
    return tuple(Stay(school, grade, *span) for span in spans)


def is_whole_year(stays: tuple[Stay, ...]) -> bool:
    """Whether a student has been in one school since the first day."""
    primary = [stay for stay in stays if stay.primary]
    return len(primary) == 1 and primary[0].starts_on == YEAR_STARTS and primary[0].ends_on is None


def never_came(stays: tuple[Stay, ...]) -> bool:
    """Whether the student was expected and did not come."""
    return stays[0].exit_code == "NS"
