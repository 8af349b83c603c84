"""calendar.csv: the days of each school; what holds for some grades only is read beside, in grade_days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attendance.imports.edited_days import keep_edited_days
from attendance.imports.grade_days import plan_grade_days, read_grade_days, sessions_of_grades
from attendance.imports.kinds import BELL_SCHEDULES, CALENDAR_DAYS
from attendance.models import IN_SESSION, BellSchedule, CalendarDay
from attendance.rules.reporting_months import month_faults
from students.oneroster.comparing import compare_records
from students.oneroster.draft import Draft, Key, Record
from students.oneroster.plan import Plan
from students.oneroster.stored import stored_records

FILE = "calendar.csv"
KIND = CALENDAR_DAYS.name
_FIELDS = CALENDAR_DAYS.fields
EVENT, MONTH = _FIELDS.index("event_type"), _FIELDS.index("reporting_month")
# What the meetings expected of a day, and its mode, hang on.
_DECIDING = tuple(
    _FIELDS.index(name) for name in ("event_type", "day_kind", "rotation_day", "bell_schedule", "dismissal_time")
)


def read_calendar(draft: Draft) -> None:
    """The days of every school; a school's own row goes before the district's for the same date."""
    if "calendar" not in draft.tables:
        return
    draft.records[KIND] = {}
    schedules = _schedules(draft)
    own: dict[Key, int] = {}
    sound = []
    for row in sorted(draft.rows("calendar"), key=lambda found: bool(found.schoolSourcedId)):
        if row.grades:
            sound += [row] if _is_sound(draft, row) else []
            continue
        first = own.setdefault((row.schoolSourcedId, row.date), row.line)
        if first != row.line:
            draft.findings.refuse(FILE, f"Line {first} has the same day.", row.line, "date", str(row.date))
        elif _is_sound(draft, row):
            _days(draft, row, schedules)
    keep_edited_days(draft, FILE)
    read_grade_days(draft, sound, schedules)
    _refuse_faulty_months(draft)


def _schedules(draft: Draft) -> set[Key]:
    if "bell schedules" in draft.records:
        listed = {(row.schoolSourcedId, row.bellSchedule) for row in draft.rows("bells")}
        return set(draft.records["bell schedules"]) | listed | _made_here()
    return set(stored_records(BELL_SCHEDULES))


def _made_here() -> set[Key]:
    made = BellSchedule.objects.filter(made_by__isnull=False)
    return set(made.values_list("school__source_id", "name"))


def _is_sound(draft: Draft, row: Any) -> bool:
    known = draft.refers(FILE, row.line, "schoolSourcedId", row.schoolSourcedId, draft.known.orgs)
    if known and row.schoolSourcedId and draft.known.org_types.get(row.schoolSourcedId, "school") != "school":
        draft.findings.refuse(FILE, "This org is not a school.", row.line, "schoolSourcedId", row.schoolSourcedId)
        return False
    if row.eventType not in IN_SESSION:
        return known
    for column, what in (("dayKind", "kind (MS-38)"), ("bellSchedule", "bell schedule")):
        if not getattr(row, column):
            draft.findings.refuse(FILE, f"A day in session needs its {what}.", row.line, column)
            known = False
    return known


def _days(draft: Draft, row: Any, schedules: set[Key]) -> None:
    for school in [row.schoolSourcedId] if row.schoolSourcedId else draft.known.schools:
        schedule = (school, row.bellSchedule) if row.bellSchedule else None
        if schedule and schedule not in schedules:
            message = f"The school {school} has no bell schedule of this name."
            draft.findings.refuse(FILE, message, row.line, "bellSchedule", row.bellSchedule)
            continue
        values = (
            row.eventType,
            row.name,
            row.dayKind,
            row.rotationDay,
            schedule,
            row.attendanceFrequency,
            row.reportingMonth,
            row.dismissalTime,
        )
        draft.records[KIND][(school, row.date)] = Record(values, FILE, row.line)


def _refuse_faulty_months(draft: Draft) -> None:
    """RD-70, over the days as they will stand, school year by school year."""
    years: dict[int, list[tuple[date, int | None, int | None]]] = {}
    for day, month, line in _session_months(draft):
        years.setdefault(day.year if day.month >= 7 else day.year - 1, []).append((day, month, line))
    for days in years.values():
        lines = {day: line for day, _, line in days if line is not None}
        if all(month is None for _, month, _ in days):
            draft.findings.warn("No day in session has its reporting month; no month can be closed.", FILE)
            continue
        for day, month, line in days:
            if month is None:
                message = "A day in session lies in a reporting month (RD-70)."
                draft.findings.refuse(FILE, message, line, "reportingMonth", str(day))
        for fault in month_faults((day, month) for day, month, _ in days if month is not None):
            draft.findings.refuse(FILE, fault.message, lines.get(fault.day), "reportingMonth")


def _session_months(draft: Draft) -> Iterator[tuple[date, int | None, int | None]]:
    for (_, day), record in draft.records[KIND].items():
        if record.values[EVENT] in IN_SESSION:
            yield day, record.values[MONTH], record.line
    for school, day in sessions_of_grades(draft):
        if (whole := draft.records[KIND].get((school, day))) and whole.values[EVENT] not in IN_SESSION:
            yield day, whole.values[MONTH], whole.line
    stored = CalendarDay.objects.in_session().filter(date__lt=draft.today)
    for school, day, month in stored.values_list("school__source_id", "date", "reporting_month"):
        if (school, day) not in draft.records[KIND]:
            yield day, month, None


def session_days(draft: Draft) -> dict[str, set[date]]:
    """The days in session of each school as they will stand."""
    days: dict[str, set[date]] = {}
    stored = CalendarDay.objects.filter(event_type__in=IN_SESSION).values_list("school__source_id", "date")
    for school, day in stored:
        days.setdefault(school, set()).add(day)
    for (school, day), record in draft.records.get(KIND, {}).items():
        found = days.setdefault(school, set())
        found.discard(day)
        if record.values[EVENT] in IN_SESSION:
            found.add(day)
    for school, day in sessions_of_grades(draft):
        days.setdefault(school, set()).add(day)
    return days


def plan_calendar(draft: Draft, plan: Plan) -> None:
    """Days listed are written, past ones too; days to come that are no longer listed are taken off."""
    if KIND not in draft.records:
        return
    wanted = draft.records[KIND]
    stored = stored_records(CALENDAR_DAYS)
    reached = {key: found for key, found in stored.items() if key in wanted or key[1] >= plan.today}
    found = compare_records(CALENDAR_DAYS, wanted, reached)
    plan.kinds.append(found)
    touched = [row[:2] for row in found.created] + [gone.old[:2] for gone in found.removed]
    touched += [change.new[:2] for change in found.changed if _decides(change.old[2:], change.new[2:])]
    touched += plan_grade_days(draft, plan)
    for school, day in touched:
        plan.effects.whole_schools.add(school)
        plan.effects.since(day)


def _decides(old: tuple, new: tuple) -> bool:
    return any(old[place] != new[place] for place in _DECIDING)
