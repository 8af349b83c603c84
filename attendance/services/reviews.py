"""Saves a class's week in own time: what each student did on each day, in one transaction, once per submission.

Lock order: the class, which orders two people who save its week, then the days of its students.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from attendance.access import markable_sections
from attendance.models import DayReview, WeekSubmission
from attendance.rules.entry import ALL_DONE, DONE, MEASURES, PART_DONE
from attendance.rules.entry_window import sunday_of, week_of
from attendance.rules.mark import BadMark
from attendance.selectors.asked_days import AskedDay, asked_days, version_of_week
from attendance.selectors.owed import own_time_students
from attendance.services.ledger import judge_locked_days, lock_days
from attendance.services.taking import BadEntries
from attendance.signals import attendance_changed
from students.access import Scope, visible_to
from students.models import Section, Student
from students.refusals import Forbidden, NotInScope, Refused, Stale


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """What was entered of one student's day; `choice` empty leaves it open, or takes back what was entered.

    `minutes` of completed work where a part was done; `handed_in_on` for offline work.
    """

    student_id: int
    day: date
    choice: str
    minutes: int | None = None
    handed_in_on: date | None = None


@dataclass(frozen=True)
class WeekSaved:
    """A save: the version it made, the days it changed, and whether the same form had been saved before."""

    version: int
    changed: int
    repeated: bool


def save_week(
    scope: Scope,
    section_id: int,
    monday: date,
    *,
    submission_id: UUID,
    version: int,
    entries: Sequence[ReviewEntry],
    reason: str = "",
) -> WeekSaved:
    """Enter days of a class's week; those not among the entries stay as they are. Fails as a whole.

    Raises NotInScope, Forbidden (neither its teacher nor the office), Stale (somebody saved the week since `version`),
    BadEntries or Refused. The same submission sent again changes nothing and answers as the first did. As many
    statements whatever the size of the class.
    """
    if monday != week_of(monday):
        raise NotInScope
    with transaction.atomic():
        _lock(scope, section_id)
        if before := WeekSubmission.objects.filter(submission_id=submission_id).first():
            return _repeated(before, section_id, monday)
        if version_of_week(scope, section_id, monday) != version:
            raise Stale("Somebody else saved this week since you opened it. Nothing of yours was saved yet.")
        _refuse_twice_or_to_come(scope, monday, entries)
        ids = sorted({each.student_id for each in entries})
        sunday = sunday_of(monday)
        _refuse_strangers(scope, section_id, ids, monday)
        locked = lock_days(scope, ids, monday, sunday)
        asked = {each.key: each for each in asked_days(scope, section_id, ids, monday)}
        changes = _changes(scope, section_id, asked, entries, reason)
        _write(scope, changes, reason)
        judge_locked_days(scope, ids, monday, sunday, locked)
        WeekSubmission.objects.create(
            submission_id=submission_id,
            section_id=section_id,
            monday=monday,
            version=version + 1,
            submitted_by_id=scope.person,
            submitted_at=scope.now,
        )
        if changes:
            students, dates = {each.student_id for each in changes}, {each.date for each in changes}
            attendance_changed.send(DayReview, student_ids=students, dates=dates)
        return WeekSaved(version + 1, len(changes), repeated=False)


def _lock(scope: Scope, section_id: int) -> None:
    may_enter = Exists(markable_sections(scope).filter(pk=OuterRef("pk")))
    seen = visible_to(scope, Section).annotate(may_enter=may_enter)
    section = seen.select_for_update(of=("self",), no_key=True).filter(pk=section_id).first()
    if section is None:
        raise NotInScope
    if not section.may_enter:
        raise Forbidden("Only the teacher of this class and the office of its school enter its week.")


def _repeated(before: WeekSubmission, section_id: int, monday: date) -> WeekSaved:
    if (before.section_id, before.monday) != (section_id, monday):
        raise Refused("This form belongs to another week. Open the week again.")
    return WeekSaved(before.version, 0, repeated=True)


def _refuse_twice_or_to_come(scope: Scope, monday: date, entries: Sequence[ReviewEntry]) -> None:
    days = {(each.student_id, each.day) for each in entries}
    if len(days) != len(entries):
        raise Refused("A student’s day is in this form twice. Open the week again.")
    if any(week_of(day) != monday for _, day in days):
        raise Refused("A day in this form is not of this week. Open the week again.")
    if any(day > scope.today for _, day in days):
        raise Refused("A day to come cannot be entered.")


def _refuse_strangers(scope: Scope, section_id: int, ids: Iterable[int], monday: date) -> None:
    known = own_time_students(scope, [section_id], monday, sunday_of(monday))
    if set(ids) - set(known):
        raise Refused("A student in this form has nothing to enter in this class this week. Open the week again.")


@dataclass(frozen=True)
class _Change:
    """A day that is otherwise from now on: what to write, or the review to take back."""

    student_id: int
    date: date
    written: DayReview | None
    taken_back: DayReview | None


def _changes(
    scope: Scope,
    section_id: int,
    asked: Mapping[tuple[int, date], AskedDay],
    entries: Sequence[ReviewEntry],
    reason: str,
) -> list[_Change]:
    """The entries that differ from what stands. Raises BadEntries for those that cannot be."""
    changes: list[_Change] = []
    problems: dict[int, str] = {}
    for entry in entries:
        try:
            its = _checked(scope, asked.get((entry.student_id, entry.day)), entry)
            if its and _differs(its, entry):
                changes.append(_change(scope, section_id, its, entry, reason))
        except BadMark as bad:
            problems.setdefault(entry.student_id, str(bad))
    if problems:
        names = {each.pk: each.listed_name for each in Student.objects.filter(pk__in=problems).order_by("sort_name")}
        raise BadEntries(problems, [f"{name} {problems[each]}" for each, name in names.items()])
    return changes


def _checked(scope: Scope, asked: AskedDay | None, entry: ReviewEntry) -> AskedDay | None:
    """The day that an entry is of; None where it leaves one alone that asks for nothing. Raises BadMark."""
    if asked is None:
        if entry.choice:
            raise BadMark(f"has nothing to enter here on {entry.day:%a %b} {entry.day.day}")
        return None
    if entry.choice and entry.choice not in asked.choices:
        raise BadMark(f"cannot have this on {entry.day:%a %b} {entry.day.day}: the learning plan does not approve it")
    if asked.is_offline and entry.choice in (ALL_DONE, PART_DONE):
        _check_handed_in(scope, asked, entry)
    return asked


def _check_handed_in(scope: Scope, asked: AskedDay, entry: ReviewEntry) -> None:
    on = f"{entry.day:%a %b} {entry.day.day}"
    if entry.choice == PART_DONE and (entry.minutes is None or not 1 <= entry.minutes <= asked.offered):
        raise BadMark(f"needs the minutes completed on {on}, 1 to {asked.offered}")
    if entry.handed_in_on is None:
        raise BadMark("needs the day on which the work was handed in")
    if not week_of(entry.day) <= entry.handed_in_on <= scope.today:
        raise BadMark(f"cannot have handed in the work of {on} on {entry.handed_in_on:%b} {entry.handed_in_on.day}")


def _differs(asked: AskedDay, entry: ReviewEntry) -> bool:
    if asked.chosen != entry.choice:
        return True
    if asked.review is None or not asked.is_offline or entry.choice not in (ALL_DONE, PART_DONE):
        return False
    part = entry.choice == PART_DONE and asked.review.minutes != entry.minutes
    return part or asked.review.handed_in_on != entry.handed_in_on


def _change(scope: Scope, section_id: int, asked: AskedDay, entry: ReviewEntry, reason: str) -> _Change:
    if asked.wants_reason and not reason.strip():
        raise BadMark(f"was entered for {asked.day:%a %b} {asked.day.day} already: say why that is changed")
    if not entry.choice:
        return _Change(asked.student_id, asked.day, None, asked.review)
    review = DayReview(
        student_id=asked.student_id,
        section_id=section_id,
        date=asked.day,
        measure=entry.choice if entry.choice in MEASURES else "",
        minutes=_minutes(asked, entry),
        handed_in_on=entry.handed_in_on if asked.is_offline and entry.choice in (ALL_DONE, PART_DONE) else None,
        work_done=entry.choice == DONE,
        entered_by_id=scope.person,
        entered_at=scope.now,
        reason=reason.strip()[:300] if asked.review else "",
    )
    return _Change(asked.student_id, asked.day, review, None)


def _minutes(asked: AskedDay, entry: ReviewEntry) -> int | None:
    if not asked.is_offline:
        return None
    return {ALL_DONE: asked.offered, PART_DONE: entry.minutes}.get(entry.choice, 0)


def _write(scope: Scope, changes: Sequence[_Change], reason: str) -> None:
    """As many statements whatever their number; what stood is kept by the database."""
    fields = ["measure", "minutes", "handed_in_on", "work_done", "entered_by", "entered_at", "reason"]
    DayReview.objects.bulk_create(
        [each.written for each in changes if each.written],
        update_conflicts=True,
        unique_fields=["student", "date", "section"],
        update_fields=fields,
    )
    taken_back = [each.taken_back.pk for each in changes if each.taken_back]
    if taken_back:
        gone = DayReview.objects.filter(pk__in=taken_back)
        # Its history keeps the row with who took it back, and why.
        gone.update(entered_by=scope.person, entered_at=scope.now, reason=reason.strip()[:300])
        gone.delete()
