"""bells.csv: the periods of each school's bell schedules."""

from typing import Any, NamedTuple

from attendance.imports.kinds import BELL_SCHEDULES, PERIODS
from attendance.models import CalendarDay
from students.oneroster.comparing import compare_records
from students.oneroster.draft import Draft, Key, Record
from students.oneroster.plan import KindPlan, Plan
from students.oneroster.stored import stored_records
from students.rules.spans import overlapping

FILE = "bells.csv"


def read_bells(draft: Draft) -> None:
    """Schedules and periods; periods of a schedule may not overlap, and a meal lies inside its period (MS-03)."""
    if "bells" not in draft.tables:
        return
    schedules = draft.records[BELL_SCHEDULES.name] = {}
    periods = draft.records[PERIODS.name] = {}
    for row in draft.rows("bells"):
        if not _is_sound(draft, row):
            continue
        schedule = (row.schoolSourcedId, row.bellSchedule)
        schedules.setdefault(schedule, Record((), FILE, row.line))
        values = (row.kind, row.startTime, row.endTime, row.deductionStart, row.deductionEnd)
        periods[(schedule, row.period)] = Record(values, FILE, row.line)
    _refuse_overlaps(draft)


def _is_sound(draft: Draft, row: Any) -> bool:
    known = draft.refers(FILE, row.line, "schoolSourcedId", row.schoolSourcedId, draft.known.orgs)
    if known and draft.known.org_types.get(row.schoolSourcedId, "school") != "school":
        draft.findings.refuse(FILE, "This org is not a school.", row.line, "schoolSourcedId", row.schoolSourcedId)
        known = False
    if row.endTime <= row.startTime:
        message = f"The period ends before it starts, at {row.startTime:%H:%M}."
        draft.findings.refuse(FILE, message, row.line, "endTime", f"{row.endTime:%H:%M}")
        return False
    return _deduction_is_sound(draft, row) and known


def _deduction_is_sound(draft: Draft, row: Any) -> bool:
    start, end = row.deductionStart, row.deductionEnd
    if start is None and end is None:
        return True
    column = "deductionEnd" if end is None else "deductionStart"
    if start is None or end is None:
        draft.findings.refuse(FILE, "A deduction needs its start and its end.", row.line, column)
        return False
    if not row.startTime <= start < end <= row.endTime:
        message = f"The deduction must lie inside the period, {row.startTime:%H:%M} to {row.endTime:%H:%M}."
        draft.findings.refuse(FILE, message, row.line, "deductionStart", f"{start:%H:%M} to {end:%H:%M}")
        return False
    return True


class _Slot(NamedTuple):
    starts_on: int
    ends_on: int
    name: str
    line: int


def _refuse_overlaps(draft: Draft) -> None:
    """Spans of minutes, the last one inclusive: a period may begin as another ends."""
    slots: dict[Key, list[_Slot]] = {}
    for (schedule, name), record in draft.records["periods"].items():
        _, start, end, _, _ = record.values
        slot = _Slot(start.hour * 60 + start.minute, end.hour * 60 + end.minute - 1, name, record.line)
        slots.setdefault(schedule, []).append(slot)
    for schedule, found in slots.items():
        for earlier, later in overlapping(found):
            second, first = (earlier, later) if earlier.line > later.line else (later, earlier)
            message = f"The period overlaps {first.name} (line {first.line}) in the schedule {schedule[1]}."
            draft.findings.refuse(FILE, message, second.line, "startTime", second.name)


def plan_bells(draft: Draft, plan: Plan) -> None:
    """Schedules that are no longer listed go, unless days of the calendar still ring by them."""
    if "bell schedules" not in draft.records:
        return
    wanted, stored = draft.records["bell schedules"], stored_records(BELL_SCHEDULES)
    schedules = compare_records(BELL_SCHEDULES, wanted, stored)
    in_use = set(CalendarDay.objects.exclude(bell_schedule=None).values_list("bell_schedule", flat=True))
    kept = {key for key, found in stored.items() if key not in wanted and found.id in in_use}
    for _, name in sorted(kept):
        draft.findings.warn(f"The bell schedule {name} is no longer listed; it is kept for the days that use it.", FILE)
    periods = compare_records(
        PERIODS,
        draft.records["periods"],
        {key: found for key, found in stored_records(PERIODS).items() if key[0] not in kept},
    )
    plan.kinds += [schedules, periods]
    _note_effects(periods, stored, plan)


def _note_effects(periods: KindPlan, stored: dict[Key, Any], plan: Plan) -> None:
    """Days that ring by a changed schedule are judged anew, from the first one on."""
    rows = [*periods.created, *(c.new for c in periods.changed), *(gone.old for gone in periods.removed)]
    touched = {row[0] for row in rows}
    ids = [stored[schedule].id for schedule in touched if schedule in stored]
    first = CalendarDay.objects.filter(bell_schedule__in=ids).order_by("date").values_list("date", flat=True).first()
    if first:
        plan.effects.whole_schools |= {school for school, _ in touched}
        plan.effects.since(first)
