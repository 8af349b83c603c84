"""What of a school's calendar is unlawful in a month."""

from datetime import date

from attendance.rules.filing_year import year_around
from attendance.rules.lawful_calendar import Code, Fault, LawfulCalendar
from attendance.selectors.calendar_law import calendar_laws
from attendance.selectors.calendar_law_words import fault_words
from reporting.rules.facts import CalendarFault
from students.access import Scope


def calendar_faults(scope: Scope, school_id: int, from_date: date, to_date: date) -> list[CalendarFault]:
    """The faults of the days of a month, both dates inclusive, and of its year; seven statements.

    The caller took the school from the scope.
    """
    law = calendar_laws(scope, [school_id], year_around(from_date)).get(school_id)
    if law is None:
        return []
    found = [fault for fault in law.faults if _is_told(law, fault, from_date, to_date)]
    return [CalendarFault(fault.day, fault.code, fault.rule, fault_words(fault, law)) for fault in found]


def _is_told(law: LawfulCalendar, fault: Fault, from_date: date, to_date: date) -> bool:
    """Short days are found one by one elsewhere; days can only be missing of a calendar that is known to be whole."""
    if fault.day is None:
        return law.is_adopted
    return from_date <= fault.day <= to_date and fault.code != Code.UNDER_MINIMUM
