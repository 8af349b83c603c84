"""Notices of truancy follow the ledger: raised at their thresholds, moved, withdrawn and armed again."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from attendance.models import AbsenceKind, CalendarDay, ClassMeeting, DailyAttendance, Mark, MeetingState
from interventions.models import TruancyNotice
from interventions.services.passes import pass_school
from students.access import installation_scope
from students.models import Enrollment, Student
from tests.interventions.truancy_days import WEEKDAYS, follow, write_absences
from tests.world import NOW, TODAY, World, add_student, at, make_world


def thresholds(student: Student) -> list[int]:
    """Of the notices that stand."""
    standing = TruancyNotice.objects.filter(student=student, withdrawn_at=None).order_by("threshold")
    return list(standing.values_list("threshold", flat=True))


def drop(student: Student, *days: date) -> None:
    """The days were no absences."""
    DailyAttendance.objects.filter(student=student, date__in=days).delete()


@pytest.mark.parametrize(("count", "expected"), [(4, []), (5, [5]), (9, [5]), (10, [5, 10]), (12, [5, 10, 12])])
def test_ST02_a_notice_stands_for_each_threshold_reached_and_twice_changes_nothing(
    world: World, count: int, expected: list[int]
) -> None:
    abara = world.students["Abara"]
    write_absences([abara], WEEKDAYS[:count])
    assert follow(world, abara) == 1
    assert thresholds(abara) == expected
    assert follow(world, abara) == 0
    for each in TruancyNotice.objects.all():
        assert each.crossed_on == WEEKDAYS[each.threshold - 1]
        assert each.is_final is (each.threshold == 12)


def test_ST02_a_correction_withdraws_a_notice_visibly_and_arms_the_threshold_again(world: World) -> None:
    abara = world.students["Abara"]
    write_absences([abara], WEEKDAYS[:5])
    follow(world, abara)
    drop(abara, WEEKDAYS[2])
    assert follow(world, abara) == 1
    first = TruancyNotice.objects.get()
    assert (first.withdrawn_at, first.withdrawn_why, first.withdrawn_absences) == (NOW, "count", 4)
    assert follow(world, abara) == 0
    write_absences([abara], [WEEKDAYS[7]])
    assert follow(world, abara) == 1
    assert TruancyNotice.objects.get(withdrawn_at=None).crossed_on == WEEKDAYS[7]
    assert TruancyNotice.objects.count() == 2


def test_ST02_a_count_that_stays_at_the_threshold_arms_nothing_but_moves_what_was_not_told(world: World) -> None:
    abara = world.students["Abara"]
    write_absences([abara], WEEKDAYS[:6])
    follow(world, abara)
    drop(abara, WEEKDAYS[0])
    follow(world, abara)
    moved = TruancyNotice.objects.get()
    assert (moved.crossed_on, moved.unlawful_on) == (WEEKDAYS[5], WEEKDAYS[1:6])
    moved.reported_on, moved.reported_by, moved.reported_at = TODAY, world.users["okafor"], NOW
    moved.save()
    write_absences([abara], [WEEKDAYS[0]])
    follow(world, abara)
    assert TruancyNotice.objects.get().crossed_on == WEEKDAYS[5]


def test_RD11_a_retroactive_withdrawal_withdraws_the_notice_also_after_it_was_reported(world: World) -> None:
    abara = world.students["Abara"]
    write_absences([abara], WEEKDAYS[:10])
    follow(world, abara)
    reported = {"reported_on": TODAY, "reported_by": world.users["okafor"], "reported_at": NOW}
    TruancyNotice.objects.filter(threshold=5).update(**reported)
    drop(abara, *WEEKDAYS[3:])
    follow(world, abara)
    told = TruancyNotice.objects.get(threshold=5)
    assert (told.reported_on, told.withdrawn_at, told.withdrawn_absences) == (TODAY, NOW, 3)


def test_ST02_RD41_suspensions_and_excused_absences_make_no_notice(world: World) -> None:
    abara, grant = world.students["Abara"], world.students["Grant"]
    write_absences([abara, grant], WEEKDAYS[:4])
    write_absences([abara], WEEKDAYS[4:10], AbsenceKind.SUSPENDED)
    write_absences([grant], WEEKDAYS[4:10], AbsenceKind.EXCUSED)
    follow(world, abara, grant)
    assert not TruancyNotice.objects.exists()


def test_MS28_truancy_counts_in_every_mode_of_instruction(world: World) -> None:
    abara = world.students["Abara"]
    write_absences([abara], WEEKDAYS[:5])
    modes = ["in_person", "synchronous", "asynchronous", "offline_digital", "offline_packets"]
    for day, mode in zip(WEEKDAYS, modes, strict=False):
        DailyAttendance.objects.filter(student=abara, date=day).update(mode=mode)
    follow(world, abara)
    assert thresholds(abara) == [5]


def test_ST01_nobody_outside_the_compulsory_age_has_a_notice_and_a_corrected_birth_date_withdraws_one(
    world: World,
) -> None:
    abara, grant, castillo = (world.students[name] for name in ("Abara", "Grant", "Castillo"))
    write_absences([abara, grant, castillo], WEEKDAYS[:5])
    Student.objects.filter(pk=abara.pk).update(birth_date=date(2003, 9, 1))
    Student.objects.filter(pk=grant.pk).update(birth_date=date(2015, 3, 1))
    Enrollment.objects.filter(student=grant).update(grade="KG")
    Student.objects.filter(pk=castillo.pk).update(birth_date=None)
    follow(world, abara, grant, castillo)
    assert (thresholds(abara), thresholds(grant), thresholds(castillo)) == ([], [5], [5])
    Student.objects.filter(pk=castillo.pk).update(birth_date=date(2003, 1, 1))
    follow(world, abara, grant, castillo)
    withdrawn = TruancyNotice.objects.get(student=castillo)
    assert (withdrawn.withdrawn_why, withdrawn.withdrawn_absences) == ("age", 5)


def test_RD41_the_school_of_the_crossing_date_owes_the_notice_also_after_a_transfer(world: World) -> None:
    abara = world.students["Abara"]
    write_absences([abara], WEEKDAYS[:5])
    held = Enrollment.objects.get(student=abara)
    held.ends_on = WEEKDAYS[5]
    held.save()
    Enrollment.objects.create(student=abara, school=world.washington, grade="09", starts_on=WEEKDAYS[6])
    follow(world, abara)
    assert TruancyNotice.objects.get().school == world.lincoln


def test_RD41_the_clock_starts_when_the_absence_was_entered(world: World) -> None:
    """Absent on Monday the 19th, entered on Wednesday: two school days later is Friday."""
    abara, monday = world.students["Abara"], date(2020, 10, 19)
    write_absences([abara], [*WEEKDAYS[:4], monday])
    meeting = ClassMeeting.objects.create(
        section=world.sections["1"],
        school=world.lincoln,
        date=monday,
        period="1",
        starts_at=at(8).time(),
        ends_at=at(9).time(),
        instructional_minutes=55,
        state=MeetingState.TAKEN,
        taken_by=world.users["whitfield"],
        taken_at=NOW,
    )
    marked = {"marked_by": world.users["whitfield"], "marked_at": at(21, day=date(2020, 10, 21))}
    mark = Mark.objects.create(meeting=meeting, student=abara, status="absent", minutes_attended=0, **marked)
    follow(world, abara)
    notice = TruancyNotice.objects.get()
    assert (notice.clock_starts_on, notice.due_on) == (date(2020, 10, 21), date(2020, 10, 23))
    # Who touches the mark later does not set the clock back.
    mark.marked_at = NOW
    mark.save()
    assert follow(world, abara) == 0


def test_RD41_without_an_entry_the_clock_starts_when_it_was_noticed_and_7_days_after_at_the_latest(world: World):
    abara, grant = world.students["Abara"], world.students["Grant"]
    write_absences([abara], WEEKDAYS[:5])
    write_absences([grant], [*WEEKDAYS[:4], date(2020, 10, 26)])
    follow(world, abara, grant)
    late, recent = TruancyNotice.objects.order_by("clock_starts_on")
    assert (late.crossed_on, late.clock_starts_on) == (date(2020, 10, 6), date(2020, 10, 13))
    assert (recent.clock_starts_on, recent.due_on) == (TODAY, date(2020, 10, 29))


def test_the_number_of_statements_is_the_same_for_however_many_students(world: World) -> None:
    more = [add_student(world, f"Pupil{number} A", f"30000000{number}", world.lincoln) for number in range(6)]
    write_absences(more, WEEKDAYS[:12])

    scope = world.installation

    def statements(*students: Student) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            follow(world, *students, scope=scope)
        return [query["sql"] for query in asked]

    assert len(statements(*more[1:])) == len(statements(more[0]))
    # Nothing has changed: locks and reading alone.
    idle = [sql for sql in statements(*more) if "truancynotice" in sql]
    assert len(idle) == 1
    assert idle[0].startswith("SELECT")
    assert TruancyNotice.objects.count() == 18


def test_the_nightly_pass_finds_what_no_signal_told_and_once_is_enough(world: World) -> None:
    """A school day that was called off takes a deadline along; a birth date takes a notice away."""
    abara, grant = world.students["Abara"], world.students["Grant"]
    write_absences([abara, grant], [*WEEKDAYS[:4], date(2020, 10, 26)])
    follow(world, abara, grant)
    assert set(TruancyNotice.objects.values_list("due_on", flat=True)) == {date(2020, 10, 29)}
    CalendarDay.objects.filter(school=world.lincoln, date=date(2020, 10, 28)).update(event_type="H")
    Student.objects.filter(pk=grant.pk).update(birth_date=date(2003, 9, 1))
    assert pass_school(world.installation, world.lincoln.pk).changed == 2
    assert TruancyNotice.objects.get(student=abara).due_on == date(2020, 10, 30)
    assert thresholds(grant) == []
    assert pass_school(world.installation, world.lincoln.pk).changed == 0


class Histories(TestCase):
    """Whatever is entered and corrected in whatever order: what stands is what the ledger calls for."""

    @settings(max_examples=25)
    @given(st.lists(st.sets(st.sampled_from(WEEKDAYS[:14]), min_size=3), min_size=1, max_size=4))
    def test_ST02_RD41_what_stands_follows_from_the_ledger_alone_but_for_what_was_told(
        self, looks: list[set[date]]
    ) -> None:
        world = make_world()
        abara = world.students["Abara"]
        for days in looks:
            DailyAttendance.objects.filter(student=abara).delete()
            write_absences([abara], sorted(days))
            follow(world, abara, scope=installation_scope(NOW))
            assert thresholds(abara) == [each for each in (5, 10, 12) if len(days) >= each]
            for notice in TruancyNotice.objects.filter(withdrawn_at=None):
                assert notice.unlawful_on == sorted(days)[: notice.threshold]
        raised = TruancyNotice.objects.filter(student=abara)
        assert raised.count() >= len(thresholds(abara))
