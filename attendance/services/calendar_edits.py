"""Changes days of calendars on a page. The preview is the change itself, undone: it says what saving will do.

Locks: the turn of imports (shared), the schools' days, then meetings and ledger rows as everywhere.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from attendance.models import CalendarEdit
from attendance.rules.agreement import Agreement, agreement
from attendance.rules.filing_year import year_around
from attendance.rules.lawful_calendar import LawfulCalendar
from attendance.selectors.calendar_effects import (
    MeetingChanges,
    TakenMeeting,
    VerdictChange,
    opened_through,
    standing,
    students_from,
    taken_meetings,
)
from attendance.selectors.calendar_entries import CalendarEntry, CalendarFigures, calendar_figures
from attendance.selectors.calendar_law import calendar_laws
from attendance.services.calendar_rows import CalendarRows, DaysEdit
from attendance.services.roster_changes import follow_calendar, hold_openings
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import School
from students.refusals import Forbidden, NotInScope, Refused, Stale
from students.services.import_turn import keep_imports_out

# Days of students that one change may judge anew, and its preview as many: a large district's one day, a large school's
# month. It is some seconds of work, a quarter of a minute for all of them.
MOST_STUDENT_DAYS = 75_000
# What the meetings expected of a day, and its mode, hang on.
_DECIDING = ("in_session", "day_kind", "rotation_day", "bells", "dismissal_time")


@dataclass(frozen=True, slots=True)
class DayChange:
    """A day as it was (None: not on the calendar) and as it is. `grades` are those that had it otherwise until now."""

    before: CalendarEntry | None
    after: CalendarEntry
    grades: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether a meeting or a verdict may hang on it; a new name changes nobody's day."""
        if self.before is None:
            return self.after.in_session
        return bool(self.grades) or any(getattr(self.before, name) != getattr(self.after, name) for name in _DECIDING)

    @property
    def closes(self) -> bool:
        """Whether school was to be held, for some grades at least, and is not."""
        was_held = self.before is not None and (self.before.in_session or bool(self.grades))
        return was_held and not self.after.in_session


@dataclass(frozen=True)
class Effects:
    """What a change of the calendar does. `left_out` are classes that were taken on days no longer in session: they are
    kept, and count for nobody. `student_days` are those judged anew. Figures and laws are of the school year, by
    school id.
    """

    signed: CalendarEdit
    schools: Mapping[int, str]
    days: Sequence[DayChange]
    students: frozenset[int]
    meetings: MeetingChanges
    left_out: Sequence[TakenMeeting]
    student_days: int
    verdicts: Sequence[VerdictChange]
    figures_before: Mapping[int, CalendarFigures]
    figures_after: Mapping[int, CalendarFigures]
    laws_before: Mapping[int, LawfulCalendar]
    laws_after: Mapping[int, LawfulCalendar]
    agreement: Agreement


def preview_edit(scope: Scope, edit: DaysEdit) -> Effects:
    """What a change would do; nothing is written. Raises NotInScope, Forbidden, or Refused with what is wrong."""
    schools = _schools(scope, edit)
    with transaction.atomic():
        _hold(scope)
        effects = _carry_out(scope, edit, schools, _signature(scope, uuid4(), "A preview, undone."))
        transaction.set_rollback(True)
    return effects


def edit_days(
    scope: Scope, edit: DaysEdit, *, submission_id: UUID, reason: str, agreed: str, leave_out_taken: bool = False
) -> CalendarEdit:
    """Change days as the preview said, `agreed` being its agreement. Sent twice it is done once.

    Raises what the preview does, Stale when the calendar is another by now, and Refused without a reason, or where
    classes that were taken would count no longer and `leave_out_taken` does not say that this is meant.
    """
    schools = _schools(scope, edit)
    if not reason.strip():
        raise Refused("Say why the calendar is changed.")
    with transaction.atomic():
        _hold(scope)
        if done := CalendarEdit.objects.filter(submission_id=submission_id).first():
            return done
        effects = _carry_out(scope, edit, schools, _signature(scope, submission_id, reason.strip()))
        _check_agreed(effects, agreed, leave_out_taken)
        _tell(effects)
    return effects.signed


def _schools(scope: Scope, edit: DaysEdit) -> dict[int, str]:
    schools = dict(visible_to(scope, School).filter(pk__in=edit.school_ids).values_list("pk", "name"))
    if not schools or set(edit.school_ids) - schools.keys():
        raise NotInScope
    if not scope.district_wide and not _chooses_bells(scope, edit):
        raise Forbidden("Calendars are the district's: only a district administrator changes them.")
    if edit.last_day < edit.first_day:
        raise Refused("The last day lies before the first.")
    if year_around(edit.first_day) != year_around(edit.last_day):
        raise Refused("Change the days of one school year at a time.")
    return schools


