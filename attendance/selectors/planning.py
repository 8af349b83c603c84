"""Teachers' planning time, computed from calendars, bells, classes and working days as they are on a date (MS-40)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from attendance.models import SectionMeetingTime, StaffHours
from attendance.rules.minutes import Span, minute_of
from attendance.rules.planning_time import MOST_DAYS, PlanningTime, WorkDay, level_of, planning_time
from attendance.rules.schedule import MeetingTime, SchoolDay, expected_meetings
from attendance.selectors.school_bells import grades_at
from attendance.selectors.school_weeks import SchoolWeek, school_weeks
from students.access import Scope
from students.models import Section, SectionTeacher, User


@dataclass(frozen=True, slots=True)
class TeacherPlanning:
    """A teacher with the planning time of a week, in the school where the most classes are."""

    user_id: int
    name: str
    school_id: int
    time: PlanningTime


def planning_of(scope: Scope, school_ids: Collection[int], on: date) -> list[TeacherPlanning]:
    """The planning time of everybody who teaches in some schools on a date, by name; seven statements.

    The classes of other schools are taken off, too. The caller took the schools from the scope.
    """
    teaching = _teaching(school_ids, on)
    classes = _classes({section for sections in teaching.values() for section in sections}, on)
    schools = {each.school_id for each in classes}
    timetable = _Timetable(
        classes,
        school_weeks(scope, schools, on),
        staff_hours_on(scope, schools, on),
        grades_at(scope, schools),
    )
    found = []
    for user, sections in teaching.items():
        home = timetable.home_of(sections)
        if home is not None and home in school_ids and (time := timetable.planning(sections, home)):
            found.append(TeacherPlanning(user.pk, user.full_name, home, time))
    return sorted(found, key=lambda each: (each.name, each.user_id))


def staff_hours_on(scope: Scope, school_ids: Collection[int], on: date) -> dict[int, StaffHours]:
    """The teachers' working day of each school that says one; one statement. The caller took the schools."""
    begun = StaffHours.objects.filter(school__in=school_ids, starts_on__lte=on).order_by("starts_on")
    return {each.school_id: each for each in begun}


@dataclass(frozen=True, slots=True)
class _Class:
    """A section with what it needs to be met."""

    id: int
    school_id: int
    grades: frozenset[str]
    meets: Sequence[MeetingTime]


@dataclass(frozen=True)
class _Timetable:
    """When the classes of some schools meet."""

    classes: Sequence[_Class]
    weeks: Mapping[int, SchoolWeek]
    hours: Mapping[int, StaffHours]
    grades: Mapping[int, Sequence[str]]

    def home_of(self, sections: Collection[int]) -> int | None:
        """The school in which most of somebody's classes meet."""
        met = Counter(each.school_id for each in self._of(sections) for _ in each.meets)
        return max(sorted(met), key=lambda school_id: met[school_id], default=None)

    def planning(self, sections: Collection[int], home: int) -> PlanningTime | None:
        """The planning time of who teaches some sections; None where the school has no days to tell it by."""
        week = self.weeks.get(home)
        if not week:
            return None
        held = [(name, day) for name, day in week.days if day.periods]
        days = [replace(self._work_day(name, day, sections, home), times=week.times[name]) for name, day in held]
        if not 0 < len(days) <= MOST_DAYS:
            return None
        taught = {grade for each in self._of(sections) for grade in each.grades}
        level = level_of(taught or self.grades[home], self.grades[home])
        return planning_time(days, level, is_cycle=week.is_cycle)

    def _work_day(self, name: str, day: SchoolDay, sections: Collection[int], home: int) -> WorkDay:
        spans = [span for school_id in self.weeks for span in self._spans(school_id, day.date, sections)]
        return WorkDay(name, self._working(day, home), day.periods, spans)

    def _working(self, day: SchoolDay, home: int) -> Span:
        """The teachers' working day: as the school says, else from the first bell to the last."""
        if hours := self.hours.get(home):
            return Span(minute_of(hours.starts_at), minute_of(hours.ends_at))
        spans = [period.times.span for period in day.periods]
        return Span(min(span.starts for span in spans), max(span.ends for span in spans))

    def _spans(self, school_id: int, day: date, sections: Collection[int]) -> list[Span]:
        """When somebody's classes of a school meet on a date."""
        return [span for section in sections for span in self._met(school_id, day).get(section, ())]

    def _met(self, school_id: int, day: date) -> Mapping[int, Sequence[Span]]:
        key = (school_id, day)
        if key not in self._cache:
            held = self.weeks[school_id].by_date.get(day)
            times = [time for each in self.classes if each.school_id == school_id for time in each.meets]
            found: dict[int, list[Span]] = defaultdict(list)
            for meeting in expected_meetings(held, times) if held else ():
                found[meeting.section_id].append(meeting.times.span)
            self._cache[key] = found
        return self._cache[key]

    @cached_property
    def _cache(self) -> dict[tuple[int, date], Mapping[int, Sequence[Span]]]:
        return {}

    def _of(self, sections: Collection[int]) -> list[_Class]:
        return [self._by_id[section] for section in sections if section in self._by_id]

    @cached_property
    def _by_id(self) -> Mapping[int, _Class]:
        return {each.id: each for each in self.classes}


def _teaching(school_ids: Collection[int], on: date) -> dict[User, set[int]]:
    """The sections of everybody who is a teacher of record in some schools; of all schools, those taught with others
    too. Where the roster names no teacher of record for a section, each of its teachers is one.
    """
    rows = SectionTeacher.objects.holding_on(on)
    here = list(rows.filter(section__school__in=school_ids).values_list("section_id", "user_id", "is_primary"))
    named = {section for section, _, is_primary in here if is_primary}
    of_record = {user for section, user, is_primary in here if is_primary or section not in named}
    found: dict[User, set[int]] = defaultdict(set)
    for row in rows.filter(user__in=of_record).select_related("user"):
        found[row.user].add(row.section_id)
    return found


def _classes(section_ids: Iterable[int], on: date) -> list[_Class]:
    """The sections with the periods in which they meet on a date, on whichever days of the rotation."""
    rows = SectionMeetingTime.objects.holding_on(on).filter(section__in=section_ids).select_related("section")
    meets: dict[int, list[MeetingTime]] = defaultdict(list)
    sections: dict[int, Section] = {}
    for row in rows:
        section = sections.setdefault(row.section_id, row.section)
        # Without dates of their own: what holds on the date is put on the days of a usual week.
        rotation, grades = tuple(row.rotation_days), frozenset(section.grades)
        meets[section.pk].append(MeetingTime(section.pk, row.period, date.min, None, rotation, grades))
    return [_Class(pk, each.school_id, frozenset(each.grades), meets[pk]) for pk, each in sections.items()]
