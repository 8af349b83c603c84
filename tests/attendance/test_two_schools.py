"""A student whose classes lie in two schools, or who came from another one: whose days they are, and who keeps them.

Abara is Lincoln's and may take a class in Washington; Shah came from Lincoln to Washington on 2 September 2020.
"""

from datetime import date, time
from uuid import uuid4

import pytest
from django.urls import reverse

from attendance.models import DailyAttendance, Excuse, SchoolDays
from attendance.selectors.explanation import Explanation, explain_day
from attendance.services.days import open_day
from attendance.services.excuses import enter_excuse, withdraw_excuse
from attendance.services.ledger import check, rebuild
from attendance.services.marking import MarkEntry, save_marks
from attendance.services.office import record_entry
from attendance.services.roster_changes import follow_roster
from reporting.models import MonthRun, RunState
from students.models import Enrollment, SectionEnrollment, Student
from students.refusals import Forbidden
from tests.attendance.acts import meeting_of, open_both_schools
from tests.attendance.office.deeds import enter
from tests.attendance.pages.visitors import client_of
from tests.reporting.months import LAST, build, take_month
from tests.world import TODAY, YEAR_STARTS, YESTERDAY, World, at, put_on_roster

LEFT_LINCOLN, CAME_TO_WASHINGTON = date(2020, 9, 1), date(2020, 9, 2)


def learns_in_both(world: World, *, enrolled: bool = True) -> Student:
    """Abara in one class of each school: 55 minutes here, 55 there, 69 of them needed."""
    student = world.students["Abara"]
    SectionEnrollment.objects.filter(student=student).exclude(section=world.sections["1"]).delete()
    put_on_roster(student, world.sections["W1"])
    if enrolled:
        Enrollment.objects.create(
            student=student, school=world.washington, grade="09", starts_on=YEAR_STARTS, is_primary=False
        )
    return student


def day_of(student: Student, day: date = YESTERDAY) -> DailyAttendance:
    return DailyAttendance.objects.get(student=student, date=day)


@pytest.mark.parametrize("enrolled", [True, False], ids=["enrolled in both", "only on its roster"])
@pytest.mark.parametrize("lincoln_first", [True, False], ids=["Lincoln first", "Washington first"])
def test_RD09_the_minutes_of_both_schools_join_whichever_opens_first(
    world: World, enrolled: bool, lincoln_first: bool
) -> None:
    student = learns_in_both(world, enrolled=enrolled)
    schools = [world.lincoln, world.washington]
    for school in schools if lincoln_first else reversed(schools):
        open_day(world.installation, school.pk, TODAY)
    day = day_of(student)
    assert (day.school, day.minutes_required, day.meetings_untaken) == (world.lincoln, 110, 2)
    assert check(world.installation) == []


@pytest.mark.parametrize("enrolled", [True, False], ids=["enrolled in both", "only on its roster"])
def test_RD09_a_change_of_the_second_school_alone_reaches_the_day(world: World, enrolled: bool) -> None:
    student = learns_in_both(world, enrolled=enrolled)
    open_both_schools(world)
    world.sections["W1"].meeting_times.all().delete()
    follow_roster(world.installation, None, {world.washington.pk}, YEAR_STARTS)
    assert day_of(student).minutes_required == 55
    assert check(world.installation) == []


def test_a_rebuild_of_one_school_mends_the_days_of_all_on_its_rosters(world: World) -> None:
    student = learns_in_both(world, enrolled=False)
    open_both_schools(world)
    DailyAttendance.objects.filter(student=student).update(minutes_required=1)
    differing = {each.student_id for each in check(world.installation, school_ids=[world.washington.pk])}
    assert differing == {student.pk}
    rebuild(world.installation, school_ids=[world.washington.pk])
    assert day_of(student).minutes_required == 110


def month_of_lincoln(world: World) -> MonthRun:
    """Lincoln's month, taken and built, while nobody opened a day of Washington."""
    take_month(world, world.lincoln)
    assert not SchoolDays.objects.filter(school=world.washington, opened_through__isnull=False).exists()
    return build(world.lincoln)


def test_RD09_a_month_waits_for_the_classes_of_another_school_though_nobody_opened_its_days(
    committed_world: World,
) -> None:
    student = learns_in_both(committed_world)
    run = month_of_lincoln(committed_world)
    assert run.state == RunState.BLOCKED
    # Present here, unmarked there: 55 of the 69 needed.
    assert (day_of(student).minutes_required, day_of(student).status) == (110, "undetermined")
    assert SchoolDays.objects.get(school=committed_world.washington).opened_through == LAST


def test_RD09_a_month_counts_the_classes_taken_in_another_school(committed_world: World) -> None:
    student = learns_in_both(committed_world)
    assert month_of_lincoln(committed_world).state == RunState.BLOCKED
    take_month(committed_world, committed_world.washington)
    run = build(committed_world.lincoln)
    assert run.state == RunState.DONE
    assert (day_of(student).minutes_attended, day_of(student).status) == (110, "present")


@pytest.fixture
def transferred(world: World) -> World:
    """Shah came from Lincoln this school year, so that Lincoln's administrator still finds the student."""
    shah = world.students["Shah"]
    Enrollment.objects.filter(student=shah).update(starts_on=CAME_TO_WASHINGTON)
    Enrollment.objects.create(
        student=shah, school=world.lincoln, grade="09", starts_on=YEAR_STARTS, ends_on=LEFT_LINCOLN
    )
    return open_both_schools(world)


