"""RD-03, RD-25: a class that nobody took is missed where somebody was to come, in every mode and any history."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import CalendarDay, ClassMeeting, DailyAttendance, GradeDay, ModeAssignment
from attendance.selectors.missed_classes import Missed, MissedDays, missed_classes
from attendance.selectors.missing_meetings import missing_meetings
from students.models import Enrollment, SectionEnrollment
from tests.attendance.acts import open_both_schools, take, void
from tests.attendance.modes.weeks import MONDAY, in_own_time, judged
from tests.world import CAST, TODAY, YEAR_STARTS, World, make_world

DAYS = [*(MONDAY + timedelta(days=each) for each in range(5)), TODAY - timedelta(days=1)]
LATE_FROM = DAYS[2]
MOST_STATEMENTS = 2
STUDENTS, PERIODS = ["Abara", "Castillo"], ["1", "2"]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["own time", "all in own time", "joins", "leaves", "enters", "withdraws", "never came", "off"]),
        st.integers(0, 1),
        st.integers(0, 1),
        st.integers(0, 5),
    ),
    max_size=8,
)
UNTAKEN = st.sets(st.tuples(st.integers(0, 1), st.integers(0, 5)))


def missed(world: World, since: date = DAYS[0]) -> dict[int, Missed]:
    schools = [world.lincoln.pk, world.washington.pk]
    scope = world.installation
    with CaptureQueriesContext(connection) as sent:
        found = missed_classes(scope, schools, MissedDays(since, LATE_FROM, TODAY))
    assert len(sent) <= MOST_STATEMENTS
    return found


class AnyDays(TestCase):
    """Two students in two classes of six days; a class that was voided or taken is not asked about."""

    def setUp(self) -> None:
        self.world = open_both_schools(make_world())
        two = [self.world.students[each] for each in STUDENTS]
        SectionEnrollment.objects.exclude(student__in=two).delete()
        ClassMeeting.objects.exclude(section__in=[self.world.sections[each] for each in PERIODS]).delete()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(ACTS, UNTAKEN)
    @example([("all in own time", 0, 0, 2), ("all in own time", 0, 1, 2)], set())
    @example([("all in own time", 0, 0, 2), ("off", 0, 0, 2), ("leaves", 1, 0, 1)], set())
    def test_the_count_is_that_of_asking_each_class_for_somebody_live(
        self, acts: list[tuple], others: set[tuple[int, int]]
    ) -> None:
        for act, student, section, day in acts:
            self._befall(act, STUDENTS[student], PERIODS[section], DAYS[day])
        for section, day in others:
            found = ClassMeeting.objects.filter(section=self.world.sections[PERIODS[section]], date=DAYS[day])
            found.update(state="void", voided_by=self.world.users["okafor"], void_reason="Storm")
        asked = self._asked()
        late = sum(each >= LATE_FROM for each in asked)
        expected = Missed(late, len(asked) - late, min(asked, default=None))
        assert missed(self.world).get(self.world.lincoln.pk, Missed()) == expected
        listed = missing_meetings(self.world.installation, self.world.lincoln.pk)
        assert listed.count == sum(each >= TODAY - timedelta(days=7) for each in asked)

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
        elif act == "enters":
            at_school.filter(ends_on=None).update(starts_on=day)
        elif act == "withdraws":
            at_school.filter(starts_on__lte=day).update(ends_on=day)
        elif act == "never came":
            at_school.update(exit_code="NS")
        else:
            its = CalendarDay.objects.get(school=self.world.lincoln, date=day)
            GradeDay.objects.get_or_create(calendar_day=its, grade="09", defaults={"event_type": "H"})

    def _asked(self) -> list[date]:
        """What the rule says, fact by fact: a class that nobody is listed in is somebody's slip, and asked about."""
        lines, at_school = list(SectionEnrollment.objects.all()), list(Enrollment.objects.exclude(exit_code="NS"))
        off = set(GradeDay.objects.values_list("calendar_day__date", flat=True))
        ledger = DailyAttendance.objects.values_list("student_id", "date", "own_time_sections")
        own = {(student, day, section) for student, day, sections in ledger for section in sections}
        asked = []
        for meeting in ClassMeeting.objects.filter(date__lt=TODAY, state="expected"):
            day, section = meeting.date, meeting.section_id
            there = {each.student_id for each in at_school if day not in off and each.holds_on(day)}
            listed = {each.student_id for each in lines if each.section_id == section and each.holds_on(day)} & there
            if not listed or any((each, day, section) not in own for each in listed):
                asked.append(day)
        return asked


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
