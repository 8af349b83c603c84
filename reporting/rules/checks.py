"""The edit checks of a month: what blocks it while it can be mended, and what is only to be known (RD-71)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from attendance.rules.modes import OWN_TIME
from attendance.rules.titles import meeting_title
from reporting.rules.enrollment_checks import enrollment_findings
from reporting.rules.excuse_checks import excuse_findings
from reporting.rules.facts import LedgerDifference, MonthFacts, UntakenMark
from reporting.rules.found import ERROR, WARNING, Found
from reporting.rules.law_checks import law_findings
from reporting.rules.own_time_checks import own_time_findings
from reporting.rules.wording import counted, day_in_words


def check_month(facts: MonthFacts, differences: Iterable[LedgerDifference]) -> list[Found]:
    """Every finding of a month: errors first, then by date."""
    found = [
        *_codes(facts),
        *_not_opened(facts),
        *_ledger(facts, differences),
        *_untaken(facts),
        *own_time_findings(facts),
        *_undetermined_otherwise(facts),
        *_state_ids(facts),
        *enrollment_findings(facts),
        *excuse_findings(facts),
        *_short_bells(facts),
        *_short_days_of_students(facts),
        *law_findings(facts),
    ]
    return sorted(found, key=lambda each: (each.severity != ERROR, each.day or facts.starts_on))


def _codes(facts: MonthFacts) -> Iterator[Found]:
    if not re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{3}", facts.school.organization):
        yield Found(
            ERROR,
            "no_state_code",
            "MS-37",
            f"{facts.school.name} has no complete state code: “{facts.school.organization}”.",
            "Give the district's dddd and the school's dddd-sss in orgs.identifier of the next roster import.",
        )


def _not_opened(facts: MonthFacts) -> Iterator[Found]:
    session_days = facts.session_days
    if session_days and (facts.opened_through is None or facts.opened_through < session_days[-1]):
        opened = f"only to {day_in_words(facts.opened_through)}" if facts.opened_through else "not at all"
        yield Found(
            ERROR,
            "days_not_opened",
            "RD-10",
            f"The days of this month are opened {opened}; the month ends on {day_in_words(facts.ends_on)}.",
            "The worker opens each day in the morning: see that it runs, then build the month again.",
        )


def _ledger(facts: MonthFacts, differences: Iterable[LedgerDifference]) -> Iterator[Found]:
    for difference in differences:
        day = difference.date.isoformat()
        yield Found(
            ERROR,
            "ledger_differs",
            "",
            f"The ledger is not what the marks of {day_in_words(difference.date)} say, "
            f"for {counted(difference.students, 'student')}.",
            f"Run manage.py rebuild_attendance --school {facts.school.organization} --from {day} --to {day}.",
            day=difference.date,
            students=difference.students,
        )


def _untaken(facts: MonthFacts) -> Iterator[Found]:
    by_meeting: dict[int, list[UntakenMark]] = defaultdict(list)
    for untaken in facts.untaken:
        by_meeting[untaken.meeting_id].append(untaken)
    for meeting_id, marks in by_meeting.items():
        first, students = marks[0], len({mark.student_id for mark in marks})
        what = f"{meeting_title(first.class_title, first.period)}, on {day_in_words(first.date)}"
        turning = "The day of 1 student turns on it" if students == 1 else f"The days of {students} students turn on it"
        yield Found(
            ERROR,
            "meeting_unmarked" if first.taken else "meeting_untaken",
            "RD-03",
            f"{what}: {f'{students} on the roster unmarked' if first.taken else 'not taken'}. {turning}.",
            f"{first.teacher or 'The teacher'} or the office marks the class; a class that was not held is voided.",
            day=first.date,
            meeting_id=meeting_id,
            students=students,
        )


def _undetermined_otherwise(facts: MonthFacts) -> Iterator[Found]:
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


def _state_ids(facts: MonthFacts) -> Iterator[Found]:
    listed = {day.student_id for day in facts.days} | {each.student_id for each in facts.enrollments}
    for student_id in sorted(listed):
        person = facts.people[student_id]
        if not person.state_id:
            yield Found(
                ERROR,
                "no_state_id",
                "MS-37",
                f"{person.name} has no state id, and the state's file needs one.",
                "Give the nine digits in users.identifier of the next roster import.",
                student_id=student_id,
                students=1,
            )


def _short_bells(facts: MonthFacts) -> Iterator[Found]:
    for day in facts.calendar:
        if day.is_short:
            yield Found(
                WARNING,
                "short_day",
                "MS-02",
                f"{day_in_words(day.date)} offered {day.minutes_offered} instructional minutes; "
                f"every school day offers {day.minutes_due}.",
                "The day is over and stays as it was; be ready to say why.",
                day=day.date,
            )


def _short_days_of_students(facts: MonthFacts) -> Iterator[Found]:
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
