"""Excuses as the rules want them: the part of a day's facts that speaks of them."""

from datetime import time
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import IntegerField

from attendance.models import Excuse
from attendance.rules.excuse import ExcuseFact
from attendance.rules.minutes import WHOLE_DAY, Span, minute_of

# The term that a note falls into: of terms within terms the one that began last, the shorter of two that began
# together, so the half year before the year; where no term is known the school year. Grading periods are not terms.
_TERM = """
    COALESCE(
        (SELECT term.id FROM students_term term WHERE term.kind IN ('term', 'semester')
            AND {note}.starts_on BETWEEN term.starts_on AND COALESCE(term.ends_on, 'infinity')
            ORDER BY term.starts_on DESC, term.ends_on, term.id LIMIT 1),
        (SELECT -held.id FROM students_schoolyear held
            WHERE {note}.starts_on BETWEEN held.starts_on AND held.ends_on LIMIT 1),
        0)
"""

# Which of the parent's notes of a term it is. Counted as they were entered, so that a note that comes later never
# takes from an earlier one what it was given; one that is withdrawn, refused or followed by a better document gives
# its place back.
NOTE_NUMBER = f"""
    CASE WHEN {{excuse}}.document_kind = 'parent_note' THEN (
        SELECT count(*) FROM attendance_excuse note
        WHERE note.student_id = {{excuse}}.student_id AND note.reason = {{excuse}}.reason
            AND note.document_kind = 'parent_note' AND note.withdrawn_at IS NULL
            AND (note.decision <> 'refused' OR note.id = {{excuse}}.id)
            AND note.id <= {{excuse}}.id AND {_TERM.format(note="note")} = {_TERM.format(note="{excuse}")}
    ) ELSE 0 END
"""  # noqa: S608 - constants of this module

# The excuses of the student-days in `pair`, which stands before it in the statement.
EXCUSED = f"""
    SELECT pair.student_id, pair.date, json_agg(json_build_array(excuse.reason, excuse.document_kind,
        excuse.starts_at, excuse.ends_at, excuse.decision, {NOTE_NUMBER.format(excuse="excuse")}
        ) ORDER BY excuse.id) AS excuses
    FROM pair JOIN attendance_excuse excuse ON excuse.student_id = pair.student_id
        AND pair.date BETWEEN excuse.starts_on AND excuse.ends_on AND excuse.withdrawn_at IS NULL
    GROUP BY pair.student_id, pair.date
"""  # noqa: S608 - constants of this module


def excuse_facts(rows: list[list[Any]] | None) -> tuple[ExcuseFact, ...]:
    """The excuses of a day, as EXCUSED gathers them."""
    return tuple(
        ExcuseFact(reason, kind, _span(starts, ends), decision, number)
        for reason, kind, starts, ends, decision, number in rows or ()
    )


def numbered(excuses: QuerySet[Excuse]) -> QuerySet[Excuse]:
    """Excuses with the `note_number` by which the policy may count a parent's note."""
    number = RawSQL(NOTE_NUMBER.format(excuse="attendance_excuse"), [], output_field=IntegerField())  # noqa: S611
    return excuses.annotate(note_number=number)


def fact_of(excuse: Excuse) -> ExcuseFact:
    """A numbered excuse as the rules want it, whatever its time of day."""
    number: int = excuse.note_number  # type: ignore[attr-defined]
    return ExcuseFact(excuse.reason, excuse.document_kind, decision=excuse.decision, note_number=number)


def _span(starts: str | None, ends: str | None) -> Span:
    if starts is None or ends is None:
        return WHOLE_DAY
    return Span(minute_of(time.fromisoformat(starts)), minute_of(time.fromisoformat(ends)))
