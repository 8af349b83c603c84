"""Keeps the class meetings of a school in step with its calendar, bells and schedule."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import transaction

from attendance.models import ClassMeeting, MeetingState, SchoolDays, SectionMeetingTime
from attendance.rules.minutes import MeetingTimes, clock_time
from attendance.rules.schedule import MeetingTime, expected_meetings
from attendance.selectors.school_bells import school_days_of
from students.access import Scope

Key = tuple[int, date, str]
_TIMES = ("starts_at", "ends_at", "deduction_starts_at", "deduction_ends_at", "instructional_minutes")


def sync_meetings(scope: Scope, school_id: int, from_date: date, to_date: date) -> int:
    """Add, move and remove the untaken meetings of days opened already, both dates inclusive; count the changes.

    What was taken or voided stands as it was: a past day is judged by the bells it was taken under.
    """
    with transaction.atomic():
        opened = SchoolDays.objects.select_for_update().filter(school=school_id).first()
        if opened is None or opened.opened_through is None:
            return 0
        return write_meetings(scope, school_id, from_date, min(to_date, opened.opened_through))


def write_meetings(scope: Scope, school_id: int, from_date: date, to_date: date) -> int:
    """Write the expected meetings; the caller holds the lock on the school's days."""
    expected = _expected(scope, school_id, from_date, to_date)
    existing = {
        (each.section_id, each.date, each.period): each
        for each in ClassMeeting.objects.filter(school=school_id, date__range=(from_date, to_date))
    }
    added = [_meeting(school_id, *each) for each in _missing(expected, existing)]
    untaken = {key: each for key, each in existing.items() if each.state == MeetingState.EXPECTED}
    moved = [each for key, each in untaken.items() if key in expected and _move(each, expected[key])]
    gone = [each.pk for key, each in untaken.items() if key not in expected]
    ClassMeeting.objects.bulk_create(added, batch_size=2000, ignore_conflicts=True)
    # Locked by id, as a homeroom locks its own, and the state asked again: a teacher may have taken the class since.
    changing = [*gone, *(each.pk for each in moved)]
    locked = ClassMeeting.objects.select_for_update().filter(pk__in=changing, state=MeetingState.EXPECTED)
    still = set(locked.order_by("pk").values_list("pk", flat=True))
    ClassMeeting.objects.filter(pk__in=still.intersection(gone)).delete()
    ClassMeeting.objects.bulk_update([each for each in moved if each.pk in still], _TIMES, batch_size=1000)
    return len(added) + len(moved) + len(gone)


def _missing(
    expected: dict[Key, MeetingTimes], existing: dict[Key, ClassMeeting]
) -> Iterator[tuple[Key, MeetingTimes]]:
    """Expected meetings that no row stands for, earliest first.

    A class that was taken in a period it was moved from since has met: it is not expected once more that day.
    """
    met = Counter(key[:2] for key, each in existing.items() if each.taken_at and key not in expected)
    for key, times in sorted(expected.items(), key=lambda each: (each[0][:2], each[1].span.starts)):
        if key in existing:
            continue
        if met[key[:2]] > 0:
            met[key[:2]] -= 1
        else:
            yield key, times


def _meeting(school_id: int, key: Key, times: MeetingTimes) -> ClassMeeting:
    section_id, day, period = key
    meeting = ClassMeeting(section_id=section_id, school_id=school_id, date=day, period=period)
    _move(meeting, times)
    return meeting


def _move(meeting: ClassMeeting, times: MeetingTimes) -> bool:
    before = [getattr(meeting, field, None) for field in _TIMES]
    deduction = times.deduction
    meeting.starts_at, meeting.ends_at = clock_time(times.span.starts), clock_time(times.span.ends)
    meeting.deduction_starts_at = clock_time(deduction.starts) if deduction else None
    meeting.deduction_ends_at = clock_time(deduction.ends) if deduction else None
    meeting.instructional_minutes = times.instructional_minutes
    return before != [getattr(meeting, field) for field in _TIMES]


def _expected(scope: Scope, school_id: int, from_date: date, to_date: date) -> dict[Key, MeetingTimes]:
    schedule = _schedule(school_id)
    days = school_days_of(scope, school_id, from_date, to_date)
    return {
        (each.section_id, day.date, each.period): each.times
        for day in days.values()
        for each in expected_meetings(day, schedule)
    }


def _schedule(school_id: int) -> list[MeetingTime]:
    rows = SectionMeetingTime.objects.filter(section__school=school_id).select_related("section")
    return [
        MeetingTime(
            row.section_id,
            row.period,
            row.starts_on,
            row.ends_on,
            tuple(row.rotation_days),
            frozenset(row.section.grades),
        )
        for row in rows
    ]
