"""What the demo's students did in own time: in the LMS, in packets handed in each week, in talks with their teachers.

Who was away on a day by the year's plan did nothing for it. Entered through the week before last; of last week some
classes still wait for their teacher.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32
from zoneinfo import ZoneInfo

from django.db import connection

from attendance.demo.calendar import session_days
from attendance.demo.cast import DISTRICT_ADMINISTRATOR, TODAY
from attendance.demo.hours import too_early, too_late
from attendance.demo.marks import Whereabouts
from attendance.demo.modes import own_time_spans, quarantined, works_in_own_time
from attendance.demo.people import Pupil, pupils
from attendance.demo.schools import SCHOOLS
from attendance.demo.year import Marks
from attendance.models import Assignment, DayReview, Engagement, Interaction, WeekReport
from attendance.rules.modes import ASYNC_ONLINE, OFFLINE
from students.access import Scope
from students.models import SectionTeacher, Student, User

LAST_WEEK = date(2020, 10, 19)
THIS_WEEK = LAST_WEEK + timedelta(days=7)
# One class in so many is not entered for last week, or not reported; so many talks were never held, and works done.
LEFT_OUT, NOT_HELD, NOT_DONE, NOT_TOLD = 6, 29, 40, 5

_CLASSES = """
    SELECT roster.student_id, meeting.date, meeting.section_id, SUM(meeting.instructional_minutes)
    FROM attendance_classmeeting meeting
    JOIN students_sectionenrollment roster ON roster.section_id = meeting.section_id
        AND meeting.date >= roster.starts_on AND meeting.date <= COALESCE(roster.ends_on, 'infinity')
    WHERE roster.student_id = ANY(%s) AND meeting.date <= %s
    GROUP BY roster.student_id, meeting.date, meeting.section_id
    ORDER BY roster.student_id, meeting.date, meeting.section_id
"""


@dataclass(frozen=True)
class Day:
    """One student's day, with the minutes of each class."""

    pupil: Pupil
    student_id: int
    on: date
    was_away: bool
    classes: Mapping[int, int]

    @property
    def week(self) -> date:
        """Its Monday."""
        return self.on - timedelta(days=self.on.weekday())

    def chance(self, what: object, of: int) -> bool:
        """One time in so many, the same every time."""
        return crc32(f"{what} {self.pupil.number} {self.on}".encode()) % of == 0

    def was_done(self, section_id: int) -> bool:
        """Whether the work of a class was done; one in so many never is."""
        return not self.was_away and not self.chance(section_id, NOT_DONE)


def write_own_time(scope: Scope, marks: Marks) -> None:
    """Everything that stands in the place of marks for those who work in own time, or are in quarantine."""
    zone = ZoneInfo(scope.zone)
    teachers = dict(SectionTeacher.objects.filter(is_primary=True).values_list("section_id", "user_id"))
    days = _days(marks)
    own = [day for day in days if works_in_own_time(day.pupil.number, day.on)]
    administrator = User.objects.get(username=DISTRICT_ADMINISTRATOR.username)
    online = [day for day in own if _mode(day) == ASYNC_ONLINE]
    Engagement.objects.bulk_create(event for day in online for event in _events(scope, day, zone, administrator))
    in_quarantine = [day for day in days if day.pupil.number in quarantined() and day.on >= LAST_WEEK]
    reviews = [review for day in [*own, *in_quarantine] for review in _reviews(day, teachers, zone)]
    DayReview.objects.bulk_create(reviews, batch_size=2000)
    Interaction.objects.bulk_create(_talks(own, teachers, zone), batch_size=2000)
    Assignment.objects.bulk_create(_assignments(own, teachers, zone))
    WeekReport.objects.bulk_create(_reports(own, teachers, zone), batch_size=2000)


def _days(marks: Marks) -> list[Day]:
    chosen = {pupils()[number].source_id: pupils()[number] for number in [*own_time_spans(), *quarantined()]}
    known = Student.objects.filter(source_id__in=chosen).values_list("pk", "source_id")
    by_id = {pk: chosen[source_id] for pk, source_id in known}
    classes: dict[tuple[int, date], dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_CLASSES, [list(by_id), TODAY])
        for student_id, day, section_id, minutes in cursor.fetchall():
            classes[student_id, day][section_id] = minutes
    return [
        Day(by_id[student], student, day, _was_away(by_id[student], marks.get((by_id[student].number, day))), held)
        for (student, day), held in classes.items()
    ]


def _was_away(pupil: Pupil, seen: Whereabouts | None) -> bool:
    """Whether the year's plan made the day an absence."""
    if seen is None:
        return False
    school = SCHOOLS[pupil.home.school]
    return seen.came >= min(too_late(school)) or seen.left <= max(too_early(school))


def _mode(day: Day) -> str:
    return own_time_spans()[day.pupil.number].mode


