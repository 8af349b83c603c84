"""Days of students that were shorter than a school day, with no reason for it on file (RD-01)."""

from collections import Counter
from collections.abc import Iterator

from attendance.rules.modes import OWN_TIME
from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """RD-01; of a day in own time the minutes assigned are its evidence (MS-22, RD-20)."""
    due = {day.date: day.minutes_due for day in facts.calendar if day.in_session and not day.is_short}
    meant = {(each.student_id, day) for each in facts.shorter_days for day in due if each.holds(day)}
    short = Counter(
        (day.date, day.mode in OWN_TIME)
        for day in facts.days
        if day.status != "undetermined"
        and 0 < day.minutes_required < due.get(day.date, 0)
        and (day.student_id, day.date) not in meant
    )
    for (day, own_time), students in sorted(short.items()):
        yield Found(
            WARNING,
            "short_own_time_day" if own_time else "short_student_day",
            "MS-22" if own_time else "RD-01",
            f"{counted(students, 'student')}{' in own time' if own_time else ''} had less than {due[day]} "
            f"instructional minutes of their own on {day_in_words(day)}.",
            "See whether every class gave its work for that day."
            if own_time
            else "See whether their schedules are complete, or whether classes of that day were voided. Early release, "
            "part-time and homebound instruction are entered at the student.",
            day=day,
            students=students,
        )
