"""One day of calendars as the page that changes it needs it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from attendance.models import BellSchedule, CalendarDay, CalendarEdit, WaivedDay
from attendance.rules.calendar_edit import DayValues
from attendance.rules.filing_year import YearSpan, year_around
from attendance.selectors.calendar_entries import CalendarEntry, entries_of
from attendance.selectors.calendar_law import standing_waivers
from attendance.selectors.calendar_words import entry_words
from attendance.selectors.calendar_year import DayLine, SchoolCalendars, school_calendars
from attendance.selectors.local_times import local_time
from students.access import Scope

FIELDS = tuple(field.name for field in fields(DayValues))


@dataclass(frozen=True, slots=True)
class Earlier:
    """A change of the day: what it was and what it became in some schools (none named: in all that are shown), by
    whom, when (local) and why. Without a person a file brought it.
    """

    schools: Sequence[str]
    was: str
    became: str
    by: str
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class CalendarDayPage:
    """A date of the calendars. `common` holds what all schools say alike, `mixed` the names of what they do not."""

    date: date
    calendars: SchoolCalendars
    lines: Sequence[DayLine]
    common: Mapping[str, Any]
    mixed: Collection[str]
    bells: Sequence[str]
    rotation_days: Sequence[str]
    waivers: Sequence[WaivedDay]
    history: Sequence[Earlier]


def calendar_day(scope: Scope, school_id: int | None, day: date) -> CalendarDayPage:
    """A date in one school's calendar, or in those of all that somebody reads.

    Raises NotInScope, or Refused for a date of no school year.
    """
    calendars = school_calendars(scope, school_id, year_around(day).first.year)
    schools = [each.pk for each in calendars.shown]
    rows = list(CalendarDay.objects.filter(school__in=schools, date=day).select_related("bell_schedule"))
    values = [_values(row) for row in rows]
    mixed = {name for name in FIELDS for found in [{each[name] for each in values}] if len(found) > 1}
    common = {name: values[0][name] for name in FIELDS if values and name not in mixed}
    rotations = CalendarDay.objects.filter(school__in=schools, date__range=year_around(day)).exclude(rotation_day="")
    return CalendarDayPage(
        date=day,
        calendars=calendars,
        lines=calendars.lines(day),
        common=common,
        mixed=mixed,
        bells=sorted(set(BellSchedule.objects.filter(school__in=schools).values_list("name", flat=True))),
        rotation_days=sorted(set(rotations.values_list("rotation_day", flat=True))),
        waivers=standing_waivers(scope, schools, YearSpan(day, day)),
        history=_history(scope, calendars, rows),
    )


def _values(row: CalendarDay) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in FIELDS}
    return values | {"bell_schedule": row.bell_schedule.name if row.bell_schedule else ""}


def _history(scope: Scope, calendars: SchoolCalendars, rows: Sequence[CalendarDay]) -> Sequence[Earlier]:
    """The changes of the day, the latest first. A trigger kept each row as it stood before a change; who changed it
    stands in the row that followed.
    """
    kept = apps.get_model("attendance", "CalendarDayEvent").objects.filter(pgh_obj__in=rows, pgh_label="update")
    versions: dict[int, list[Any]] = {row.pk: [] for row in rows}
    for event in kept.select_related("bell_schedule").order_by("pgh_id"):
        versions[event.id].append(_as_it_stood(event))
    stood = [each for row in rows for each in [*versions[row.pk], row]]
    words = {id(each): _words(each, entry) for each, entry in zip(stood, entries_of(scope, stood), strict=True)}
    pairs = [pair for row in rows for pair in pairwise([*versions[row.pk], row])]
    signed = CalendarEdit.objects.select_related("edited_by").in_bulk([_edit(*pair) for pair in pairs if _edit(*pair)])
    names = {each.pk: each.name for each in calendars.schools}
    alike: dict[tuple[Any, ...], list[str]] = {}
    for before, after in pairs:
        edit = signed.get(_edit(before, after) or 0)
        change = (edit.pk if edit else None, edit, words[id(before)], words[id(after)])
        alike.setdefault(change, []).append(names[after.school_id])
    # Files carry no hour of their own: what they changed stands below what people did.
    found = sorted(alike.items(), key=lambda each: each[0][0] or 0, reverse=True)
    return [_earlier(scope, calendars, edit, was, became, schools) for (_pk, edit, was, became), schools in found]


def _as_it_stood(event: Any) -> CalendarDay:
    """The row of a history as the day that it was; its bells may have gone since."""
    names = [field.attname for field in CalendarDay._meta.concrete_fields if field.name != "bell_schedule"]
    return CalendarDay(**{name: getattr(event, name) for name in names}, bell_schedule=event.bell_schedule)


def _edit(before: Any, after: Any) -> int | None:
    """The change on a page that made one row another; None where a file did."""
    if after.edit_id != before.edit_id:
        return after.edit_id
    return after.month_edit_id if after.month_edit_id != before.month_edit_id else None


def _words(row: Any, entry: CalendarEntry) -> str:
    month = _("month %(month)s") % {"month": row.reporting_month} if row.reporting_month else _("no month")
    return f"{entry_words(entry)}, {month}"


def _earlier(
    scope: Scope, calendars: SchoolCalendars, edit: CalendarEdit | None, was: str, became: str, schools: list[str]
) -> Earlier:
    named = schools if len(schools) < len(calendars.shown) else []
    if edit is None:
        return Earlier(named, was, became, "", None, "")
    return Earlier(named, was, became, edit.edited_by.full_name, local_time(scope, edit.edited_at), edit.reason)
