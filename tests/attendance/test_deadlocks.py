"""People and imports that meet on one day: each waits its turn, nobody is thrown out, and the ledger is right after."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from random import Random
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from attendance.models import ClassMeeting, DailyAttendance, Excuse, Mark, MeetingState, Period, SectionMeetingTime
from attendance.services.days import open_day
from attendance.services.excuses import enter_excuse
from attendance.services.ledger import check, rebuild
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.roster_changes import follow_roster
from attendance.services.voiding import restore_meeting, void_meeting
from students.models import SectionEnrollment, Student
from students.refusals import NotInScope, Refused
from tests.attendance.acts import meeting_of, open_both_schools, take
from tests.attendance.test_concurrency import at_once, fill
from tests.world import TODAY, YEAR_STARTS, YESTERDAY, World, add_student, at, put_on_roster

WEEK_AGO = date(2020, 10, 21)
THREADS, ACTS = 8, 6


@pytest.fixture
def opened(committed_world: World) -> World:
    return open_both_schools(committed_world)


def one_before_the_other(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Run `first`, and commit it only when `second`, begun after it, waits for it or is done."""
    wrote, done = Event(), Event()

    def write_and_hold() -> object:
        try:
            with transaction.atomic():
                result = first()
                wrote.set()
                while not done.wait(0.02) and not somebody_waits():
                    pass
                return result
        finally:
            wrote.set()

    def follow() -> object:
        wrote.wait()
        try:
            return second()
        finally:
            done.set()

    return at_once([write_and_hold, follow])


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


def excuse_of(world: World, name: str, first: date = YESTERDAY, last: date = YESTERDAY) -> Excuse:
    return enter_excuse(
        world.scope("okafor", at(17)),
        world.students[name].pk,
        submission_id=uuid4(),
        starts_on=first,
        ends_on=last,
        reason="illness",
        document_kind="medical",
        document_seen_on=TODAY,
    )


def the_schedule_drops(world: World, period: str) -> None:
    """An import in which the class no longer meets, as it stands before it commits."""
    with transaction.atomic():
        SectionMeetingTime.objects.filter(section=world.sections[period]).delete()
        follow_roster(world.installation, None, {world.lincoln.pk}, YESTERDAY)


def a_student_joins(world: World) -> Student:
    """An import that brings a student to Lincoln, as it stands before it commits."""
    with transaction.atomic():
        student = add_student(world, "Newcomer Nia", "333333333", world.lincoln)
        put_on_roster(student, world.sections["1"])
        follow_roster(world.installation, {student.pk}, {world.lincoln.pk}, YEAR_STARTS)
        return student


def test_a_teachers_save_and_an_excuse_of_one_of_the_class_do_not_deadlock(opened: World) -> None:
    save = partial(take, opened, "2", Abara="absent")
    results = one_before_the_other(save, partial(excuse_of, opened, "Abara"))
    assert [type(each) for each in results] == [ClassMeeting, Excuse]
    day = DailyAttendance.objects.get(student=opened.students["Abara"], date=YESTERDAY)
    assert (day.meetings_untaken, day.minutes_excused > 0) == (5, True)
    assert check(opened.installation) == []


def test_an_excuse_and_a_teachers_save_after_it_do_not_deadlock_either(opened: World) -> None:
    save = partial(take, opened, "2", Abara="absent")
    results = one_before_the_other(partial(excuse_of, opened, "Abara"), save)
    assert [type(each) for each in results] == [Excuse, ClassMeeting]
    assert check(opened.installation) == []


def test_a_class_that_is_being_taken_while_an_import_drops_it_stands_with_its_marks(opened: World) -> None:
    results = one_before_the_other(partial(take, opened, "2"), partial(the_schedule_drops, opened, "2"))
    assert [type(each) for each in results] == [ClassMeeting, type(None)]
    assert meeting_of(opened, "2").state == MeetingState.TAKEN
    assert Mark.objects.count() == 9
    assert not ClassMeeting.objects.filter(section=opened.sections["2"], date=TODAY).exists()
    assert check(opened.installation) == []


def test_a_class_that_an_import_drops_while_its_teacher_saves_is_no_more(opened: World) -> None:
    meeting = meeting_of(opened, "2")
    entries = [MarkEntry(each.pk, "present") for each in Student.objects.exclude(family_name="Shah")]
    scope = opened.scope("whitfield", at(17))
    save = partial(save_marks, scope, meeting.pk, submission_id=uuid4(), version=0, entries=entries)
    results = one_before_the_other(partial(the_schedule_drops, opened, "2"), save)
    assert [type(each) for each in results] == [type(None), NotInScope]
    assert not Mark.objects.exists()
    assert check(opened.installation) == []


