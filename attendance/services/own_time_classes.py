"""Finds out which classes nobody meets live where there is news of it, and proves what is known."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection, transaction

from attendance.models import ClassMeeting, OwnTimeClass, OwnTimeNews
from attendance.selectors.own_time_classes import found_in_own_time, schools_with_own_time_news
from students.access import Scope

# With the school's id the lock that two workers at one school would both need.
_FINDING = 1125


def find_own_time_classes(scope: Scope, school_id: int) -> int:
    """Find out about the dates of a school of which there is news; how many they were.

    News is taken before anything is asked, and what is saved meanwhile is news again. A second worker waits.
    """
    with transaction.atomic():
        _alone(school_id)
        dates = _news(school_id)
        _mend(scope, school_id, dates)
    return len(dates)


def find_own_time_news(scope: Scope) -> int:
    """Find out about every school of which there is news; how many they were."""
    schools = schools_with_own_time_news(scope)
    for school_id in schools:
        find_own_time_classes(scope, school_id)
    return len(schools)


def find_every_own_time_class(
    scope: Scope, school_id: int, from_date: date | None = None, to_date: date | None = None
) -> int:
    """Find out about a school's dates whether or not there is news, both inclusive; how much was known wrongly."""
    with transaction.atomic():
        _alone(school_id)
        return _mend(scope, school_id, _dates(school_id, from_date, to_date))


def wrong_own_time_classes(
    scope: Scope, school_ids: Iterable[int], from_date: date | None = None, to_date: date | None = None
) -> int:
    """How much is known wrongly between two dates, both inclusive; 0 is as it must be.

    Dates of which there is news wait to be found out about: nothing is wrong with them.
    """
    wrong = 0
    for school_id in school_ids:
        waiting = set(OwnTimeNews.objects.filter(school=school_id).values_list("date", flat=True))
        dates = _dates(school_id, from_date, to_date) - waiting
        wrong += len(_known(school_id, dates).keys() ^ found_in_own_time(scope, school_id, dates))
    return wrong


def _alone(school_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FINDING, school_id])


def _news(school_id: int) -> set[date]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM attendance_owntimenews WHERE school_id = %s RETURNING date", [school_id])
        return {day for (day,) in cursor.fetchall()}


def _dates(school_id: int, from_date: date | None, to_date: date | None) -> set[date]:
    """The dates on which classes met, and those on which some are known."""
    span = (from_date or date.min, to_date or date.max)
    met, known = (model.objects.filter(school=school_id, date__range=span) for model in (ClassMeeting, OwnTimeClass))
    return {*met.order_by().values_list("date", flat=True).distinct(), *known.values_list("date", flat=True)}


def _mend(scope: Scope, school_id: int, dates: Collection[date]) -> int:
    """Write what is known otherwise, and only that."""
    known, found = _known(school_id, dates), found_in_own_time(scope, school_id, dates)
    OwnTimeClass.objects.filter(pk__in=[known[each] for each in known.keys() - found]).delete()
    OwnTimeClass.objects.bulk_create(
        OwnTimeClass(school_id=school_id, date=day, section_id=section_id)
        for day, section_id in sorted(found - known.keys())
    )
    return len(known.keys() ^ found)


def _known(school_id: int, dates: Collection[date]) -> dict[tuple[date, int], int]:
    rows = OwnTimeClass.objects.filter(school=school_id, date__in=dates)
    return {(day, section_id): pk for pk, day, section_id in rows.values_list("pk", "date", "section_id")}
