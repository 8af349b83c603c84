"""bells.csv: the periods of each school's bell schedules, some of them for some grades."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from attendance.imports.kinds import BELL_SCHEDULES, PERIODS
from attendance.models import SINCE_EVER, BellSchedule, CalendarDay, GradeDay
from attendance.rules.bells import clashes
from attendance.rules.minutes import MeetingTimes, Span, minute_of
from attendance.rules.schedule import BellPeriod
from students.oneroster.comparing import compare_facts, compare_records, outcomes
from students.oneroster.draft import Draft, Key, Record
from students.oneroster.effects import first_changed_day
from students.oneroster.plan import KindPlan, Plan
from students.oneroster.stored import Stored, stored_facts, stored_records
from students.rules.reconciliation import Claim

FILE = "bells.csv"
KIND = PERIODS.name


class _Row(NamedTuple):
    line: int
    period: BellPeriod


def read_bells(draft: Draft) -> None:
    """Schedules and periods; for no grade may periods overlap, and a meal lies inside its period (MS-03)."""
    if "bells" not in draft.tables:
        return
    schedules = draft.records[BELL_SCHEDULES.name] = {}
    draft.claims[KIND] = {}
    made_here, stored = _made_here(), set(stored_records(BELL_SCHEDULES))
    rows: dict[Key, list[_Row]] = {}
    for row in draft.rows("bells"):
        schedule = (row.schoolSourcedId, row.bellSchedule)
        if schedule in made_here:
            message = f"The bell schedule {row.bellSchedule} was made on a page of its school; the file's is skipped."
            draft.findings.warn(message, FILE, row.line)
        elif _is_sound(draft, row):
            schedules.setdefault(schedule, Record((), FILE, row.line))
            rows.setdefault(schedule, []).append(_Row(row.line, _bell_period(row)))
            _claim(draft, row, schedule, draft.today if schedule in stored else SINCE_EVER)
    for schedule, found in rows.items():
        _refuse_clashes(draft, schedule, found)


def _made_here() -> set[Key]:
    made = BellSchedule.objects.filter(made_by__isnull=False)
    return set(made.values_list("school__source_id", "name"))


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


def _bell_period(row: Any) -> BellPeriod:
    span = Span(minute_of(row.startTime), minute_of(row.endTime))
    return BellPeriod(row.period, row.kind, MeetingTimes(span), frozenset(row.grades))


def _claim(draft: Draft, row: Any, schedule: Key, otherwise: date) -> None:
    """The file gives no first day: the first periods of a schedule ring since ever, what changes later from today."""
    values = (row.kind, row.startTime, row.endTime, row.deductionStart, row.deductionEnd)
    key = (schedule, row.period, tuple(sorted(set(row.grades))))
    if key not in draft.claims[KIND]:
        draft.claim(KIND, key, Claim(None, None, values, otherwise, FILE, row.line))


def _refuse_clashes(draft: Draft, schedule: Key, rows: list[_Row]) -> None:
    for clash in clashes([row.period for row in rows]):
        first, second = sorted((rows[clash.first], rows[clash.second]), key=lambda row: row.line)
        whose = f" for grade {clash.grade}" if clash.grade else ""
        message = f"The period overlaps {first.period.name} (line {first.line}) in the schedule {schedule[1]}{whose}."
        if first.period.name == second.period.name:
            message = f"Line {first.line} gives this period of the schedule {schedule[1]} already{whose}."
        draft.findings.refuse(FILE, message, second.line, "startTime", second.period.name)


def plan_bells(draft: Draft, plan: Plan) -> None:
    """A change counts from today on: past days keep their bells. Schedules that are no longer listed go, unless days
    of the calendar still ring by them; those made on pages are nobody's here.
    """
    if BELL_SCHEDULES.name not in draft.records:
        return
    wanted, stored = draft.records[BELL_SCHEDULES.name], stored_records(BELL_SCHEDULES)
    schedules = compare_records(BELL_SCHEDULES, wanted, stored)
    kept = _kept(draft, wanted, stored)
    found = outcomes(
        draft.claims[KIND],
        {key: held for key, held in stored_facts(PERIODS).items() if key[0] not in kept},
        today=plan.today,
        last_day=lambda key: plan.sessions.before(plan.today, key[0][0]),
        from_today=True,
    )
    periods = compare_facts(PERIODS, found)
    plan.kinds += [schedules, periods]
    _note_effects(periods, stored, plan)


def _kept(draft: Draft, wanted: dict[Key, Record], stored: dict[Key, Stored]) -> set[Key]:
    """The schedules of which the file may say nothing: made on pages, or unlisted and still in use."""
    made_here, in_use = _made_here(), _in_use()
    used = {key for key, found in stored.items() if key not in wanted and found.id in in_use and key not in made_here}
    for _, name in sorted(used):
        draft.findings.warn(f"The bell schedule {name} is no longer listed; it is kept for the days that use it.", FILE)
    return used | made_here


def _in_use() -> set[int | None]:
    return {
        each
        for days in (CalendarDay, GradeDay)
        for each in days.objects.exclude(bell_schedule=None).values_list("bell_schedule", flat=True).distinct()
    }


def _note_effects(periods: KindPlan, stored: dict[Key, Stored], plan: Plan) -> None:
    """Days that ring by a changed schedule are judged anew, from the first one on which it rings otherwise."""
    for schedule, since in _changes(periods):
        if schedule not in stored:
            continue
        days = CalendarDay.objects.filter(bell_schedule=stored[schedule].id, date__gte=since)
        own = GradeDay.objects.filter(bell_schedule=stored[schedule].id, calendar_day__date__gte=since)
        dates = [*days.values_list("date", flat=True), *own.values_list("calendar_day__date", flat=True)]
        if dates:
            plan.effects.whole_schools.add(schedule[0])
            plan.effects.since(min(dates))


def _changes(periods: KindPlan) -> Iterator[tuple[Key, date]]:
    first: dict[Key, date] = {}
    starts = PERIODS.columns.index("starts_on")
    days = [(row[0], row[starts]) for row in [*periods.created, *(gone.old for gone in periods.removed)]]
    days += [
        (change.new[0], day)
        for change in [*periods.changed, *periods.ended]
        if (day := first_changed_day(PERIODS, change))
    ]
    for schedule, day in days:
        first[schedule] = min(first.get(schedule, day), day)
    yield from first.items()