def test_a_class_taken_while_an_import_moves_its_bells_is_judged_by_the_new_ones(opened: World) -> None:
    def the_bells_move() -> None:
        Period.objects.filter(bell_schedule__school=opened.lincoln, name="2").update(ends_at="09:30")
        follow_roster(opened.installation, None, {opened.lincoln.pk}, YESTERDAY)

    results = one_before_the_other(the_bells_move, partial(take, opened, "2"))
    assert [type(each) for each in results] == [type(None), ClassMeeting]
    assert {mark.minutes_attended for mark in Mark.objects.all()} == {30}
    assert check(opened.installation) == []


def test_a_student_whom_an_import_brings_while_the_morning_opens_has_the_day(committed_world: World) -> None:
    world = committed_world
    opening = partial(open_day, world.installation, world.lincoln.pk, TODAY)
    joined, _ = one_before_the_other(partial(a_student_joins, world), opening)
    assert isinstance(joined, Student)
    assert DailyAttendance.objects.filter(student=joined, date=TODAY).exists()
    assert check(world.installation) == []


def test_a_student_whom_an_import_brings_just_after_the_morning_opened_has_the_day(committed_world: World) -> None:
    world = committed_world
    opening = partial(open_day, world.installation, world.lincoln.pk, TODAY)
    _, joined = one_before_the_other(opening, partial(a_student_joins, world))
    assert isinstance(joined, Student)
    assert DailyAttendance.objects.filter(student=joined, date=TODAY).exists()
    assert check(world.installation) == []


class Storm:
    """What people, tasks and imports do to Lincoln in one busy minute."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.students = [each.pk for each in fill(world)]
        open_both_schools(world)
        meetings = ClassMeeting.objects.filter(school=world.lincoln, date__gte=WEEK_AGO)
        self.meetings = list(meetings.order_by("pk").values_list("pk", flat=True))
        self.teacher, self.office = world.scope("whitfield", at(17)), world.scope("okafor", at(17))
        self.acts = [*[self.save] * 3, self.void, self.restore, self.excuse, self.roster, self.whole_school]
        self.acts.append(self.rebuild)

    def rage(self, seed: int) -> None:
        """One of those who act at once; refusals are part of the day."""
        random = Random(seed)
        for _ in range(ACTS):
            with suppress(Refused):
                random.choice(self.acts)(random)

    def save(self, random: Random) -> None:
        meeting_id = random.choice(self.meetings)
        version = ClassMeeting.objects.get(pk=meeting_id).version
        entries = [MarkEntry(each, random.choice(["present", "absent"])) for each in self.students]
        save_marks(
            self.teacher, meeting_id, submission_id=uuid4(), version=version, entries=entries, reason="As it was"
        )

    def void(self, random: Random) -> None:
        void_meeting(self.office, random.choice(self.meetings), reason="Fire drill")

    def restore(self, random: Random) -> None:
        restore_meeting(self.office, random.choice(self.meetings))

    def excuse(self, random: Random) -> None:
        enter_excuse(
            self.office,
            random.choice(self.students),
            submission_id=uuid4(),
            starts_on=WEEK_AGO,
            ends_on=TODAY,
            reason="illness",
            document_kind="medical",
            document_seen_on=TODAY,
        )

    def roster(self, random: Random) -> None:
        """Some students joined a class later than was known."""
        some, section = random.sample(self.students, 60), self.world.sections[random.choice("123456")]
        with transaction.atomic():
            held = SectionEnrollment.objects.filter(student__in=some, section=section).order_by("pk")
            list(held.select_for_update().values_list("pk"))
            held.update(starts_on=WEEK_AGO)
            follow_roster(self.world.installation, some, {self.world.lincoln.pk}, YEAR_STARTS)

    def whole_school(self, random: Random) -> None:
        with transaction.atomic():
            follow_roster(self.world.installation, None, {self.world.lincoln.pk}, WEEK_AGO)

    def rebuild(self, random: Random) -> None:
        rebuild(self.world.installation)


def test_after_a_storm_of_everything_at_once_nobody_deadlocked_and_the_ledger_is_right(committed_world: World) -> None:
    storm = Storm(committed_world)
    results = at_once([partial(storm.rage, seed) for seed in range(THREADS)])
    assert results == [None] * THREADS
    assert Mark.objects.exists()
    assert check(committed_world.installation) == []
