"""What hangs on some days of schools: class meetings and verdicts, and how two looks at them differ."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Q

from attendance.models import ClassMeeting, DailyAttendance, MeetingState, SchoolDays
from attendance.rules.titles import meeting_title
from students.access import Scope
from students.models import Enrollment

NO_DAY = "no_day"
Times = tuple[time, time, int]


@dataclass(frozen=True, slots=True)
class MeetingChanges:
    """How many class meetings come, go, and are held at other times."""

    added: int
    removed: int
    moved: int


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """Days of students that were one thing and are another; `no_day` where there is none."""

    before: str
    after: str
    days: int


@dataclass(frozen=True)
class Standing:
    """Class meetings with their times, and verdicts by student and date (`absent excused`), as they stand."""

    meetings: Mapping[int, Times]
    verdicts: Mapping[tuple[int, date], str]

    def meeting_changes(self, after: "Standing") -> MeetingChanges:
        """How the meetings of a later look differ from these."""
        both = self.meetings.keys() & after.meetings.keys()
        return MeetingChanges(
            added=len(after.meetings) - len(both),
            removed=len(self.meetings) - len(both),
            moved=sum(self.meetings[each] != after.meetings[each] for each in both),
        )

    def verdict_changes(self, after: "Standing") -> Sequence[VerdictChange]:
        """How the verdicts of a later look differ from these, the most frequent change first."""
        found = Counter(
            (self.verdicts.get(key, NO_DAY), after.verdicts.get(key, NO_DAY))
            for key in self.verdicts.keys() | after.verdicts.keys()
        )
        changed = [VerdictChange(was, shall, days) for (was, shall), days in found.items() if was != shall]
        return tuple(sorted(changed, key=lambda each: (-each.days, each.before, each.after)))


@dataclass(frozen=True, slots=True)
class TakenMeeting:
    """A class that was taken."""

    id: int
    title: str
    school: str
    date: date
    taken_by: str


def standing(scope: Scope, school_ids: Collection[int], from_date: date, to_date: date) -> Standing:
    """What stands on the days of some schools, both dates inclusive; two statements.

    The caller took the schools from the scope.
    """
    held = ClassMeeting.objects.filter(school__in=school_ids, date__range=(from_date, to_date)).order_by()
    meetings = held.values_list("pk", "starts_at", "ends_at", "instructional_minutes")
    days = DailyAttendance.objects.filter(school__in=school_ids, date__range=(from_date, to_date)).order_by()
    verdicts = days.values_list("student_id", "date", "status", "absence_kind")
    return Standing(
        {pk: times for pk, *times in meetings.iterator()},  # type: ignore[misc]
        {(student, day): f"{status} {kind}".strip() for student, day, status, kind in verdicts.iterator()},
    )


def opened_through(scope: Scope, school_ids: Collection[int]) -> dict[int, date]:
    """The last day that is opened of each school that opened one. The caller took the schools from the scope."""
    opened = SchoolDays.objects.filter(school__in=school_ids, opened_through__isnull=False)
    return {each.school_id: each.opened_through for each in opened if each.opened_through}


def students_from(scope: Scope, school_ids: Collection[int], day: date) -> dict[int, int]:
    """How many students are enrolled in each school from a day on. The caller took the schools from the scope."""
    standing_from = Enrollment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), school__in=school_ids)
    return dict(standing_from.order_by().values_list("school").annotate(Count("student", distinct=True)))


def taken_meetings(scope: Scope, days: Collection[tuple[int, date]]) -> Sequence[TakenMeeting]:
    """The classes taken on some days of schools, by date and time. The caller took the schools from the scope."""
    if not days:
        return ()
    wanted = Q()
    for school_id, day in days:
        wanted |= Q(school=school_id, date=day)
    held = ClassMeeting.objects.filter(wanted, state=MeetingState.TAKEN)
    return tuple(
        TakenMeeting(
            each.pk,
            meeting_title(each.section.course.title, each.period),
            each.school.name,
            each.date,
            each.taken_by.full_name if each.taken_by else "",
        )
        for each in held.select_related("section__course", "school", "taken_by").order_by("date", "starts_at", "pk")
    )