def _chooses_bells(scope: Scope, edit: DaysEdit) -> bool:
    """Whether an administrator of the schools only says by which bells one day rings: those are the school's own."""
    return edit.is_one_day and edit.changes.keys() == {"bell_schedule"} and all(map(scope.administers, edit.school_ids))


def _signature(scope: Scope, submission_id: UUID, reason: str) -> CalendarEdit:
    return CalendarEdit(submission_id=submission_id, edited_by_id=scope.person, edited_at=scope.now, reason=reason)


def _hold(scope: Scope) -> None:
    keep_imports_out(scope)
    hold_openings(scope)


def _carry_out(scope: Scope, edit: DaysEdit, schools: Mapping[int, str], signed: CalendarEdit) -> Effects:
    """Change the days and judge anew what hangs on them, inside the caller's transaction."""
    year = year_around(edit.first_day)
    rows = CalendarRows(scope, schools, year)
    lawful = calendar_laws(scope, schools, year)
    before = rows.entries()
    changed = rows.change(edit)
    after = rows.entries()
    days = tuple(DayChange(before.get(key), after[key], rows.called_off(key)) for key in changed)
    decides = sorted(each.after.date for each in days if each.decides)
    span = (decides[0], decides[-1]) if decides else (edit.first_day, edit.first_day)
    if decides:
        _refuse_too_much(scope, list(after.values()), *span)
    stood = standing(scope, schools, *span)
    signed.days = len(changed)
    signed.save(force_insert=True)
    rows.write(changed, signed)
    if decides:
        follow_calendar(scope, schools, *span)
    left_out = taken_meetings(scope, [(each.after.school_id, each.after.date) for each in days if each.closes])
    stands = standing(scope, schools, *span)
    touched = stood.verdicts.keys() | stands.verdicts.keys()
    return Effects(
        signed=signed,
        schools=schools,
        days=days,
        students=frozenset(student for student, _ in touched),
        meetings=stood.meeting_changes(stands),
        left_out=left_out,
        student_days=len(touched) if decides else 0,
        verdicts=stood.verdict_changes(stands),
        figures_before=calendar_figures(scope, before.values(), edit.first_day),
        figures_after=calendar_figures(scope, after.values(), edit.first_day),
        laws_before=lawful,
        laws_after=calendar_laws(scope, schools, year),
        agreement=_agreement(edit, days, left_out),
    )


def _agreement(edit: DaysEdit, days: Sequence[DayChange], left_out: Sequence[TakenMeeting]) -> Agreement:
    asked = [sorted(edit.school_ids), edit.first_day, edit.last_day, sorted(edit.changes.items(), key=lambda it: it[0])]
    return agreement(asked, [*(each.before for each in days), *(each.id for each in left_out)])


def _refuse_too_much(scope: Scope, days: Collection[CalendarEntry], first: date, last: date) -> None:
    """Nobody was judged yet by a day that is not opened, however many of them change."""
    schools = {each.school_id for each in days}
    opened = opened_through(scope, schools)
    through = {school: min(last, day) for school, day in opened.items() if day >= first}
    held = Counter(each.school_id for each in days if first <= each.date <= through.get(each.school_id, date.min))
    student_days = sum(held[school] * students for school, students in students_from(scope, held, first).items())
    if student_days > MOST_STUDENT_DAYS:
        raise Refused(
            f"{student_days:,} days of students would be judged anew, more than {MOST_STUDENT_DAYS:,} at once. "
            "Take fewer days or fewer schools at a time."
        )


def _check_agreed(effects: Effects, agreed: str, leave_out_taken: bool) -> None:
    if effects.agreement.differs_in_what_was_asked(agreed):
        raise Refused("This is another change than the one you looked at. Look at what it does, then save.")
    if effects.agreement.differs(agreed):
        raise Stale("The calendar, or a class of these days, was changed since you looked. Look again, then save.")
    if effects.left_out and not leave_out_taken:
        raise Refused("Confirm that the classes taken on these days shall count for nobody.")


def _tell(effects: Effects) -> None:
    dates = [each.after.date for each in effects.days]
    attendance_changed.send(CalendarEdit, student_ids=set(effects.students), dates={min(dates), max(dates)})
