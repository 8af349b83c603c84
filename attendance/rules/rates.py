"""The only place that divides days by days. Everything is an exact fraction until it is printed."""

from collections.abc import Iterable
from fractions import Fraction


def average_daily(days: int, session_days: int) -> Fraction | None:
    """Average daily attendance (days present) or membership (days enrolled) over the days in session.

    None where school was not in session: no data, never zero.
    """
    return Fraction(days, session_days) if session_days else None


def district_average(parts: Iterable[tuple[int, int]]) -> Fraction | None:
    """The sum of the averages of schools and grades, each (days, session days) by its own calendar (RD-10)."""
    averages = [average for days, session_days in parts if (average := average_daily(days, session_days)) is not None]
    return sum(averages, Fraction(0)) if averages else None


def mean_of_months(averages: Iterable[Fraction]) -> Fraction | None:
    """The mean of several months' averages: months 2 and 3 carry the funding figure (RD-10)."""
    held = list(averages)
    return sum(held, Fraction(0)) / len(held) if held else None


def absence_rate(days_absent: int, days_determined: int) -> Fraction | None:
    """The share of the determined days that a student was absent; None without a determined day."""
    return Fraction(days_absent, days_determined) if days_determined else None


def presence_rate(days_present: int, days_determined: int) -> Fraction | None:
    """The share of the determined days that a student was present; None without a determined day."""
    return Fraction(days_present, days_determined) if days_determined else None


def tardy_rate(tardy: int, marks: int) -> Fraction | None:
    """The share of some marks that are tardy; None where there are none."""
    return Fraction(tardy, marks) if marks else None


def share_taken(taken: int, meetings: int) -> Fraction | None:
    """The share of some class meetings that is taken; None where there are none."""
    return Fraction(taken, meetings) if meetings else None


def class_absence_rate(absent: int, marks: int) -> Fraction | None:
    """The share of the marks of classes that are absent; None where nothing is marked."""
    return Fraction(absent, marks) if marks else None


def share_entered(entered: int, due: int) -> Fraction | None:
    """The share of the entries that were due which were made, or made in time (RD-25); None where nothing was due."""
    return Fraction(entered, due) if due else None


# A student's first days say nothing yet (ST-05).
DAYS_BEFORE_CHRONIC = 10


def is_counted_for_chronic(days_enrolled: int, days_determined: int) -> bool:
    """Whether a student is enrolled long enough to be counted for chronic absence (ST-05, RD-43)."""
    return days_enrolled >= DAYS_BEFORE_CHRONIC and days_determined > 0


def is_chronic(days_absent: int, days_determined: int, days_enrolled: int) -> bool:
    """Whether a student was absent, for whatever reason, on a tenth of the determined days (ST-05, RD-43)."""
    return is_counted_for_chronic(days_enrolled, days_determined) and days_absent * 10 >= days_determined


def chronic_share(chronic: int, students: int) -> Fraction | None:
    """The share of the students counted who are chronically absent; None where nobody is counted."""
    return Fraction(chronic, students) if students else None


def share_come_true(came_true: int, judged: int) -> Fraction | None:
    """The share of early warnings that came true, or of crossings that were warned of; None where there were none."""
    return Fraction(came_true, judged) if judged else None


def share_of_students(some: int, enrolled: int) -> Fraction | None:
    """The share of the students enrolled on a day who stood in a tier; None where nobody is enrolled."""
    return Fraction(some, enrolled) if enrolled else None


def share_in_time(in_time: int, due: int) -> Fraction | None:
    """The share of the steps of cases due so far that were over by their day; None where none was due."""
    return Fraction(in_time, due) if due else None


def attendance_rate(ada: Fraction | None, adm: Fraction | None) -> Fraction | None:
    """ADA as a share of ADM; None for no data, and where nobody is enrolled."""
    return ada / adm if ada is not None and adm else None


def printed(value: Fraction | None, places: int = 2) -> str:
    """A figure as it is printed: rounded once, halves up; empty for no data."""
    return "" if value is None else _rounded(value.numerator, value.denominator, places)


def _rounded(numerator: int, denominator: int, places: int) -> str:
    """In whole numbers, since a page prints hundreds: twice the scaled value and one, halved."""
    scale = 10**places
    scaled = (abs(numerator) * scale * 2 + denominator) // (denominator * 2)
    sign = "-" if numerator < 0 and scaled else ""
    return f"{sign}{scaled // scale}.{scaled % scale:0{places}d}"


def printed_percent(value: Fraction | None) -> str:
    """A share in percent with one decimal, halves up; empty for no data."""
    return "" if value is None else f"{_rounded(value.numerator * 100, value.denominator, 1)}%"


def printed_points(now: Fraction | None, before: Fraction | None) -> str:
    """How far a share moved, in percentage points with a sign and one decimal; empty where either is no data."""
    if now is None or before is None:
        return ""
    moved = now - before
    points = _rounded(moved.numerator * 100, moved.denominator, 1)
    return points if points.startswith("-") else f"+{points}"
