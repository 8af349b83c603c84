"""Classes that nobody ever took: late and overdue, even where no day turns on them (MS-26, RD-25)."""

from collections import defaultdict
from collections.abc import Iterator

from attendance.rules.titles import meeting_title
from reporting.rules.class_facts import UntakenMeeting
from reporting.rules.facts import MonthFacts
from reporting.rules.found import WARNING, Found
from reporting.rules.wording import counted, day_in_words


def check(facts: MonthFacts) -> Iterator[Found]:
    """One finding a teacher; a class on which a day turns is a finding of its own (RD-03)."""
    turning = {each.meeting_id for each in facts.untaken}
    by_teacher: dict[str, list[UntakenMeeting]] = defaultdict(list)
    for meeting in facts.untaken_meetings:
        if meeting.meeting_id not in turning:
            by_teacher[meeting.teacher].append(meeting)
    for teacher, meetings in sorted(by_teacher.items()):
        first = min(meetings, key=lambda each: (each.date, each.meeting_id))
        yield Found(
            WARNING,
            "never_taken",
            "MS-26",
            f"{teacher or 'Nobody named'}: {counted(len(meetings), 'meeting')} of classes never taken, the first "
            f"{meeting_title(first.class_title, first.period)}, on {day_in_words(first.date)}. The days stand without.",
            "The teacher or the office marks them, late as they are; those that were not held are voided.",
            day=first.date,
            meeting_id=first.meeting_id,
        )
