"""After any history of marks, corrections, enrollment changes, calendar edits and voids, in any order, what was
written day by day equals a rebuild from nothing.

Three students of Lincoln and Shah of Washington; Castillo attends a class of Washington too.
"""

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
from students.models import Enrollment, School, SectionEnrollment
from students.signals import roster_changed
from tests.world import PERIODS, TODAY, World, at, make_world, put_on_roster

DAYS = [TODAY - timedelta(days=n) for n in (5, 4, 1, 0)]
NAMES = ["Abara", "Baptiste", "Castillo", "Shah"]
IN_WASHINGTON = "W1"
a_day = st.sampled_from(DAYS)
a_name = st.sampled_from(NAMES)
a_class = st.sampled_from([*PERIODS, IN_WASHINGTON, IN_WASHINGTON])
in_washington = st.booleans()
an_event = st.sampled_from([EventType.HOLIDAY, EventType.INSTRUCTIONAL])
a_status = st.sampled_from(["present", "absent", "tardy", "left_early"])


class DistrictLife(RuleBasedStateMachine):
    """What people do to a district, in any order."""

    def __init__(self) -> None:
        super().__init__()
        # Every history is undone, so that each starts from the same district.
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.world: World = make_world()
        self.schools = [self.world.lincoln, self.world.washington]
        self.regular = {each: BellSchedule.objects.get(school=each) for each in self.schools}
        self.early = {each: self._early_bells(each) for each in self.schools}
        put_on_roster(self.world.students["Castillo"], self.world.sections[IN_WASHINGTON])
        SectionEnrollment.objects.exclude(student__family_name__in=NAMES).delete()
        Enrollment.objects.exclude(student__family_name__in=NAMES).delete()
        open_day(self.world.installation, self.world.lincoln.pk, DAYS[1])

    def _early_bells(self, school: School) -> BellSchedule:
        early = BellSchedule.objects.create(school=school, name="Early release")
        for hour, period in enumerate(PERIODS[:5]):
            early.periods.create(name=period, kind="class", starts_at=time(8 + hour), ends_at=time(8 + hour, 40))
        return early

    def school(self, in_washington: bool) -> School:
        return self.schools[in_washington]

    def meeting(self, section: str, day: date) -> ClassMeeting | None:
        return ClassMeeting.objects.filter(section=self.world.sections[section], date=day).first()

    def roster_news(self, from_date: date, schools: set[School], student_ids: set[int] | None = None) -> None:
        """What an import sends after it wrote; of whole schools it names no students."""
        roster_changed.send(
            None,
            scope=self.world.installation,
            student_ids=student_ids,
            school_ids={each.pk for each in schools},
            from_date=from_date,
        )

    def news_of(self, name: str, from_date: date) -> None:
        """What an import sends of one student."""
        held = self.enrollment(name)
        self.roster_news(from_date, {held.school}, {held.student_id})

    def enrollment(self, name: str) -> Enrollment:
        return Enrollment.objects.select_related("school").get(student=self.world.students[name])

    @rule(day=a_day, section=a_class, statuses=st.lists(a_status, min_size=3, max_size=3), minutes=st.integers(0, 55))
    def take_or_correct_a_class(self, day: date, section: str, statuses: list[str], minutes: int) -> None:
        meeting = self.meeting(section, day)
        if meeting is None or meeting.state == MeetingState.VOID:
            return
        if not CalendarDay.objects.filter(school=meeting.school_id, date=day, event_type="IN").exists():
            return
        roster = roster_on(self.world.installation, meeting.section_id, day)
        entries = [
            MarkEntry(student.pk, status, minutes=min(minutes, meeting.instructional_minutes))
            for student, status in zip(roster, statuses, strict=False)
        ]
        save_marks(
            self.world.scope("reyes", at(20)),
            meeting.pk,
            submission_id=uuid4(),
            version=meeting.version,
            entries=entries,
            reason="As it was",
        )

    @rule(day=a_day, in_washington=in_washington)
    def open_days(self, day: date, in_washington: bool) -> None:
        open_day(self.world.installation, self.school(in_washington).pk, day)

    @rule(day=a_day, section=a_class)
    def void(self, day: date, section: str) -> None:
        if meeting := self.meeting(section, day):
            void_meeting(self.world.scope("reyes"), meeting.pk, reason="Fire drill")

    @rule(day=a_day, section=a_class)
    def restore(self, day: date, section: str) -> None:
        if meeting := self.meeting(section, day):
            restore_meeting(self.world.scope("reyes"), meeting.pk)

    @rule(name=a_name, first=a_day, length=st.integers(0, 4), medical=st.booleans())
    def excuse(self, name: str, first: date, length: int, medical: bool) -> None:
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

    @rule(day=a_day, event=an_event, early=st.booleans(), in_washington=in_washington)
    def edit_the_calendar(self, day: date, event: str, early: bool, in_washington: bool) -> None:
        self.roster_news(day, {self.calendar_edited(self.school(in_washington), day, event, early)})

    def calendar_edited(self, school: School, day: date, event: str, early: bool) -> School:
        bells = self.early[school] if early else self.regular[school]
        CalendarDay.objects.filter(school=school, date=day).update(event_type=event, bell_schedule=bells)
        return school

    @rule(name=a_name, first=a_day)
    def enroll_later(self, name: str, first: date) -> None:
        before = self.enrollment(name).starts_on
        Enrollment.objects.filter(student=self.world.students[name]).update(starts_on=first, ends_on=None)
        self.news_of(name, min(before, first))

    @rule(name=a_name, last=a_day)
    def withdraw(self, name: str, last: date) -> None:
        held = self.enrollment(name)
        if held.starts_on <= last:
            before = held.ends_on or last
            Enrollment.objects.filter(pk=held.pk).update(ends_on=last)
            self.news_of(name, min(before, last))

    @rule(name=a_name, section=a_class, first=a_day)
    def change_the_roster(self, name: str, section: str, first: date) -> None:
        if (before := self.joined_later(name, section, first)) is not None:
            self.news_of(name, min(before, first))

    def joined_later(self, name: str, section: str, first: date) -> date | None:
        """A student's first day in a class becomes another; the one it was, None where the class is not theirs."""
        listed = SectionEnrollment.objects.filter(
            student=self.world.students[name], section=self.world.sections[section]
        )
        before = listed.values_list("starts_on", flat=True).first()
        listed.update(starts_on=first)
        return before

    @rule(
        day=a_day, event=an_event, early=st.booleans(), in_washington=in_washington,
        name=a_name, section=a_class, first=a_day,
    )  # fmt: skip
    def one_import_changes_a_whole_school_and_a_roster(
        self, day: date, event: str, early: bool, in_washington: bool, name: str, section: str, first: date
    ) -> None:
        school = self.calendar_edited(self.school(in_washington), day, event, early)
        before = self.joined_later(name, section, first)
        # Whole schools are told, that of the student among them.
        self.roster_news(min(before or day, first, day), {school, self.enrollment(name).school})

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
        written = {_hashed(row) for row in DailyAttendance.objects.values_list(*COLUMNS)}
        enrolled_days = sum(
            Enrollment.objects.holding_on(day.date).filter(school=opened.school_id).count()
            for opened in SchoolDays.objects.exclude(opened_through=None)
            for day in CalendarDay.objects.filter(school=opened.school_id, date__lte=opened.opened_through)
            if day.in_session
        )
        assert len(written) == enrolled_days
        DailyAttendance.objects.all().delete()
        rebuild(self.world.installation)
        assert {_hashed(row) for row in DailyAttendance.objects.values_list(*COLUMNS)} == written


def _hashed(row: tuple) -> tuple:
    return tuple(tuple(each) if isinstance(each, list) else each for each in row)


@pytest.mark.django_db
def test_after_any_history_a_rebuild_equals_what_was_written_day_by_day() -> None:
    histories = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(DistrictLife, settings=histories)
