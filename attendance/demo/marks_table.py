"""Writes the marks of the demo's year in bulk."""

import io
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from django.db import connection

from attendance.demo.marks import Seen
from attendance.demo.taken import TakenClass, taken_classes
from attendance.demo.year import Marks
from students.access import Scope

COLUMNS = "meeting_id, student_id, status, minutes_attended, arrived_at, left_at, marked_by_id, marked_at, reason"
NOTHING = r"\N"


def write_marks(scope: Scope, school_id: int, marks: Marks, pupils: Mapping[str, int]) -> int:
    """Mark every class of a school that has been marked by the scope's instant; return the number of marks."""
    taken = list(taken_classes(scope, school_id, marks, pupils))
    _take(taken)
    return _copy(_lines(taken))


def _lines(taken: list[TakenClass]) -> Iterator[str]:
    for held in taken:
        who_and_when = f"{held.teacher_id}\t{held.taken_at.isoformat()}\t\n"
        for student_id, seen in held.marks.items():
            yield f"{held.id}\t{student_id}\t{_values(seen)}\t{who_and_when}"


@cache
def _values(seen: Seen) -> str:
    return f"{seen.status}\t{seen.minutes}\t{seen.arrived_at or NOTHING}\t{seen.left_at or NOTHING}"


def _copy(lines: Iterable[str]) -> int:
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY attendance_mark ({COLUMNS}) FROM STDIN", io.StringIO("".join(lines)))
        return cursor.rowcount


def _take(taken: list[TakenClass]) -> None:
    columns = ([each.id for each in taken], [each.teacher_id for each in taken], [each.taken_at for each in taken])
    with connection.cursor() as cursor:
        # Unset, it makes the history trigger fail and recover once a row, each time going through all waiting checks.
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
        cursor.execute(
            "UPDATE attendance_classmeeting AS meeting SET state = 'taken', version = 1, taken_by_id = taken.teacher, "
            "taken_at = taken.at FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[]) AS taken(id, teacher, at) "
            "WHERE meeting.id = taken.id",
            columns,
        )
        # The form that was sent: an id that is the same every time.
        cursor.execute(
            "INSERT INTO attendance_submission "
            "(submission_id, meeting_id, submitted_by_id, submitted_at, version, on_paper_by) "
            "SELECT md5('demo submission ' || id)::uuid, id, taken_by_id, taken_at, version, '' "
            "FROM attendance_classmeeting WHERE id = ANY(%s)",
            [columns[0]],
        )
