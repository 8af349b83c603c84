"""RD-24: what a week in own time owes, class by class, whatever classes its days were in; and which lack a report."""

from collections import defaultdict
from datetime import date
from uuid import uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import DailyAttendance, Interaction, LearningPlan, WeekReport
from attendance.rules.entry_window import sunday_of, week_of
from attendance.rules.interactions import Contact, ContactWeek, owed
from attendance.rules.plan import plan_on
from attendance.selectors.contact_weeks import student_weeks
from attendance.selectors.entry_lines import Asked
from attendance.selectors.plans import plans
from attendance.selectors.week_lists import untold_weeks
from students.models import Section
from tests.attendance.acts import open_both_schools
from tests.attendance.modes.weeks import LAST_WEEK, THIS_MONDAY
from tests.world import TODAY, at, make_world

DAYS = [*LAST_WEEK, THIS_MONDAY, TODAY]
STUDENTS, PERIODS = ["Abara", "Castillo"], ["1", "2", "3"]
OWN = st.dictionaries(
    st.tuples(st.sampled_from(STUDENTS), st.sampled_from(DAYS)),
    st.lists(st.sampled_from(PERIODS), min_size=1, unique=True),
    max_size=8,
)
TALKS = st.lists(
    st.tuples(
        st.sampled_from(STUDENTS),
        st.sampled_from(PERIODS),
        st.sampled_from(DAYS),
        st.sampled_from(["call", "unanswered"]),
    ),
    max_size=4,
)
EXCUSED = st.sets(st.tuples(st.sampled_from(STUDENTS), st.sampled_from(DAYS)), max_size=6)


class AnyWeeks(TestCase):
    """Two students in some of three classes on some of seven days."""

    def setUp(self) -> None:
        self.world = open_both_schools(make_world())

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(OWN, TALKS, EXCUSED, st.sampled_from(["weekly", "daily"]), st.sampled_from([None, "1", "2"]))
    @example(
        {("Abara", DAYS[0]): ["1", "2"], ("Abara", DAYS[3]): ["2"]},
        [("Abara", "2", DAYS[1], "call")],
        set(),
        "daily",
        "1",
    )
    def test_each_week_is_judged_as_its_own_days_and_talks_say(
        self, own: dict, talks: list[tuple], excused: set[tuple], frequency: str, told: str | None
    ) -> None:
        LearningPlan.objects.create(starts_on=DAYS[1], contact_frequency=frequency)
        for (name, day), periods in own.items():
            its = [self.world.sections[each].pk for each in periods]
            self._ledger(name, day).update(own_time_sections=its)
        for name, day in excused:
            self._ledger(name, day).update(status="absent", absence_kind="excused")
        for said in talks:
            self._talk(*said)
        asked = Asked(DAYS[0], TODAY, [self.world.sections[each].pk for each in ("1", "2")])
        found = student_weeks(self.world.installation, asked)
        assert {each[:-1] for each in found} == self._plainly(asked)
        assert all(list(each.contacts) == sorted(each.contacts, key=lambda had: had.day) for each in found)
        if told:
            self._tell(told)
        untold = untold_weeks(self.world.installation, asked.section_ids, DAYS[0], TODAY)
        reported = set(WeekReport.objects.values_list("section_id", "week_starts_on"))
        assert untold == sorted({(each.section_id, each.monday) for each in found} - reported)

    def _ledger(self, name: str, day: date):
        return DailyAttendance.objects.filter(student=self.world.students[name], date=day)

    def _talk(self, name: str, period: str, day: date, kind: str) -> None:
        Interaction.objects.create(
            submission_id=uuid4(),
            student=self.world.students[name],
            section=self.world.sections[period],
            kind=kind,
            happened_at=at(9, day=day),
            day=day,
            entered_by=self.world.users["whitfield"],
            entered_at=at(9, day=day),
        )

    def _tell(self, period: str) -> None:
        by = {"reported_by": self.world.users["whitfield"], "reported_at": at(9)}
        section = self.world.sections[period]
        WeekReport.objects.create(submission_id=uuid4(), section=section, week_starts_on=DAYS[0], **by)

    def _plainly(self, asked: Asked) -> set[tuple]:
        """Student by student, class by class and week by week."""
        known, rows = plans(self.world.installation), defaultdict(list)
        between = (week_of(asked.from_date), sunday_of(asked.to_date))
        for row in DailyAttendance.objects.filter(date__range=between).order_by("date"):
            rows[row.student_id, week_of(row.date)].append(row)
        found = set()
        for section in Section.objects.filter(pk__in=asked.section_ids):
            for (student_id, monday), days in rows.items():
                if own := [each for each in days if section.pk in each.own_time_sections]:
                    week = ContactWeek(
                        tuple(each.date for each in own),
                        tuple(each.date for each in days),
                        frozenset(each.date for each in days if each.absence_kind == "excused"),
                    )
                    had = Interaction.objects.filter(section=section, student=student_id)
                    its = [
                        Contact(*each)
                        for each in had.values_list("day", "kind", "minutes")
                        if week_of(each[0]) == monday
                    ]
                    plan = plan_on(own[-1].date, known, school_id=own[-1].school_id, grade=own[-1].grade)
                    judged = owed(week, its, plan, today=TODAY)
                    found.add((section.pk, section.title, section.school_id, student_id, monday, week.own_days, judged))
        return found
