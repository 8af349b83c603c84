"""What a month says of its school's calendar and teachers before the law: facts to be known, none blocks it (RD-71)."""

from collections.abc import Iterator

from reporting.rules.facts import CalendarFault, MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.kinds import OF_WAIVERS, calendar_code
from reporting.rules.wording import counted, day_in_words, first_of

MOST_NAMED = 10
_OF_THE_YEAR = "Make days up on the calendar, or waive those that were lost to COVID-19."
_OF_A_DAY = "See the calendars' page; if the day is over, be ready to say why."


def check(facts: MonthFacts) -> Iterator[Found]:
    """The faults of the calendar (MS-01, MS-38, ST-07), and teachers with too little planning time (MS-40)."""
    yield from (_fault(fault) for fault in facts.calendar_faults if fault.code not in OF_WAIVERS)
    if short := sorted(facts.short_planning):
        named = [f"{each.teacher} ({each.minutes} of {each.due} minutes)" for each in short]
        verb = "has" if len(short) == 1 else "have"
        yield Found(
            WARNING,
            "planning_time",
            "MS-40",
            f"{counted(len(short), 'teacher')} {verb} less planning time a week than is due: "
            f"{first_of(named, MOST_NAMED)}.",
            "See the planning times of the school beside its calendar: free a period, or say when its teachers work.",
        )


def _fault(fault: CalendarFault) -> Found:
    if fault.day is None:
        return Found(WARNING, calendar_code(fault.code), fault.rule, f"The calendar: {fault.words}.", _OF_THE_YEAR)
    message = f"{day_in_words(fault.day)}: {fault.words}."
    return Found(WARNING, calendar_code(fault.code), fault.rule, message, _OF_A_DAY, day=fault.day)
