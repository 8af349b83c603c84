"""After any history of marks, corrections, enrollment changes, calendar edits and voids, in any order, what was
written day by day equals a rebuild from nothing."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from attendance.models import (
    BellSchedule,
    CalendarDay,
    ClassMeeting,
    DailyAttendance,
    EventType,
    Excuse,
    MeetingState,
    SchoolDays,
)
from attendance.selectors.ledger_rows import COLUMNS
from attendance.selectors.roster import roster_on
from attendance.services.days import open_day
from attendance.services.excuses import enter_excuse, withdraw_excuse
from attendance.services.ledger import check, rebuild
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.voiding import restore_meeting, void_meeting
from students.models import Enrollment, SectionEnrollment
from students.signals import roster_changed
from tests.world import PERIODS, TODAY, World, at, make_world

DAYS = [TODAY - timedelta(days=n) for n in (5, 4, 1, 0)]
NAMES = ["Abara", "Baptiste", "Castillo"]
a_day = st.sampled_from(DAYS)
a_name = st.sampled_from(NAMES)
a_period = st.sampled_from(PERIODS)
a_status = st.sampled_from(["present", "absent", "tardy", "left_early"])


class DistrictLife(RuleBasedStateMachine):
    """What people do to a district, in any order."""

    def __init__(self) -> None:
        super().__init__()
        # Every history is undone, so that each starts from the same district.
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.world: World = make_world()
        self.regular = BellSchedule.objects.get(school=self.world.lincoln)
        self.early = BellSchedule.objects.create(school=self.world.lincoln, name="Early release")
        for hour, period in enumerate(PERIODS[:5]):
            self.early.periods.create(name=period, kind="class", starts_at=time(8 + hour), ends_at=time(8 + hour, 40))
        SectionEnrollment.objects.exclude(student__family_name__in=NAMES).delete()
        Enrollment.objects.exclude(student__family_name__in=NAMES).delete()
        open_day(self.world.installation, self.world.lincoln.pk, DAYS[1])

    def roster_news(self, from_date: date, student_ids: set[int] | None = None) -> None:
        """What an import sends after it wrote."""
        roster_changed.send(
            None,
            scope=self.world.installation,
            student_ids=student_ids,
            school_ids={self.world.lincoln.pk},
            from_date=from_date,
        )

    @rule(day=a_day, period=a_period, statuses=st.lists(a_status, min_size=3, max_size=3), minutes=st.integers(0, 55))
    def take_or_correct_a_class(self, day: date, period: str, statuses: list[str], minutes: int) -> None:
        meeting = ClassMeeting.objects.filter(section=self.world.sections[period], date=day).first()
        in_session = CalendarDay.objects.filter(school=self.world.lincoln, date=day, event_type="IN").exists()
        if meeting is None or meeting.state == MeetingState.VOID or not in_session:
            return
        roster = roster_on(self.world.installation, meeting.section_id, day)
        entries = [
            MarkEntry(student.pk, status, minutes=min(minutes, meeting.instructional_minutes))
            for student, status in zip(roster, statuses, strict=False)
        ]
        save_marks(
            self.world.scope("okafor", at(20)),
            meeting.pk,
            submission_id=uuid4(),
            version=meeting.version,
            entries=entries,
            reason="As it was",
        )

    @rule(day=a_day)
    def open_days(self, day: date) -> None:
        open_day(self.world.installation, self.world.lincoln.pk, day)

    @rule(day=a_day, period=a_period)
    def void(self, day: date, period: str) -> None:
        if meeting := ClassMeeting.objects.filter(section=self.world.sections[period], date=day).first():
            void_meeting(self.world.scope("okafor"), meeting.pk, reason="Fire drill")

    @rule(day=a_day, period=a_period)
    def restore(self, day: date, period: str) -> None:
        if meeting := ClassMeeting.objects.filter(section=self.world.sections[period], date=day).first():
            restore_meeting(self.world.scope("okafor"), meeting.pk)

    @rule(name=a_name, first=a_day, length=st.integers(0, 4), medical=st.booleans())
    def excuse(self, name: str, first: date, length: int, medical: bool) -> None:
        if not Enrollment.objects.filter(student=self.world.students[name]).exists():
            return
        enter_excuse(
            self.world.scope("reyes"),
            self.world.students[name].pk,
            submission_id=uuid4(),
            starts_on=first,
            ends_on=first + timedelta(days=length),
            reason="illness",
            document_kind="medical" if medical else "parent_note",
            document_seen_on=TODAY,
        )

    @rule()
    def withdraw_the_last_excuse(self) -> None:
        if excuse := Excuse.objects.filter(withdrawn_at__isnull=True).last():
            withdraw_excuse(self.world.scope("reyes"), excuse.pk, reason="A mistake")

    @rule(day=a_day, event=st.sampled_from([EventType.HOLIDAY, EventType.INSTRUCTIONAL]), early=st.booleans())
    def edit_the_calendar(self, day: date, event: str, early: bool) -> None:
        bells = self.early if early else self.regular
        days = CalendarDay.objects.filter(school=self.world.lincoln, date=day)
        days.update(event_type=event, bell_schedule=bells)
        self.roster_news(day)

    @rule(name=a_name, first=a_day)
    def enroll_later(self, name: str, first: date) -> None:
        student = self.world.students[name]
        before = Enrollment.objects.get(student=student).starts_on
        Enrollment.objects.filter(student=student).update(starts_on=first, ends_on=None)
        self.roster_news(min(before, first), {student.pk})

    @rule(name=a_name, last=a_day)
    def withdraw(self, name: str, last: date) -> None:
        student = self.world.students[name]
        held = Enrollment.objects.get(student=student)
        if held.starts_on <= last:
            before = held.ends_on or last
            Enrollment.objects.filter(pk=held.pk).update(ends_on=last)
            self.roster_news(min(before, last), {student.pk})

    @rule(name=a_name, period=a_period, first=a_day)
    def change_the_roster(self, name: str, period: str, first: date) -> None:
        student = self.world.students[name]
        listed = SectionEnrollment.objects.filter(student=student, section=self.world.sections[period])
        before = listed.get().starts_on
        listed.update(starts_on=first)
        self.roster_news(min(before, first), {student.pk})

    @invariant()
    def what_was_written_day_by_day_equals_its_facts(self) -> None:
        assert check(self.world.installation) == []

    def teardown(self) -> None:
        """Rebuild from nothing and compare row by row; then undo it all."""
        try:
            self.compare_with_a_rebuild_from_nothing()
        finally:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

    def compare_with_a_rebuild_from_nothing(self) -> None:
        written = set(DailyAttendance.objects.values_list(*COLUMNS))
        opened = SchoolDays.objects.get(school=self.world.lincoln).opened_through
        enrolled_days = sum(
            Enrollment.objects.holding_on(day.date).filter(school=self.world.lincoln).count()
            for day in CalendarDay.objects.filter(school=self.world.lincoln, date__lte=opened)
            if day.in_session
        )
        assert len(written) == enrolled_days
        DailyAttendance.objects.all().delete()
        rebuild(self.world.installation)
        assert set(DailyAttendance.objects.values_list(*COLUMNS)) == written


@pytest.mark.django_db
def test_after_any_history_a_rebuild_equals_what_was_written_day_by_day() -> None:
    histories = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(DistrictLife, settings=histories)
