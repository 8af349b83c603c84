"""Gives a class work for its days in own time, copies a week's, and withdraws some (MS-08, MS-21).

Its minutes are required of every student who does the class in own time that day (RD-01): the days are judged anew.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import Assignment, CalendarDay
from attendance.rules.entry_window import sunday_of, week_of
from attendance.services.interactions import hold_section
from attendance.services.ledger import recompute
from attendance.signals import attendance_changed
from students.access import Scope
from students.models import Section, SectionEnrollment
from students.refusals import NotInScope, Refused

NOT_YOURS = "Only a teacher of the class, or the office, gives its work."
ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Given:
    """How many assignments were written, one a day, and whether the same form had given them before."""

    days: int
    repeated: bool = False


def give_work(scope: Scope, section_id: int, *, submission_id: UUID, title: str, minutes: Mapping[date, int]) -> Given:
    """Give a class work for some days, so many minutes for each. Sent twice it is given once.

    Raises NotInScope, Forbidden (neither teacher nor office), or Refused: no title, no day, a day without school,
    minutes outside 1 to 600.
    """
    if not title.strip():
        raise Refused("Give the work a title.")
    if not minutes:
        raise Refused("Give the minutes of at least one day.")
    with transaction.atomic():
        section = hold_section(scope, section_id, NOT_YOURS)
        _check_days(scope, section, minutes)
        rows = [
            _assignment(scope, section, uuid5(submission_id, day.isoformat()), day, title.strip(), each)
            for day, each in sorted(minutes.items())
        ]
        return _written(scope, section, rows)


def copy_week(scope: Scope, section_id: int, monday: date, *, submission_id: UUID) -> Given:
    """Give a week what stands for the week before it, weekday by weekday, but on days without school.

    Sent twice, or when some of it was copied before, nothing is given twice. Raises NotInScope, Forbidden or Refused.
    """
    if monday != week_of(monday):
        raise NotInScope
    with transaction.atomic():
        section = hold_section(scope, section_id, NOT_YOURS)
        earlier = (monday - ONE_WEEK, sunday_of(monday) - ONE_WEEK)
        before = list(Assignment.objects.filter(section=section, date__range=earlier, withdrawn_at=None))
        held = _held(section, monday, sunday_of(monday))
        this_week = (monday, sunday_of(monday))
        given = Assignment.objects.filter(section=section, date__range=this_week, withdrawn_at=None)
        standing = set(given.values_list("date", "title"))
        rows = [
            _assignment(
                scope, section, uuid5(submission_id, str(each.pk)), each.date + ONE_WEEK, each.title, each.minutes
            )
            for each in before
            if each.date + ONE_WEEK in held and (each.date + ONE_WEEK, each.title) not in standing
        ]
        if not before:
            raise Refused("The week before has no work to copy.")
        return _written(scope, section, rows)


def withdraw_work(scope: Scope, assignment_id: int, *, reason: str) -> Assignment:
    """Withdraw work, visibly; the days are judged anew. Raises NotInScope, Forbidden or Refused."""
    if not reason.strip():
        raise Refused("Say why the work is withdrawn.")
    with transaction.atomic():
        found = Assignment.objects.filter(pk=assignment_id).values_list("section_id", flat=True).first()
        if found is None:
            raise NotInScope
        section = hold_section(scope, found, NOT_YOURS)
        work = Assignment.objects.select_for_update().get(pk=assignment_id)
        if work.withdrawn_at is None:
            work.withdrawn_by_id, work.withdrawn_at = scope.person, scope.now
            work.withdrawn_reason = reason.strip()[:300]
            work.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
            _judge(scope, section, [work.date])
        return work


def _assignment(scope: Scope, section: Section, key: UUID, day: date, title: str, minutes: int) -> Assignment:
    row = Assignment(
        submission_id=key,
        section=section,
        date=day,
        title=title,
        minutes=minutes,
        entered_by_id=scope.person,
        entered_at=scope.now,
    )
    try:
        row.full_clean(exclude=["section", "entered_by"], validate_unique=False)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    return row


def _check_days(scope: Scope, section: Section, minutes: Mapping[date, int]) -> None:
    if min(minutes) < scope.year_starts_on:
        raise Refused("Work is given for days of this school year.")
    held = _held(section, min(minutes), max(minutes))
    without = [day for day in sorted(minutes) if day not in held]
    if without:
        raise Refused(f"There is no school on {without[0]:%A, %B} {without[0].day}. Nothing was given.")


def _held(section: Section, first: date, last: date) -> set[date]:
    days = CalendarDay.objects.in_session().filter(school=section.school_id, date__range=(first, last))
    return set(days.values_list("date", flat=True))


def _written(scope: Scope, section: Section, rows: Collection[Assignment]) -> Given:
    known = set(
        Assignment.objects.filter(submission_id__in=[each.submission_id for each in rows]).values_list(
            "submission_id", flat=True
        )
    )
    new = [each for each in rows if each.submission_id not in known]
    Assignment.objects.bulk_create(new)
    _judge(scope, section, [each.date for each in new])
    return Given(len(new), repeated=not new)


def _judge(scope: Scope, section: Section, days: Collection[date]) -> None:
    """The days of everybody on the roster: who does the class in own time is what the judge finds out."""
    if not days:
        return
    first, last = min(days), max(days)
    listed = SectionEnrollment.objects.filter(section=section, starts_on__lte=last).exclude(ends_on__lt=first)
    ids = sorted(set(listed.values_list("student_id", flat=True)))
    recompute(scope, ids, first, last)
    attendance_changed.send(Assignment, student_ids=set(ids), dates=set(days))
