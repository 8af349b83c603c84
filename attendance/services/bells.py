"""Bells made on pages: copied from others, changed from a day on. What an import brought is edited in its source.

The preview is the change itself, undone: it says what saving will do.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from attendance.models import SINCE_EVER, BellChange, BellSchedule, Period
from attendance.rules.agreement import Agreement, agreement
from attendance.rules.bells import BellRow, row_faults
from attendance.rules.filing_year import year_around
from attendance.rules.lawful_calendar import LawfulCalendar
from attendance.selectors.bell_days import days_that_ring, rows_on
from attendance.selectors.calendar_effects import MeetingChanges, VerdictChange, standing
from attendance.selectors.calendar_law import calendar_laws
from attendance.services.roster_changes import follow_calendar, hold_openings
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.services.import_turn import keep_imports_out


@dataclass(frozen=True)
class BellsEdit:
    """All rows of a schedule as they shall ring from a day on; `corrects` says that days that are over may change.

    Bells by which no day rings yet have no past: they ring so on every day that will use them.
    """

    rows: tuple[BellRow, ...]
    holds_from: date
    corrects: bool = False


@dataclass(frozen=True)
class BellEffects:
    """What a change of bells does: `days` of the calendar ring otherwise, the first of them `first_day`.

    `student_days` are those judged anew; classes that were taken keep the times by which they were taken. The laws are
    of the school year of the first day; None where no day rings otherwise.
    """

    days: int
    first_day: date | None
    replaced: date | None
    meetings: MeetingChanges
    student_days: int
    verdicts: Sequence[VerdictChange]
    law_before: LawfulCalendar | None
    law_after: LawfulCalendar | None
    agreement: Agreement


def copy_bells(scope: Scope, schedule_id: int, *, name: str) -> BellSchedule:
    """A schedule of the school's own with the periods that another has today. Made once, however often it is sent.

    Raises NotInScope, Forbidden, or Refused where the school has other bells of that name.
    """
    source = _administered(scope, schedule_id)
    if not (name := name.strip()):
        raise Refused("Give the new bells a name.")
    with transaction.atomic():
        # The school's row, so that two who copy at once follow one another.
        School.objects.select_for_update(no_key=True).get(pk=source.school_id)
        held = BellSchedule.objects.filter(school=source.school_id, name=name).first()
        if held is not None:
            return _same_copy(scope, source, held)
        made = BellSchedule.objects.create(
            school_id=source.school_id, name=name, made_by_id=scope.person, made_at=scope.now
        )
        _begin(made, rows_on(scope, source, scope.today), SINCE_EVER)
        return made


def _same_copy(scope: Scope, source: BellSchedule, held: BellSchedule) -> BellSchedule:
    mine = held.made_by_id == scope.person and held.changes.count() == 0
    if mine and rows_on(scope, held, scope.today) == rows_on(scope, source, scope.today):
        return held
    raise Refused(f"The school has bells named “{held.name}” already. Choose another name.")


def preview_bells(scope: Scope, schedule_id: int, edit: BellsEdit) -> BellEffects:
    """What a change would do; nothing is written. Raises NotInScope, Forbidden, or Refused with what is wrong."""
    schedule = _owned(scope, schedule_id, edit)
    with transaction.atomic():
        _hold(scope, schedule)
        effects, _ = _carry_out(scope, schedule, _of_all_days(scope, schedule, edit))
        transaction.set_rollback(True)
    return effects


def change_bells(
    scope: Scope, schedule_id: int, edit: BellsEdit, *, submission_id: UUID, reason: str, agreed: str
) -> BellChange:
    """Change bells as the preview said, `agreed` being its agreement. Sent twice it is done once.

    Raises what the preview does, Stale when the bells, the calendar or the meetings are others by now, and Refused
    without a reason.
    """
    schedule = _owned(scope, schedule_id, edit)
    if not reason.strip():
        raise Refused("Say why the bells are changed.")
    with transaction.atomic():
        _hold(scope, schedule)
        if done := BellChange.objects.filter(submission_id=submission_id).first():
            return done
        edit = _of_all_days(scope, schedule, edit)
        effects, students = _carry_out(scope, schedule, edit)
        if effects.agreement.differs_in_what_was_asked(agreed):
            raise Refused("This is another change than the one you looked at. Look at what it does, then save.")
        if effects.agreement.differs(agreed):
            raise Stale("The bells, or days that ring by them, were changed since you looked. Look again, then save.")
        change = BellChange.objects.create(
            submission_id=submission_id,
            bell_schedule=schedule,
            holds_from=edit.holds_from,
            reason=reason.strip(),
            made_by_id=scope.person,
            made_at=scope.now,
        )
        if effects.first_day and students:
            attendance_changed.send(BellChange, student_ids=students, dates={effects.first_day})
        return change


def _administered(scope: Scope, schedule_id: int) -> BellSchedule:
    """A schedule of a school in scope. Raises NotInScope, or Forbidden for who only teaches there."""
    schools = visible_to(scope, School)
    schedule = BellSchedule.objects.select_related("school").filter(pk=schedule_id, school__in=schools).first()
    if schedule is None:
        raise NotInScope
    if not scope.administers(schedule.school_id):
        raise Forbidden("Only an administrator of the school changes its bells.")
    return schedule


def _owned(scope: Scope, schedule_id: int, edit: BellsEdit) -> BellSchedule:
    schedule = _administered(scope, schedule_id)
    if schedule.is_imported:
        raise Refused(
            f"{schedule.name} came by import, and the next one would bring it again: change it in the source system, "
            "or make a copy here."
        )
    if faults := row_faults(edit.rows):
        raise Refused(" ".join(faults))
    if edit.holds_from < scope.today and not edit.corrects and days_that_ring(scope, schedule, edit.holds_from):
        raise Refused("This reaches back into days that are over. Say that it corrects them, or begin today or later.")
    return schedule


def _of_all_days(scope: Scope, schedule: BellSchedule, edit: BellsEdit) -> BellsEdit:
    return edit if days_that_ring(scope, schedule, SINCE_EVER) else replace(edit, holds_from=SINCE_EVER)


def _hold(scope: Scope, schedule: BellSchedule) -> None:
    """Imports, openings and other changes of these bells wait, in the order in which everything locks."""
    keep_imports_out(scope)
    hold_openings(scope)
    BellSchedule.objects.select_for_update(no_key=True).get(pk=schedule.pk)


def _carry_out(scope: Scope, schedule: BellSchedule, edit: BellsEdit) -> tuple[BellEffects, set[int]]:
    """Change the rows and judge anew what hangs on them, inside the caller's transaction."""
    before = list(schedule.periods.order_by("pk"))
    days = days_that_ring(scope, schedule, edit.holds_from)
    law_before = _law(scope, schedule, days)
    replaced = _rewrite(schedule, edit)
    first, last = (days[0], days[-1]) if days else (edit.holds_from, edit.holds_from)
    stood = standing(scope, [schedule.school_id], first, last)
    if days:
        follow_calendar(scope, [schedule.school_id], first, last)
    stands = standing(scope, [schedule.school_id], first, last)
    touched = (stood.verdicts.keys() | stands.verdicts.keys()) if days else set()
    asked = [schedule.pk, edit.holds_from, edit.corrects, *edit.rows]
    stood_on = [*((row.pk, row.times, row.starts_on, row.ends_on) for row in before), *days]
    effects = BellEffects(
        days=len(days),
        first_day=first if days else None,
        replaced=replaced,
        meetings=stood.meeting_changes(stands),
        student_days=len(touched),
        verdicts=stood.verdict_changes(stands),
        law_before=law_before,
        law_after=_law(scope, schedule, days),
        agreement=agreement(asked, stood_on),
    )
    return effects, {student for student, _ in touched}