def _events(scope: Scope, day: Day, zone: ZoneInfo, administrator: User) -> Iterator[Engagement]:
    """One or two sittings in the LMS, in the middle of the day or in the evening."""
    if day.was_away:
        return
    for number in range(1 + day.chance("evening", 3)):
        minute = 9 * 60 + crc32(f"{day.pupil.number} {day.on} {number}".encode()) % 300 + number * 300
        at = datetime.combine(day.on, time(minute // 60, minute % 60), zone)
        if at > scope.now:
            continue
        yield Engagement(
            event_id=f"magnolia-lms-{day.pupil.state_id}-{day.on}-{number}",
            source="lms_file",
            student_id=day.student_id,
            section_id=sorted(day.classes)[minute % len(day.classes)],
            measure="lms_activity",
            happened_at=at,
            day=day.on,
            minutes=25 + minute % 60,
            received_by=administrator,
            received_at=min(scope.now, datetime.combine(day.on + timedelta(days=1), time(5), zone)),
        )


def _reviews(day: Day, teachers: Mapping[int, int], zone: ZoneInfo) -> Iterator[DayReview]:
    """What the teachers entered of a day. Where the LMS said it, nobody had to."""
    in_quarantine = day.pupil.number in quarantined()
    online = not in_quarantine and _mode(day) == ASYNC_ONLINE
    if day.week >= THIS_WEEK or (online and not day.was_away):
        return
    friday = max(each for each in session_days() if day.week <= each < day.week + timedelta(days=7))
    entered_at = datetime.combine(friday, time(15, 20), zone)
    for section_id, minutes in day.classes.items():
        if day.week == LAST_WEEK and section_id % LEFT_OUT == 0:
            continue
        done = day.was_done(section_id)
        review = DayReview(student_id=day.student_id, section_id=section_id, date=day.on)
        review.entered_by_id, review.entered_at = teachers[section_id], entered_at
        if in_quarantine:
            review.work_done = not day.was_away
        elif not online:
            review.minutes, review.handed_in_on = (minutes, friday) if done else (0, None)
        yield review


def _talks(own: list[Day], teachers: Mapping[int, int], zone: ZoneInfo) -> Iterator[Interaction]:
    """One talk a week in each class, on its last day of the week; a few were never held."""
    last: dict[tuple[int, int, date], Day] = {}
    for day in own:
        last.update({(day.student_id, section_id, day.week): day for section_id in day.classes})
    for (student_id, section_id, week), day in last.items():
        if week >= THIS_WEEK or day.chance(section_id, NOT_HELD):
            continue
        at = datetime.combine(day.on, time(13, 10), zone)
        yield Interaction(
            submission_id=uuid5(NAMESPACE_URL, f"demo talk {section_id} {week}"),
            student_id=student_id,
            section_id=section_id,
            kind="group" if section_id % 2 else "one_to_one",
            happened_at=at,
            day=day.on,
            minutes=15,
            entered_by_id=teachers[section_id],
            entered_at=at + timedelta(minutes=20),
        )


def _assignments(own: list[Day], teachers: Mapping[int, int], zone: ZoneInfo) -> Iterator[Assignment]:
    """What was given to those offline last week and this one: as much as their classes would take."""
    given = {
        (section_id, day.on): minutes
        for day in own
        if day.week >= LAST_WEEK and _mode(day) in OFFLINE
        for section_id, minutes in day.classes.items()
    }
    for (section_id, on), minutes in given.items():
        monday = on - timedelta(days=on.weekday())
        yield Assignment(
            submission_id=uuid5(NAMESPACE_URL, f"demo work {section_id} {on}"),
            section_id=section_id,
            date=on,
            title=f"Packet {monday.isocalendar().week - 32}, part {on.weekday() + 1}",
            minutes=minutes,
            entered_by_id=teachers[section_id],
            entered_at=datetime.combine(monday - timedelta(days=3), time(14, 30), zone),
        )


def _reports(own: list[Day], teachers: Mapping[int, int], zone: ZoneInfo) -> Iterator[WeekReport]:
    """What the school was told of the weeks that are over, but for some of last week's classes (MS-24b)."""
    told: dict[tuple[int, date], dict[int, bool]] = defaultdict(dict)
    for day in (each for each in own if each.week < THIS_WEEK):
        for section_id in day.classes:
            if day.week == LAST_WEEK and (section_id % LEFT_OUT == 0 or section_id % NOT_TOLD == 0):
                continue
            done = not day.was_away if _mode(day) == ASYNC_ONLINE else day.was_done(section_id)
            students = told[section_id, day.week]
            students[day.student_id] = students.get(day.student_id, True) and done
    for (section_id, week), students in told.items():
        yield WeekReport(
            submission_id=uuid5(NAMESPACE_URL, f"demo report {section_id} {week}"),
            section_id=section_id,
            week_starts_on=week,
            completed=[student for student, done in students.items() if done],
            not_completed=[student for student, done in students.items() if not done],
            reported_by_id=teachers[section_id],
            reported_at=datetime.combine(week + timedelta(days=4), time(15, 40), zone),
        )
