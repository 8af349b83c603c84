"""Students without any class to be judged by (RD-02)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from reporting.rules.facts import MonthFacts
from reporting.rules.found import ERROR, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """Undetermined days that wait for no class; one finding a student."""
    explained = {(mark.student_id, mark.date) for mark in facts.untaken}
    explained |= {(work.student_id, work.date) for work in facts.open_work}
    open_days: dict[int, list[date]] = defaultdict(list)
    for day in facts.days:
        if day.status == "undetermined" and (day.student_id, day.date) not in explained:
            open_days[day.student_id].append(day.date)
    for student_id, days in open_days.items():
        yield Found(
            ERROR,
            "nothing_scheduled",
            "RD-02",
            f"{facts.people[student_id].name} has no class to be judged by on {counted(len(days), 'school day')}, "
            f"the first {day_in_words(min(days))}.",
            "Put the student on the rosters of classes in the next roster import (enrollments.csv), or end the "
            "school enrollment (school_enrollments.csv).",
            day=min(days),
            student_id=student_id,
            students=1,
        )
