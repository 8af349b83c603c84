"""Days that somebody changed on a page stand, whatever a file says of them; the plan warns of each that differs."""

from datetime import date

from django.db.models import Q

from attendance.imports.kinds import CALENDAR_DAYS
from attendance.models import CalendarDay
from attendance.rules.filing_year import YearSpan, year_around
from attendance.rules.reporting_months import month_of
from students.oneroster.draft import Draft, Key, Record
from students.oneroster.stored import Stored, stored_records

_MONTH = CALENDAR_DAYS.fields.index("reporting_month")
_STANDS = "A day was changed on the calendar's page and stays as it is there."
_NOT_LISTED = "A day was changed on the calendar's page and stays, though the file no longer lists it."
_MONTHS_STAND = "Reporting months were set on the calendar's page and stay as they are there."


def keep_edited_days(draft: Draft, file: str) -> None:
    """Put what was said on pages in the place of what the file says of those days, and of their months."""
    edited = _edited()
    if not edited:
        return
    wanted = draft.records[CALENDAR_DAYS.name]
    stored = stored_records(CALENDAR_DAYS)
    for key, (day_is, month_is) in edited.items():
        if key in wanted:
            wanted[key] = _kept(draft, wanted[key], stored[key], day_is, month_is)
        elif day_is and key[1] >= draft.today:
            draft.findings.warn(_NOT_LISTED, file)
            wanted[key] = Record(stored[key].values, file, 0)
    _place_later_days(draft, {key for key, (_, month_is) in edited.items() if month_is}, stored)


def _edited() -> dict[Key, tuple[bool, bool]]:
    """The days changed on pages: whether the day was, and whether its reporting month."""
    rows = CalendarDay.objects.filter(Q(edit__isnull=False) | Q(month_edit__isnull=False))
    return {
        (school, day): (edit is not None, month_edit is not None)
        for school, day, edit, month_edit in rows.values_list("school__source_id", "date", "edit", "month_edit")
    }


def _kept(draft: Draft, said: Record, stands: Stored, day_is: bool, month_is: bool) -> Record:
    values = list(stands.values if day_is else said.values)
    values[_MONTH] = stands.values[_MONTH] if month_is else said.values[_MONTH]
    if values[:_MONTH] + values[_MONTH + 1 :] != [*said.values[:_MONTH], *said.values[_MONTH + 1 :]]:
        draft.findings.warn(_STANDS, said.file, said.line)
    if values[_MONTH] != said.values[_MONTH]:
        draft.findings.warn(_MONTHS_STAND, said.file, said.line)
    return said._replace(values=tuple(values))


def _place_later_days(draft: Draft, months_set: set[Key], stored: dict[Key, Stored]) -> None:
    """Days that came to a year after its months were set on the page lie in those months, not in the file's."""
    starts: dict[YearSpan, dict[int, date]] = {}
    for key in sorted(months_set, key=lambda each: each[1]):
        if month := stored[key].values[_MONTH]:
            starts.setdefault(year_around(key[1]), {}).setdefault(month, key[1])
    wanted = draft.records[CALENDAR_DAYS.name]
    for key, record in wanted.items():
        if key not in months_set and record.values[_MONTH] and (begin := starts.get(year_around(key[1]))):
            month = month_of(key[1], begin) or min(begin)
            wanted[key] = record._replace(values=(*record.values[:_MONTH], month, *record.values[_MONTH + 1 :]))
