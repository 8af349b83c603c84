"""What a month says of its weeks in own time: entries, interactions and the weekly lists (MS-21 to MS-26, RD-71).

Work that was never entered can still be, and blocks the month while the status of a day turns on it; what was missed is
a fact.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from reporting.rules.facts import MissedInteractions, MonthFacts, OpenWork
from reporting.rules.found import ERROR, WARNING, Found
from reporting.rules.wording import counted, day_in_words, first_of

MOST_NAMED = 10


def check(facts: MonthFacts) -> Iterator[Found]:
    """Every finding of classes done in own time."""
    yield from _open_work(facts)
    yield from _missed_interactions(facts)
    yield from _unreported(facts)
    yield from _late(facts)


def _open_work(facts: MonthFacts) -> Iterator[Found]:
    by_class: dict[tuple[bool, date, int], list[OpenWork]] = defaultdict(list)
    for work in facts.open_work:
        by_class[work.turns, work.monday, work.section_id].append(work)
    for (turns, monday, _section_id), works in by_class.items():
        first, students = works[0], len({work.student_id for work in works})
        what = f"{first.class_title}, week of {day_in_words(monday)}: {counted(len(works), 'day')} of "
        turning = "status turns on it" if turns else "the days stand without it"
        yield Found(
            ERROR if turns else WARNING,
            "work_not_entered" if turns else "work_not_entered_in_time",
            "MS-26",
            f"{what}{counted(students, 'student')} in own time not entered; {turning}.",
            f"{first.teacher or 'The teacher'} or the office enters the week of the class, late as it is.",
            day=min(work.date for work in works),
            students=students,
            section_id=first.section_id,
        )


def _missed_interactions(facts: MonthFacts) -> Iterator[Found]:
    """One finding a teacher of record: a district online has thousands of such weeks."""
    by_teacher: dict[str, list[MissedInteractions]] = defaultdict(list)
    for missed in facts.missed_interactions:
        by_teacher[missed.teacher].append(missed)
    for teacher, missed_weeks in sorted(by_teacher.items()):
        first = min(missed_weeks, key=lambda each: (each.monday, each.class_title))
        students = sum(each.students for each in missed_weeks)
        yield Found(
            WARNING,
            "missed_interaction",
            "RD-24",
            f"{teacher or 'Nobody'} is the teacher of record of {counted(students, 'week')} of students in own time "
            f"without an interaction, the first in {first.class_title}, week of {day_in_words(first.monday)}.",
            "If there was a talk, log it with its own day; otherwise be ready to say why.",
            day=first.day,
            students=students,
            section_id=first.section_id,
        )


def _unreported(facts: MonthFacts) -> Iterator[Found]:
    """One finding for all of them, with who owes how many."""
    if not facts.unreported_weeks:
        return
    owing = Counter(week.teacher or "nobody" for week in facts.unreported_weeks)
    named = [f"{teacher} ({number})" for teacher, number in sorted(owing.items())]
    yield Found(
        WARNING,
        "weeks_not_reported",
        "MS-24b",
        f"Of {counted(len(facts.unreported_weeks), 'week')} of classes the school was not told who completed the "
        f"assignments and who did not: {first_of(named, MOST_NAMED)}.",
        "The teachers, or the office, report the weeks of their classes.",
        day=min(week.day for week in facts.unreported_weeks),
    )


def _late(facts: MonthFacts) -> Iterator[Found]:
    for late in facts.late_entries:
        yield Found(
            WARNING,
            "entered_late",
            "RD-25",
            f"{late.teacher or 'Nobody named'}: {counted(late.classes, 'week')} of classes entered late, by up to "
            f"{counted(late.days, 'day')}.",
            "The entries stand, and their lateness with them; be ready to say why.",
        )
