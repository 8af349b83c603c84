"""calendar.csv, rows with grades: a day that some grades have otherwise than their school."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attendance.imports.kinds import CALENDAR_DAYS, GRADE_DAYS
from attendance.models import IN_SESSION, CalendarDay, GradeDay
from students.oneroster.comparing import compare_records
from students.oneroster.draft import Draft, Key, Record
from students.oneroster.plan import Plan
from students.oneroster.stored import stored_records

FILE = "calendar.csv"
KIND = GRADE_DAYS.name
_MONTH = CALENDAR_DAYS.fields.index("reporting_month")


def read_grade_days(draft: Draft, rows: Iterable[Any], schedules: set[Key]) -> None:
    """The days of some grades; the row of a school's own goes before the district's for the same date and grade.

    Each lies on a day that calendar.csv gives the school: that one says what the other grades have.
    """
    draft.records[KIND] = {}
    own: dict[Key, int] = {}
    for row in rows:
        for grade in sorted(set(row.grades)):
            if (first := own.setdefault((row.schoolSourcedId, row.date, grade), row.line)) != row.line:
                message = f"Line {first} has the same day for grade {grade}."
                draft.findings.refuse(FILE, message, row.line, "grades", str(row.date))
                continue
            for school in [row.schoolSourcedId] if row.schoolSourcedId else draft.known.schools:
                _day(draft, row, school, grade, schedules)
    _keep_edited_days(draft)


def _keep_edited_days(draft: Draft) -> None:
    """On a day that was changed on the calendar's page, the grades keep what they have, whatever the file says."""
    edited = set(CalendarDay.objects.filter(edit__isnull=False).values_list("school__source_id", "date"))
    if not edited:
        return
    said = {key: record for key, record in draft.records[KIND].items() if key[0] not in edited}
    stands = {key: found for key, found in stored_records(GRADE_DAYS).items() if key[0] in edited}
    draft.records[KIND] = said | {key: Record(found.values, FILE, 0) for key, found in stands.items()}


def _day(draft: Draft, row: Any, school: str, grade: str, schedules: set[Key]) -> None:
    schedule = (school, row.bellSchedule) if row.bellSchedule else None
    if schedule and schedule not in schedules:
        message = f"The school {school} has no bell schedule of this name."
        draft.findings.refuse(FILE, message, row.line, "bellSchedule", row.bellSchedule)
    elif why := _why_no_day(draft.records[CALENDAR_DAYS.name].get((school, row.date)), row):
        draft.findings.refuse(FILE, why, row.line, "grades", str(row.date))
    else:
        values = (row.eventType, row.name, row.dayKind, row.rotationDay, schedule, row.dismissalTime)
        draft.records[KIND][((school, row.date), grade)] = Record(values, FILE, row.line)


def _why_no_day(whole: Record | None, row: Any) -> str:
    """Reporting months are the whole district's (RD-70): a grade's day lies in the month of its school's."""
    if whole is None:
        return "A day of some grades needs a row without grades for the others."
    if row.reportingMonth not in (None, whole.values[_MONTH]):
        return f"Line {whole.line} puts this day in another reporting month (RD-70)."
    return ""


def sessions_of_grades(draft: Draft) -> Iterator[tuple[str, date]]:
    """The school days of some grades, by school, as they will stand."""
    if KIND in draft.records:
        for ((school, day), _), record in draft.records[KIND].items():
            if record.values[0] in IN_SESSION:
                yield school, day
        return
    own = GradeDay.objects.filter(event_type__in=IN_SESSION)
    yield from own.values_list("calendar_day__school__source_id", "calendar_day__date")


def plan_grade_days(draft: Draft, plan: Plan) -> list[tuple[str, date]]:
    """Write the days of grades listed, and take off those no longer listed of days that are; the days that change."""
    if KIND not in draft.records or not (draft.records[KIND] or GradeDay.objects.exists()):
        return []
    days = draft.records[CALENDAR_DAYS.name]
    stored = stored_records(GRADE_DAYS)
    reached = {key: found for key, found in stored.items() if key[0] in days or key[0][1] >= plan.today}
    found = compare_records(GRADE_DAYS, draft.records[KIND], reached)
    plan.kinds.append(found)
    rows = [*found.created, *(gone.old for gone in found.removed), *(change.new for change in found.changed)]
    return [row[0] for row in rows]
