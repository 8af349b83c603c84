"""Notices that the School Attendance Officer got late, or has not got (ST-02)."""

from collections.abc import Iterator

from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Notices due in the month: late ones are a fact, missing ones can still be sent, late as they are."""
    late = [each for each in facts.late_notices if each.reported_on is not None]
    missing = [each for each in facts.late_notices if each.reported_on is None]
    if late:
        days = max((each.reported_on - each.due_on).days for each in late if each.reported_on)
        yield Found(
            WARNING,
            "truancy_notice_late",
            "ST-02",
            f"{counted(len(late), 'notice')} of truancy reached the officer late, by up to {counted(days, 'day')}.",
            "They stay as they were sent; be ready to say why.",
            day=min(each.due_on for each in late),
            students=len({each.student_id for each in late}),
        )
    if missing:
        first = min(each.due_on for each in missing)
        yield Found(
            WARNING,
            "truancy_notice_not_sent",
            "ST-02",
            f"{counted(len(missing), 'notice')} of truancy not reported, the first due on {day_in_words(first)}.",
            "Report them under Truancy today, late as they are.",
            day=first,
            students=len({each.student_id for each in missing}),
        )
