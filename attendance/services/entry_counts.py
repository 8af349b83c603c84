"""Counts the entries of schools anew where there is news, and proves what is stored (RD-25)."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from attendance.models import EntriesCounted, EntryCount, EntryNews
from attendance.selectors.entry_counts import (
    Counted,
    EntryFacts,
    counted_from_facts,
    schools_with_entry_news,
    stored_counts,
)
from students.access import Scope

COUNT_TASK = "attendance.count_entries"
# With the school's id the lock that two workers at one school would both need.
_COUNTING = 1124


def count_entries(scope: Scope, school_id: int) -> int:
    """Count the dates of a school of which there is news; how many they were. A second worker waits for the first.

    What is saved meanwhile is news again, and counted the next time.
    """
    with transaction.atomic():
        _alone(school_id)
        dates = _news(scope, school_id)
        if dates:
            _mend(scope, school_id, EntryFacts(min(dates), max(dates), dates))
        _note(scope, school_id)
    return len(dates)


def count_every_entry(scope: Scope, school_id: int, from_date: date | None = None, to_date: date | None = None) -> int:
    """Count a school's dates whether or not there is news, both inclusive; how many stored counts were wrong.

    What calendars, plans and rosters moved is found by this alone.
    """
    with transaction.atomic():
        _alone(school_id)
        wrong = _mend(scope, school_id, _asked(scope, from_date, to_date))
        _note(scope, school_id)
    return wrong


def count_entry_news(scope: Scope) -> int:
    """Count every school of which there is news; how many they were."""
    schools = schools_with_entry_news(scope)
    for school_id in schools:
        count_entries(scope, school_id)
    return len(schools)


def wrong_entries(
    scope: Scope, school_ids: Iterable[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """How many stored counts are not what meetings and reviews say, both dates inclusive; 0 is as it must be.

    Dates of which there is news wait to be counted: nothing is wrong with them.
    """
    asked = _asked(scope, from_date, to_date)
    return sum(len(_differences(scope, school_id, asked)) for school_id in school_ids)


def _differences(scope: Scope, school_id: int, asked: EntryFacts) -> list[Counted]:
    waiting = set(EntryNews.objects.filter(school=school_id).values_list("date", flat=True))
    differing = stored_counts(scope, school_id, asked).keys() ^ set(counted_from_facts(scope, school_id, asked))
    return [each for each in differing if each.day not in waiting]


def _asked(scope: Scope, from_date: date | None, to_date: date | None) -> EntryFacts:
    return EntryFacts(from_date or date.min, min(to_date or scope.today, scope.today))


def _alone(school_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_COUNTING, school_id])


def _news(scope: Scope, school_id: int) -> set[date]:
    """Take the news; that of days to come waits for them."""
    taken = "DELETE FROM attendance_entrynews WHERE school_id = %s AND date <= %s RETURNING date"
    with connection.cursor() as cursor:
        cursor.execute(taken, [school_id, scope.today])
        return {day for (day,) in cursor.fetchall()}


def _note(scope: Scope, school_id: int) -> None:
    row = EntriesCounted(school_id=school_id, counted_at=scope.now)
    EntriesCounted.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["school"], update_fields=["counted_at"]
    )


def _mend(scope: Scope, school_id: int, asked: EntryFacts) -> int:
    """Write what is stored otherwise, and only that."""
    stored, counted = stored_counts(scope, school_id, asked), set(counted_from_facts(scope, school_id, asked))
    wrong = [stored[each] for each in stored.keys() - counted]
    EntryCount.objects.filter(pk__in=wrong).delete()
    lacking = counted - stored.keys()
    EntryCount.objects.bulk_create((_row(school_id, each) for each in sorted(lacking, key=_order)), batch_size=2000)
    return len(wrong) + len(lacking)


def _order(each: Counted) -> tuple[date, str, date]:
    """By date, so that the rows of a month lie together."""
    return each.day, each.kind, each.due_on


def _row(school_id: int, each: Counted) -> EntryCount:
    return EntryCount(
        school_id=school_id,
        kind=each.kind,
        date=each.day,
        due_on=each.due_on,
        students=each.students,
        in_time=each.in_time,
        late=each.late,
        open=each.open,
        teacher_ids=[its.teacher_id for its in each.teachers],
        in_time_of=[its.in_time for its in each.teachers],
        late_of=[its.late for its in each.teachers],
        open_of=[its.open for its in each.teachers],
    )
