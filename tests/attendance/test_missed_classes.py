"""RD-03, RD-25: a class that nobody took is missed where somebody was to come, in every mode and any history."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import CalendarDay, ClassMeeting, DailyAttendance, GradeDay, Mark, ModeAssignment, OwnTimeClass
from attendance.selectors.entry_lines import Asked
from attendance.selectors.missed_classes import Missed, MissedDays, missed_classes
from attendance.selectors.missing_meetings import missing_meetings
from attendance.selectors.own_time_classes import sections_in_own_time
from attendance.selectors.unmarked import not_of_everybody, unmarked_students
from attendance.services.own_time_classes import find_own_time_news, wrong_own_time_classes
from students.models import Enrollment, SectionEnrollment
from tests.attendance.acts import meeting_of, open_both_schools, take, void
from tests.attendance.modes.weeks import MONDAY, in_own_time, judged
from tests.world import CAST, TODAY, YEAR_STARTS, World, at, make_world

DAYS = [*(MONDAY + timedelta(days=each) for each in range(5)), TODAY - timedelta(days=1)]
LATE_FROM, WEEK_AGO = DAYS[2], TODAY - timedelta(days=7)
STUDENTS, PERIODS = ["Abara", "Castillo"], ["1", "2"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "own time",
                "all in own time",
                "joins",
                "leaves",
                "drops",
                "gone",
                "withdraws",
                "no show",
                "off",
                "find",
            ]
        ),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 5),
    ),
    max_size=8,
)
# Classes that are void, or taken of some students.
SETTLED = st.dictionaries(
    st.tuples(st.integers(0, 1), st.integers(0, 5)),
    st.sampled_from([None, [], STUDENTS[:1], STUDENTS[1:], STUDENTS]),
    max_size=6,
)


def missed(world: World, since: date = DAYS[0]) -> dict[int, Missed]:
    schools = [world.lincoln.pk, world.washington.pk]
    scope = world.installation
    with CaptureQueriesContext(connection) as sent:
        found = missed_classes(scope, schools, MissedDays(since, LATE_FROM, TODAY))
    assert len(sent) == 1
    return found


class AnyDays(TestCase):
    """Two students in two classes of six days; a class that was voided or taken is not asked about."""

    def setUp(self) -> None:
        self.world = open_both_schools(make_world())
        two = [self.world.students[each] for each in STUDENTS]
        SectionEnrollment.objects.exclude(student__in=two).delete()
        ClassMeeting.objects.exclude(section__in=[self.world.sections[each] for each in PERIODS]).delete()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS, SETTLED)
    @example([("all in own time", 0, 0, 2), ("all in own time", 1, 1, 2)], {(0, 1): []})
    @example([("all in own time", 0, 0, 2), ("all in own time", 1, 1, 2), ("find", 0, 0, 0), ("gone", 0, 0, 2)], {})
    @example([("all in own time", 0, 0, 2), ("drops", 1, 0, 0), ("find", 0, 0, 0), ("joins", 1, 1, 4)], {})
    @example([("all in own time", 0, 0, 2), ("off", 0, 0, 2), ("leaves", 1, 0, 1)], {(0, 0): STUDENTS[:1], (0, 2): []})
    def test_the_counts_are_those_of_asking_each_class_student_by_student(
        self, acts: list[tuple], settled: dict[tuple[int, int], list[str] | None]
    ) -> None:
        for act, student, section, day in acts:
            self._befall(act, STUDENTS[student], PERIODS[section], DAYS[day])
        for (section, day), marked in settled.items():
            self._settle(meeting_of(self.world, PERIODS[section], DAYS[day]), marked)
        untaken, unmarked = self._asked()
        late = sum(each >= LATE_FROM for each in untaken)
        expected = Missed(late, len(untaken) - late, min(untaken, default=None))
        assert missed(self.world).get(self.world.lincoln.pk, Missed()) == expected
        scope, lincoln = self.world.installation, self.world.lincoln.pk
        # Known or not, the answer is the same; and once it is found out, all of it is known.
        assert wrong_own_time_classes(scope, [lincoln]) == 0
        find_own_time_news(scope)
        known = {(day, section) for day in DAYS for section in self._in_own_time(day)}
        assert set(OwnTimeClass.objects.filter(date__in=DAYS).values_list("date", "section")) == known
        assert missed(self.world).get(lincoln, Missed()) == expected
        for asked in (
            Asked(DAYS[0], DAYS[-1], school_ids=[lincoln]),
            Asked(DAYS[0], DAYS[-1], section_ids=[self.world.sections[each].pk for each in PERIODS]),
        ):
            assert unmarked_students(scope, asked) == unmarked
            assert set(not_of_everybody(scope, asked)) == unmarked.keys()
        for day in DAYS:
            assert sections_in_own_time(scope, [lincoln], day) == self._in_own_time(day)
        week = [each.pk for each in ClassMeeting.objects.filter(pk__in=unmarked, date__gte=WEEK_AGO)]
        listed = missing_meetings(scope, lincoln)
        assert listed.count == sum(each >= WEEK_AGO for each in untaken) + len(week)

    def _in_own_time(self, day: date) -> set[int]:
        """Classes of a day on whose roster everybody whom the ledger knows is in own time, and somebody is."""
        ledger = dict(DailyAttendance.objects.filter(date=day).values_list("student_id", "own_time_sections"))
        found: dict[int, list[bool]] = defaultdict(list)
        for each in SectionEnrollment.objects.all():
            if each.holds_on(day) and each.student_id in ledger:
                found[each.section_id].append(each.section_id in ledger[each.student_id])
        met = set(ClassMeeting.objects.filter(date=day).values_list("section_id", flat=True))
        return {section for section, own in found.items() if all(own)} & met

    def _settle(self, meeting: ClassMeeting, marked: list[str] | None) -> None:
        if marked is None:
            meeting.state, meeting.voided_by, meeting.void_reason = "void", self.world.users["okafor"], "Storm"
        else:
            meeting.state, meeting.taken_by, meeting.taken_at = "taken", self.world.users["whitfield"], at(9)
        meeting.save()
        said = {"status": "present", "minutes_attended": 55, "marked_by": meeting.taken_by, "marked_at": at(9)}
        Mark.objects.bulk_create(
            Mark(meeting=meeting, student=self.world.students[each], **said) for each in marked or ()
        )

    def _befall(self, act: str, name: str, period: str, day: date) -> None:
        student, section = self.world.students[name], self.world.sections[period]
        days = DailyAttendance.objects.filter(student=student)
        on_roster = SectionEnrollment.objects.filter(student=student, section=section)
        at_school = Enrollment.objects.filter(student=student)
        if act == "own time":
            days.filter(date=day).update(own_time_sections=[section.pk])
        elif act == "all in own time":
            days.update(own_time_sections=[each.pk for each in self.world.sections.values()])
        elif act == "joins":
            on_roster.filter(ends_on=None).update(starts_on=day)
        elif act == "leaves":
            on_roster.filter(starts_on__lte=day).update(ends_on=day)
        elif act == "drops":
            on_roster.delete()
        elif act == "gone":
            days.filter(date=day).delete()
        elif act == "find":
            find_own_time_news(self.world.installation)
        elif act == "withdraws":
            at_school.filter(starts_on__lte=day).update(ends_on=day)
        elif act == "no show":
            at_school.update(exit_code="NS")
        else:
            its = CalendarDay.objects.get(school=self.world.lincoln, date=day)
            GradeDay.objects.get_or_create(calendar_day=its, grade="09", defaults={"event_type": "H"})

    def _asked(self) -> tuple[list[date], dict[int, int]]:
        """What the rule says, fact by fact: the dates of untaken classes, and of those taken the students unmarked.

        A class that nobody is listed in is somebody's slip, and asked about.
        """
        in_own_time = {day: self._in_own_time(day) for day in DAYS}
        lines, at_school = list(SectionEnrollment.objects.all()), list(Enrollment.objects.exclude(exit_code="NS"))
        off = set(GradeDay.objects.values_list("calendar_day__date", flat=True))
        ledger = DailyAttendance.objects.values_list("student_id", "date", "own_time_sections")
        own = {(student, day, section) for student, day, sections in ledger for section in sections}
        marks = set(Mark.objects.values_list("meeting_id", "student_id"))
        untaken, unmarked = [], {}
        for meeting in ClassMeeting.objects.filter(date__lt=TODAY).exclude(state="void"):
            day, section = meeting.date, meeting.section_id
            there = {each.student_id for each in at_school if day not in off and each.holds_on(day)}
            listed = {each.student_id for each in lines if each.section_id == section and each.holds_on(day)} & there
            live = {each for each in listed if (each, day, section) not in own}
            if meeting.state == "expected" and section not in in_own_time[day]:
                untaken.append(day)
            if meeting.state == "taken" and (lacking := {each for each in live if (meeting.pk, each) not in marks}):
                unmarked[meeting.pk] = len(lacking)
        return untaken, unmarked


def test_RD03_classes_are_missed_by_school_in_every_mode(world: World) -> None:
    """Live, mixed, in own time, taken, void: each class by itself."""
    open_both_schools(world)
    # Six classes of Lincoln's on six days, one of Washington's; from the third day on they are late.
    assert missed(world) == {
        world.lincoln.pk: Missed(24, 12, MONDAY),
        world.washington.pk: Missed(4, 2, MONDAY),
    }
    take(world, "1", day=MONDAY)
    void(world, "2", day=DAYS[1])
    in_own_time(world, "Abara", "Castillo", section="3")
    judged(world, "Abara", "Castillo")
    assert missed(world)[world.lincoln.pk] == Missed(24, 10, MONDAY)
    # The third period is everybody's own from here on; the fourth has one who comes online, at the bell.
    names = [each.partition(" ")[0] for each in CAST]
    in_own_time(world, *(each for each in names if each not in STUDENTS), section="3")
    ModeAssignment.objects.create(
        student=world.students["Castillo"], mode="sync_online", section=world.sections["4"], starts_on=YEAR_STARTS
    )
    in_own_time(world, *(each for each in names if each != "Castillo"), section="4")
    judged(world, *names)
    assert missed(world)[world.lincoln.pk] == Missed(20, 8, MONDAY)
    assert missed(world, since=DAYS[1])[world.lincoln.pk] == Missed(20, 4, DAYS[1])
