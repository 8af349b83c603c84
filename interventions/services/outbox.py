"""The outbox of changed days: noted in the change's transaction, drained by whichever worker is free."""

from collections.abc import Collection

from django.db import connection, transaction

from interventions.models import DaysChanged
from interventions.selectors.pupils import pupils
from interventions.services.alerts import follow
from interventions.services.evaluation import evaluate
from students.access import Scope

# Changes taken at once: a morning's saves of a large district are some hundred a minute.
MOST_CHANGES = 200

_TAKE = """
    DELETE FROM interventions_dayschanged WHERE id IN (
        SELECT id FROM interventions_dayschanged ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING student_ids, school_ids
"""
_TAKE_MARKS = """
    DELETE FROM interventions_markschanged WHERE id IN (
        SELECT id FROM interventions_markschanged ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING student_ids
"""


def note_changes(*, student_ids: Collection[int] | None = None, school_ids: Collection[int] | None = None) -> None:
    """Note in the caller's transaction whose days changed: students, else all of some schools, else everybody."""
    if student_ids is not None:
        school_ids = ()
        if not student_ids:
            return
    DaysChanged.objects.create(student_ids=sorted(student_ids or ()), school_ids=sorted(school_ids or ()))


def drain(scope: Scope) -> int:
    """Look anew at the students of the oldest changes that no other worker has; how many changes there were.

    All or nothing: a worker that is killed leaves them for the next one.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [MOST_CHANGES])
            rows = cursor.fetchall()
        students = _students(scope, rows)
        evaluate(scope, students)
        follow(scope, students)
    return len(rows)


def drain_marks(scope: Scope) -> int:
    """Queue what families are to be told after the oldest saves that no other worker has; how many saves there were.

    All or nothing, as above. A save that changed no verdict is no news to the tiers, and is looked at here alone.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_MARKS, [MOST_CHANGES])
            rows = cursor.fetchall()
        follow(scope, {student_id for [student_ids] in rows for student_id in student_ids})
    return len(rows)


def _students(scope: Scope, rows: list[tuple[list[int], list[int]]]) -> set[int]:
    found: set[int] = set()
    for student_ids, school_ids in rows:
        found.update(student_ids or pupils(scope, school_ids or None))
    return found
