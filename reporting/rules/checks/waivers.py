"""Waived days that do not stand: without a document or a reason, at the year's end, or never adopted (MS-01, RD-30)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.kinds import OF_WAIVERS, calendar_code
from reporting.rules.wording import day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Each fault of a waived day of the month; a waiver can be completed or withdrawn at any time."""
    for fault in facts.calendar_faults:
        if fault.day is not None and fault.code in OF_WAIVERS:
            yield Found(
                ERROR,
                calendar_code(fault.code),
                fault.rule,
                f"{day_in_words(fault.day)}: {fault.words}.",
                "See to it among the waived days of the calendar: name its document, or withdraw the waiver.",
                day=fault.day,
            )
