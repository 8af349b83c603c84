"""The rows of calendars in one school year, while a page changes some of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from attendance.models import BellSchedule, CalendarDay, CalendarEdit, GradeDay
from attendance.rules.calendar_edit import DayValues, edited, what_is_missing
from attendance.rules.filing_year import YearSpan
from attendance.rules.reporting_months import month_faults, month_of
from attendance.selectors.calendar_entries import CalendarEntry, entries_of
from attendance.selectors.school_years import session_months
from students.access import Scope
from students.refusals import Refused

Key = tuple[int, date]
_NAMES = tuple(field.name for field in fields(DayValues))
_WRITTEN = (*_NAMES, "reporting_month", "edit", "month_edit")


@dataclass(frozen=True)
class DaysEdit:
    """What shall be said of some days of some schools, both ends inclusive.

    `changes` by the names of DayValues; what is left out stays on each day as it is. One day that the calendar does
    not have is added; a run of days changes those that it has.
    """

    school_ids: tuple[int, ...]
    first_day: date
    last_day: date
    changes: Mapping[str, Any]

    @property
    def is_one_day(self) -> bool:
        """Whether it speaks of a single date."""
        return self.first_day == self.last_day


class CalendarRows:
    """A year's days of some schools, which the caller took from the scope and whose calendars it holds."""

    def __init__(self, scope: Scope, schools: Mapping[int, str], year: YearSpan) -> None:
        """Read the days, the schools' bell schedules, and where the district's reporting months begin."""
        self._scope, self._schools, self._year = scope, schools, year
        held = CalendarDay.objects.filter(school__in=schools, date__range=year).select_related("bell_schedule")
        self._rows: dict[Key, CalendarDay] = {(day.school_id, day.date): day for day in held}
        self._bells = {(each.school_id, each.name): each for each in BellSchedule.objects.filter(school__in=schools)}
        self._grades: dict[Key, list[str]] = {}
        for own in GradeDay.objects.filter(calendar_day__in=held).select_related("calendar_day"):
            self._grades.setdefault((own.calendar_day.school_id, own.calendar_day.date), []).append(own.grade)
        self._months = session_months(scope, *year)
        self._months_are_set_here = CalendarDay.objects.filter(date__range=year, month_edit__isnull=False).exists()

    def entries(self) -> dict[Key, CalendarEntry]:
        """The days as they are now, by date and school."""
        rows = sorted(self._rows.values(), key=lambda day: (day.date, day.school_id))
        return {(each.school_id, each.date): each for each in entries_of(self._scope, rows)}

    def called_off(self, key: Key) -> tuple[str, ...]:
        """The grades that had a day otherwise than their school, and lose it because nobody has school then."""
        return () if self._rows[key].in_session else tuple(self._grades.get(key, ()))

    def change(self, edit: DaysEdit) -> list[Key]:
        """Change the days in memory; those that become others. Raises Refused with what is wrong."""
        keys = [(school_id, day) for day in self._dates(edit) for school_id in sorted(self._schools)]
        changed = [key for key in keys if self._changed(key, edit.changes)]
        if not changed:
            raise Refused("Nothing would change: the calendar says this already.")
        return changed

    def _dates(self, edit: DaysEdit) -> Sequence[date]:
        if edit.is_one_day:
            return [edit.first_day]
        held = sorted({day for _, day in self._rows if edit.first_day <= day <= edit.last_day})
        if not held:
            raise Refused("The calendar has no day between these dates. Add days one by one.")
        return held

    def _changed(self, key: Key, changes: Mapping[str, Any]) -> bool:
        row = self._rows.get(key)
        before = _values(row) if row else None
        if before is None and "event_type" not in changes:
            raise Refused(f"{self._named(key)}: the calendar does not have this day yet. Choose what it is.")
        shall = edited(before or DayValues(""), changes)
        if shall == before:
            return False
        if fault := what_is_missing(shall):
            raise Refused(f"{self._named(key)}: {fault}")
        self._assign(key, row or CalendarDay(school_id=key[0], date=key[1]), shall)
        return True

    def _assign(self, key: Key, row: CalendarDay, shall: DayValues) -> None:
        for name in _NAMES:
            setattr(row, name, self._schedule(key, shall) if name == "bell_schedule" else getattr(shall, name))
        if row.reporting_month is None and row.in_session:
            row.reporting_month = self._month(row.date)
        try:
            row.clean_fields(exclude=("school", "bell_schedule", "edit", "month_edit"))
        except ValidationError as error:
            raise Refused(" ".join(error.messages)) from error
        self._rows[key] = row

    def _schedule(self, key: Key, shall: DayValues) -> BellSchedule | None:
        if not shall.bell_schedule:
            return None
        if found := self._bells.get((key[0], shall.bell_schedule)):
            return found
        raise Refused(f"{self._schools[key[0]]} has no bell schedule “{shall.bell_schedule}”.")

    def _month(self, day: date) -> int | None:
        """The month that a new day in session falls into; the first where the year begins earlier by it."""
        starts: dict[int, date] = {}
        for held, month in self._months:
            if month is not None:
                starts.setdefault(month, held)
        return month_of(day, starts) or min(starts, default=None)

    def _named(self, key: Key) -> str:
        return f"{self._schools[key[0]]}, {date_format(key[1], 'M j')}"

    def write(self, changed: Collection[Key], signed: CalendarEdit) -> None:
        """Write the days that were changed. Raises Refused where the reporting months no longer fit (RD-70)."""
        rows = [self._rows[key] for key in changed]
        new, known = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
        for row in rows:
            row.edit = signed
        for row in new:
            row.month_edit = signed if self._months_are_set_here else None
        CalendarDay.objects.bulk_create(new)
        CalendarDay.objects.bulk_update(known, _WRITTEN, batch_size=500)
        # A day that is called off is called off for the grades that had it otherwise, too.
        GradeDay.objects.filter(calendar_day__in=[row for row in known if not row.in_session]).delete()
        self._check_months()

    def _check_months(self) -> None:
        """What was at odds before is not this change's to mend."""
        stood = {fault.message for fault in month_faults((day, month) for day, month in self._months if month)}
        months = session_months(self._scope, *self._year)
        for fault in month_faults((day, month) for day, month in months if month):
            if fault.message not in stood:
                raise Refused(fault.message)


def _values(row: CalendarDay) -> DayValues:
    values: dict[str, Any] = {name: getattr(row, name) for name in _NAMES}
    values["bell_schedule"] = row.bell_schedule.name if row.bell_schedule else ""
    return DayValues(**values)