def excuse(world: World, by: str, first: date = YESTERDAY, last: date = YESTERDAY, name: str = "Shah") -> Excuse:
    return enter_excuse(
        world.scope(by),
        world.students[name].pk,
        submission_id=uuid4(),
        starts_on=first,
        ends_on=last,
        reason="illness",
        document_kind="medical",
        document_seen_on=TODAY,
    )


def explained(world: World, by: str, day: date = YESTERDAY, name: str = "Shah") -> Explanation:
    return explain_day(world.scope(by), world.students[name].pk, day)


def test_a_former_schools_administrator_does_not_excuse_the_days_of_the_next_school(transferred: World) -> None:
    before = day_of(transferred.students["Shah"]).absence_kind
    with pytest.raises(Forbidden):
        excuse(transferred, "okafor")
    assert not Excuse.objects.exists()
    assert day_of(transferred.students["Shah"]).absence_kind == before


def test_a_former_schools_administrator_does_not_withdraw_an_excuse_of_the_next_school(transferred: World) -> None:
    held = excuse(transferred, "lindqvist")
    with pytest.raises(Forbidden):
        withdraw_excuse(transferred.scope("okafor"), held.pk, reason="Not ours")
    held.refresh_from_db()
    assert held.withdrawn_at is None


def test_RD60_a_former_schools_administrator_does_not_read_the_reasons_of_the_next_school(transferred: World) -> None:
    excuse(transferred, "lindqvist")
    seen = explained(transferred, "okafor")
    assert not seen.knows_reasons
    assert [(each.reason, each.document, each.entered_by) for each in seen.excuses] == [("", "", "")]
    known = explained(transferred, "lindqvist")
    assert known.knows_reasons
    assert [each.reason for each in known.excuses] == ["Illness or injury"]


@pytest.mark.parametrize(
    ("by", "first", "last", "may"),
    [
        ("okafor", LEFT_LINCOLN, LEFT_LINCOLN, True),
        ("okafor", LEFT_LINCOLN, CAME_TO_WASHINGTON, False),
        ("okafor", CAME_TO_WASHINGTON, CAME_TO_WASHINGTON, False),
        ("lindqvist", LEFT_LINCOLN, LEFT_LINCOLN, False),
        ("lindqvist", LEFT_LINCOLN, CAME_TO_WASHINGTON, False),
        ("lindqvist", CAME_TO_WASHINGTON, CAME_TO_WASHINGTON, True),
        ("reyes", LEFT_LINCOLN, CAME_TO_WASHINGTON, True),
    ],
)
def test_each_school_keeps_the_excuses_of_its_own_days_and_the_district_of_all(
    transferred: World, by: str, first: date, last: date, may: bool
) -> None:
    if may:
        assert excuse(transferred, by, first, last).pk
        return
    with pytest.raises(Forbidden):
        excuse(transferred, by, first, last)


@pytest.mark.parametrize(("day", "knows"), [(LEFT_LINCOLN, True), (CAME_TO_WASHINGTON, False)])
def test_RD60_the_reasons_of_its_own_days_stay_with_the_former_school(
    transferred: World, day: date, knows: bool
) -> None:
    assert explained(transferred, "okafor", day).knows_reasons is knows


def test_RD09_the_administrator_of_a_second_school_neither_excuses_nor_reads_reasons(world: World) -> None:
    learns_in_both(world)
    open_both_schools(world)
    with pytest.raises(Forbidden):
        excuse(world, "lindqvist", name="Abara")
    assert not explained(world, "lindqvist", name="Abara").knows_reasons
    assert excuse(world, "okafor", name="Abara").pk


def everybody_is_there(world: World, key: str, teacher: str) -> None:
    held = meeting_of(world, key, TODAY)
    listed = SectionEnrollment.objects.filter(section=world.sections[key]).values_list("student_id", flat=True)
    entries = [MarkEntry(each, "present") for each in listed]
    save_marks(world.scope(teacher, at(17)), held.pk, submission_id=uuid4(), version=held.version, entries=entries)


def test_RD06_RD09_a_sign_in_at_one_school_caps_no_class_of_the_other(world: World) -> None:
    student = learns_in_both(world)
    open_both_schools(world)
    for key, teacher in [("1", "whitfield"), ("W1", "park")]:
        everybody_is_there(world, key, teacher)
    enter(world, "sign_in", "Abara", starts=time(9, 30))
    day = day_of(student, TODAY)
    assert (day.minutes_required, day.minutes_attended, day.status) == (110, 55, "absent")
    page = client_of(world, "park").get(reverse("meeting", args=[meeting_of(world, "W1", TODAY).pk]))
    assert "signed in 9:30 at Lincoln High School" in page.content.decode()
    # Washington's own office has a door of its own, also for who is in Lincoln by now.
    record_entry(
        world.scope("lindqvist", at(17)),
        world.washington.pk,
        [student.pk],
        submission_id=uuid4(),
        kind="sign_in",
        starts_on=TODAY,
        starts_at=time(9, 40),
    )
    assert day_of(student, TODAY).minutes_attended == 0
    assert check(world.installation) == []
