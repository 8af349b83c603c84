"""The one writer of the daily ledger, for saving and rebuilding alike.

Lock order: the day rows, by student and date, before marks are written and before facts are gathered; otherwise two
saves of one student's periods each judge the day without the other's marks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from attendance.models import DailyAttendance, SchoolDays
from attendance.selectors.facts import PAIRS
from attendance.selectors.judged import judged_days
from attendance.selectors.ledger_rows import COLUMNS, KEY, LedgerRow, row_of, stored_rows
from attendance.services.meetings import sync_meetings
from students.access import Scope
from students.models import Enrollment, SectionEnrollment
from students.services.amending import lift_freeze

# The locked rows as they stand, by student and date.
Locked = dict[tuple[int, date], LedgerRow]
# Days of one school written in one transaction: 2,000 students make 20,000 rows.
CHUNK_DAYS = 10
# Students judged at once, so that a changed year of a whole district does not stand in memory at a time.
CHUNK_STUDENTS = 1000

_ENSURE = f"""
    INSERT INTO attendance_dailyattendance (student_id, date, school_id, enrollment_id, grade, ada_included, mode,
        status, absence_kind, minutes_required, minutes_needed, minutes_attended, minutes_excused, minutes_untaken,
        meetings_expected, meetings_untaken, tardies, early_departures, own_time_sections,
        own_time_open, rules)
    SELECT student_id, date, school_id, enrollment_id, grade, ada_included, '', 'undetermined', '',
        0, 0, 0, 0, 0, 0, 0, 0, 0, '{{}}', '{{}}', ''
    FROM ({PAIRS}) pair ORDER BY student_id, date
    ON CONFLICT (student_id, date) DO NOTHING
"""  # noqa: S608 - constants of this module

_LOCK = f"""
    SELECT {", ".join(COLUMNS)} FROM attendance_dailyattendance
    WHERE student_id = ANY(%(student_ids)s) AND date BETWEEN %(from_date)s AND %(to_date)s
    ORDER BY student_id, date FOR UPDATE
"""  # noqa: S608 - constants of this module

_WRITTEN = [column for column in COLUMNS if column not in KEY]
_TYPES = {"date": "date", "ada_included": "boolean"} | dict.fromkeys(
    ("grade", "mode", "status", "absence_kind", "own_time_sections", "own_time_open", "rules"), "text"
)
# An array of arrays would be taken apart: a column that is an array travels as the text of one.
_CASTS = dict.fromkeys(("own_time_sections", "own_time_open"), "::bigint[]")
_SET = ", ".join(f"{each} = judged.{each}{_CASTS.get(each, '')}" for each in _WRITTEN)
_WRITE = f"""
    UPDATE attendance_dailyattendance AS stored SET {_SET}
    FROM unnest({", ".join(f"%s::{_TYPES.get(each, 'bigint')}[]" for each in COLUMNS)}) AS judged({", ".join(COLUMNS)})
    WHERE stored.student_id = judged.student_id AND stored.date = judged.date
"""  # noqa: S608 - constants of this module


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild did: student-days judged, and rows that had to change."""

    judged: int
    changed: int

    def __add__(self, other: "Rebuilt") -> "Rebuilt":
        return Rebuilt(self.judged + other.judged, self.changed + other.changed)


@dataclass(frozen=True)
class Difference:
    """A day that stands otherwise in the ledger than its facts say; None where the row is missing or too many."""

    student_id: int
    date: date
    stored: LedgerRow | None
    judged: LedgerRow | None


def lock_days(scope: Scope, student_ids: Sequence[int], from_date: date, to_date: date) -> Locked:
    """Make sure the days' rows exist, lock them in a transaction, return them as they stand; both dates inclusive.

    Whatever changes days comes by here first: days of certified months open to a scope that says why.
    """
    lift_freeze(scope)
    asked: dict[str, Any] = {"student_ids": list(student_ids), "from_date": from_date, "to_date": to_date}
    with connection.cursor() as cursor:
        locked = _lock(cursor, asked)
        if from_date == to_date and len(locked) == len(student_ids):
            return locked  # the ordinary save: every student's row stands since the morning
        # Added after the others are locked: two who each added a row and waited for one of the other's would not end.
        cursor.execute(_ENSURE, asked)
        return _lock(cursor, asked)


def _lock(cursor: Any, asked: dict[str, Any]) -> Locked:
    cursor.execute(_LOCK, asked)
    return {row[:2]: row for row in cursor.fetchall()}


def judge_locked_days(
    scope: Scope, student_ids: Sequence[int], from_date: date, to_date: date, locked: Locked
) -> Rebuilt:
    """Judge the locked days anew and write what differs; rows of days that are no more go."""
    rows = [row_of(judged) for judged in judged_days(scope, student_ids, from_date, to_date)]
    gone = locked.keys() - {row[:2] for row in rows}
    changed = _write([row for row in rows if row != locked.get(row[:2])]) + _delete(gone)
    return Rebuilt(len(rows), changed)


def _write(rows: list[LedgerRow]) -> int:
    if not rows:
        return 0
    with connection.cursor() as cursor:
        columns = zip(COLUMNS, zip(*rows, strict=True), strict=True)
        cursor.execute(_WRITE, [_array(values, _TYPES.get(name, "bigint")) for name, values in columns])
        return cursor.rowcount