def _law(scope: Scope, schedule: BellSchedule, days: Sequence[date]) -> LawfulCalendar | None:
    """What the year's calendar comes to, in which these days ring by the bells."""
    if not days:
        return None
    return calendar_laws(scope, [schedule.school_id], year_around(days[0])).get(schedule.school_id)


def _rewrite(schedule: BellSchedule, edit: BellsEdit) -> date | None:
    """End the rows that ring no longer and begin the others; the first day of a later change that this replaces.

    A row that stays as it is goes on, so that its history is not cut.
    """
    wanted = set(edit.rows)
    later = schedule.periods.filter(starts_on__gt=edit.holds_from).order_by("starts_on")
    replaced = later.values_list("starts_on", flat=True).first()
    kept: set[BellRow] = set()
    for row in schedule.periods.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=edit.holds_from)):
        said = row.row
        if row.starts_on <= edit.holds_from and row.ends_on is None and said in wanted:
            kept.add(said)
        elif row.starts_on >= edit.holds_from:
            row.delete()
        else:
            row.ends_on = edit.holds_from - timedelta(days=1)
            row.save(update_fields=["ends_on"])
    _begin(schedule, [row for row in edit.rows if row not in kept], edit.holds_from)
    return replaced


def _begin(schedule: BellSchedule, rows: Iterable[BellRow], day: date) -> None:
    Period.objects.bulk_create(
        Period(
            bell_schedule=schedule,
            name=row.name,
            kind=row.kind,
            grades=list(row.grades),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            deduction_starts_at=row.deduction_starts_at,
            deduction_ends_at=row.deduction_ends_at,
            starts_on=day,
        )
        for row in rows
    )
