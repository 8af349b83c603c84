"""Ledger rows as plain tuples, so that what is stored and what is judged can be laid side by side."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attendance.models import DailyAttendance
from attendance.selectors.judged import JudgedDay
from students.access import Scope

KEY = ("student_id", "date")
COLUMNS = (
    *KEY,
    "school_id",
    "enrollment_id",
    "policy_id",
    "grade",
    "ada_included",
    "mode",
    "status",
    "absence_kind",
    "minutes_required",
    "minutes_needed",
    "minutes_attended",
    "minutes_excused",
    "minutes_untaken",
    "meetings_expected",
    "meetings_untaken",
    "tardies",
    "early_departures",
    "own_time_sections",
    "own_time_open",
    "rules",
)
LedgerRow = tuple[Any, ...]


def row_of(judged: JudgedDay) -> LedgerRow:
    """The ledger row of a judged day, in the order of COLUMNS."""
    day, verdict = judged.day, judged.verdict
    return (
        day.student_id,
        day.date,
        day.school_id,
        day.enrollment_id,
        judged.policy.id,
        day.grade,
        day.ada_included,
        judged.mode,
        verdict.status,
        verdict.absence_kind,
        verdict.minutes_required,
        verdict.minutes_needed,
        verdict.minutes_attended,
        verdict.minutes_excused,
        verdict.minutes_untaken,
        verdict.meetings_expected,
        verdict.meetings_untaken,
        verdict.tardies,
        verdict.early_departures,
        list(judged.own_time_sections),
        list(judged.own_time_open),
        " ".join(verdict.rules),
    )


def stored_rows(scope: Scope, student_ids: Iterable[int], from_date: date, to_date: date) -> list[LedgerRow]:
    """The rows that stand in the ledger, both dates inclusive, ordered by student and date."""
    rows = DailyAttendance.objects.filter(student__in=list(student_ids), date__range=(from_date, to_date))
    return list(rows.order_by(*KEY).values_list(*COLUMNS))