def _array(values: Iterable[Any], type_name: str) -> str:
    """An array as PostgreSQL writes it: adapted value by value, a month's rows take longer to send than to judge."""
    if type_name != "text":
        return "{" + ",".join(map(str, values)) + "}"
    return "{" + ",".join(_quoted(_text(each)) for each in values) + "}"


def _text(value: Any) -> str:
    return "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else str(value)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", r"\\").replace('"', r"\"") + '"'


def _delete(gone: set[tuple[int, date]]) -> int:
    if not gone:
        return 0
    students, dates = zip(*sorted(gone), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM attendance_dailyattendance WHERE (student_id, date) IN "
            "(SELECT * FROM unnest(%s::bigint[], %s::date[]))",
            [list(students), list(dates)],
        )
        return cursor.rowcount


def recompute(scope: Scope, student_ids: Iterable[int], from_date: date, to_date: date) -> Rebuilt:
    """Lock and judge the days of students, both dates inclusive, in one transaction, student by student upwards."""
    ids = sorted(student_ids)
    done = Rebuilt(0, 0)
    with transaction.atomic():
        for start in range(0, len(ids), CHUNK_STUDENTS):
            some = ids[start : start + CHUNK_STUDENTS]
            done += judge_locked_days(scope, some, from_date, to_date, lock_days(scope, some, from_date, to_date))
    return done


def rebuild(
    scope: Scope, *, school_ids: Iterable[int] | None = None, from_date: date | None = None, to_date: date | None = None
) -> Rebuilt:
    """Rebuild meetings and ledger of schools (default: all) up to the day each is opened through; dates inclusive."""
    done = Rebuilt(0, 0)
    for opened in _opened(school_ids):
        for first, last in _chunks(opened, from_date, to_date):
            sync_meetings(scope, opened.school_id, first, last)
        done += judge_school(scope, opened, from_date, to_date)
    return done


def judge_school(scope: Scope, opened: SchoolDays, from_date: date | None, to_date: date | None) -> Rebuilt:
    """Judge a school's opened days anew, some at a time, both dates inclusive; the meetings stand already."""
    done = Rebuilt(0, 0)
    for first, last in _chunks(opened, from_date, to_date):
        done += recompute(scope, students_of(scope, opened.school_id, first, last), first, last)
    return done


def check(
    scope: Scope, *, school_ids: Iterable[int] | None = None, from_date: date | None = None, to_date: date | None = None
) -> list[Difference]:
    """Compare the ledger with its facts and write nothing; dates inclusive."""
    differences: list[Difference] = []
    for opened in _opened(school_ids):
        for first, last in _chunks(opened, from_date, to_date):
            differences += _differences(scope, students_of(scope, opened.school_id, first, last), first, last)
    return differences


def _differences(scope: Scope, student_ids: list[int], first: date, last: date) -> list[Difference]:
    judged = {row[:2]: row for row in (row_of(each) for each in judged_days(scope, student_ids, first, last))}
    stored = {row[:2]: row for row in stored_rows(scope, student_ids, first, last)}
    return [
        Difference(key[0], key[1], stored.get(key), judged.get(key))
        for key in sorted(judged.keys() | stored.keys())
        if judged.get(key) != stored.get(key)
    ]


def _opened(school_ids: Iterable[int] | None) -> list[SchoolDays]:
    opened = SchoolDays.objects.filter(opened_through__isnull=False).order_by("school_id")
    return list(opened if school_ids is None else opened.filter(school__in=list(school_ids)))


def _chunks(opened: SchoolDays, from_date: date | None, to_date: date | None) -> list[tuple[date, date]]:
    """From the first day asked for, or known, through the last: dates that left the calendar lie within too."""
    limit = min(to_date or date.max, opened.opened_through or date.min)
    first = from_date or _first_known_day(opened)
    if first is None or first > limit:
        return []
    days = opened.school.calendar_days.filter(date__range=(first, limit)).order_by("date")
    firsts = [first, *days.values_list("date", flat=True)[CHUNK_DAYS::CHUNK_DAYS]]
    lasts = [following - timedelta(days=1) for following in firsts[1:]] + [limit]
    return list(zip(firsts, lasts, strict=True))


def _first_known_day(opened: SchoolDays) -> date | None:
    calendar = opened.school.calendar_days.order_by("date").values_list("date", flat=True)
    ledger = DailyAttendance.objects.filter(school=opened.school_id).order_by("date").values_list("date", flat=True)
    return min((day for day in (calendar.first(), ledger.first()) if day), default=None)


def students_of(scope: Scope, school_id: int, first: date, last: date) -> list[int]:
    """Students enrolled in a school, on a roster of it, or with rows of it in the ledger, which may have to go.

    Both dates inclusive; the caller took the school from the scope.
    """
    overlapping = Q(ends_on__isnull=True) | Q(ends_on__gte=first)
    enrolled = Enrollment.objects.filter(overlapping, school=school_id, starts_on__lte=last)
    taught = SectionEnrollment.objects.filter(overlapping, section__school=school_id, starts_on__lte=last)
    listed = DailyAttendance.objects.filter(school=school_id, date__range=(first, last))
    return sorted({each for rows in (enrolled, taught, listed) for each in rows.values_list("student_id", flat=True)})
